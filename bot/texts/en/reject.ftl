talk-reject = Reject a report
    .words = Reject a report
reject-usage =
    Write code, reason and explanation. Example:
    /reject 48271905 insufficient the address is not clear
    Reasons:
    { $reasons }
reject-reason =
    “{ $title }”
    Why is it not accepted? The reporter reads the reason.
reject-explanation =
    Reason: { $reason }
    Proposed explanation:
    “{ $proposed }”
    If another explanation is better, write or speak it right here.
    .fine = That is fine
reject-explanation-length = Please write the explanation in a few words, at most { $n } letters.
reject-done =
    Rejected, and the reporter was told why:
    “{ $title }”
