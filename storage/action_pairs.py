"""Plans that should know of each other: two for the same neighbourhood, subject and time."""

from __future__ import annotations

from domain.actions import NEAR_DAYS, State, is_matched, is_near
from storage import actions
from storage.actions import Action
from storage.tx import Tx


def near(tx: Tx, action: Action) -> list[Action]:
    """Other open plans in the same place and category whose dates are near to this one's."""
    if action.state is not State.OPEN or not is_matched(action.category):
        return []
    within = (NEAR_DAYS + 1) * 86400
    rows = tx.all(
        "SELECT id FROM actions WHERE place = :place AND state = 'open' AND due BETWEEN :early AND :late "
        "AND category = :category AND id <> :id ORDER BY id",
        place=action.place,
        category=action.category,
        early=action.due - within,
        late=action.due + within,
        id=action.id,
    )
    found = [actions.by_id(tx, row["id"]) for row in rows]
    return [one for one in found if is_near(one.due, action.due)]


def pair(tx: Tx, one: int, other: int, now: int) -> bool:
    """Note that two plans were shown to each other. False when they were before."""
    return bool(
        tx.run(
            "INSERT INTO action_pairs (one, other, at) VALUES (:one, :other, :now) ON CONFLICT DO NOTHING",
            one=min(one, other),
            other=max(one, other),
            now=now,
        )
    )
