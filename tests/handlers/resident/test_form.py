"""What a report is made of (photos, albums, voice, video, places), how many taps it costs, and the way of a photo."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.render import Renderer
from domain.permissions import Role
from handlers.book import Book
from sandbox import acts
from sandbox.files import sample
from storage import cases, inbox, media, outbox, places
from storage.cases import Case
from tests.desk import Desk
from tests.sentences import said
from tests.town import Person, Town, _places, make_town, plain

REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
#: Where the two neighbourhoods lie; nothing is near the last.
HERE, THERE, NOWHERE = (30.2840, 57.0830), (30.2900, 57.0900), (29.0, 58.0)
ON_MAP = {"/kerman/city/n1/": HERE, "/kerman/city/n2/": THERE}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as opened:
        found = [one for one in _places(("محلهٔ شهر", "شهرک مطهری")) if one.path in ON_MAP]
        placed = [replace(one, lat=ON_MAP[one.path][0], lon=ON_MAP[one.path][1]) for one in found]
        await opened.run(lambda tx: places.put(tx, placed))
        yield opened
        assert await opened.app.database.read(inbox.count_parked) == 0
        assert await opened.app.database.read(outbox.parked) == []


@pytest.fixture
async def person(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.settles()
    return person


async def coordinator(town: Town, platform: str, number: int = 1003, place: str = "kerman/n1") -> Person:
    found = town.person(platform, number)
    await found.says("/start")
    await found.presses("می‌پذیرم")
    await found.presses("انصراف")
    await town.grant(found, Role.COORDINATOR, place)
    return found


async def sends(person: Person, kind: str, *args: float, **about: object) -> None:
    getattr(person.town.sandbox, kind)(person.platform, person.id, *args, **about)
    await person.town.quiet()


async def submits(person: Person, *labels: str) -> Case:
    """Press these and submit; the case."""
    for label in (*labels, "ثبت گزارش"):
        await person.presses(label)
    code = next(line for line in person.last.splitlines() if line.isdigit() and line.isascii())
    found = await person.town.run(lambda tx: cases.by_code(tx, code))
    assert found is not None
    return found


async def kept(town: Town, case: Case) -> list[tuple[str, str, str]]:
    """Kind, state and content type of everything that belongs to a case."""
    found = await town.run(lambda tx: media.of_case(tx, case.id))
    return [(one.kind, one.state, one.type) for one in found]


async def fetched(town: Town) -> None:
    """Long enough for everything to be fetched and for what waited for it to leave."""
    await town.passes(1)
    await town.passes(3)


def shown(person: Person) -> list[str]:
    return [line["kind"] for line in person.chat if line["from"] == "bot"]


# --- anything may come first ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_a_photo_opens_a_report_that_needs_no_word(town: Town, platform: str) -> None:
    person = town.person(platform, 1001)
    await person.settles()
    await sends(person, "photo")
    assert person.last == said("where")
    case = await submits(person, "بدون نشانی", "نمی‌دانم")
    assert (case.text, case.category) == ("", "other")
    await fetched(town)
    assert await kept(town, case) == [("photo", "kept", "image/jpeg")]


async def test_what_is_written_under_a_photo_are_its_words(person: Person) -> None:
    await sends(person, "photo", caption=REPORT)
    await person.presses("بدون نشانی")
    assert person.buttons[0] == "برق و روشنایی"
    await person.presses("برق و روشنایی")
    assert f"توضیح: {REPORT}\nمحل: بدون نشانی، محلهٔ شهر\nعکس: ۱\n" in person.last
    assert (await submits(person)).text == REPORT


@pytest.mark.parametrize(
    ("kind", "line", "type"),
    [
        ("voice", "صدا: دارد؛ دبیر و مسئولان شورا آن را می‌شنوند", "audio/ogg"),
        ("video", "ویدیو: دارد", "video/mp4"),
    ],
)
async def test_a_voice_or_a_video_is_a_report_and_a_second_one_is_not_taken(
    town: Town, person: Person, kind: str, line: str, type: str
) -> None:
    await sends(person, kind)
    assert person.last == said("where")
    await sends(person, "voice")
    assert person.last == "برای هر گزارش یک صدا یا یک ویدیو می‌پذیریم."
    assert person.buttons == ["بدون نشانی", "انصراف"]
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    assert f"توضیح: بدون نوشته\nمحل: بدون نشانی، محلهٔ شهر\nعکس: ندارد\n{line}\n" in person.last
    case = await submits(person)
    await fetched(town)
    assert await kept(town, case) == [(kind, "kept", type)]


async def test_a_place_opens_a_report_and_is_not_asked_for_again(person: Person) -> None:
    await sends(person, "location", 30.2840123, 57.0830456)
    assert person.last == said("report-what")
    await person.says(REPORT)
    assert person.last == said("category")
    await person.presses("نمی‌دانم")
    assert "محل: روی نقشه، محلهٔ شهر" in person.last
    case = await submits(person)
    assert (case.lat, case.lon, case.where, case.path) == (30.28401, 57.08305, "", "/kerman/city/n1/")


async def test_what_comes_at_a_question_joins_the_draft_and_is_counted(person: Person) -> None:
    await person.says(REPORT)
    await sends(person, "photo")
    assert person.last == "رسید و اضافه شد."
    await sends(person, "photo")
    await sends(person, "voice")
    assert person.last == "رسید؛ تا حالا ۳ عکس و صدا فرستاده‌اید."
    await person.presses("بدون نشانی")
    await sends(person, "photo", caption="این هم از نزدیک")
    await person.presses("نمی‌دانم")
    # The question became the review where it stands, above what was answered meanwhile.
    (review,) = [text for text in person.heard if text.startswith("پیش از ثبت")]
    assert f"توضیح: {REPORT}\n" in review
    assert "عکس: ۳\nصدا: دارد" in review


async def test_a_photo_joins_a_draft_that_waits(person: Person) -> None:
    await person.says(REPORT)
    await person.says("/track")
    await person.presses("انصراف")
    await sends(person, "photo")
    assert person.last == said("where")
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    assert f"توضیح: {REPORT}\n" in person.last
    assert "عکس: ۱" in person.last


# --- albums -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_the_parts_of_an_album_join_as_they_come_and_get_one_answer(town: Town, platform: str) -> None:
    person = town.person(platform, 1001)
    await person.settles()
    before = len(person.heard)
    await sends(person, "album", count=5, caption=REPORT)
    assert person.heard[before:] == [said("where")]
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    assert f"توضیح: {REPORT}\n" in person.last
    assert "عکس: ۵" in person.last
    case = await submits(person)
    assert len(await kept(town, case)) == 5


async def test_a_sixth_photo_is_not_taken_and_the_question_stays(town: Town, person: Person) -> None:
    await sends(person, "album", count=6)
    assert person.heard[-2:] == [
        said("where"),
        "برای هر گزارش تا ۵ عکس می‌پذیریم. همین عکس‌ها کافی است.",
    ]
    assert person.buttons == ["بدون نشانی", "انصراف"]
    case = await submits(person, "بدون نشانی", "نمی‌دانم")
    assert len(await kept(town, case)) == 5
    assert len(await town.run(lambda tx: tx.all("SELECT id FROM media"))) == 5


async def test_what_is_written_under_a_later_photo_is_kept_too(town: Town, person: Person) -> None:
    await sends(person, "photo", caption=REPORT)
    await sends(person, "photo", caption="تیر دوم هم خاموش است")
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    assert any(f"توضیح: {REPORT}\nتیر دوم هم خاموش است\n" in text for text in person.heard)


async def test_an_album_at_the_review_is_one_review_that_counts_every_part(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    before = len(person.heard)
    await sends(person, "album", count=3)
    assert len(person.heard) == before + 1
    assert "عکس: ۳" in person.last
    case = await submits(person)
    assert len(await kept(town, case)) == 3


async def test_a_late_part_of_an_album_changes_the_review_where_it_stands(town: Town, person: Person) -> None:
    await sends(person, "album", count=2)
    album = next(line["album"] for line in person.chat if line["album"])
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    assert "عکس: ۲" in person.last
    before, submit = len(person.heard), person.data_of("ثبت گزارش")
    telegram = town.sandbox.messenger("telegram")
    acts.send_file(telegram, person.id, "photo", sample("photo"), chat=None, caption="", extra={}, album=album)
    await town.quiet()
    assert len(person.heard) == before
    assert "عکس: ۳" in person.last
    assert person.data_of("ثبت گزارش") == submit, "whoever presses just then submits what has come"
    case = await submits(person)
    assert len(await kept(town, case)) == 3


def large(kind: str, size: int) -> dict[str, object]:
    """A message with a file of so many bytes."""
    who = {"id": 1001, "is_bot": False, "first_name": "x"}
    chat = {"id": 1001, "type": "private"}
    return {
        "message": {"message_id": 900, "date": 1, "from": who, "chat": chat, kind: {"file_id": "f", "file_size": size}}
    }


@pytest.mark.parametrize("kind", ["video", "voice", "document"])
async def test_a_file_that_no_messenger_gives_us_is_refused_at_once(town: Town, person: Person, kind: str) -> None:
    too_large = "این فایل از ۲۰ مگابایت بزرگ‌تر است. لطفاً کوتاه‌تر بگیرید یا چند عکس بفرستید."
    town.sandbox.raw("telegram", large(kind, 20_000_001))
    await town.quiet()
    assert person.last == too_large
    await person.says(REPORT)
    town.sandbox.raw("telegram", large(kind, 20_000_001))
    await town.quiet()
    assert person.last == too_large
    assert person.buttons == ["بدون نشانی", "انصراف"], "the question stays"
    assert await town.run(lambda tx: tx.all("SELECT id FROM media")) == []


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["words", "place"])
async def test_a_place_elsewhere_is_said_and_decides_who_gets_it(town: Town, person: Person, first: str) -> None:
    ours, theirs = await coordinator(town, "bale"), await coordinator(town, "bale", 1004, "kerman/n2")
    before = len(person.heard)
    if first == "words":
        await person.says(REPORT)
        await sends(person, "location", *THERE)
    else:
        await sends(person, "location", *THERE)
        await person.says(REPORT)
    told = "جایی که فرستادید در شهرک مطهری است؛ گزارش شما به آنجا می‌رود. محلهٔ خودتان عوض نمی‌شود."
    assert told in person.heard[before:]
    assert person.last == said("category")
    # Whoever goes on presses nothing for it.
    await person.presses("نمی‌دانم")
    assert "محل: روی نقشه، شهرک مطهری" in person.last
    case = await submits(person)
    assert case.path == "/kerman/city/n2/"
    assert case.code in theirs.last
    assert case.code not in ours.last
    residents = await town.run(
        lambda tx: tx.all("SELECT p.slug FROM roles r JOIN places p ON p.id = r.place WHERE r.role = 'resident'")
    )
    assert [row["slug"] for row in residents] == ["n1"]


async def test_the_place_is_changed_at_the_review_and_the_neighbourhood_with_it(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await sends(person, "location", *THERE)
    await person.presses("نمی‌دانم")
    await person.presses("تغییر جا")
    await person.says("سر کوچهٔ خودمان")
    assert "محل: سر کوچهٔ خودمان، محلهٔ شهر" in person.last
    await sends(person, "location", *THERE)
    assert person.heard[-2].startswith("جایی که فرستادید در شهرک مطهری است؛")
    assert "محل: سر کوچهٔ خودمان، شهرک مطهری" in person.last
    await sends(person, "location", *HERE)
    case = await submits(person)
    assert (case.path, case.lat, case.where) == ("/kerman/city/n1/", HERE[0], "سر کوچهٔ خودمان")


async def test_a_place_far_from_every_neighbourhood_leaves_it_with_ones_own(person: Person) -> None:
    await person.says(REPORT)
    await sends(person, "location", *NOWHERE)
    assert person.last == said("category")
    assert (await submits(person, "نمی‌دانم")).path == "/kerman/city/n1/"


# --- what costs how many taps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["telegram", "bale"])
@pytest.mark.parametrize(
    ("first", "second"),
    [("words", "address"), ("words", "place"), ("photo", "place"), ("voice", ""), ("urgent", "elsewhere")],
)
async def test_whoever_has_joined_needs_at_most_four_from_the_first_message_to_the_code(
    town: Town, platform: str, first: str, second: str
) -> None:
    person = town.person(platform, 1001)
    await person.settles()
    if first in ("words", "urgent"):  # 1
        await person.says(REPORT if first == "words" else "برق کوچه از دیشب قطع است")
    else:
        await sends(person, first)
    if second == "address":  # 2
        await person.says("سر کوچه")
    elif second:
        await sends(person, "location", *(HERE if second == "place" else THERE))
    else:
        await person.presses("بدون نشانی")
    await person.presses(person.buttons[0])  # 3
    await person.presses("ثبت گزارش")  # 4
    assert person.last.startswith("گزارش شما ثبت شد.")


@pytest.mark.parametrize("first", ["photo", "voice"])
async def test_from_the_poster_it_takes_a_newcomer_six_and_no_typed_word(town: Town, first: str) -> None:
    person = town.person("bale", 1001)
    await person.says("/start join_kerman_n1")  # 1, by the poster's link
    await person.presses("می‌پذیرم")  # 2
    await sends(person, first)  # 3
    await sends(person, "location", *HERE)  # 4
    await person.presses(person.buttons[0])  # 5
    await person.presses("ثبت گزارش")  # 6
    assert person.last.startswith("گزارش شما ثبت شد.")


@pytest.mark.parametrize("first", ["photo", "voice", "video"])
async def test_what_a_newcomer_sends_first_waits_for_their_yes(town: Town, first: str) -> None:
    person = town.person("telegram", 1001)
    await sends(person, first)
    assert person.last.startswith("سلام. به محله‌یار خوش آمدید.")
    await person.presses("می‌پذیرم")
    assert person.heard[1:] == ["سپاسگزاریم.", said("where")]
    await sends(person, "location", *HERE)
    case = await submits(person, "نمی‌دانم")
    await fetched(town)
    assert [(kind, state) for kind, state, _ in await kept(town, case)] == [(first, "kept")]


@pytest.mark.parametrize("at", ["category", "what", "review"])
async def test_a_place_elsewhere_is_changed_or_confirmed_where_it_is_said(town: Town, person: Person, at: str) -> None:
    if at != "what":
        await person.says(REPORT)
    if at == "review":
        await person.presses("بدون نشانی")
        await person.presses("نمی‌دانم")
    await sends(person, "location", *THERE)
    told = next(text for text in person.heard if text.startswith("جایی که فرستادید در شهرک مطهری است"))
    question = person.last
    assert question.startswith(
        {"category": said("category"), "what": said("report-what"), "review": "پیش از ثبت، یک بار ببینید:"}[at]
    )
    await person.presses("درست است")
    # The buttons go, and nothing else: what is asked stays.
    assert told in person.heard
    assert person.last == question
    with pytest.raises(KeyError):
        await person.presses("درست است")
    await sends(person, "location", *THERE)
    changes = [line for line in person.chat if line["buttons"] and "شهرک مطهری است" in plain(line["text"])]
    town.sandbox.press("telegram", person.id, "تغییر جا", message_id=changes[-1]["message_id"])
    await town.quiet()
    assert said("where") in person.heard
    await sends(person, "location", *HERE)
    if at == "what":
        await person.says(REPORT)
    if at != "review":
        await person.presses("نمی‌دانم")
    assert "محل: روی نقشه، محلهٔ شهر" in person.last
    case = await submits(person)
    assert case.path == "/kerman/city/n1/"


# --- what it is about -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "topic", "line"),
    [
        ("برق کوچه از دیشب قطع است", "برق و روشنایی", "121"),
        ("سیم برق روی زمین افتاده", "برق و روشنایی", "121"),
        ("لولهٔ آب سر خیابان تركيده", "آب و فاضلاب", "122"),
        ("از علمک گاز بوی تندی می‌آید", "گاز", "194"),
        ("درخت بزرگ پارک افتاده و راه بسته است", "پارک، فضای سبز", "137"),
    ],
)
async def test_where_a_line_is_faster_it_is_named_before_anything_is_submitted(
    town: Town, person: Person, words: str, topic: str, line: str
) -> None:
    await person.says(words)
    # In the first answer, before anything else is asked.
    assert person.heard[-2:] == [
        f"اگر همین حالا قطع یا خطرناک است، با {line} تماس بگیرید؛ زودتر نتیجه می‌دهد.\n"
        "اگر پاسخ نگرفتید یا تکرار می‌شود، همین‌جا ثبت کنید.",
        said("where"),
    ]
    shown = next(text for text in person.chat if "زودتر نتیجه می‌دهد" in text["text"])
    assert [entity["type"] for entity in shown["entities"]] == ["code"], "one tap copies the number"
    await person.presses("بدون نشانی")
    assert topic in person.buttons[:2]
    await person.presses(topic)
    assert person.last.startswith("پیش از ثبت، یک بار ببینید:")
    assert len([text for text in person.heard if "زودتر نتیجه می‌دهد" in text]) == 1
    assert await town.run(lambda tx: tx.all("SELECT id FROM cases")) == []
    assert person.buttons[0] == "ثبت گزارش"


def test_a_line_that_nobody_has_verified_is_not_named(book: Book, renderer: Renderer) -> None:
    desk = Desk(book, renderer)
    assert desk.says("resident", "/report برق کوچه از دیشب قطع است").keys == ["line-faster", "where"]
    desk.town = replace(desk.town, lines=tuple(line for line in desk.town.lines if line.number != "121"))
    assert desk.says("neighbor", "/report برق کوچه از دیشب قطع است").keys == ["where"]


async def test_a_line_is_named_where_it_becomes_clear_later_on(person: Person) -> None:
    await sends(person, "photo")
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    await person.says("برق کوچه از دیشب قطع است")
    assert person.last.startswith("پیش از ثبت، یک بار ببینید:")
    await person.presses("تغییر موضوع")
    await person.presses("برق و روشنایی")
    assert person.heard[-2].startswith("اگر همین حالا قطع یا خطرناک است، با 121 تماس بگیرید")
    assert person.last.startswith("پیش از ثبت، یک بار ببینید:")


@pytest.mark.parametrize("words", ["چراغ کوچه کم‌نور است و چشمک می‌زند", "آسفالت خیابان پر از چاله است"])
async def test_what_can_wait_names_no_line(person: Person, words: str) -> None:
    await person.says(words)
    await person.presses("بدون نشانی")
    await person.presses(person.buttons[0])
    assert not any("زودتر نتیجه می‌دهد" in text for text in person.heard)


# --- the way of a photo -----------------------------------------------------------------------------------------------


def picture(**about: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 90, 40)).save(out, "JPEG", **about)
    return out.getvalue()


def with_place() -> bytes:
    """A photo that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "SecretMaker", "2026:11:04 09:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 17.0, 2.4), 3: "E", 4: (57.0, 4.0, 58.8)})
    return picture(exif=exif)


async def contents(town: Town) -> list[bytes]:
    rows = await town.run(lambda tx: tx.all("SELECT sha256 FROM media WHERE state = 'kept' ORDER BY id"))
    found = [town.app.store.get(row["sha256"]) for row in rows]
    return [content for content in found if content is not None]


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_what_is_kept_of_a_photo_says_neither_where_nor_with_what_it_was_taken(
    town: Town, person: Person, kind: str
) -> None:
    sent = with_place()
    assert b"SecretMaker" in sent
    await sends(person, kind, content=sent, name="IMG_1.jpg", mime="image/jpeg")
    await submits(person, "بدون نشانی", "نمی‌دانم")
    await fetched(town)
    (content,) = await contents(town)
    assert b"SecretMaker" not in content
    with Image.open(io.BytesIO(content)) as clean:
        assert (clean.format, clean.size, dict(clean.getexif())) == ("JPEG", (64, 48), {})


async def test_a_photo_sent_as_a_file_is_never_passed_on_as_it_came(town: Town, person: Person) -> None:
    """Its number on the messenger leads to the file with the place in it: even there it goes through the store."""
    staff = await coordinator(town, "telegram")
    await sends(person, "document", content=with_place(), name="IMG_1.jpg", mime="image/jpeg")
    assert person.last == said("where")
    case = await submits(person, "بدون نشانی", "نمی‌دانم")
    assert case.code not in staff.last
    await fetched(town)
    assert shown(staff)[-2:] == ["photo", "text"]
    assert case.code in staff.last
    (call,) = town.sandbox.calls("telegram", method="sendPhoto")
    assert call.params["photo"]["file"] == "1.jpg"
    (row,) = await town.run(lambda tx: tx.all("SELECT file_id, state FROM media"))
    assert (row["file_id"], row["state"]) == ("", "kept")


@pytest.mark.parametrize(
    ("name", "mime"), [("letter.pdf", "application/pdf"), ("list.txt", ""), ("x.heic", "image/heic")]
)
async def test_any_other_file_is_not_taken(person: Person, name: str, mime: str) -> None:
    await sends(person, "document", content=b"words", name=name, mime=mime)
    assert person.last == said("kind-not-taken")


def unfolding() -> bytes:
    """A few kilobytes that would be four hundred million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG", optimize=False)
    return out.getvalue()


@pytest.mark.parametrize("content", [unfolding(), b"\xff\xd8\xff\xe0 no picture at all", picture()[:200]])
async def test_what_is_no_picture_is_shown_to_nobody_and_the_card_goes_out(
    town: Town, person: Person, content: bytes
) -> None:
    staff = await coordinator(town, "bale")
    await sends(person, "photo", content=content, name="photo.jpg", caption=REPORT)
    case = await submits(person, "بدون نشانی", "نمی‌دانم")
    await fetched(town)
    assert await kept(town, case) == []
    assert [row["state"] for row in await town.run(lambda tx: tx.all("SELECT state FROM media"))] == ["refused"]
    assert case.code in staff.last
    assert "photo" not in shown(staff)


async def test_on_the_same_messenger_a_card_goes_out_at_once_by_the_photos_number(town: Town, person: Person) -> None:
    staff = await coordinator(town, "telegram")
    await sends(person, "photo")
    await submits(person, "بدون نشانی", "نمی‌دانم")
    assert shown(staff)[-2:] == ["photo", "text"], "nothing was fetched yet"
    (call,) = town.sandbox.calls("telegram", method="sendPhoto")
    (row,) = await town.run(lambda tx: tx.all("SELECT file_id, state FROM media"))
    assert (call.params["photo"], row["state"]) == (row["file_id"], "wanted")


async def test_across_messengers_a_photo_goes_up_once_and_then_by_its_number(town: Town, person: Person) -> None:
    staff = [await coordinator(town, "bale", number) for number in (1003, 1004)]
    await sends(person, "photo")
    case = await submits(person, "بدون نشانی", "نمی‌دانم")
    assert all(case.code not in one.last for one in staff), "the card waits for its photo"
    await fetched(town)
    for one in staff:
        assert shown(one)[-2:] == ["photo", "text"]
        assert case.code in one.last
    calls = town.sandbox.calls("bale", method="sendPhoto")
    (copy,) = await town.run(lambda tx: tx.all("SELECT file_id FROM media_copies"))
    assert calls[0].params["photo"] == {"file": "1.jpg", "bytes": len((await contents(town))[0])}
    assert [call.params["photo"] for call in calls[1:]] == [copy["file_id"]]
    # A second report of somebody else's with a photo does not go by the first one's number.
    await sends(person, "photo")
    await submits(person, "بدون نشانی", "نمی‌دانم")
    await fetched(town)
    calls = town.sandbox.calls("bale", method="sendPhoto")[2:]
    assert [isinstance(call.params["photo"], str) for call in calls] == [False, True]


async def test_the_same_photo_from_two_people_lies_in_the_store_once(town: Town, person: Person) -> None:
    other = town.person("bale", 1002)
    await other.settles()
    for one in (person, other):
        await sends(one, "photo", content=picture(), name="photo.jpg")
        await submits(one, "بدون نشانی", "نمی‌دانم")
    await fetched(town)
    rows = await town.run(lambda tx: tx.all("SELECT sha256 FROM media WHERE state = 'kept'"))
    assert len(rows) == 2
    assert len({row["sha256"] for row in rows}) == 1
