### Changing or cancelling a meeting.

talk-rearrange = Change a meeting
    .words = change a meeting | cancel a meeting
rearrange-reason-time = Why is the time changed? Write one sentence (at most { $most } letters); everybody reads it.
rearrange-reason-venue = Why is the place changed? Write one sentence (at most { $most } letters); everybody reads it.
rearrange-reason-cancel = Why is it not held? Write one sentence (at most { $most } letters); everybody reads it.
rearrange-confirm-time =
    Change the time of { $what }?
    Before: { $was }
    Now: { $now }
    Reason: { $reason }
    .go = Announce the change
rearrange-confirm-venue =
    Change the place of { $what }?
    Before: { $was }
    Now: { $now }
    Reason: { $reason }
    .go = Announce the change
rearrange-confirm-cancel =
    Cancel { $what }?
    Time: { $time }
    Reason: { $reason }
    .go = Cancel it
rearrange-confirm =
    .reason = Edit the reason
rearrange-same-time = That is the time it has already. Choose another one, or cancel.
rearrange-same-venue = That is the place it has already. Write another one, or cancel.
rearrange-late =
    A colleague changed this meeting a moment before you; your change was not kept.
    Time: { $time }
    Place: { $venue }
