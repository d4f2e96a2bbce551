### The invitation to a meeting, the reminder, and the news that it changed.

invitation =
    Invitation: { $what }
    Time: { $time }
    Place: { $venue }
    .pin = Map
    .calendar = Add to calendar
    .propose = Propose a topic
invitation-open = Everybody is welcome.
invitation-repeats-weekly = It is held every week; the next one: { $day }.
invitation-repeats-fortnightly = It is held every two weeks; the next one: { $day }.
invitation-repeats-monthly = It is held every month; the next one: { $day }.
invitation-changed =
    The time or place of this meeting has changed.
    Reason: { $reason }
invitation-ask = Are you coming?

rsvp-yes = I am coming
rsvp-maybe = Maybe
rsvp-no = Not coming
rsvp-yes-n = I am coming ({ $n })
rsvp-maybe-n = Maybe ({ $n })
rsvp-no-n = Not coming ({ $n })
rsvp-said-yes = Your answer: coming. See you there.
rsvp-said-maybe = Your answer: maybe. We will remind you before the meeting.
rsvp-said-no = Your answer: not coming. We will tell you what came of it.
rsvp-over = The time of this meeting has passed.
rsvp-cancelled = This meeting is not held: { $time }

reminder-today =
    Reminder: { $what }, today
    Time: { $time }
    Place: { $venue }
reminder =
    Reminder: { $what }
    Time: { $time }
    Place: { $venue }

meeting-moved = { $what } has changed.
meeting-moved-time =
    Time before: { $was }
    Time now: { $now }
meeting-moved-venue =
    Place before: { $was }
    Place now: { $now }
meeting-moved-why =
    Reason: { $reason }
    We are sorry for the change.
meeting-cancelled =
    { $what } is not held.
    We had said: { $time }
    Reason: { $reason }
    We will tell you the next time.

meeting-card =
    { $what }
    Time: { $time }
    Place: { $venue }
    .time = Change the time
    .venue = Change the place
    .cancel = Cancel it
    .guests = Count guests
    .poster = Poster for the door
    .next = The next one
meeting-card-present = Present: { $n } by the code, { $guests } guests
meeting-card-named = Of the council: { $name }
meeting-card-proposals = Proposals ({ $n })
meeting-card-sent =
    { $n ->
        [0] The invitation has not reached anybody yet.
       *[other] The invitation has reached { $n } people.
    }
meeting-card-answers = Coming: { $yes } · maybe: { $maybe } · not coming: { $no }
meeting-card-silent = Nobody has answered yet.
meeting-card-cancelled =
    This meeting was cancelled.
    Reason: { $reason }
