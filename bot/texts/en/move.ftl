talk-move = Move a report
    .words = Move a report
move-usage =
    Write the tracking code and the right neighbourhood. Example:
    /move 48271905 Khajeh Khezr
move-where =
    “{ $title }”
    Which neighbourhood does this report belong to? Choose, or write part of its name.
move-several = Several neighbourhoods have “{ $name }” in their name. Please write it in full.
move-same = This report is in { $neighborhood } already.
move-confirm =
    “{ $title }”
    Move it to { $neighborhood }? The reporter is told, and the time for an answer begins anew.
    .move = Move
move-done =
    “{ $title }”
    Moved to { $neighborhood }, and the reporter was told.
case-moved =
    What you sent belongs to another neighbourhood and was moved there:
    “{ $title }”
    Neighbourhood: { $neighborhood }
    The tracking code stays the same; we expect the answer of { $holder } until { $due }.
