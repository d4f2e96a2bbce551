"""Accept a case: next step, date and what everybody may read, proposed and editable; then the resident is told."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain.cases import Move
from domain.codes import as_code
from domain.jalali import TEHRAN, WeekdayMismatch, parse_date
from domain.permissions import Do
from domain.persian import has_words, tidy
from domain.public import LONGEST as LONGEST_TITLE
from domain.public import SHORTEST as SHORTEST_TITLE
from domain.public import proposed_title, rounded
from domain.richtext import Key
from handlers._shown import day, holder, keep_name, tell_parties, title
from handlers.coordinator._decide import begun, drafted, first_wins, lost, settled, unchanged
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Values, done, go
from storage import cases, media, public
from storage.cases import Case

#: Letters of a next step, at most; and days ahead that a date may lie, at most.
LONGEST, FURTHEST = 300, 366
#: Working days offered for the next step, by button.
OFFERED = (3, 7, 14, 30)


@first_wins
def start(turn: Turn, rest: str) -> Outcome:
    """`/accept CODE [next step]`: at once, with the proposed date."""
    code, step = [*rest.split(maxsplit=1), "", ""][:2]
    if as_code(code) is None:
        raise Refusal("accept-usage")
    _propose(turn, code)
    if step:
        turn.draft["step"] = _step(step)
    return accept(turn, "")


@first_wins
def begin(turn: Turn, code: str) -> Outcome:
    _propose(turn, code)
    return go("confirm")


def _propose(turn: Turn, code: str) -> None:
    case = begun(turn, code)
    turn.draft["step"] = turn.town.phrase("accept-proposed-step")
    turn.draft["due"] = int(turn.town.calendar.due(turn.now, turn.town.next_step_days).timestamp())
    # One that was only shown or spoken is called by what it is about.
    turn.draft["public"] = proposed_title(case.text) or turn.town.phrase(f"category-{case.category}")
    turn.draft["photos"] = []


def ask_confirm(turn: Turn) -> Reply:
    draft, case = turn.draft, drafted(turn)
    photos = _photos(turn, case)
    shown = Key("accept-public", {"public": draft["public"]}) if draft["public"] else Key("accept-not-public")
    released = (Key("accept-released", {"n": len(draft["photos"]), "of": len(photos)}),) if photos else ()
    values: Values = {"title": title(case), "step": draft["step"], "due": day(draft["due"])}
    show = Choice("show", Key("accept-confirm.show"))
    hide = Choice("hide", Key("accept-confirm.hide"))
    rows: list[Row] = [
        (Choice("accept", Key("accept-confirm.accept")),),
        (Choice("step", Key("accept-confirm.step")), Choice("date", Key("accept-confirm.date"))),
        (Choice("public", Key("accept-confirm.public")), hide if draft["public"] else show),
    ]
    if photos and draft["public"]:
        rows.append((Choice("photos", Key("accept-confirm.photos")),))
    return Reply("accept-confirm", values, more=(shown, *(released if draft["public"] else ())), buttons=tuple(rows))


# --- what everybody may read --------------------------------------------------------------------------------------


def ask_public(turn: Turn) -> Reply:
    return Reply("accept-title", {"public": turn.draft["public"] or title(drafted(turn))})


def take_public(turn: Turn, text: str) -> Outcome:
    words = " ".join(tidy(text).split())
    if not has_words(words) or not SHORTEST_TITLE <= len(words) <= LONGEST_TITLE:
        raise Refusal("accept-title-length", n=LONGEST_TITLE)
    turn.draft["public"] = words
    return go("confirm")


def show(turn: Turn, _: str) -> Outcome:
    case = drafted(turn)
    turn.draft["public"] = proposed_title(case.text) or turn.town.phrase(f"category-{case.category}")
    return go("confirm")


def hide(turn: Turn, _: str) -> Outcome:
    turn.draft["public"], turn.draft["photos"] = "", []
    return go("confirm")


def _photos(turn: Turn, case: Case) -> list[int]:
    """The reporter's photos that can be released, as numbers of media; voices never are."""
    return [one.id for one in media.of_case(turn.tx, case.id) if one.kind == "photo"]


def ask_photos(turn: Turn) -> Reply:
    chosen = turn.draft["photos"]
    rows: list[Row] = []
    for n, number in enumerate(_photos(turn, drafted(turn)), 1):
        label = Key("accept-photos.off", {"n": n}) if number in chosen else Key("accept-photos.on", {"n": n})
        rows.append((Choice(f"photo:{number}", label),))
    return Reply("accept-photos", {"n": len(chosen)}, buttons=(*rows, (Choice("done", Key("accept-photos.done")),)))


def take_photo(turn: Turn, number: str) -> Outcome:
    photos = {str(one): one for one in _photos(turn, drafted(turn))}
    if number not in photos:
        raise Refusal("not-understood")
    chosen, one = turn.draft["photos"], photos[number]
    turn.draft["photos"] = [other for other in chosen if other != one] if one in chosen else [*chosen, one]
    return go("photos")


# --- next step and date -------------------------------------------------------------------------------------------


def ask_step(turn: Turn) -> Reply:
    return Reply("accept-step")


def take_step(turn: Turn, text: str) -> Outcome:
    turn.draft["step"] = _step(text)
    return go("confirm")


def _step(text: str) -> str:
    words = tidy(text)
    if not has_words(words) or len(words) > LONGEST:
        raise Refusal("accept-step-length", n=LONGEST)
    return words


def ask_date(turn: Turn) -> Reply:
    buttons = tuple((Choice(f"days:{days}", Key("accept-date.days", {"n": days})),) for days in OFFERED)
    return Reply("accept-date", buttons=buttons)


def take_days(turn: Turn, days: str) -> Outcome:
    if days not in map(str, OFFERED):
        raise Refusal("accept-date-wrong")
    turn.draft["due"] = int(turn.town.calendar.due(turn.now, int(days)).timestamp())
    return go("confirm")


def take_date(turn: Turn, text: str) -> Outcome:
    today = turn.now.astimezone(TEHRAN).date()
    try:
        chosen = parse_date(text, today)
    except WeekdayMismatch as wrong:
        raise Refusal("accept-date-weekday", date=wrong.day) from None
    if chosen is None or not today <= chosen <= today + timedelta(days=FURTHEST):
        raise Refusal("accept-date-wrong")
    turn.draft["due"] = int(datetime.combine(chosen, time(23, 59, 59), TEHRAN).timestamp())
    return go("confirm")


# --- the decision -------------------------------------------------------------------------------------------------


@first_wins
def accept(turn: Turn, _: str) -> Outcome:
    draft, before = turn.draft, unchanged(turn)
    keep_name(turn)
    case = cases.move(turn.tx, before, Move.ACCEPT, actor=turn.person.id, now=turn.seconds, due=draft["due"])
    cases.say(turn.tx, case.id, turn.person.id, "next_step", draft["step"], turn.seconds)
    if draft["public"]:
        lat, lon = rounded(case.lat), rounded(case.lon)
        public.write(turn.tx, case.id, title=draft["public"], lat=lat, lon=lon, now=turn.seconds)
        public.release(turn.tx, case.id, [one for one in draft["photos"] if one in _photos(turn, case)])
    told: Values = {
        "holder": holder(turn, case),
        "title": title(case),
        "step": draft["step"],
        "due": day(draft["due"]),
    }
    news = Reply("case-accepted", told)
    return done(Reply("accept-done", {"title": title(case)}), *tell_parties(turn, case, news), settled(turn, case))


talk = Talk(
    name="accept",
    rule=Do.MODERATE,
    command="accept",
    start=start,
    steps={
        "confirm": Step(
            ask_confirm,
            text=take_step,
            choices={
                "accept": accept,
                "step": lambda t, _: go("step"),
                "date": lambda t, _: go("date"),
                "public": lambda t, _: go("public"),
                "photos": lambda t, _: go("photos"),
                "show": show,
                "hide": hide,
            },
        ),
        "step": Step(ask_step, text=take_step),
        "date": Step(ask_date, text=take_date, choices={"days": take_days}),
        "public": Step(ask_public, text=take_public),
        "photos": Step(ask_photos, choices={"photo": take_photo, "done": lambda t, _: go("confirm")}),
    },
    actions={"begin": begin},
    lost=lost,
)
