talk-ask = Ask the reporter
    .words = Ask the reporter
ask-usage =
    Write the tracking code and the question. Example:
    /ask 48271905 what is the street called?
ask-question =
    “{ $title }”
    What do you ask the reporter? One question of at most { $n } letters. Your time stands still until the answer comes.
ask-length = Please write the question in one message of at most { $n } letters.
ask-done =
    Your question was sent:
    “{ $title }”
    We wait for the answer until { $due }; without one, the report comes back to you.
case-asked =
    A question about what you sent comes from { $holder }:
    “{ $title }”
    Question: “{ $question }”
    Write or speak the answer right here. If none comes until { $due }, it is decided with what there is.
    .answer = Answer
case-unanswered =
    Your answer to the question did not come; it is decided with what there is:
    “{ $title }”
    We expect the answer of { $holder } until { $due }.
