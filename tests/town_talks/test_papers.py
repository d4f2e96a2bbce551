"""Papers are asked for, drawn by a job and sent as files: who may have them, under which name, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from domain.actions import By, Move, Who, end_of_day
from domain.actions import Kind as Plan
from domain.meetings import Kind
from domain.papers import Paper
from domain.permissions import Role
from storage import actions, jobs, meetings, people, places
from storage.tx import Tx
from tests.papers import codes, matrix, pages, says
from tests.sentences import said
from tests.town import Person, Town

#: Thursday 5 Azar 1405, five in the afternoon in Tehran; and the Wednesday on which the town's clock begins.
MEETS, BEGINS = 1795699800, "چهارشنبه ۱۳ آبان ۱۴۰۵"


@dataclass(frozen=True)
class File:
    """What somebody was sent."""

    name: str
    type: str
    content: bytes


def files(person: Person) -> list[File]:
    """Every file that somebody was sent, oldest first."""
    messenger = person.town.sandbox.messengers[person.platform]
    sent = [line["media"]["document"] for line in person.chat if line["kind"] == "document"]
    found = [(one, messenger.file(one["file_id"])) for one in sent]
    return [File(one["file_name"], one["mime_type"], messenger.file_content(kept)) for one, kept in found if kept]


async def staff(town: Town, platform: str, role: Role = Role.COORDINATOR, place: str = "kerman/n1") -> Person:
    person = town.person(platform, 1003)
    await person.settles()
    await town.grant(person, role, place)
    return person


async def called(town: Town, label: str = "") -> meetings.Meeting:
    """A meeting of محلهٔ شهر."""

    def create(tx: Tx) -> meetings.Meeting:
        place = places.written(tx, "kerman/n1")
        assert place is not None
        agenda = [("چراغ‌های کوچه", None), ("پارک", None)]
        return meetings.create(
            tx, place=place.id, kind=Kind.PUBLIC, starts=MEETS, venue="مسجد جامع", code="abc12345", author=None, now=1,
            agenda=agenda, label=label,
        )  # fmt: skip

    return await town.run(create)


async def wishes(person: Person, paper: Paper, about: int) -> None:
    """What `handlers/_papers.py` does for talks that have a button for it."""

    def put(tx: Tx) -> None:
        number = people.find_account(tx, person.platform, person.id)
        assert number is not None
        bot = tx.one("SELECT id FROM bots WHERE platform = :name", name=person.platform)
        assert bot is not None
        ids = {"person": number, "bot": int(bot["id"]), "about": about}
        now = person.town.clock.seconds()
        jobs.put(tx, f"paper-{paper.value}", f"paper-{paper.value}:{number}:{about}", now, ids)

    await person.town.run(put)
    await person.town.passes(1)


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_whoever_invites_gets_a_poster_to_print(anywhere: Town, platform: str) -> None:
    person = await staff(anywhere, platform)
    await person.says("/invite")
    await anywhere.passes(1)
    (sent,) = files(person)
    assert (sent.name, sent.type) == ("join_kerman_n1_1405-08-13.pdf", "application/pdf")
    assert person.last == said("paper-join-sent", neighborhood="محلهٔ شهر")
    assert len(pages(sent.content)) == 1
    for words in ("محله‌یار", "محلهٔ شهر", "به شورای پیشرفت محلهٔ شهر برسد", "تلگرام", "بله", BEGINS):
        assert says(sent.content, words)
    links = [f"https://{host}/mahalleyar_sandbox_bot?start=join_kerman_n1" for host in ("t.me", "ble.ir")]
    assert codes(sent.content, 2) == [matrix(link) for link in links]


async def test_a_poster_says_where_the_house_is_and_who_acts_where_there_is_no_council(quiet_town: Town) -> None:
    person = await staff(quiet_town, "telegram", Role.COUNTY_OFFICER, "kerman")
    await quiet_town.run(
        lambda tx: tx.run("UPDATE places SET house = 'مسجد جامع', address = 'خیابان شریعتی' WHERE slug = 'n1'")
    )
    for place in ("kerman/n1", "kerman/n3"):
        await person.says(f"/invite {place}")
        await quiet_town.passes(1)
    with_house, without = (sent.content for sent in files(person))
    assert says(with_house, "خانهٔ شورا: مسجد جامع، خیابان شریعتی")
    assert not says(without, "خانهٔ شورا")
    assert says(without, "به کمیتهٔ راهبری شهرستان کرمان برسد")


async def test_asked_twice_it_comes_once_and_another_time_it_goes_by_its_number(quiet_town: Town) -> None:
    person = await staff(quiet_town, "telegram")
    await person.says("/bulletin")
    await person.says("/bulletin")
    await quiet_town.passes(1)
    assert len(files(person)) == 1
    await person.says("/bulletin")
    await quiet_town.passes(1)
    sent = [line["media"]["document"]["file_unique_id"] for line in person.chat if line["kind"] == "document"]
    assert len(sent) == 2
    assert len(set(sent)) == 1, "nothing was uploaded again"


async def test_the_file_goes_after_a_week_and_stays_in_the_chat(quiet_town: Town) -> None:
    person = await staff(quiet_town, "telegram")
    await person.says("/bulletin")
    await quiet_town.passes(1)

    async def kept() -> list[str]:
        rows = await quiet_town.run(lambda tx: tx.all("SELECT sha256, state FROM media WHERE kind = 'document'"))
        return [row["state"] for row in rows if quiet_town.app.store.get(row["sha256"] or "0" * 64)]

    assert await kept() == ["kept"]
    await quiet_town.passes(8 * 86_400)
    assert await kept() == []
    assert [line["deleted"] for line in person.chat if line["kind"] == "document"] == [False]
    await person.says("/bulletin")
    await quiet_town.passes(1)
    assert len(files(person)) == 2


@pytest.mark.parametrize("label", ["", "پس از نماز مغرب"])
async def test_the_check_in_poster_names_the_meeting_and_its_codes_lead_to_it(quiet_town: Town, label: str) -> None:
    person = await staff(quiet_town, "bale")
    meeting = await called(quiet_town, label)
    await wishes(person, Paper.CHECK_IN, meeting.id)
    (sent,) = files(person)
    assert sent.name == "check-in_kerman_n1_1405-09-05.pdf"
    for words in ("خوش آمدید", "نشست عمومی اهالی محلهٔ شهر", "پنجشنبه ۵ آذر ۱۴۰۵", "مسجد جامع", label):
        assert says(sent.content, words)
    links = [f"https://{host}/mahalleyar_sandbox_bot?start=meet_abc12345" for host in ("t.me", "ble.ir")]
    assert codes(sent.content, 2) == [matrix(link) for link in links]
    title = "نشست عمومی اهالی محلهٔ شهر"
    when = "، ".join(one for one in ("پنجشنبه ۵ آذر ۱۴۰۵", label, "ساعت ۵ عصر (۱۷:۰۰)") if one)
    assert person.last.startswith(f"پوستر ثبت حضور برای چاپ:\n{title}\n{when}\n")


async def test_who_has_lost_the_role_before_it_was_drawn_is_told_so(quiet_town: Town) -> None:
    person = await staff(quiet_town, "telegram")
    await person.says("/bulletin")
    await quiet_town.run(lambda tx: tx.run("UPDATE roles SET until = 1 WHERE role = 'coordinator'"))
    await quiet_town.passes(1)
    assert files(person) == []
    assert person.last == said("not-allowed")


async def test_a_meeting_that_is_not_there_gives_no_paper(quiet_town: Town) -> None:
    person = await staff(quiet_town, "telegram")
    heard = person.heard
    await wishes(person, Paper.CHECK_IN, 77)
    assert (files(person), person.heard) == ([], heard)


# --- the board --------------------------------------------------------------------------------------------------------


async def test_the_board_says_what_comes_and_what_is_open_in_public_words(anywhere: Town) -> None:
    resident = anywhere.person("bale", 1001)
    await resident.settles()
    person = await staff(anywhere, "telegram")
    await resident.reports("چراغ‌های کوچهٔ ۱۲ جلوی خانهٔ ما خاموش است")
    await person.presses("پذیرش")
    await person.presses("متن عمومی")
    await person.says("چراغ‌های خاموش کوچهٔ ۱۲")
    await person.presses("پذیرش و اعلام")
    await called(anywhere)
    await person.says("/bulletin")
    assert person.last == said("paper-coming", what="برگهٔ تابلو")
    await anywhere.passes(1)
    (sent,) = files(person)
    assert (sent.name, len(pages(sent.content))) == ("bulletin_kerman_n1_1405-08-13.pdf", 1)
    for words in (
        "تابلوی محلهٔ شهر",
        BEGINS,
        "جلسهٔ بعدی: نشست عمومی اهالی محلهٔ شهر",
        "پنجشنبه ۵ آذر ۱۴۰۵",
        "موضوع‌ها: چراغ‌های کوچه، پارک",
        "چراغ‌های خاموش کوچهٔ ۱۲",
    ):
        assert says(sent.content, words)
    assert not says(sent.content, "جلوی خانهٔ ما"), "the reporter's own words are nobody else's"


async def planned(town: Town, what: str, kind: Who, name: str, days: int, *, kept: bool = False) -> None:
    """A plan of محلهٔ شهر that is due so many days from now."""

    def create(tx: Tx) -> None:
        place = places.written(tx, "kerman/n1")
        assert place is not None
        now = town.clock.seconds()
        due = end_of_day(town.clock.now() + timedelta(days))
        made = actions.create(
            tx, place=place.id, kind=Plan.PROMISE, what=what, who_kind=kind, who_name=name, due=due, author=None,
            now=now,
        )  # fmt: skip
        if kept:
            actions.move(tx, made, Move.KEEP, by=By.COUNCIL, actor=None, now=now)

    await town.run(create)


async def test_board_and_roadmap_say_what_was_promised_by_whom_and_until_when(anywhere: Town) -> None:
    person = await staff(anywhere, "telegram")
    await planned(anywhere, "لایروبی جوی خیابان", Who.AGENCY, "شهرداری", 9)
    await planned(anywhere, "درخت‌کاری کنار مدرسه", Who.PERSON, "رضا محمدی", 30)
    await planned(anywhere, "نصب سطل زباله", Who.COUNCIL, "", 3, kept=True)
    await planned(anywhere, "روشنایی پارک", Who.GROUP, "گروه جوانان", 2)
    await anywhere.passes(5 * 86_400)  # from Wednesday 13 to Monday 18 Aban
    await person.says("/bulletin")
    await anywhere.passes(1)
    await person.says("/roadmap kerman/n1")
    await person.presses("نسخهٔ چاپی")
    await anywhere.passes(1)
    board, road = files(person)
    assert (board.name, road.name) == ("bulletin_kerman_n1_1405-08-18.pdf", "roadmap_kerman_n1_1405-08-18.pdf")
    for paper, year in ((board, ""), (road, " ۱۴۰۵")):
        late = f"گروه جوانان، تا جمعه ۱۵ آبان{year}، ۳ روز دیر شده است"
        for words in ("لایروبی جوی خیابان", f"شهرداری، تا جمعه ۲۲ آبان{year}", "روشنایی پارک", late):
            assert says(paper.content, words)
    assert says(board.content, "نصب سطل زباله؛ شورای پیشرفت محلهٔ شهر، ۱۳ آبان")
    assert says(road.content, "شورای پیشرفت محلهٔ شهر، در چهارشنبه ۱۳ آبان ۱۴۰۵")
    assert says(board.content, "قول‌ها و برنامه‌ها: ۳ کار")
    assert says(road.content, "در دست انجام: ۳ کار")
    assert says(road.content, "هنوز در جلسه‌ای تصویب نشده است.")
    assert [one.name for one in (board, road) if says(one.content, "محمدی")] == [], "nobody is named on a wall"


async def test_a_resident_may_have_the_roadmap(quiet_town: Town) -> None:
    resident = quiet_town.person("bale", 1001)
    await resident.settles()
    place = await quiet_town.run(lambda tx: places.written(tx, "kerman/n1"))
    assert place is not None
    await wishes(resident, Paper.ROADMAP, place.id)
    (sent,) = files(resident)
    assert says(sent.content, "چیزی ثبت نشده است.")
    assert resident.last == said("paper-roadmap-sent", neighborhood="محلهٔ شهر")


async def test_an_empty_neighbourhood_has_a_board_too(quiet_town: Town) -> None:
    person = await staff(quiet_town, "telegram", Role.COUNCIL_HEAD)
    await person.says("محلهٔ ما")
    await person.presses("برگهٔ تابلو")
    await quiet_town.passes(1)
    (sent,) = files(person)
    assert says(sent.content, "جلسهٔ بعدی هنوز اعلام نشده است.")
    assert says(sent.content, "در حال پیگیری: گزارشی نیست")


async def test_an_officer_says_whose_board_and_a_resident_gets_none(quiet_town: Town) -> None:
    officer = await staff(quiet_town, "telegram", Role.COUNTY_OFFICER, "kerman")
    await officer.says("/bulletin")
    assert officer.last == said("which")
    await officer.presses("شهرک مطهری، کرمان")
    await quiet_town.passes(1)
    assert [sent.name for sent in files(officer)] == ["bulletin_kerman_n2_1405-08-13.pdf"]
    await officer.says("/bulletin bam/arg")
    assert officer.last == said("which-not-found", name="bam/arg")
    resident = quiet_town.person("telegram", 1001)
    await resident.settles()
    await resident.says("/bulletin")
    assert resident.last == said("not-allowed")
