talk-missing = Missing neighbourhoods
    .words = Missing neighbourhoods
missing-county = In which county is your neighbourhood? We pass its name on to the officers there.
missing-name = What is your neighbourhood called? Write it as people there say it; we pass it on to the county’s officers.
missing-name-long = Please write only the neighbourhood’s name, in at most { $n } letters.
missing-enough = We have several neighbourhoods of yours without an answer yet. Please wait for the answers.
missing-noted =
    We passed the name “{ $name }” on to the officers of { $county } county. We send you their answer here.
    Until then you can report all the same; your report goes to the county.
missing-found =
    The officers of { $county } county say that “{ $name }” has this name here:
    { $neighborhood }
    .join = Choose it
missing-said =
    The officers of { $county } county wrote about “{ $name }”:
    “{ $answer }”
missing-card =
    { $n ->
        [one] Somebody in { $county } county did not find their neighbourhood in the list:
       *[other] { $n } people in { $county } county did not find their neighbourhood in the list:
    }
    “{ $name }”
    .pick = It is there
    .write = Write an answer
missing-done =
    This question from { $county } county was answered:
    “{ $name }”
missing-taken = { $who } answered a little earlier; your answer was not sent.
missing-listed = This neighbourhood came into the list, and those who had asked were told: “{ $name }”
missing-listed-found =
    The neighbourhood that you did not find in the list is there now:
    { $neighborhood }
    .other = Another neighbourhood
missing-listed-several = A neighbourhood called “{ $name }” came into the list. Which one is yours?
missing-none = There is no neighbourhood that people did not find.
missing-list =
    { $n ->
        [one] People did not find one neighbourhood in the list. Press it to answer.
       *[other] People did not find { $n } neighbourhoods in the list. Press one to answer.
    }
missing-pick = Which neighbourhood in the list is “{ $name }”? Choose it or write part of its name.
missing-pick-none = No neighbourhood of that name was found in the county. Please write another part of the name.
missing-write = What shall we tell those who did not find “{ $name }”? Write it in a few sentences.
missing-write-length = Please write the answer in 5 to { $n } letters.
missing-sent =
    { $n ->
        [one] Your answer was sent.
       *[other] Your answer was sent to { $n } people.
    }
