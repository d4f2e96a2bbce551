talk-promise = Record a promise
    .words = Record a promise
promise-place = For which place is it? Choose, or write a part of the neighbourhood’s name.
promise-place-none = No place of this name was found for which you can record anything. Please choose one, or write the name again.
promise-what =
    What is to be done in { $place }? Write it in one sentence of at most { $n } letters, or say it in a voice message.
    The residents read just this; nobody’s name or home address should be in it.
promise-what-length = Please write it in one sentence of { $least } to { $most } letters.
doer = Who does it? Choose, write the name or send their contact.
    .council = The council
    .me = Myself
    .person = Somebody
    .group = A group
    .agency = An agency
doer-kind = What is “{ $name }”?
doer-name-person = Write the name of who does it, at most { $n } letters, or send their contact.
doer-name-group = Write the group’s name, at most { $n } letters.
doer-name-agency = Write the agency’s name, at most { $n } letters.
doer-length = Please write a shorter name of at most { $n } letters.
promise-date = Until when is it done?
promise-cases =
    { $n ->
        [0] For which reports is it? Choose, or write a tracking code.
       *[other] It is for { $n } reports. If there are more, choose, or write a tracking code.
    }
    .on = { $title }
    .off = Remove { $title }
    .done = That is fine
promise-cases-enough = One plan is recorded for at most { $n } reports.
promise-category = What is it about?
promise-kind = Of which kind is it?
promise-confirm =
    “{ $what }”
    { $kind }, { $place }
    About: { $category }
    Done by: { $who }
    Until { $due }
    All residents see this, and read what became of it.
    .record = Record and announce
    .cases = Reports
    .date = Change date
    .who = Who does it
    .what = Change words
    .topic = Subject
    .kind = Kind
promise-done =
    Recorded among the plans for { $place }:
    “{ $what }”
    .see = See it
