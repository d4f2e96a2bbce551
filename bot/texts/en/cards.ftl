talk-cards = When to be told
    .words = When to be told
cards-when =
    When should new reports reach you?
    Now: { $now }
    Choose, or write the hours you like, such as “9 and 18”.
    .now = At once
    .offered = At { $hours }
cards-at-once = each report at once
cards-hours = { $first } and { $last }
cards-now = together, at { $hours }
cards-wrong = Please write the hours as numbers, such as “9 and 18”; at most { $n } hours a day.
cards-done = From now on new reports reach you together, at { $hours }.
cards-at-once-done = From now on each report reaches you at once.
cards-collected =
    { $n ->
        [one] Hello. One report has come for you since { $day }, { $time }.
       *[other] Hello. { $n } reports have come for you since { $day }, { $time }.
    }
    { $m ->
        [0] { "" }
       *[other] Due today: { $m }
    }
    .see = See the reports
