talk-outcome = What became of it
    .words = What became of it
outcome-date =
    “{ $what }”
    It is due on { $due }. What is the new date?
outcome-date-same = It is due on that very day already. Please write another date.
outcome-why-later =
    “{ $what }”
    Why is it not done yet? At most { $n } letters; the residents read them.
outcome-why-dropped =
    “{ $what }”
    Why will it not be done? At most { $n } letters; the residents read them.
outcome-why-broken =
    “{ $what }”
    Why was it not kept? At most { $n } letters; the residents read them.
outcome-why-reopened =
    “{ $what }”
    Why is it taken up again? At most { $n } letters; the residents read them.
outcome-reason-length = Please write the reason in at most { $n } letters.
outcome-sure =
    The residents read this:
    “{ $what }”
    { $news }
    .declare = Announce it
outcome-done =
    It was announced:
    “{ $what }”
    { $state }
outcome-taken =
    Somebody was a little faster; what you did was not recorded.
    By: { $who }
    { $news }
