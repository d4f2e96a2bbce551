talk-case = See a report
    .words = See a report
case-usage =
    Write the tracking code after the command. Example:
    /case 48271905
card =
    .accept = Accept
    .ask = Ask
    .reject = Reject with reason
    .more = More
    .move = Other neighbourhood
    .redact = Hide a part
    .sensitive = Sensitive
card-what =
    “{ $text }”
    Subject: { $category }
    Place: { $where }
card-new =
    { $kind ->
        [proposal] New proposal in { $neighborhood }
       *[problem] New report in { $neighborhood }
    }
    { $what }
    Answer due: { $due }
    Code:
    { $code }
card-review =
    { $kind ->
        [proposal] Proposal in { $neighborhood }, under review
       *[problem] Report in { $neighborhood }, under review
    }
    { $what }
    Answer due: { $due }
    Code:
    { $code }
card-asked =
    { $kind ->
        [proposal] Proposal in { $neighborhood }, waiting for the resident
       *[problem] Report in { $neighborhood }, waiting for the resident
    }
    { $what }
    Question by { $who }: “{ $question }”
    The reporter may answer until: { $until }
    Code:
    { $code }
card-accepted =
    { $kind ->
        [proposal] Proposal in { $neighborhood }
       *[problem] Report in { $neighborhood }
    }
    { $what }
    Accepted; decided by: { $who }
    Next step: { $step }, until { $due }
    Code:
    { $code }
card-rejected =
    { $kind ->
        [proposal] Proposal in { $neighborhood }
       *[problem] Report in { $neighborhood }
    }
    { $what }
    Not accepted; decided by: { $who }
    Reason: { $reason }
    Explanation: { $explanation }
    Code:
    { $code }
card-withdrawn =
    { $kind ->
        [proposal] Proposal in { $neighborhood }
       *[problem] Report in { $neighborhood }
    }
    { $what }
    The reporter took it back; nothing is to be done.
    Code:
    { $code }
card-moved =
    “{ $title }”
    Moved to { $neighborhood }; it is no longer yours.
card-hidden = A report in { $neighborhood } was found to be sensitive and is hidden.
card-question = Question: “{ $question }”
card-unanswered = No answer came in time; decide with what there is.
card-answer = The reporter: “{ $answer }”
card-joined =
    { $n ->
        [one] One more person has the same problem.
       *[other] { $n } more people have the same problem.
    }
said-in-voice = in the photo or voice that came with it
case-taken =
    This report was decided a little earlier; nothing of yours was stored:
    “{ $title }”
    Decided by: { $who }
    State: { $state }
    .next = Next report
case-changed =
    This report has just changed; nothing of yours was stored:
    “{ $title }”
    State: { $state }
    .see = See the report
case-hidden = This report was found to be sensitive and is hidden; nothing of yours was stored.
case-elsewhere =
    This report was moved to another neighbourhood and is no longer yours.
    It is now in: { $neighborhood }
    Code:
    { $code }
