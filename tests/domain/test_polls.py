"""How votes are counted: one per person whatever they press, ties, and nothing split under ten."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.polls import SPLIT_FROM, Result, TooMany, changed, counted, read, written

POSITIONS = st.integers(1, 8)
SETS = st.frozensets(POSITIONS, min_size=1, max_size=3)


@given(st.lists(SETS, max_size=60))
def test_every_choice_of_everybody_counts_once(cast: list[frozenset[int]]) -> None:
    found = counted(Counter(written(one) for one in cast), 8)
    assert found.voters == len(cast)
    assert found.votes == {option: sum(option in one for one in cast) for option in range(1, 9)}
    assert found.split is (len(cast) >= 10)


@given(SETS)
def test_what_is_kept_is_read_again(chosen: frozenset[int]) -> None:
    assert read(written(chosen)) == tuple(sorted(chosen))


@given(st.lists(st.tuples(POSITIONS, st.booleans()), max_size=40), st.integers(1, 3))
def test_nobody_ever_has_more_than_they_may_and_a_repeat_changes_nothing(
    presses: list[tuple[int, bool]], most: int
) -> None:
    chosen: tuple[int, ...] = ()
    for option, on in presses:
        try:
            once = changed(chosen, option, on=on, most=most)
        except TooMany:
            assert len(chosen) == most > 1
            assert option not in chosen
            continue
        assert changed(once, option, on=on, most=most) == once
        assert (option in once) is on
        assert len(once) <= most
        chosen = once


@pytest.mark.parametrize(
    ("before", "option", "on", "most", "after"),
    [
        ((), 2, True, 1, (2,)),
        ((2,), 3, True, 1, (3,)),  # the new one takes the place of the former
        ((2,), 2, True, 1, (2,)),
        ((2,), 2, False, 1, ()),
        ((1,), 3, True, 3, (1, 3)),
        ((1, 3), 2, True, 3, (1, 2, 3)),
        ((1, 2, 3), 2, True, 3, (1, 2, 3)),
        ((1, 2, 3), 2, False, 3, (1, 3)),
        ((1, 2), 7, False, 2, (1, 2)),
    ],
)
def test_options_are_taken_and_let_go(
    before: tuple[int, ...], option: int, on: bool, most: int, after: tuple[int, ...]
) -> None:
    assert changed(before, option, on=on, most=most) == after


@pytest.mark.parametrize("most", [2, 3])
def test_one_too_many_is_refused(most: int) -> None:
    with pytest.raises(TooMany):
        changed(tuple(range(1, most + 1)), 8, on=True, most=most)


@pytest.mark.parametrize(
    ("votes", "ranked", "tied"),
    [
        ({1: 3, 2: 7, 3: 1}, [2, 1, 3], []),
        ({1: 5, 2: 2, 3: 5}, [1, 3, 2], [1, 3]),
        ({1: 4, 2: 4, 3: 4}, [1, 2, 3], [1, 2, 3]),
        ({1: 2, 2: 5, 3: 2}, [2, 1, 3], []),  # only the first place counts
        ({1: 0, 2: 0}, [1, 2], []),
    ],
)
def test_the_first_place_may_be_shared(votes: dict[int, int], ranked: list[int], tied: list[int]) -> None:
    found = Result(12, votes)
    assert [position for position, _ in found.ranked] == ranked
    assert found.tied == tied


@given(st.dictionaries(POSITIONS, st.integers(0, 5), min_size=1))
def test_a_tie_is_two_or_more_with_the_most_votes(votes: dict[int, int]) -> None:
    tied = Result(20, votes).tied
    most = max(votes.values())
    assert len(tied) != 1
    assert set(tied) == ({one for one, n in votes.items() if n == most} if tied else set())
    assert bool(tied) is (most > 0 and list(votes.values()).count(most) > 1)


@pytest.mark.parametrize("voters", [0, 1, SPLIT_FROM - 1])
def test_under_ten_votes_nothing_is_split(voters: int) -> None:
    assert not Result(voters, {1: voters, 2: 0}).split
    assert Result(SPLIT_FROM, {1: 10, 2: 0}).split
