talk-polled = Earlier polls
    .words = Earlier polls
polled-none = You have not asked the residents anything yet.
polled-list =
    { $n ->
        [1] One poll:
       *[other] { $n } polls:
    }
    .anew = New question
polled-line = “{ $question }”, { $place }, { $date }: { $state }
polled-not-yours = A colleague asked this; only they or the county's officers can close or cancel it.
polled-close =
    This poll is closed right now and its result is told:
    “{ $question }”
    Write the reason, at most { $most } letters; residents read it.
polled-cancel =
    This poll is cancelled and all votes are deleted:
    “{ $question }”
    Write the reason, at most { $most } letters; residents read it.
polled-length = Please write { $least } to { $most } letters.
polled-answer =
    What do you do with the result of this poll, and until when?
    “{ $question }”
    Write a few sentences, at most { $most } letters. Your answer is shown in the very message that residents got.
polled-answer-now =
    The answer so far:
    { $answer }
polled-confirm =
    Residents read this answer under the result of “{ $question }”:
    { $answer }
    .tell = Tell them
    .answer = Edit
polled-told = Your answer is being shown to the residents: “{ $question }”
