talk-poll = Ask the residents
    .words = Ask the residents | New poll
poll-place = Whose residents do you want to ask? Choose, or write part of the name of a neighbourhood or county.
poll-place-none = No place of this name was found whose residents you may ask. Please check the name.
poll-kind = What do you want to ask { $readers }? A question about the accepted reports needs nobody's leave.
    .first = What first?
    .free = Another question
poll-first = Which problem do you think should be followed up first?
poll-first-mixed = Which of these do you think should be followed up first?
poll-first-few = This question needs at least two accepted reports that residents may see. Please write another question.
poll-ask-question =
    Write the question in one sentence, { $least } to { $most } letters. Ask about things to be done, not about people: nobody's name may stand in the question or the options, and nobody is elected by this vote.
poll-question-length = A question has at least { $least } and at most { $most } letters. Please write it again.
poll-ask-options = Write the options in one message, each on a line of its own; { $least } to { $most } options. No option is anybody's name.
poll-options-number = There must be { $least } to { $most } options, each on a line of its own. Please write all of them in one message.
poll-option-length = An option has at most { $n } letters. Please write all of them again.
poll-options-alike = Two options are the same. Please write all of them again.
poll-unknown = This poll or option was not found.

poll-preview =
    This is what residents see:
    “{ $question }”
    .send = Send
    .leave = Ask for leave
    .until = Change the end
    .most = Choose up to { $n }
    .verified = Only meeting guests
    .all = All residents
    .question = Edit the question
    .options = Edit the options
poll-confirm =
    { $n ->
        [1] This question goes to one of { $readers }.
       *[other] This question goes to { $n } of { $readers }.
    }
poll-confirm-leave =
    { $n ->
        [1] With the leave of the county's officers this question goes to one of { $readers }.
       *[other] With the leave of the county's officers this question goes to { $n } of { $readers }.
    }
poll-confirm-nobody = There is no resident yet whom this question could reach.
poll-until = The poll is open until the end of { $date }. Choose another end or write a date, such as “15 Dey” or “Saturday”.
    .days = { $n } days
poll-until-wrong = The end must lie between tomorrow and { $n } days from now. Please write another date.

poll-question =
    Advisory poll of { $sender }:
    { $question }
    .back = Take back my vote
poll-option = { $n }. { $option }
poll-option-gone = Something that is not shown any more
    .label = Removed
poll-rules =
    { $most ->
        [1] Vote until the end of { $date }; choose one option. Your name is not seen beside your vote. This vote is advice; the decision lies with { $sender }.
       *[other] Vote until the end of { $date }; choose up to { $most } options. Your name is not seen beside your vote. This vote is advice; the decision lies with { $sender }.
    }
poll-verified-only = In this poll only those vote who have come to a meeting of the neighbourhood at least once.
poll-chosen =
    { $n ->
        [1] Your vote has been kept. You can change it until the end.
       *[other] Your { $n } votes have been kept. You can change them until the end.
    }
poll-so-far =
    { $n ->
        [1] So far one person has voted.
       *[other] So far { $n } people have voted.
    }
poll-few = Until { $least } people have voted the votes of each option are not told, so that nobody's vote is recognised.
poll-votes =
    { $n ->
        [0] { $option }: no vote
       *[other] { $option }: votes { $n }
    }
poll-named = “{ $option }”
poll-named-too = { $others } and “{ $option }”
poll-tie = { $options } got the same number of votes.

poll-result =
    { $n ->
        [0] The advisory poll “{ $question }” is over and nobody voted.
        [1] The advisory poll “{ $question }” is over and one person voted.
       *[other] The advisory poll “{ $question }” is over and { $n } people voted.
    }
    .chart = Result as chart
poll-few-closed = Because fewer than { $least } people voted, the votes of each option are not told, so that nobody's vote is recognised.
poll-early =
    The poll was closed before its time.
    Reason: { $reason }
poll-answer-due = { $sender } says until the end of { $date } what it does with this result.
poll-answer =
    The answer of { $sender }:
    { $answer }
poll-cancelled =
    The advisory poll “{ $question }” was cancelled and the votes were deleted.
    Reason: { $reason }

poll-card =
    Advisory poll in { $place }:
    “{ $question }”
    .close = Close the poll
    .cancel = Cancel the poll
    .answer = Write the answer
    .rewrite = Edit the answer
    .again = Edit and send
poll-card-asking = This question lies with the county's officers; we expect their answer until { $date }. If they give leave it is sent at once; we tell you here.
poll-card-open =
    { $n ->
        [0] Open until the end of { $date }; nobody has voted yet. The result is told once it is closed.
        [1] Open until the end of { $date }; one person has voted. The result is told once it is closed.
       *[other] Open until the end of { $date }; { $n } people have voted. The result is told once it is closed.
    }
poll-card-closed =
    { $n ->
        [0] The poll is over and nobody voted.
        [1] The poll is over and one person voted.
       *[other] The poll is over and { $n } people voted.
    }
poll-card-refused =
    { $who } did not give leave.
    Reason: { $reason }
poll-card-cancelled =
    { $who } cancelled this poll.
    Reason: { $reason }
poll-state-asking = waiting for leave
poll-state-refused = no leave
poll-state-open = open
poll-state-closed = over
poll-state-cancelled = cancelled
poll-leave-late = The county's officers have not answered yet about this question; we have told them again: “{ $question }”
poll-remind =
    The residents are waiting to hear what you do with the result of this poll:
    “{ $question }”
poll-bar = { $option }
poll-figure =
    { $n ->
        [0] no vote
       *[other] votes: { $n }
    }
poll-chart =
    { $n ->
        [1] One voter; an advisory vote
       *[other] { $n } voters; an advisory vote
    }
