"""The public copy: apart from the reporter's words, seen while the case is open, gone when it must be."""

from __future__ import annotations

from domain.cases import Move
from storage import cases, media, public
from storage.cases import Case
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, bot, case, town


def accepted(tx: Tx, where: str = "kerman/alavian", title: str = "روشنایی کوچه") -> Case:
    made = case(tx, town(tx)[where], account(tx, 1).person)
    then = cases.move(tx, made, Move.ACCEPT, actor=account(tx, 2).person, now=NOW, due=NOW + DAY)
    public.write(tx, then.id, title=title, lat=30.283, lon=57.083, now=NOW)
    return then


def test_it_says_what_was_written_and_where_it_is_roughly(tx: Tx) -> None:
    made = accepted(tx)
    found = public.of(tx, made.id)
    assert found is not None
    assert (found.title, found.lat, found.lon, found.code, found.due) == (
        "روشنایی کوچه",
        30.283,
        57.083,
        made.code,
        NOW + DAY,
    )
    public.retitle(tx, made.id, "چراغ کوچه")
    assert [one.title for one in public.open_at(tx, made.path)] == ["چراغ کوچه"]
    assert public.of(tx, case(tx, town(tx)["kerman/alavian"], account(tx, 1).person).id) is None


def test_a_neighbourhood_lists_its_own_open_ones_newest_first_in_pages(tx: Tx) -> None:
    made = [accepted(tx) for _ in range(3)]
    accepted(tx, "kerman/zarisf")
    path = made[0].path
    assert public.count_open_at(tx, path) == 3
    assert [one.case for one in public.open_at(tx, path)] == [one.id for one in reversed(made)]
    assert [one.case for one in public.open_at(tx, path, offset=1, limit=1)] == [made[1].id]


def test_it_is_gone_when_the_case_is_hidden_or_taken_back(tx: Tx) -> None:
    hidden, back = accepted(tx), accepted(tx)
    cases.move(tx, hidden, Move.HIDE, actor=1, now=NOW)
    assert public.of(tx, hidden.id) is None
    cases.move(tx, back, Move.WITHDRAW, actor=1, now=NOW)
    assert public.open_at(tx, back.path) == []
    public.drop(tx, back.id)
    assert public.of(tx, back.id) is None


def test_only_released_photos_are_shown_and_a_hidden_one_never(tx: Tx) -> None:
    made, who = accepted(tx), account(tx, 1).person
    photos = [media.add(tx, person=who, kind="photo", bot=bot(tx), file_id=f"f{n}", now=NOW) for n in range(3)]
    media.attach(tx, made.id, photos, "text", NOW)
    assert public.released(tx, made.id) == []
    assert public.hide(tx, made.id, photos[0]) is True
    assert public.hide(tx, made.id, photos[0]) is False
    public.release(tx, made.id, photos[:2])
    assert public.released(tx, made.id) == [photos[1]]
    assert [one.id for one in media.of_case(tx, made.id)] == photos[1:]
    public.hide(tx, made.id, photos[1])
    assert public.released(tx, made.id) == []
