talk-issues = Local problems
    .words = Local problems
issues =
    { $n ->
        [one] One report of { $neighborhood } is being followed up:
       *[other] { $n } reports of { $neighborhood } are being followed up:
    }
issues-line = “{ $title }”; next news until { $due }
issues-none = No report of { $neighborhood } is being followed up yet.
issues-nowhere = Choose your neighbourhood first, to see the reports of that place.
issues-gone = This report is no longer being followed up.
issues-joined =
    You belong to this report now, and all its news reaches you:
    “{ $title }”
    Next news until { $due }
issues-already =
    The news of this report reaches you already:
    “{ $title }”
public-shown =
    “{ $title }”
    Subject: { $category }
    Neighbourhood: { $neighborhood }
    State: { $state }
    Code:
    { $code }
    .same = Same for me
public-next =
    Next step: { $step }
    We expect the answer of { $holder } until { $due }.
public-joined =
    { $n ->
        [one] One more person has the same problem.
       *[other] { $n } more people have the same problem.
    }
