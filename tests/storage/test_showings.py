"""Where a photo of a case is to be seen: noted when it arrives, handed out once when it is to go, asked for once."""

from __future__ import annotations

from storage import cases, jobs, media, outbox, public, showings
from storage.cases import Case
from storage.people import Account
from storage.tx import Tx
from tests.storage.made import NOW, account, case, town, written


def shown(tx: Tx, reader: Account, reporter: Account, *, part: str = "text") -> tuple[Case, int]:
    """A case with a photo that a reader's row carries; the photo's number."""
    made = case(tx, town(tx)["kerman/alavian"], reporter.person)
    photo = media.add(tx, person=reporter.person, kind="photo", bot=reader.bot, file_id="x", now=NOW)
    media.attach(tx, made.id, [photo], part, NOW)
    arrive(tx, reader, photo)
    return made, photo


def arrive(tx: Tx, reader: Account, photo: int, message: int | None = 5) -> None:
    row = written(tx, reader)
    showings.arrived(tx, row, [(photo, message)], NOW)
    outbox.sent(tx, row, message)


def abouts(tx: Tx) -> list[str]:
    return [row["about"] for row in tx.all("SELECT about FROM outbox ORDER BY id")]


def taken_out(tx: Tx, photo: int) -> bool:
    return bool(tx.all("SELECT 1 AS found FROM jobs WHERE key = :key", key=f"take-out:{photo}"))


def test_it_is_noted_where_it_arrived_and_handed_out_once(tx: Tx) -> None:
    reader = account(tx, 2)
    _, photo = shown(tx, reader, account(tx, 1))
    assert (abouts(tx), showings.is_shown(tx, photo)) == ([f"media:{photo}"], True)
    (found,) = showings.leaving(tx, photo, 10)
    assert (found.lane, found.kind, found.language) == (reader.lane, "photo", "fa")
    assert (showings.leaving(tx, photo, 10), showings.is_shown(tx, photo)) == ([], False)
    showings.deletion(tx, found, "{}", NOW)
    (row,) = outbox.ready(tx, reader.bot, NOW, 10)
    assert (row.method, row.message) == ("deleteMessage", 5)
    showings.removed(tx, row.id)
    assert (abouts(tx), tx.all("SELECT id FROM bodies")) == ([], [])


def test_what_no_case_holds_and_what_goes_back_to_its_reporter_is_not_noted(tx: Tx) -> None:
    reporter, reader = account(tx, 1), account(tx, 2)
    made, _ = shown(tx, reporter, reporter)
    own = media.made(tx, person=None, kind="photo", bot=reader.bot, sha256="0", type="image/png", size=1, now=NOW)
    arrive(tx, reader, own)
    assert abouts(tx) == []
    voice = media.add(tx, person=reader.person, kind="voice", bot=reader.bot, file_id="y", now=NOW)
    media.attach(tx, made.id, [voice], "explanation", NOW)
    cases.join(tx, made.id, reader.person, NOW)
    arrive(tx, reader, voice)
    assert abouts(tx) == [], "why a case was rejected is theirs to keep"


def test_what_was_hidden_on_its_way_is_taken_out_as_soon_as_it_arrives(tx: Tx) -> None:
    reader = account(tx, 2)
    made, photo = shown(tx, reader, account(tx, 1))
    assert not taken_out(tx, photo)
    public.hide(tx, made.id, photo)
    assert media.find(tx, photo, reader.bot) is None, "one that has not left does not leave"
    arrive(tx, reader, photo, 6)
    assert taken_out(tx, photo)


def test_what_is_let_go_is_taken_out(tx: Tx) -> None:
    _, photo = shown(tx, account(tx, 2), account(tx, 1))
    media.let_go(tx, photo, NOW)
    assert taken_out(tx, photo)


def test_what_could_not_be_deleted_is_asked_for_once(tx: Tx) -> None:
    reader = account(tx, 2)
    made, photo = shown(tx, reader, account(tx, 1))
    (found,) = showings.leaving(tx, photo, 10)
    showings.deletion(tx, found, "{}", NOW)
    (row,) = outbox.ready(tx, reader.bot, NOW, 10)
    showings.kept(tx, row.id, row.lane, NOW + 5)
    job = jobs.take(tx, NOW + 5)
    while job is not None and job.kind != "by-hand":
        jobs.done(tx, job, NOW + 5)
        job = jobs.take(tx, NOW + 5)
    assert job is not None
    assert job.args == {"lane": reader.lane}
    assert [(one.at, one.place) for one in showings.left(tx, reader.lane)] == [(NOW, made.place)]
    assert (showings.left(tx, reader.lane), abouts(tx)) == ([], [])
    assert showings.reader(tx, reader.lane) == (reader.person, reader.bot)
