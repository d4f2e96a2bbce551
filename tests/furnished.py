"""A made-up town in a database of its own: somebody of every role, and something of every kind for them to meet."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count

from bot import categories, hotlines, sensitive
from bot.sqlite import SqliteTx
from bot.vault import Vault
from domain import actions, cases
from domain.calendar import WorkCalendar
from domain.meetings import Kind as MeetingKind
from domain.meetings import Repeats
from domain.permissions import Role
from domain.persian import search_key, sort_key
from domain.richtext import plain
from domain.sensitive import Watch
from handlers.talk import Look, Reply, Town
from storage import actions as plans
from storage import (
    attendance,
    broadcasts,
    channels,
    council,
    invitations,
    linking,
    media,
    meetings,
    migrations,
    minutes,
    missing,
    people,
    places,
    polls,
    public,
    rsvps,
    talks,
    votes,
)
from storage import cases as stored
from storage.audience import Count
from storage.cases import Case
from storage.meetings import Meeting
from storage.places import NewPlace
from storage.talks import Conversation
from tests.sentences import ROOT, TEXTS

DATA = ROOT / "bot" / "data"
NOW = datetime(2026, 11, 4, 6, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
#: Who there is: what they are, and where.
ROLES: dict[str, tuple[tuple[Role, str], ...]] = {
    "stranger": (),
    "newcomer": (),
    "resident": ((Role.RESIDENT, "kerman/n1"),),
    "neighbor": ((Role.RESIDENT, "kerman/n2"),),
    "council member": ((Role.COUNCIL_MEMBER, "kerman/n1"),),
    "council head": ((Role.COUNCIL_HEAD, "kerman/n1"),),
    "coordinator": ((Role.COORDINATOR, "kerman/n1"), (Role.COUNCIL_HEAD, "kerman/n2")),
    "coordinator elsewhere": ((Role.COORDINATOR, "kerman/n2"),),
    "committee head": ((Role.COMMITTEE_HEAD, "kerman/n1"), (Role.COUNCIL_MEMBER, "kerman/n1")),
    "agency contact": ((Role.AGENCY_CONTACT, "kerman"),),
    # Who leads in two places is asked which one is meant; so is the coordinator.
    "county officer": ((Role.COUNTY_OFFICER, "kerman"), (Role.COUNCIL_HEAD, "kerman/n2")),
    "county officer elsewhere": ((Role.COUNTY_OFFICER, "bam"),),
    "province admin": ((Role.PROVINCE_ADMIN, ""),),
}


#: Neighbourhoods that a place on the map leads to.
ON_MAP = {"n1": (30.28, 57.05), "n2": (30.32, 57.1), "mill": (29.1, 58.3)}


class Furnished:
    """A town with a case in each of three neighbourhoods, somebody of every role, and one of everything there is."""

    def __init__(self) -> None:
        self._codes = map(str, count(48271905))
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.row_factory = sqlite3.Row
        self.database.execute("PRAGMA foreign_keys=ON")
        self.tx = SqliteTx(self.database)
        for number, step in migrations.steps():
            migrations.step_up(self.tx, number, step, SECONDS)
        self.bot = people.bot_id(self.tx, "telegram", 7001, "town_bot")
        self.town = self._town()
        places.put(self.tx, _places())
        self.persons = {name: self._person(number, name) for number, name in enumerate(ROLES, 1)}
        self.cases = {
            "kerman/n1": self._case("resident", "kerman/n1"),
            "kerman/n2": self._case("neighbor", "kerman/n2"),
            "bam/arg": self._case("newcomer", "bam/arg"),
        }
        self.questions = [self._asked("resident", "kerman/n1") for _ in range(2)]
        self.shown = self._public("council member", "kerman/n1")
        for who, county, name in (("neighbor", "kerman", "مطهری"), ("agency contact", "bam", "ارگ")):
            self._looks_for(name, county, who)
        #: What follows the name of a talk in a link that leads somewhere.
        self.links = {"claim": self._invites("county officer", "kerman/n2"), "join": "kerman_n1"}
        self.links["link"] = self._on_the_other_messenger("province admin", "newcomer")
        self._broadcast("coordinator", "kerman/n1")
        people.keep_name(self.tx, self.persons["coordinator"], self._sealed("coordinator"))
        self._plans("coordinator", "kerman/n1", MeetingKind.COUNCIL, owner="resident")
        self._plans("county officer", "kerman", MeetingKind.COUNTY_BOARD)
        for author in ("coordinator", "council head"):
            self._waiting(author, "kerman/n1")
        self._meeting("coordinator", "kerman/n1")
        self._council("kerman/n1")
        self._polls("kerman/n1")

    def _on_the_other_messenger(self, linked: str, asker: str) -> str:
        """One there waits for their second account (what their link says); another has theirs; one has to confirm."""
        there = people.bot_id(self.tx, "bale", 8001, "town_bot")
        found = []
        for user in (501, 502, 503):
            lane = people.lane_id(self.tx, there, user)
            account, person = people.arrive(self.tx, bot=there, user=user, lane=lane, language="fa", now=SECONDS)
            people.consent(self.tx, person.id, 1, SECONDS)
            found.append(account)
        linking.ask(self.tx, found[0].id, "walkedlink", lambda: "50150150", SECONDS)
        waits = Conversation(0, found[0].id, "link", "code", {"request": 1, "other": "telegram"})
        talks.save(self.tx, waits, SECONDS)
        linking.merge(self.tx, self.persons[linked], found[1].person, SECONDS)
        own = self.tx.one("SELECT id FROM accounts WHERE person = :who", who=self.persons[asker])
        assert own is not None
        request, _ = linking.ask(self.tx, own["id"], "asked", lambda: "50350350", SECONDS)
        linking.say_yes(self.tx, request, found[2].id, SECONDS)
        return "walkedlink"

    def _town(self) -> Town:
        """What the running bot is given, without a messenger to ask for links and looks."""
        lines = tuple(hotlines.shown(one) for one in hotlines.load(DATA / "hotlines.csv") if one.enabled)
        return Town(
            calendar=WorkCalendar(),
            seals=Vault(bytes(32)),
            random=Counter(),
            phrase=lambda key: plain(TEXTS.render("fa", key)),
            operator="استانداری",
            emergency=tuple(line for line in lines if hotlines.DANGER in line.needs),
            lines=lines,
            link=lambda bot, payload: f"https://example.ir/{bot}?start={payload}",
            looks=self._looks,
            categories=categories.load(DATA / "categories.csv"),
            watch=watch(),
        )

    def _looks(self, reply: Reply, language: str) -> Sequence[Look]:
        """Here as it stands, and in two messages on another messenger."""
        here = Look(self.bot, "telegram", reply.key, 1)
        return here, replace(here, bot=self.bot + 1, messenger="bale", messages=2)

    def _invites(self, officer: str, place: str) -> str:
        found = places.written(self.tx, place)
        assert found is not None
        who, until = self.persons[officer], SECONDS + 86400
        invitations.put(self.tx, "walked", Role.COORDINATOR, found.id, bot=None, expires=until, by=who)
        return "walked"

    def _looks_for(self, name: str, county: str, who: str) -> None:
        found = places.written(self.tx, county)
        assert found is not None
        missing.add(self.tx, self.persons[who], found.id, name, SECONDS)

    def _asked(self, reporter: str, place: str) -> Case:
        """One that waits for its reporter's answer."""
        case = self._case(reporter, place)
        actor = self.persons["coordinator"]
        stored.say(self.tx, case.id, actor, "question", "کدام کوچه؟", SECONDS)
        return stored.move(self.tx, case, cases.Move.ASK, actor=actor, now=SECONDS, due=SECONDS + 5 * 86400)

    def _public(self, reporter: str, place: str) -> Case:
        """One that everybody there may read of, with a photo."""
        case = self._case(reporter, place)
        actor, due = self.persons["coordinator"], SECONDS + 7 * 86400
        case = stored.move(self.tx, case, cases.Move.ACCEPT, actor=actor, now=SECONDS, due=due)
        stored.say(self.tx, case.id, actor, "next_step", "از محل بازدید می‌کنیم", SECONDS)
        public.write(self.tx, case.id, title="چراغ‌های کوچه", lat=None, lon=None, now=SECONDS)
        public.release(self.tx, case.id, [one.id for one in media.of_case(self.tx, case.id)])
        return case

    def _meeting(self, author: str, place: str) -> None:
        """A weekly one to come, shown on the map, for which a resident has proposed a topic; one held elsewhere; and
        one of the county's board."""
        held, to_come = SECONDS - 86400, SECONDS + 22 * 86400
        self._called("county officer", "kerman", MeetingKind.COUNTY_BOARD, held, "سالن فرمانداری")
        self._called(author, place, MeetingKind.PUBLIC, held, "مدرسهٔ بهار")
        one = self._called(author, place, MeetingKind.PUBLIC, to_come, "مسجد جامع", repeats=Repeats.WEEKLY)
        self.links["meeting"] = str(one.id)
        self.links["check_in"] = one.code
        rsvps.propose(self.tx, one.id, self.persons["resident"], "روشنایی بوستان")

    def _council(self, place: str) -> None:
        """A council that counts who is there and votes, in the midst of its meeting."""
        one = self._called("coordinator", place, MeetingKind.COUNCIL, SECONDS - 600, "خانهٔ محله")
        council.choose(self.tx, one.place, council.Options(quorum=True, number=3, votes=True))
        for who in ("coordinator", "council member"):
            attendance.check_in(self.tx, one.id, self.persons[who], SECONDS)
        votes.begin(self.tx, meetings.agenda(self.tx, one.id)[0].id, SECONDS)

    def _called(self, author: str, place: str, kind: MeetingKind, starts: int, venue: str, **more: Repeats) -> Meeting:
        found = places.written(self.tx, place)
        assert found is not None
        return meetings.create(
            self.tx,
            place=found.id,
            kind=kind,
            starts=starts,
            venue=venue,
            code=f"WALKED{next(self._codes)}",
            author=self.persons[author],
            now=SECONDS,
            lat=30.28,
            lon=57.05,
            agenda=[("آسفالت کوچهٔ ۱۲", None), ("چراغ‌های کوچه", self.shown.id if "n1" in place else None)],
            **more,
        )

    def _broadcast(self, author: str, place: str) -> None:
        """One that is held, so that it can be followed, sent on and stopped; and a channel where such are posted."""
        found = places.written(self.tx, place)
        assert found is not None
        there = people.lane_id(self.tx, self.bot, -1001)
        channels.connect(self.tx, found.id, there, "کانال محله", self.persons[author], SECONDS)
        words = f"اهالی {place}، فردا آب قطع است"
        one = broadcasts.create(
            self.tx,
            author=self.persons[author],
            place=found.id,
            who="residents",
            words=words,
            media=None,
            count=Count(reached=1),
            now=SECONDS,
        )
        broadcasts.turn(self.tx, one.id, broadcasts.State.PAUSED, only=(broadcasts.State.SENDING,))

    def _sealed(self, who: str) -> str:
        return self.town.seals.seal(who, f"person:{self.persons[who]}")

    def _plans(self, author: str, place: str, kind: MeetingKind, *, owner: str = "") -> None:
        """A meeting that was held, what it decided, which is late by now, and what is planned besides."""
        found = places.written(self.tx, place)
        assert found is not None
        code, person, before = f"met{found.id}", self.persons[author], SECONDS - 86400
        held = meetings.create(
            self.tx,
            place=found.id,
            kind=kind,
            starts=before,
            venue=place,
            code=code,
            author=person,
            now=SECONDS,
        )
        for meeting, due in ((held.id, before), (held.id, SECONDS + 86400), (None, before)):
            plans.create(
                self.tx,
                place=found.id,
                kind=actions.Kind.AGENCY_PLAN,
                what="چراغ‌های کوچه عوض می‌شود",
                who_kind=actions.Who.AGENCY,
                who_name="توزیع برق شمال استان",
                owner=self.persons[owner] if owner else None,
                due=due,
                meeting=meeting,
                cases=[self.shown.id] if owner and meeting is None else (),
                category="power",
                author=person,
                now=before,
            )
        kept = plans.of_meeting(self.tx, held.id)[0]
        photo = media.add(self.tx, person=person, kind="photo", bot=self.bot, file_id=f"book{found.id}", now=SECONDS)
        minutes.publish(self.tx, held.id, author=person, present=7, photos=[photo], everybody=not owner, now=SECONDS)
        if owner:
            plans.move(self.tx, kept, actions.Move.KEEP, by=actions.By.COUNCIL, actor=person, now=SECONDS)

    def _waiting(self, author: str, place: str) -> None:
        """One that a second person is asked about."""
        found = places.written(self.tx, place)
        assert found is not None
        broadcasts.create(
            self.tx,
            author=self.persons[author],
            place=found.id,
            who="residents",
            words=f"اهالی {place}، جشن محله فرداست",
            media=None,
            count=Count(reached=600),
            now=SECONDS,
            state=broadcasts.State.ASKED,
        )

    def _polls(self, place: str) -> None:
        """What is asked there, or was, in every state."""
        states = polls.State
        for author, state in (
            ("coordinator", states.OPEN),
            ("council head", states.OPEN),
            ("coordinator", states.ASKING),
            ("coordinator", states.REFUSED),
            ("coordinator", states.CANCELLED),
            ("coordinator", states.CLOSED),
        ):
            self._poll(author, place, state)

    def _poll(self, author: str, place: str, state: polls.State) -> None:
        found = places.written(self.tx, place)
        assert found is not None
        one = polls.create(
            self.tx,
            place=found.id,
            author=self.persons[author],
            kind=polls.Kind.FREE,
            question="جشن را کجا برگزار کنیم؟",
            options=[(words, None) for words in ("پارک محله", "حیاط مسجد", "سالن مدرسه")],
            most=2,
            verified=False,
            state=polls.State.ASKING if state is polls.State.REFUSED else state,
            closes=SECONDS + 7 * 86400,
            now=SECONDS,
        )
        if state is polls.State.REFUSED:
            officer = self.persons["county officer"]
            polls.move(self.tx, one, polls.Move.REFUSE, state, person=officer, now=SECONDS, reason="روشن نیست")
        if state is polls.State.CLOSED:
            polls.keep_result(self.tx, one.id, polls.Result(12, {1: 6, 2: 6, 3: 0}), SECONDS + 14 * 86400)
            drawn = media.made(
                self.tx,
                person=None,
                kind="photo",
                bot=self.bot,
                sha256="0" * 64,
                type="image/jpeg",
                size=1,
                now=SECONDS,
            )
            polls.keep_chart(self.tx, one.id, drawn)

    def _person(self, number: int, name: str) -> int:
        lane = people.lane_id(self.tx, self.bot, number)
        _, person = people.arrive(self.tx, bot=self.bot, user=number, lane=lane, language="fa", now=SECONDS)
        if name != "stranger":
            people.consent(self.tx, person.id, 1, SECONDS)
        for role, place in ROLES[name]:
            found = places.written(self.tx, place)
            assert found is not None
            people.grant(self.tx, person.id, role, found.id, SECONDS)
        return person.id

    def _case(self, reporter: str, place: str) -> Case:
        found = places.written(self.tx, place)
        assert found is not None
        made = stored.submit(
            self.tx,
            kind=cases.Kind.PROBLEM,
            place=found.id,
            path=found.path,
            person=self.persons[reporter],
            text=f"چراغ‌های کوچه در {place} خاموش است",
            due=SECONDS + 2 * 86400,
            now=SECONDS,
            new_code=self._codes.__next__,
        )
        photos = [
            media.add(
                self.tx,
                person=self.persons[reporter],
                kind="photo",
                bot=self.bot,
                file_id=f"{made.code}{n}",
                now=SECONDS,
            )
            for n in range(2)
        ]
        media.attach(self.tx, made.id, photos, "text", SECONDS)
        return made


@cache
def watch() -> Watch:
    """The town's own, read once for all walks."""
    return sensitive.load(DATA / "sensitive.csv")


class Counter:
    """Numbers that look drawn and are the same in every run."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, limit: int) -> int:
        self.last += 7919
        return self.last % limit


def _places() -> list[NewPlace]:
    found = []
    for path, kind, name in (
        ("/kerman/", "county", "کرمان"),
        ("/kerman/city/", "settlement", "شهر کرمان"),
        ("/kerman/city/n1/", "neighborhood", "محلهٔ شهر"),
        ("/kerman/city/n2/", "neighborhood", "شهرک مطهری"),
        ("/bam/", "county", "بم"),
        ("/bam/city/", "settlement", "شهر بم"),
        ("/bam/city/arg/", "neighborhood", "محلهٔ ارگ"),
        ("/bam/town/", "settlement", "بروات"),
        ("/bam/town/garden/", "neighborhood", "محلهٔ باغ"),
        ("/bam/town/mill/", "neighborhood", "محلهٔ آسیاب"),
    ):
        parent, _, slug = path.rstrip("/").rpartition("/")
        council = slug in {"n1", "n2", "arg"}
        lat, lon = ON_MAP.get(slug, (None, None))
        keys = sort_key(name), search_key(name)
        house = "مسجد محله" if slug == "n1" else ""
        found.append(
            NewPlace(kind, slug, path, f"{parent}/", name, *keys, has_council=council, house=house, lat=lat, lon=lon)
        )
    return found
