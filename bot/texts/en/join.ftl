talk-join = Choose neighbourhood
    .words = Choose neighbourhood
join-no-places = No neighbourhood has been entered yet. Please come back in a few days.
join-county = In which county is your neighbourhood? Write the name of the county or the neighbourhood, choose from the list or send your place on the map (location).
join-settlement = In which town or village of { $county } county is your neighbourhood?
join-neighborhood = Choose your neighbourhood in { $settlement }. If you do not see it, write part of its name or send your place on the map (location).
join =
    .all = All counties
    .missing = Not in the list
    .metres = { $place }, { $n } m
    .kilometres = { $place }, { $n } km
    .back = The former one
    .this = News of it
join-found = For “{ $name }” we found these. Which one do you want? If it is not there, write another part of the name.
join-not-found = We found no “{ $name }”. Please write another part of the name or choose from the list.
join-near = These neighbourhoods are nearest to the place you sent. Which one is yours?
join-nothing-near = No neighbourhood has been entered near the place you sent. Please write its name or choose from the list.
join-county-unknown = We found no county “{ $name }”. Please choose from the list.
join-empty = No neighbourhood has been entered for { $name } county yet.
join-dead = This code no longer works. Please choose the neighbourhood from the list.
join-no-council = { $neighborhood } has no progress council yet. Your reports go to the steering committee of { $county } county. Go on?
    .on = Go on
    .other = Another neighbourhood
joined =
    Your neighbourhood: { $neighborhood }
    From now on you get the news of this neighbourhood. In “Settings” you can change it or stop the news.
    You can now write your neighbourhood’s problem right here.
joined-silent =
    Your neighbourhood: { $neighborhood }
    You have stopped the news. In “Settings” you can get them again whenever you like.
    You can now write your neighbourhood’s problem right here.
joined-already = This is your neighbourhood already: { $neighborhood }
join-offer = To get the news of { $neighborhood }, press the button below.
moved = Your neighbourhood is now { $neighborhood }. Answers to your earlier reports still reach you.
left = You left { $neighborhood } and no longer get its news. Answers to your earlier reports still reach you, and you can still report.
left-already = You are in no neighbourhood, and none sends you its news. Choose one whenever you like.
place-in = { $place }, { $county }
place-county = { $county } county
