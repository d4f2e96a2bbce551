talk-polls = Polls
    .words = Polls | Poll
polls =
    { $n ->
        [1] One advisory poll for { $neighborhood }:
       *[other] { $n } advisory polls for { $neighborhood }:
    }
polls-line-open = “{ $question }”: open until the end of { $date }
polls-line-closed =
    { $n ->
        [0] “{ $question }”: over, nobody voted
        [1] “{ $question }”: over, one voter
       *[other] “{ $question }”: over, { $n } voters
    }
polls-none = There has been no poll for { $neighborhood } yet.
polls-nowhere = Polls are for the residents of a neighbourhood. Please choose yours first.
polls-not-asked = This poll is for the residents of { $place }.
polls-verified = In this poll only those vote who have come to a meeting of the neighbourhood at least once. Your vote was not kept; check in at the next meeting.
polls-too-many = You can choose at most { $n } options. Take back one of those you chose first.
polls-late = The time of the poll “{ $question }” is over, and your vote was not kept.
