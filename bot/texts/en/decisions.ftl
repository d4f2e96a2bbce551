talk-decisions = Decisions of the boards
    .words = Decisions of the boards
decisions =
    { $n ->
        [1] What the boards of county and province decided, for one who is to do it:
       *[other] What the boards of county and province decided, for { $n } who are to do it:
    }
decisions-none = No decision of a board of county or province is recorded yet.
decisions-none-such = We found no decision for an agency of this name.
decisions-found = Several were found by this name:
decisions-line = { $who }: open { $open } (late { $late }), done { $kept }, not kept { $broken }, dropped { $dropped }
decisions-of =
    { $n ->
        [1] One decision for { $who }:
       *[other] { $n } decisions for { $who }:
    }
