"""Record what somebody will do by when: what, who, by when, for which reports; a look at it, and once a yes."""

from __future__ import annotations

from domain.actions import LONGEST, SHORTEST, By, Kind, Who, is_matched, qualities
from domain.categories import OTHER, proposed
from domain.incoming import Kind as Sent
from domain.permissions import Do
from domain.persian import has_words, letters, tidy
from domain.richtext import Key, Value
from handlers._actions import area, news, what, who
from handlers._due import Due
from handlers._places import pages
from handlers._shown import PAGE, day, keep_name, label, page_number, public_title
from handlers.coordinator import _doers
from handlers.coordinator._own import OwnPlace
from handlers.coordinator._serving import Serving
from handlers.talk import Act, Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Values, done, go
from storage import action_choices, actions, cases, media, places
from storage.cases import Case
from storage.places import Place

#: Cases that one plan serves at most.
MOST_CASES = 10
_SERVES = Serving(lambda turn, case: _may_serve(turn, case), MOST_CASES)
#: What a plan is called unless somebody says otherwise, by who does it.
_USUAL = {
    Who.COUNCIL: Kind.PROMISE,
    Who.PERSON: Kind.PROMISE,
    Who.GROUP: Kind.GROUP_ACTIVITY,
    Who.AGENCY: Kind.AGENCY_PLAN,
}
#: What can be recorded here; what a meeting decides is recorded with its minutes.
_KINDS = (Kind.PROMISE, Kind.LOCAL_WORK, Kind.AGENCY_PLAN, Kind.GROUP_ACTIVITY)


# A settlement has no body that could promise anything.
_WHERE = OwnPlace(
    Do.PROMISE, "promise-place", "promise-place-none", lambda turn, place: _at(turn, place), settlements=False
)


# --- where and what ---------------------------------------------------------------------------------------------------


def start(turn: Turn, rest: str) -> Outcome:
    """`/promise [what]`: asks where only those who have a choice."""
    if rest:
        turn.draft["what"] = _words(rest)
    return _WHERE.begin(turn)


def begin(turn: Turn, about: str) -> Outcome:
    """From the list of a place's plans: it is known where."""
    return _WHERE.take(turn, about)


def _at(turn: Turn, place: Place) -> Outcome:
    turn.draft["place"] = place.id
    return go("who" if turn.draft.get("what") else "what")


def ask_what(turn: Turn) -> Reply:
    return Reply("promise-what", {"place": area(_place(turn)), "n": LONGEST})


def take_what(turn: Turn, text: str) -> Outcome:
    turn.draft["what"] = _words(text)
    turn.draft.pop("voice", None)
    return _onward(turn)


def take_voice(turn: Turn) -> Outcome:
    """Said instead of written: everybody can listen to it."""
    turn.draft["voice"] = media.add(
        turn.tx,
        person=turn.person.id,
        kind="voice",
        bot=turn.account.bot,
        file_id=turn.incoming.file_id,
        now=turn.seconds,
        as_file=turn.incoming.other_kind,
    )
    turn.draft["what"] = ""
    return _onward(turn)


def _words(text: str) -> str:
    words = " ".join(tidy(text).split())
    if not has_words(words) or letters(words) < SHORTEST or len(words) > LONGEST:
        raise Refusal("promise-what-length", least=SHORTEST, most=LONGEST)
    return words


def _onward(turn: Turn) -> Outcome:
    return go("confirm" if "due" in turn.draft else "who")


# --- by when ----------------------------------------------------------------------------------------------------------


def ask_date(turn: Turn) -> Reply:
    return Reply("promise-date")


def take_due(turn: Turn, due: int) -> Outcome:
    turn.draft["due"] = due
    return go("confirm")


# --- for which reports, and what about --------------------------------------------------------------------------------


def ask_cases(turn: Turn) -> Reply:
    """Accepted reports of the place, each to be chosen and taken back."""
    place, page = _place(turn), int(turn.draft.get("page", 0))
    mine = turn.draft.setdefault("cases", [])
    found = action_choices.could_serve(turn.tx, place.path, offset=page * PAGE, limit=PAGE)
    rows: list[Row] = []
    for number in found:
        case = cases.by_id(turn.tx, number)
        shown = Key("promise-cases.off" if number in mine else "promise-cases.on", {"title": label(case)})
        rows.append((Choice(f"case:{number}", shown),))
    rows += pages(page, action_choices.count_could_serve(turn.tx, place.path))
    rows.append((Choice("done", Key("promise-cases.done")),))
    return Reply("promise-cases", {"n": len(mine)}, buttons=tuple(rows))


def _may_serve(turn: Turn, case: Case) -> bool:
    return not case.private and case.path.startswith(_place(turn).path) and turn.may(Do.PROMISE, case.path)


def take_page(turn: Turn, page: str) -> Outcome:
    turn.draft["page"] = page_number(page)
    return go("cases")


def ask_category(turn: Turn) -> Reply:
    choices = [Choice(f"topic:{one.code}", Key(f"category-{one.code}")) for one in turn.town.categories]
    rows: list[Row] = [tuple(choices[n : n + 2]) for n in range(0, len(choices), 2)]
    return Reply("promise-category", buttons=(*rows, (Choice(f"topic:{OTHER}", Key("category.unknown")),)))


def take_category(turn: Turn, code: str) -> Outcome:
    if code not in {OTHER, *(one.code for one in turn.town.categories)}:
        raise Refusal("not-understood")
    turn.draft["category"] = code
    return go("confirm")


def _category(turn: Turn) -> str:
    """The one that was chosen, else that of a report it serves, else what its words say."""
    if "category" in turn.draft:
        return str(turn.draft["category"])
    served = [cases.by_id(turn.tx, int(one)).category for one in turn.draft.get("cases", [])]
    if said := next(filter(is_matched, served), ""):
        return said
    found = proposed(str(turn.draft.get("what", "")), turn.town.categories)
    return found[0].code if found else OTHER


def ask_kind(turn: Turn) -> Reply:
    return Reply(
        "promise-kind", buttons=tuple((Choice(f"kind:{one.value}", Key(f"action-kind-{one.value}")),) for one in _KINDS)
    )


def take_kind(turn: Turn, value: str) -> Outcome:
    if value not in {one.value for one in _KINDS}:
        raise Refusal("not-understood")
    turn.draft["kind"] = value
    return go("confirm")


def _kind(turn: Turn) -> Kind:
    return Kind(turn.draft["kind"]) if "kind" in turn.draft else _USUAL[Who(turn.draft["who"])]


# --- a look at it, and yes --------------------------------------------------------------------------------------------


def ask_confirm(turn: Turn) -> Reply:
    draft, place = turn.draft, _place(turn)
    values: dict[str, Value] = {
        "what": str(draft["what"]) or what("", _category(turn)),
        "kind": Key(f"action-kind-{_kind(turn).value}"),
        "place": area(place),
        "who": who(turn, place, Who(draft["who"]), str(draft["name"])),
        "category": Key(f"category-{_category(turn)}"),
    }
    shown: Values = {**values, "due": day(int(draft["due"]))}
    titles = [public_title(turn, cases.by_id(turn.tx, int(one))) for one in draft.get("cases", [])]
    more = tuple(Key("action-for", {"title": title}) for title in titles)
    rows: tuple[Row, ...] = (
        (Choice("record", Key("promise-confirm.record")),),
        (Choice("cases", Key("promise-confirm.cases")), Choice("date", Key("promise-confirm.date"))),
        (Choice("who", Key("promise-confirm.who")), Choice("what", Key("promise-confirm.what"))),
        (Choice("topic", Key("promise-confirm.topic")), Choice("kind", Key("promise-confirm.kind"))),
    )
    voice = (int(draft["voice"]),) if draft.get("voice") else ()
    return Reply("promise-confirm", shown, more=more, buttons=rows, media=voice)


def record(turn: Turn, _: str) -> Outcome:
    draft, place = turn.draft, _place(turn)
    mine = qualities(turn.seats, place.path, owner=False)
    if not mine:
        raise Refusal("promise-place-none")
    keep_name(turn)
    serves = [number for number in map(int, draft.get("cases", [])) if not cases.by_id(turn.tx, number).private]
    made = actions.create(
        turn.tx,
        place=place.id,
        kind=_kind(turn),
        what=str(draft["what"]),
        who_kind=Who(draft["who"]),
        who_name=str(draft["name"]),
        owner=draft.get("owner"),
        due=int(draft["due"]),
        cases=serves,
        media=draft.get("voice"),
        category=_category(turn),
        author=turn.person.id,
        now=turn.seconds,
        by=By.COUNCIL if By.COUNCIL in mine else By.COUNTY,
    )
    see: Row = (Act("promises", "show", Key("promise-done.see"), str(made.id)),)
    said = {"what": what(made.what, made.category), "place": area(place)}
    return done(Reply("promise-done", said, buttons=(see,)), *news(turn, made, but=turn.person.id))


def _place(turn: Turn) -> Place:
    return places.get(turn.tx, int(turn.draft["place"]))


def lost(turn: Turn) -> Reply | None:
    """What is said when the role at this place was taken away meanwhile."""
    if "place" not in turn.draft or turn.may(Do.PROMISE, _place(turn).path):
        return None
    return Reply("not-allowed", keyboard=True)


talk = Talk(
    name="promise",
    rule=Do.PROMISE,
    command="promise",
    start=start,
    steps={
        "place": _WHERE.step(),
        "what": Step(ask_what, text=take_what, kinds={Sent.VOICE: take_voice}),
        "who": _doers.WHO,
        "name": _doers.NAME,
        **Due(ask_date, take_due).steps,
        "cases": Step(
            ask_cases,
            text=_SERVES.type,
            choices={"case": _SERVES.press, "page": take_page, "done": lambda turn, _: go("confirm")},
        ),
        "category": Step(ask_category, choices={"topic": take_category}),
        "kind": Step(ask_kind, choices={"kind": take_kind}),
        "confirm": Step(
            ask_confirm,
            choices={
                "record": record,
                "cases": lambda turn, _: go("cases"),
                "date": lambda turn, _: go("date"),
                "who": lambda turn, _: go("who"),
                "what": lambda turn, _: go("what"),
                "topic": lambda turn, _: go("category"),
                "kind": lambda turn, _: go("kind"),
            },
        ),
    },
    actions={"at": begin},
    lost=lost,
)
