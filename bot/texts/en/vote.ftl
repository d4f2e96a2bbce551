### Votes of the council about its agenda.

talk-vote = Council votes
    .words = Council votes
vote-items = Votes in { $what }
vote-begin = Vote about item { $n }
vote-close = End vote { $n }
vote-ask =
    What do you say to this?
    “{ $words }”
vote-over =
    The vote is over:
    “{ $words }”
vote-yes = For
vote-no = Against
vote-abstained = Abstain
vote-counts = So far: { $yes } for · { $no } against · { $abstained } abstaining
vote-result = Votes: { $yes } for · { $no } against · { $abstained } abstaining
vote-said = You said: { $vote }
vote-not-yours = Only members of the council who checked in vote in this meeting.
vote-not-open = There is no vote in this meeting. It can be turned on under “Council meetings”.
