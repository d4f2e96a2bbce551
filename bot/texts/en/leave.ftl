talk-leave = Questions for leave
    .words = Questions waiting for leave
leave-none = No question is waiting for leave.
leave-list =
    { $n ->
        [1] One question is waiting for leave:
       *[other] { $n } questions are waiting for leave:
    }
leave-card =
    The progress council of { $neighborhood } wants to ask its residents this ({ $who }):
    “{ $question }”
    .give = Give leave
    .refuse = Refuse with reason
leave-taken = { $who } has decided about this question: “{ $question }”
leave-given = You gave leave and the question is being sent to the residents: “{ $question }”
leave-author-gone = Whoever wrote this question has no office in this neighbourhood any more. You can refuse it.
leave-reason =
    Why do you not give leave? Choose, or write the reason:
    “{ $question }”
leave-reason-persons = The vote is about people; nobody's name may stand in the question or the options
    .label = It is about people
leave-reason-unclear = The question or the options are not clear; write them more simply
    .label = It is not clear
leave-reason-elsewhere = This is not for the neighbourhood's council to decide
    .label = Not the council's matter
leave-refused = You did not give leave, and the author reads why: “{ $question }”
leave-news-given = The county's officers gave leave and your question is being sent: “{ $question }”
leave-news-refused = The county's officers did not give leave for this question: “{ $question }”
