### At the meeting.

talk-check_in = At the meeting
check-in = Welcome. You are counted at { $what }.
    .join = I live there
check-in-again = You were counted at { $what } before.
check-in-early =
    The door of { $what } is not open yet; it opens half an hour before the beginning.
    Time: { $time }
check-in-late =
    The door of { $what } is closed.
    Time: { $time }
check-in-cancelled =
    { $what } is not held.
    Reason: { $reason }
check-in-unknown = This code does not work any more. See “Meetings” for those of your neighbourhood.
check-in-elsewhere = This code is for { $what }, and your neighbourhood is not { $neighborhood }. If you live there, choose it first and scan the code again.
check-in-not-invited = This code is for { $what }, which only the council of { $neighborhood } attends.

talk-guests = Count guests
    .words = count guests | guests
guests =
    How many came to { $what } without checking in? Write a number, or press a button.
    So far: { $n }
    .done = Done
guests-more = { $n } more
guests-wrong = Please write a number, { $most } at most.
guests-early = Guests are counted once the meeting has begun.
