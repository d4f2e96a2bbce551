### What is planned, by whom and by when, as every talk about it shows it.

action-kind-resolution = A meeting’s decision
action-kind-promise = A promise
action-kind-local_work = Work of the residents
action-kind-agency_plan = An agency’s plan
action-kind-group_activity = A group’s work
action-somebody-person = One of the residents
action-somebody-group = A group
action-somebody-agency = An agency
action-spoken = In a voice message, about: { $category }

action-open = until { $due }
action-late =
    { $n ->
        [1] one day late (was due { $due })
       *[other] { $n } days late (was due { $due })
    }
action-kept = done on { $date }
action-broken = not kept ({ $date })
action-dropped = dropped ({ $date })
action-line = “{ $what }”; { $who }, { $state }
action-serves = For this report: { $plan }

action-shown =
    “{ $what }”
    { $kind }, { $place }
    Done by: { $who }
    Where it stands: { $state }
action-met = Decided in the meeting of { $date }.
action-for = For the report “{ $title }”
action-reason = Reason: { $reason }
action-by-owner = whoever does it
action-by-council = the council
action-by-county = the level above
action-told-recorded = It is to be done until { $due }.
action-told-postponed = The date changed from { $was } to { $due }. Said by { $by }
action-told-reopened = Taken up again, until { $due }. Said by { $by }
action-told-kept = Done on { $date }. Said by { $by }
action-told-broken = Not kept until today, { $date }. Said by { $by }
action-told-dropped = Dropped on { $date }; it will not be done. Said by { $by }

action-do =
    .keep = Done
    .postpone = Not yet
    .drop = Will not happen
    .break = Not kept
    .reopen = Take up again

action-news =
    News of your report:
    “{ $title }”
    What is done: “{ $what }”
    By: { $who }
    { $news }
    .see = See it
action-next = The next news comes from { $holder } until { $due }.
action-next-soon = It stays with { $holder }.

action-remind = { $when }
action-remind-before = Three days are left for this. If it is done, or is put off, please say so:
action-remind-today = Today is the day for this. Is it done?
action-remind-after = The day for this passed a week ago, and the residents do not know what became of it:
action-near =
    Two plans close to each other in { $place }, about: { $category }
    { $one }
    { $other }
    If you work together, nothing is done twice.

action-unknown = We did not find this plan.
action-not-yours = What became of this is said by whoever does it, by the council or by the level above.

due = Choose, or write the date, like “15 دی” or “شنبه”.
    .days = In { $n } days
    .end = End of month
    .calendar = Calendar
due-day = Choose the day, or write it: { $month }
due-wrong = We did not understand this date, or it has passed. Example: “1405/10/15”, at most three years ahead.
due-weekday = The weekday does not fit the date. Did you mean { $date }? Please write it again.
