talk-withdraw = Take a report back
    .words = Take a report back | Take back
withdraw-which = Which report do you take back? Open it from “My reports”.
withdraw-confirm =
    “{ $title }”
    Take this report back? It is no longer followed up, and this cannot be undone.
    .yes = Take back
withdraw-late = This report has been decided; there is nothing to take back.
withdrawn =
    You took the report back, and it is no longer followed up:
    “{ $title }”
case-withdrawn =
    Whoever reported this problem took it back, and it is no longer followed up:
    “{ $title }”
    If you still have the problem, please report it anew.
