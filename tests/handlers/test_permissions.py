"""Nobody does what their role and place do not allow: the table, and a walk over all that can be pressed or said."""

from __future__ import annotations

import pytest

from bot.render import Renderer
from domain.incoming import Kind
from domain.permissions import LEVEL, RULES, STAFF, Do, Role, Seat, may
from handlers.book import Book
from handlers.desk import choices_of
from storage import people
from tests.desk import Answer, Desk
from tests.furnished import ROLES, SECONDS
from tests.walk import JUNK, SENT, TYPED, Opening, Walk, forgeries, openings

EVERYBODY = frozenset(ROLES)
CONSENTED = EVERYBODY - {"stranger"}
MODERATORS = frozenset(
    {"coordinator", "coordinator elsewhere", "county officer", "county officer elsewhere", "province admin"}
)
OFFICERS = frozenset({"county officer", "county officer elsewhere", "province admin"})
#: Who may open what, written down a second time: a new row of the permission table is thought about here too.
MAY: dict[Do, frozenset[str]] = {
    Do.BE_GREETED: EVERYBODY,
    Do.CLAIM: CONSENTED,
    Do.TAKE_PART: CONSENTED,
    Do.MODERATE: MODERATORS,
    Do.INVITE: MODERATORS | {"council head"},
    Do.GRANT: OFFICERS,
    Do.BROADCAST: MODERATORS | {"council head"},
    Do.URGE: OFFICERS,
    Do.MEET: MODERATORS | {"council head"},
    Do.PROMISE: MODERATORS | {"council head"},
    Do.ASK_PUBLIC: MODERATORS | {"council head"},
    Do.FOLLOW_BOARDS: OFFICERS,
    Do.GIVE_LEAVE: OFFICERS,
    Do.ANSWER_MISSING: OFFICERS,
}
#: Questions that nobody of one neighbourhood is asked: where, and what only a county says.
ONE_PLACE = {
    ("broadcast", "place"),
    ("broadcast", "several"),
    ("broadcast", "reason"),
    ("channels", "place"),
    ("poll", "place"),
    ("promise", "place"),
}
#: What a county is asked about its neighbourhoods and meetings: the province's walk looks at its first place only.
BELOW = {("broadcast", "several"), ("broadcast", "meeting")}
#: What only an office opens, by whoever can walk all of it.
OWN: dict[str, set[Do]] = {
    "council head": {Do.INVITE, Do.BROADCAST, Do.ASK_PUBLIC, Do.PROMISE},
    "coordinator": {Do.MODERATE, Do.INVITE, Do.BROADCAST, Do.ASK_PUBLIC, Do.PROMISE},
    "county officer": {
        Do.MODERATE,
        Do.INVITE,
        Do.GRANT,
        Do.BROADCAST,
        Do.ANSWER_MISSING,
        Do.ASK_PUBLIC,
        Do.GIVE_LEAVE,
        Do.PROMISE,
        Do.FOLLOW_BOARDS,
    },
    "province admin": {
        Do.MODERATE,
        Do.INVITE,
        Do.GRANT,
        Do.BROADCAST,
        Do.ANSWER_MISSING,
        Do.ASK_PUBLIC,
        Do.GIVE_LEAVE,
        Do.PROMISE,
        Do.FOLLOW_BOARDS,
    },
}
#: Who decides about a case, by where it is; and who may follow it.
DECIDES = {
    "kerman/n1": {"coordinator", "county officer", "province admin"},
    "kerman/n2": {"coordinator elsewhere", "county officer", "province admin"},
    "bam/arg": {"county officer elsewhere", "province admin"},
}
REPORTERS = {"kerman/n1": "resident", "kerman/n2": "neighbor", "bam/arg": "newcomer"}
#: What only a reporter does with their case.
THEIR_OWN = {"answer", "withdraw"}
#: The talks that are about one case.
ABOUT_A_CASE = {"accept", "reject", "ask", "move", "redact", "sensitive", "more", "case", "track", *THEIR_OWN, "issues"}
POLITE = {"not-allowed", "welcome", "track-not-found", "issues-gone"}
#: What talks say that are opened by their name and read no code after it.
POLITE |= {"answer-none", "answer-which", "withdraw-which", "issues-none", "issues-nowhere", "issues"}


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("do", Do)
@pytest.mark.parametrize("consented", [False, True])
def test_the_table_says_who_may_what_and_where(do: Do, role: Role | None, consented: bool) -> None:
    here, inside, beside, above = "/kerman/city/n1/", "/kerman/city/n1/x/", "/kerman/city/n10/", "/kerman/"
    seats = [Seat(role, 3, here)] if role else []
    free = do is Do.BE_GREETED
    by_consent = do in {Do.CLAIM, Do.TAKE_PART}
    officers = {Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}
    may_roles = {
        Do.MODERATE: {*officers, Role.COORDINATOR},
        Do.INVITE: {*officers, Role.COORDINATOR, Role.COUNCIL_HEAD},
        Do.BROADCAST: {*officers, Role.COORDINATOR, Role.COUNCIL_HEAD},
        Do.URGE: officers,
        Do.MEET: {*officers, Role.COORDINATOR, Role.COUNCIL_HEAD},
        Do.PROMISE: {*officers, Role.COORDINATOR, Role.COUNCIL_HEAD},
        Do.ASK_PUBLIC: {*officers, Role.COORDINATOR, Role.COUNCIL_HEAD},
        Do.GIVE_LEAVE: officers,
        Do.GRANT: officers,
        Do.FOLLOW_BOARDS: officers,
        Do.ANSWER_MISSING: officers,
    }
    by_role = role in may_roles.get(do, set())
    everywhere = free or (consented and by_consent)
    in_scope = everywhere or (consented and by_role)
    for path, expected in (
        (None, in_scope),
        (here, in_scope),
        (inside, in_scope),
        (beside, everywhere),
        (above, everywhere),
    ):
        assert may(do, seats, consented=consented, path=path) is expected, path


def test_a_county_is_not_another_whose_name_begins_alike() -> None:
    seats = [Seat(Role.COUNTY_OFFICER, 2, "/kerman/")]
    assert may(Do.MODERATE, seats, consented=True, path="/kerman/city/n1/")
    assert not may(Do.MODERATE, seats, consented=True, path="/kermanshah/city/n1/")


def test_the_province_is_above_every_place() -> None:
    assert may(Do.MODERATE, [Seat(Role.PROVINCE_ADMIN, 1, "/")], consented=True, path="/bam/city/arg/")


def test_one_seat_in_scope_is_enough_and_two_out_of_scope_are_not() -> None:
    n1, n2 = Seat(Role.COORDINATOR, 3, "/k/c/n1/"), Seat(Role.COORDINATOR, 4, "/k/c/n2/")
    assert may(Do.MODERATE, [n2, n1], consented=True, path="/k/c/n1/")
    assert not may(Do.MODERATE, [n1, n2], consented=True, path="/k/c/n3/")


def test_every_row_is_thought_about_twice() -> None:
    assert set(MAY) == set(RULES) == set(Do)


def test_every_role_has_a_level_and_somebody_walks_as_it() -> None:
    assert set(LEVEL) == set(Role) == {role for seats in ROLES.values() for role, _ in seats}
    assert set(Role) - {Role.RESIDENT} == STAFF


# --- the walk ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(book: Book, renderer: Renderer) -> Desk:
    return Desk(book, renderer)


def place_of(desk: Desk, code: str) -> str:
    return next(place for place, case in desk.cases.items() if case.code == code)


def may_open(desk: Desk, who: str, opening: Opening) -> bool:
    """Whether this opening is within what the person may do, by what is written down above."""
    talk = desk.book[opening.talk]
    if who not in MAY[talk.rule]:
        return False
    if not opening.about or opening.talk not in ABOUT_A_CASE:
        return True
    place = place_of(desk, opening.about)
    if opening.talk == "issues":
        return False  # none of them has a public copy
    if opening.talk in THEIR_OWN:
        return REPORTERS[place] == who
    return who in DECIDES[place] or (opening.talk == "track" and REPORTERS[place] == who)


@pytest.mark.parametrize("who", ROLES)
def test_an_opening_that_is_not_allowed_changes_nothing_and_is_answered_politely(desk: Desk, who: str) -> None:
    before = desk.kept(who)
    refused = 0
    for opening in openings(desk):
        with desk.undone():
            answer = opening.by(desk, who)  # an allowed one must not fail either
            assert answer.says, opening
            if may_open(desk, who, opening):
                continue
            refused += 1
            assert desk.kept(who) == before, opening
            assert set(answer.keys) & POLITE or _misses_the_command(opening, answer), (opening, answer.keys)
            assert not shows_a_case(answer), opening
    assert refused > 10 or who == "province admin"


def _misses_the_command(opening: Opening, answer: Answer) -> bool:
    """A case elsewhere named in the wrong way is answered like any command written in the wrong way."""
    return answer.keys in ([f"{opening.talk}-usage"], ["track-code-wrong"], ["button-old"])


def shows_a_case(answer: Answer) -> bool:
    asking = {"track-not-found", "track-code-wrong", "track-ask", "track-wait"}
    shown = ("track-", "card-", "case-taken", "case-changed", "public-")
    return any(key.startswith(shown) for key in set(answer.keys) - asking)


@pytest.mark.parametrize("who", ROLES)
def test_a_case_one_may_not_see_is_answered_like_one_that_does_not_exist(desk: Desk, who: str) -> None:
    for place, case in desk.cases.items():
        for talk, ways in (("case", ("/case {}", "a:case.show:{}")), ("track", ("/track {}", "a:track.show:{}"))):
            if may_open(desk, who, Opening(talk, about=case.code)):
                continue
            for way in ways:
                with desk.undone():
                    there = (desk.presses if way.startswith("a:") else desk.says)(who, way.format(case.code))
                with desk.undone():
                    nowhere = (desk.presses if way.startswith("a:") else desk.says)(who, way.format("99999999"))
                assert (there.says, there.talk, there.step) == (nowhere.says, nowhere.talk, nowhere.step), (place, way)


@pytest.mark.parametrize("who", ROLES)
def test_an_old_or_forged_choice_changes_nothing(desk: Desk, who: str) -> None:
    before = desk.kept(who)
    for origin, data in forgeries(desk):
        with desk.undone():
            answer = desk.presses(who, data)
            assert answer.keys in (["button-old"], ["welcome"]) or data == "", (origin, data, answer.keys)
            assert desk.kept(who) == before, (origin, data)


@pytest.mark.parametrize("who", ["stranger", "newcomer", "resident", "coordinator", "county officer"])
def test_a_button_of_an_earlier_question_is_refused(desk: Desk, who: str) -> None:
    """Everywhere: under the number before and after the open one nothing is taken, and the question stays."""

    def old(_: str, answer: Answer, talk: str, step: str) -> None:
        row = desk.tx.one("SELECT serial FROM talks WHERE state = 'open'")
        assert row is not None
        before = desk.kept(who)
        for choice in choices_of(desk.book[talk].steps[step]):
            for number in (row["serial"] - 1, row["serial"] + 1, -row["serial"], f"0{row['serial']}"):
                with desk.undone():
                    then = desk.presses(who, f"c:{number}:{choice}")
                    assert then.keys in (["button-old"], ["welcome"]), (talk, step, choice)
                    assert (then.talk, then.step) == (talk, step)
                    assert desk.kept(who) == before

    walk = Walk(desk, old)
    walk.all(who)
    assert walk.seen


@pytest.mark.parametrize("who", ["resident", "coordinator", "county officer"])
def test_nobody_presses_the_buttons_of_another_persons_conversation(desk: Desk, who: str) -> None:
    """At every question that one person stands at, everybody else forges its buttons, with the right number."""
    others = [one for one in ROLES if one != who]

    def forge(_: str, answer: Answer, talk: str, step: str) -> None:
        for other in others:
            before = desk.kept(other)
            for button, data in answer.buttons:
                if data.startswith("c:"):
                    with desk.undone():
                        pressed = desk.presses(other, data)
                        assert pressed.keys in (["button-old"], ["welcome"]), (talk, step, button)
                        assert desk.kept(other) == before, (talk, step, button)

    walk = Walk(desk, forge)
    walk.all(who)
    assert len(walk.seen) > 5


@pytest.mark.parametrize("who", ["council head", "coordinator", "county officer", "province admin"])
def test_a_role_that_is_taken_away_ends_what_was_open(desk: Desk, who: str) -> None:
    met = set()

    def revoked(_: str, answer: Answer, talk: str, step: str) -> None:
        if MAY[desk.book[talk].rule] >= CONSENTED:
            return
        met.add((talk, step))
        tries = [lambda data=data: desk.presses(who, data) for _, data in answer.buttons if data.startswith("c:")]
        tries += [lambda text=text: desk.says(who, text) for text in TYPED if not text.startswith("/")]
        tries += [lambda sent=sent: desk.sends(who, sent) for sent in SENT]
        for attempt in tries:
            with desk.undone():
                # Not only what they came with: a link that the walk opens gives them another.
                for seat in people.seats(desk.tx, desk.persons[who], SECONDS):
                    people.revoke(desk.tx, desk.persons[who], seat.role, seat.place, SECONDS)
                before = desk.kept(who)
                then = attempt()
                assert then.keys == ["not-allowed"], (talk, step)
                assert then.talk == "", (talk, step)
                assert desk.kept(who) == before, (talk, step)

    Walk(desk, revoked).all(who)
    everywhere = {
        (talk.name, step) for talk in desk.book.talks.values() for step in talk.steps if talk.rule in OWN[who]
    }
    # Whoever has one neighbourhood is not asked everything.
    level = LEVEL[ROLES[who][0][0]]
    left_out = {"neighborhood": ONE_PLACE, "province": BELOW}.get(level, set())
    assert everywhere - left_out - met == set()


@pytest.mark.parametrize("who", ["stranger", "newcomer", "resident", "coordinator", "county officer"])
def test_no_answer_to_a_question_makes_a_talk_fail(desk: Desk, who: str) -> None:
    """Under the right number too, a press can carry anything; and people send all kinds of things."""
    walked = []

    def junk(_: str, answer: Answer, talk: str, step: str) -> None:
        serials = {data.split(":")[1] for _, data in answer.buttons if data.startswith("c:")}
        walked.append((talk, step))
        for serial in serials:
            for choice in (*desk.book[talk].steps[step].choices, "nothing"):
                for value in (*JUNK, *(str(number) for number in range(1, 12))):
                    with desk.undone():
                        assert desk.presses(who, f"c:{serial}:{choice}:{value}").says
        for kind in Kind:
            if kind not in {Kind.EDITED, Kind.MEMBER, Kind.PRESS}:
                with desk.undone():
                    assert desk.sends(who, kind).says, kind

    Walk(desk, junk).all(who)
    assert walked


@pytest.mark.parametrize("kind", [Kind.EDITED, Kind.MEMBER])
@pytest.mark.parametrize("who", ROLES)
def test_what_is_no_message_is_passed_over(desk: Desk, who: str, kind: Kind) -> None:
    with desk.undone():
        before = desk.kept(who)
        assert desk.sends(who, kind).says == ()
        assert desk.kept(who) == before
