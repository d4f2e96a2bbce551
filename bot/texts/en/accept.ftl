talk-accept = Accept a report
    .words = Accept a report
accept-usage =
    Write the tracking code and, if you like, the next step. Example:
    /accept 48271905 look at the place
accept-proposed-step = Discussed at the council’s meeting, and the outcome announced
accept-confirm =
    “{ $title }”
    Next step: { $step }
    Until { $due }
    The reporter reads just this. If the next step is another one, write it right here.
    .accept = Accept and announce
    .step = Change step
    .date = Change date
    .public = Public text
    .photos = Public photos
    .show = Show to residents
    .hide = Do not show
accept-public = Residents read: “{ $public }”
accept-not-public = Residents do not see this report.
accept-released = Photos for residents: { $n } of { $of }
accept-title =
    Residents read this text:
    “{ $public }”
    Write a better one, without anybody’s name, number or home address.
accept-title-length = Please write the public text in one sentence of at most { $n } letters.
accept-photos =
    { $n ->
        [0] Which photos may residents see? No face, number plate or inside of a home.
       *[other] Residents see { $n } of the photos. No face, number plate or inside of a home.
    }
    .on = Show photo { $n }
    .off = Remove photo { $n }
    .done = That is fine
accept-step = What is the next step? One sentence that tells the reporter who does what.
accept-step-length = Please write the next step in one sentence of at most { $n } letters.
accept-date = Until when? Choose, or write the date, like “15 دی” or “شنبه”.
    .days = { $n } working days
accept-date-wrong = We did not understand this date, or it has passed. Example: “1405/10/15”, at most a year ahead.
accept-date-weekday = The weekday does not fit the date. Did you mean { $date }? Please write it again.
accept-done =
    Accepted, and the reporter was told:
    “{ $title }”
