talk-promises = Promises and plans
    .words = Promises
promises =
    Promises and plans for { $place }
    Open: { $open }, done: { $kept }, not kept: { $broken }, dropped: { $dropped }
    .record = Record one
promises-none = No promise or plan is recorded for { $place } yet.
promises-nowhere = First choose your neighbourhood to see what is promised there.
