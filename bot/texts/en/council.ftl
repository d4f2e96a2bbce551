### How councils hold their meetings: quorum and votes.

talk-council = Council meetings
    .words = Council meetings | Quorum
council =
    How the council of { $neighborhood } holds its meetings
    Quorum: { $quorum }
    Votes about the agenda: { $votes }
    .quorum-on = Quorum on
    .quorum-off = Quorum off
    .votes-on = Votes on
    .votes-off = Votes off
    .half = More than half
council-off = off
council-votes-on = on, for members who checked in
council-quorum-on = more than half of the members, { $n } now
council-quorum-number = { $n } of the members
council-number = If another number is needed, write it.
council-number-wrong = Please write a number from 1 to { $most }.

quorum-met = There is a quorum: { $n } of the council are here and { $needed } are needed.
quorum-was-met = There was a quorum: { $n } of the council were there and { $needed } were needed.
quorum-was-missed = There was no quorum: { $n } of the council were there and { $needed } were needed.
quorum-missed = There is no quorum: { $n } of the council are here and { $needed } are needed.
