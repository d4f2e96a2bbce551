"""What was hidden is taken out of the chats it was sent to: at once, when too old, and whatever goes wrong."""

from __future__ import annotations

from typing import Any

import pytest

from domain.permissions import Role
from storage import cases, inbox, media, outbox
from storage.outbox import Class
from tests.town import Person, Town

pytestmark = pytest.mark.usefixtures("only_looks_of_ours")

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
DAY = 86_400


async def staff(town: Town, number: int, where: str = "kerman/n1", *, on: str = "telegram") -> Person:
    person = town.person(on, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.says("لغو")
    await town.grant(person, Role.COORDINATOR, where)
    return person


async def resident(town: Town, number: int = 1001, *, on: str = "bale") -> Person:
    person = town.person(on, number)
    await person.settles()
    return person


async def report(who: Person, kind: str = "photo", n: int = 1) -> str:
    """A report with so many photos, or with a voice; its code. Everything of it has arrived everywhere."""
    town = who.town
    if n > 1:
        town.sandbox.album(who.platform, who.id, count=n)
    else:
        town.sandbox.send(who.platform, who.id, kind)
    await town.quiet()
    await who.presses("بدون نشانی")
    await who.presses("نمی‌دانم")
    if kind == "photo":
        await who.says(TEXT)
    await who.presses("ثبت گزارش")
    code = next(line for line in who.last.splitlines() if line.isdigit() and line.isascii())
    await town.passes(1)
    await town.passes(3)
    return code


async def hides(person: Person, code: str) -> None:
    """«حساس» on a case."""
    await person.says(f"/case {code}")
    await person.town.passes(3)
    await person.presses("بیشتر")
    await person.presses("حساس")
    await person.presses("حساس است")


async def redacts(person: Person, code: str, photo: str = "عکس ۱") -> None:
    await person.says(f"/case {code}")
    await person.town.passes(3)
    await person.presses("بیشتر")
    await person.presses("پنهان کردن")
    await person.presses(photo)
    await person.town.passes(3)
    await person.presses("چهرهٔ یک نفر")


def seen(person: Person, *kinds: str) -> list[dict[str, Any]]:
    """What the bot sent of these kinds that is still to be seen in the chat."""
    return [line for line in person.chat if line["from"] == "bot" and line["kind"] in kinds and not line["deleted"]]


async def nothing_is_left(town: Town) -> None:
    """Every row has come to its end, and no message is remembered that is gone."""
    rows = await town.run(lambda tx: tx.all("SELECT id FROM outbox WHERE about LIKE 'leaving:%' OR state = 'waiting'"))
    assert rows == []
    assert await town.run(outbox.parked) == []
    assert await town.run(inbox.count_parked) == 0


async def of_case(town: Town, code: str) -> list[int]:
    def find(tx: Any) -> list[int]:
        case = cases.by_code(tx, code)
        assert case is not None
        return [one.id for one in media.of_case(tx, case.id)]

    return await town.run(find)


# --- at once ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "n"), [("photo", 1), ("photo", 3), ("voice", 1), ("video", 1)])
async def test_what_a_sensitive_case_carried_goes_from_every_chat_on_both_messengers(
    anywhere: Town, kind: str, n: int
) -> None:
    town = anywhere
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    who = await resident(town)
    code = await report(who, kind, n)
    assert [len(seen(person, kind)) for person in (one, other)] == [n, n]
    await hides(one, code)
    await town.passes(1)
    assert seen(one, kind) == seen(other, kind) == []
    for person in (one, other):
        assert not any("گزارش تازه در" in said for said in person.heard)
        assert "گزارشی در محلهٔ شهر حساس شناخته شد و پنهان است." in person.heard
    await nothing_is_left(town)


async def test_of_an_album_only_the_hidden_photo_goes(anywhere: Town) -> None:
    town = anywhere
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    code = await report(await resident(town), n=3)
    first, *_ = seen(other, "photo")
    await redacts(one, code)
    await town.passes(1)
    assert [line["message_id"] for line in seen(other, "photo")] == [first["message_id"] + 1, first["message_id"] + 2]
    # In the first one's chat it stood three times: with the card, with the card asked for, over the question.
    assert len(seen(one, "photo")) == 4
    await nothing_is_left(town)


async def test_residents_who_saw_the_photo_with_the_public_copy_see_it_no_more(quiet_town: Town) -> None:
    town = quiet_town
    coordinator, who = await staff(town, 1003), await resident(town)
    neighbours = [await resident(town, 1002), await resident(town, 1005, on="telegram")]
    code = await report(who)
    await coordinator.presses("پذیرش")
    await coordinator.presses("عکس عمومی")
    await coordinator.presses("نمایش عکس ۱")
    await coordinator.presses("همین خوب است")
    await coordinator.presses("پذیرش و اعلام")
    for person in neighbours:
        await person.says("/issues")
        await person.presses(person.buttons[0])
    await town.passes(3)
    assert [len(seen(person, "photo")) for person in neighbours] == [1, 1]
    await redacts(coordinator, code)
    await town.passes(1)
    assert [seen(person, "photo") for person in neighbours] == [[], []]
    for person in neighbours:
        assert "گزارشی در" not in person.last, "nobody is sent looking for it"
        await person.says("/issues")
        await person.presses(person.buttons[0])
    await town.passes(3)
    assert [seen(person, "photo") for person in neighbours] == [[], []]


async def test_cards_from_before_a_move_and_questions_with_the_words_show_them_no_more(quiet_town: Town) -> None:
    town = quiet_town
    here, there = await staff(town, 1003), await staff(town, 1004, "kerman/n2", on="bale")
    who = await resident(town)
    code = await who.reports(TEXT)
    await here.presses("بیشتر")
    await here.presses("پنهان کردن")
    await here.presses("نام در متن")
    await here.says("لغو")
    await here.says(f"/move {code} kerman/n2")
    assert any(TEXT in said and "منتقل شد و دیگر با شما نیست" in said for said in here.heard)
    assert any("متن اکنون این است" in said and TEXT in said for said in here.heard)
    await hides(there, code)
    hidden = [said for said in here.heard if said == "گزارشی در شهرک مطهری حساس شناخته شد و پنهان است."]
    assert len(hidden) == 2
    assert not any("دیگر با شما نیست" in said or "متن اکنون این است" in said for said in here.heard)


async def test_a_name_goes_from_old_cards_and_from_the_question_about_it_too(quiet_town: Town) -> None:
    town = quiet_town
    here, there = await staff(town, 1003), await staff(town, 1004, "kerman/n2", on="bale")
    code = await (await resident(town)).reports("آقای قنبرزاده زباله‌اش را در کوچه می‌ریزد")
    await here.says(f"/move {code} kerman/n2")
    await there.presses("بیشتر")
    await there.presses("پنهان کردن")
    await there.presses("نام در متن")
    await there.says("یک نفر زباله‌اش را در کوچه می‌ریزد")
    assert "متن قبلی پاک شد." in there.heard
    cards = [said for said in (*here.heard, *there.heard) if "«" in said and "قنبرزاده" in said]
    assert [said for said in cards if "منتقل شد و دیگر" in said or "متن اکنون" in said or "گزارش تازه" in said] == []
    assert any(said.startswith("«یک نفر زباله‌اش") and "دیگر با شما نیست" in said for said in here.heard)


async def test_whoever_asks_to_be_forgotten_takes_voice_and_photo_out_of_the_chats(anywhere: Town) -> None:
    town = anywhere
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    who = await resident(town)
    await report(who)
    await report(who, "voice")
    assert [len(seen(person, "photo", "voice")) for person in (one, other)] == [2, 2]
    await who.says("/forget")
    await who.presses(who.buttons[0])
    await town.passes(1)
    assert seen(one, "photo", "voice") == seen(other, "photo", "voice") == []
    await nothing_is_left(town)


# --- before it arrives ------------------------------------------------------------------------------------------------


async def test_what_waits_for_the_morning_never_leaves(quiet_town: Town) -> None:
    town = quiet_town
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    who = await resident(town)
    await town.passes(13.5 * 3600)  # 23:00 in Tehran
    await one.says("/queue")  # awake: it comes at once
    code = await report(who, n=2)
    assert (len(seen(one, "photo")), len(seen(other, "photo"))) == (2, 0)
    await hides(one, code)
    await town.passes(9 * 3600)
    await town.passes(1)
    assert seen(other, "photo") == []
    assert town.sandbox.calls("bale", method="sendMediaGroup") == []
    assert town.sandbox.calls("bale", method="deleteMessage") == []
    assert other.heard[-1] == "گزارشی در محلهٔ شهر حساس شناخته شد و پنهان است."
    await nothing_is_left(town)


async def test_of_an_album_that_waits_what_is_left_comes_as_a_single_photo(quiet_town: Town) -> None:
    town = quiet_town
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    who = await resident(town)
    await town.passes(13.5 * 3600)
    await one.says("/queue")
    code = await report(who, n=2)
    await redacts(one, code)
    await town.passes(9 * 3600)
    await town.passes(3)
    assert [line["album"] for line in seen(other, "photo")] == [""]
    await nothing_is_left(town)


async def test_a_photo_on_its_way_while_it_is_hidden_goes_as_soon_as_it_has_arrived(anywhere: Town) -> None:
    town = anywhere
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    who = await resident(town)
    town.sandbox.fault("bale", "latency", method="sendPhoto", chat=other.id, times=1, seconds=3600)
    town.waits_for = Class.ANSWER  # a card is a notice
    code = await report(who)
    await town.sandbox.wait_for(lambda: not town.sandbox.faults())  # it was met
    await hides(one, code)
    await town.passes(1)
    assert seen(other, "photo") == []
    town.sandbox.clear_faults()
    await town.sandbox.wait_for(lambda: any(line["kind"] == "photo" for line in other.chat if line["from"] == "bot"))
    town.waits_for = Class.BROADCAST
    await town.quiet()
    await town.passes(1)
    assert (seen(one, "photo"), seen(other, "photo")) == ([], [])
    await nothing_is_left(town)


# --- when it does not go as it should ---------------------------------------------------------------------------------


async def test_a_photo_too_old_to_be_deleted_is_blanked_or_its_reader_is_asked_to_delete_it(quiet_town: Town) -> None:
    town = quiet_town
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    code = await report(await resident(town), n=2)
    before = [line["media"] for line in seen(one, "photo")]
    await town.passes(3 * DAY)
    await hides(one, code)
    await town.passes(1)
    blanked = seen(one, "photo")
    assert [line["text"] for line in blanked] == ["این عکس پنهان شده است و دیگر نشان داده نمی‌شود."] * 2
    assert not any(line["media"] in before for line in blanked)
    assert not any("لطفاً خودتان پاک" in said for said in one.heard)
    assert len(seen(other, "photo")) == 2, "this messenger lets nobody exchange a photo"
    await town.passes(5)
    line = "چهارشنبه ۱۳ آبان، ساعت ۹:۳۰ صبح (۰۹:۳۰): گزارشی در محلهٔ شهر"
    assert other.last == (
        "۲ عکس یا صدا باید از این گفت‌وگو پاک شود و پیام‌رسان این کار را به ما اجازه نمی‌دهد. "
        f"لطفاً خودتان پاکشان کنید:\n{line}\n{line}"
    )
    said = len(other.heard)
    await town.passes(DAY)
    assert len(other.heard) == said, "it is asked for once"
    await nothing_is_left(town)


async def test_a_voice_too_old_to_be_deleted_has_to_be_deleted_by_hand_everywhere(quiet_town: Town) -> None:
    town = quiet_town
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    code = await report(await resident(town), "voice")
    await town.passes(3 * DAY)
    await one.says("/queue")
    await one.says(f"/case {code}")  # this one is new, and goes
    await town.passes(3)
    await hides(one, code)
    await town.passes(1)
    await town.passes(5)
    for person in (one, other):
        assert person.last.startswith("یک عکس یا صدا باید از این گفت‌وگو پاک شود")
        assert len(seen(person, "voice")) == 1


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "half", "error500"])
async def test_a_deletion_whose_fate_is_unknown_is_asked_for_again_and_nobody_is_troubled(
    anywhere: Town, fault: str
) -> None:
    town = anywhere
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    code = await report(await resident(town))
    town.sandbox.fault("bale", fault, method="deleteMessage", times=1)
    await hides(one, code)
    town.waits_for = Class.ANSWER  # it is tried again only when time has passed
    await town.passes(1)
    await town.sandbox.wait_for(lambda: town.sandbox.calls("bale", method="deleteMessage"))
    await town.restart()
    town.waits_for = Class.BROADCAST
    await town.passes(10)
    assert seen(other, "photo") == []
    assert other.last == "گزارشی در محلهٔ شهر حساس شناخته شد و پنهان است."
    await nothing_is_left(town)


async def test_who_has_blocked_us_is_left_in_peace(quiet_town: Town) -> None:
    town = quiet_town
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    code = await report(await resident(town))
    town.sandbox.block("bale", other.id)
    await hides(one, code)
    await town.passes(1)
    await town.passes(10)
    assert seen(one, "photo") == []
    waiting = await town.run(lambda tx: tx.all("SELECT id FROM outbox WHERE state = 'waiting'"))
    assert waiting == []
