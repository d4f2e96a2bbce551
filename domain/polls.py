"""Polls: what may be asked and chosen, how votes are counted, and from when a result may be split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from domain.values import value

#: Options of a poll, at least and at most, and how many of them one person may choose at most.
FEWEST, MOST, MOST_CHOSEN = 2, 8, 3
#: Votes under which nothing is split: only their number is said (anchors §2.10 and its table of numbers, k = 10).
SPLIT_FROM = 10
#: Days a poll is open as long as nobody says otherwise, and those that are offered (anchors §2.10: 3 or 7 by default).
DAYS, OFFERED = 7, (3, 7, 14)
#: Days that the closing day may lie ahead.
FURTHEST = 90
#: Days after the result in which the council says what it does with it, and days before that date it is reminded once.
ANSWER_DAYS, REMIND_DAYS = 14, 3


class Kind(StrEnum):
    """What is asked."""

    FIRST = "first"  # which of the accepted cases comes first
    FREE = "free"  # a question of the council's own


class State(StrEnum):
    """Where a poll stands."""

    ASKING = "asking"  # waits for the county's leave
    REFUSED = "refused"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


#: What residents may see in their lists.
SEEN = (State.OPEN, State.CLOSED)


class Move(StrEnum):
    """What happened to a poll."""

    ASK = "ask"  # leave was asked for
    ALLOW = "allow"
    REFUSE = "refuse"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"
    ANSWER = "answer"  # the council said what it does with the result


#: The states from which each move leads on.
FROM: Mapping[Move, frozenset[State]] = {
    Move.ALLOW: frozenset({State.ASKING}),
    Move.REFUSE: frozenset({State.ASKING}),
    Move.CLOSE: frozenset({State.OPEN}),
    Move.CANCEL: frozenset({State.ASKING, State.OPEN}),
    Move.ANSWER: frozenset({State.CLOSED}),
}


class TooMany(ValueError):
    """As many were chosen already as may be."""


def changed(chosen: Sequence[int], option: int, *, on: bool, most: int) -> tuple[int, ...]:
    """What somebody has chosen after they took an option or let it go: positions, in order.

    The same change made twice is made once. Where one may be chosen the new one takes the place of the former; where
    several may, one too many raises `TooMany`.
    """
    rest = set(chosen) - {option}
    if not on:
        return tuple(sorted(rest))
    if most == 1:
        return (option,)
    if len(rest) >= most:
        raise TooMany
    return tuple(sorted({*rest, option}))


def written(chosen: Iterable[int]) -> str:
    """Chosen positions as they are kept: «1 3»."""
    return " ".join(str(position) for position in sorted(chosen))


def read(kept: str) -> tuple[int, ...]:
    """The same the other way round."""
    return tuple(int(position) for position in kept.split())


@value(frozen=True, slots=True)
class Result:
    """What came of a poll: how many persons voted, and the votes of each option (position → votes)."""

    voters: int
    votes: Mapping[int, int]

    @property
    def split(self) -> bool:
        """Whether the votes of each option may be shown."""
        return self.voters >= SPLIT_FROM

    @property
    def ranked(self) -> list[tuple[int, int]]:
        """(position, votes), the most votes first; of equal ones in the order in which they were asked."""
        return sorted(self.votes.items(), key=lambda one: (-one[1], one[0]))

    @property
    def tied(self) -> list[int]:
        """The positions that share the first place; nothing when one leads, or nobody chose any of them."""
        most = max(self.votes.values(), default=0)
        first = [position for position, votes in sorted(self.votes.items()) if votes == most]
        return first if most and len(first) > 1 else []


def counted(ballots: Mapping[str, int], options: int) -> Result:
    """The result of ballots: how often each set of choices (as written) was made, of so many options."""
    votes = dict.fromkeys(range(1, options + 1), 0)
    for kept, n in ballots.items():
        for position in read(kept):
            votes[position] += n
    return Result(sum(ballots.values()), votes)
