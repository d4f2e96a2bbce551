talk-answer = Answer the question
    .words = Answer | Answer the question
answer-none = We have no open question to you. To add something, open the report.
answer-which = Which question do you answer?
answer-words =
    Question: “{ $question }”
    Write or speak the answer, or send a photo. Please name nobody and give nobody’s number.
answer-more =
    “{ $title }”
    What shall we add? Write, speak or send a photo.
answer-length = Please write it in a few words, at most { $n } letters.
answer-late = There is no open question about this report any more. Press “My reports” to see how far it has come.
answer-done =
    Thank you. Your answer arrived:
    “{ $title }”
    We expect the answer of { $holder } until { $due }.
answer-added =
    Added to your report:
    “{ $title }”
