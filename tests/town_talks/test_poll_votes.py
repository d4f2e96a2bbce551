"""Voting: once a person and until the end, on either messenger, by those who are asked and by nobody else."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.many import staff
from tests.town_talks.polling import (
    DAY,
    DOGS,
    LAMP,
    OPTIONS,
    QUESTION,
    ROAD,
    accepted,
    asks_what_first,
    number_of,
    residents,
    rows,
    votes,
    writes_own,
)

MARK = "\u2714 "
#: The same question as a button of a resident's list, by its end, and of the council's, by the day it was asked.
LISTED, ASKED = (f"{day} آبان، به نظر شما کدام مشکل باید زودتر…" for day in ("تا ۲۰", "از ۱۳"))


@pytest.fixture
def town(anywhere: Town) -> Town:
    return anywhere


async def asks_own(town: Town, *, most: int = 1, verified: bool = False, options: tuple[str, ...] = OPTIONS) -> Person:
    """An officer asks the neighbourhood something of their own."""
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await officer.says("/poll")
    await officer.says("محلهٔ شهر")
    await officer.presses("پرسش دیگر")
    await officer.says(QUESTION)
    await officer.says("\n".join(options))
    for n in range(2, most + 1):
        await officer.presses(said("poll-preview.most", n=n))
    if verified:
        await officer.presses("فقط حاضران جلسه")
    await officer.presses("فرستادن")
    await town.passes(2)
    return officer


# --- one vote ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_a_vote_is_marked_where_it_was_given_and_may_be_changed(town: Town, platform: str) -> None:
    (person,) = await residents(town, 1, platform=platform)
    await asks_what_first(town)
    shown = len(person.heard)
    await person.presses(ROAD)
    assert person.buttons == [MARK + ROAD, DOGS, LAMP, "پس گرفتن رأی"]
    assert "رأی شما ثبت شد. تا پایان مهلت می‌توانید عوضش کنید." in person.last
    await person.presses(LAMP)
    assert person.buttons == [ROAD, DOGS, MARK + LAMP, "پس گرفتن رأی"]
    assert len(person.heard) == shown  # in the same message
    assert list((await votes(town)).values()) == ["3"]
    await person.presses("پس گرفتن رأی")
    assert person.buttons == [ROAD, DOGS, LAMP]
    assert "رأی شما ثبت شد" not in person.last
    assert await votes(town) == {}


async def test_several_presses_do_no_harm(town: Town) -> None:
    (person,) = await residents(town, 1)
    await asks_own(town, most=2)
    press = person.data_of(OPTIONS[1])
    for _ in range(3):
        town.sandbox.press("telegram", person.id, data=press, forged=True)
    await town.quiet()
    assert list((await votes(town)).values()) == ["2"]
    assert person.buttons[:3] == [OPTIONS[0], MARK + OPTIONS[1], OPTIONS[2]]


async def test_up_to_two_are_taken_and_let_go_and_a_third_is_not(town: Town) -> None:
    (person,) = await residents(town, 1)
    await asks_own(town, most=2)
    assert "حداکثر ۲ گزینه را انتخاب کنید" in person.last
    await person.presses(OPTIONS[2])
    await person.presses(OPTIONS[0])
    assert person.buttons[:3] == [MARK + OPTIONS[0], OPTIONS[1], MARK + OPTIONS[2]]
    assert "۲ رأی شما ثبت شد." in person.last
    await person.presses(OPTIONS[1])
    assert person.last == said("polls-too-many", n=2)
    assert list((await votes(town)).values()) == ["1 3"]
    await person.presses(MARK + OPTIONS[2])
    await person.presses(OPTIONS[1])
    assert list((await votes(town)).values()) == ["1 2"]


async def test_three_may_be_chosen_of_five_when_it_is_set_so(town: Town) -> None:
    options = (*OPTIONS, "خانهٔ سلامت", "میدان")
    (person,) = await residents(town, 1)
    await asks_own(town, most=3, options=options)
    for n in (4, 0, 2):
        await person.presses(options[n])
    assert list((await votes(town)).values()) == ["1 3 5"]
    assert person.buttons[:5] == [MARK + options[0], options[1], MARK + options[2], options[3], MARK + options[4]]


# --- who --------------------------------------------------------------------------------------------------------------


async def test_who_lives_elsewhere_does_not_vote(town: Town) -> None:
    await residents(town, 1)
    neighbor, stranger = town.person("bale", 1001), town.person("bale", 1002)
    await neighbor.settles("شهرک مطهری")
    await stranger.says("/start")
    await stranger.presses("می‌پذیرم")
    await asks_what_first(town)
    for person in (neighbor, stranger):
        for press in ("a:polls.vote:1:1:1", "a:polls.show:1"):
            await person.forges(press)
            assert person.last == "این رأی‌گیری برای اهالی محلهٔ شهر است."
    assert await votes(town) == {}


@pytest.mark.parametrize(
    "data",
    ["1:4:1", "1:0:1", "1:1:2", "1:1:", "1::1", "1", "", "2:1:1", "x:1:1", "1:-1:1", "1:۱:1", "1:1:1:1", "9" * 40],
)
async def test_what_was_forged_is_no_vote(town: Town, data: str) -> None:
    (person,) = await residents(town, 1)
    await asks_what_first(town)
    await person.forges(f"a:polls.vote:{data}")
    assert person.last == said("poll-unknown")
    assert await votes(town) == {}


async def test_what_waits_for_leave_or_was_refused_is_nobodys_to_see(town: Town) -> None:
    (person,) = await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await writes_own(coordinator)
    await coordinator.presses("درخواست اجازه")
    for press in ("vote:1:1:1", "show:1", "chart:1", "back:1"):
        await person.forges(f"a:polls.{press}")
        assert person.last == said("poll-unknown")
    await person.says("/polls")
    assert person.last == said("polls-none", neighborhood="محلهٔ شهر")


async def test_only_who_came_to_a_meeting_votes_when_it_is_set_so(town: Town) -> None:
    came, stayed = await residents(town, 2)
    await asks_own(town, verified=True)
    number = await number_of(town, came)
    meeting = (
        "INSERT INTO meetings (place, kind, starts, venue, state, code, created) "
        "SELECT id, 'public', 1, 'x', 'planned', 'x', 1 FROM places WHERE slug = 'n1'"
    )
    await town.run(lambda tx: tx.run(meeting))
    await town.run(lambda tx: tx.run("INSERT INTO attendances (meeting, person, at) VALUES (1, :who, 1)", who=number))
    for person in (came, stayed):
        assert said("poll-verified-only") in person.last
        await person.presses(OPTIONS[0])
    assert stayed.last == said("polls-verified")
    assert await votes(town) == {number: "1"}


async def test_whoever_joins_later_finds_it_votes_and_reads_what_came_of_it(town: Town) -> None:
    early = await residents(town, 9)
    await asks_what_first(town)
    late = town.person("bale", 1001)
    await late.settles()
    await late.says("محلهٔ ما")
    await late.presses("رأی‌گیری‌ها")
    assert "باز تا پایان چهارشنبه ۲۰ آبان" in late.last
    await late.presses(LISTED)
    await late.presses(DOGS)
    assert late.buttons[1] == MARK + DOGS
    for person in early:
        await person.presses(ROAD)
    await town.passes(8 * DAY)
    await town.passes(5)
    assert f"{ROAD}: ۹ رأی\n{DOGS}: ۱ رأی\n{LAMP}: بدون رأی" in late.last
    assert late.last.startswith("رأی‌گیری مشورتی «به نظر شما")


async def test_where_nothing_was_asked_nothing_is_offered(town: Town) -> None:
    person = town.person("telegram", 1001)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.presses("انصراف")
    await person.says("/polls")
    assert person.last == said("polls-nowhere")
    await person.says("/join")
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    await person.says("محلهٔ ما")
    assert "رأی‌گیری‌ها" not in person.buttons


# --- what is told while it is open ------------------------------------------------------------------------------------


async def test_nobody_reads_how_it_stands_before_they_have_voted(town: Town) -> None:
    here = await residents(town, 12)
    coordinator = await asks_what_first(town)
    for person in here[:11]:
        await person.presses(ROAD)
    assert "تا حالا ۱۱ نفر رأی داده‌اند." in here[10].last
    assert "رأی داده" not in here[11].last
    await here[11].says("/polls")
    await here[11].presses(LISTED)
    assert f"{ROAD}: ۱۱ رأی" not in here[11].last
    await coordinator.says("رأی‌گیری‌های پیشین")
    await coordinator.presses(ASKED)
    assert "۱۱ نفر رأی داده‌اند. نتیجه پس از بسته شدن گفته می‌شود." in coordinator.last
    assert f"{ROAD}: " not in coordinator.last


async def test_under_ten_votes_only_their_number_is_said(town: Town) -> None:
    here = await residents(town, 10)
    await asks_what_first(town)
    for person in here[:9]:
        await person.presses(ROAD)
    assert here[8].last.endswith("تا حالا ۹ نفر رأی داده‌اند.\n" + said("poll-few", least=10))
    await here[9].presses(DOGS)
    assert here[9].last.endswith(f"تا حالا ۱۰ نفر رأی داده‌اند.\n{ROAD}: ۹ رأی\n{DOGS}: ۱ رأی\n{LAMP}: بدون رأی")


async def test_a_case_that_is_hidden_meanwhile_is_named_and_chosen_no_more(town: Town) -> None:
    (person,) = await residents(town, 1)
    await asks_what_first(town)
    await town.run(lambda tx: tx.run("UPDATE cases SET private = 1 WHERE id = (SELECT max(id) FROM cases)"))
    await person.presses(DOGS)
    assert person.last == said("poll-unknown")
    await person.presses(LAMP)
    assert DOGS not in person.last
    assert person.buttons[:3] == [ROAD, "حذف شده", MARK + LAMP]


async def test_the_newest_title_of_a_case_is_shown(town: Town) -> None:
    (person,) = await residents(town, 1)
    await accepted(town, "کوچهٔ آقای رضایی تاریک است")
    await asks_what_first(town)
    await town.run(lambda tx: tx.run("UPDATE public_cases SET title = 'کوچهٔ ۴ تاریک است' WHERE case_id = 1"))
    await person.presses(ROAD)
    assert "آقای رضایی" not in person.last
    assert "کوچهٔ ۴ تاریک است" in person.buttons


async def test_whoever_stopped_the_news_is_left_alone_and_the_digest_names_it(town: Town) -> None:
    silent, weekly = await residents(town, 2)
    await silent.says("/stop")
    number = await number_of(town, weekly)
    await town.run(lambda tx: tx.run("UPDATE persons SET digest = 1 WHERE id = :id", id=number))
    await residents(town, 1, first=2100)
    await asks_what_first(town)
    assert not any("رأی‌گیری مشورتی" in heard for person in (silent, weekly) for heard in person.heard)
    await weekly.says("/polls")
    await weekly.presses(LISTED)
    await weekly.presses(ROAD)
    assert list(await votes(town)) == [number]
    assert [row["aimed"] for row in await rows(town, "SELECT aimed FROM broadcasts")] == [1]
    await town.passes(1.4 * DAY)  # Thursday evening
    asked = "رأی‌گیری مشورتی: «به نظر شما کدام مشکل باید زودتر پیگیری شود؟»، تا پایان چهارشنبه ۲۰ آبان."
    assert sum(asked in heard for heard in weekly.heard) == 1
