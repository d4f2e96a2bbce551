talk-track = Track
    .words = Track
track-ask = Write the tracking code of eight digits, or choose one of your reports.
track-code-wrong = A tracking code has eight digits, like 48271905. Please write it again.
track-wait = You have written a wrong code several times. Please try again in a few hours.
track-not-found = No report with this code was found. Please check the eight digits. If you do not have the code, press “My reports”.
track-shown =
    “{ $title }”
    State: { $state }
    With { $holder } since { $since }
    Answer expected until: { $due }
    Code:
    { $code }
    .add = Add something
    .answer = Answer
    .withdraw = Take back
track-asked =
    “{ $title }”
    State: { $state }
    Question of { $holder }: “{ $question }”
    Your answer until: { $due }
    Code:
    { $code }
track-ended =
    “{ $title }”
    State: { $state }
    Code:
    { $code }
track-hidden = This report is hidden to protect people and is not followed up. For help, see the emergency numbers.
    .numbers = Emergency numbers
track-step = Next step: { $step }
track-late = { $date } has passed, and no answer has come yet.
track-rejected =
    “{ $title }”
    State: { $state }
    Reason: { $reason }
    Explanation: { $explanation }
    Code:
    { $code }
case-accepted =
    What you sent was accepted by { $holder }:
    “{ $title }”
    Next step: { $step }
    Until { $due }
case-rejected =
    What you sent was looked into by { $holder }, but could not be accepted:
    “{ $title }”
    Reason: { $reason }
    Explanation: { $explanation }
    If something was left unsaid, you can send it again with more detail.
