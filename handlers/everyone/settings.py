"""A person's own settings: language, which news and how often, quiet hours, their data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain import quiet
from domain.jalali import TEHRAN
from domain.moments import Form, Moment
from domain.permissions import Do
from domain.richtext import Key
from handlers._digest import gather, gather_rest
from handlers._shown import place_name
from handlers.talk import Act, Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Values, done, go
from storage import linking, people, places
from storage.wishes import reconsider

#: What a person may choose, and how it is kept: what they stopped, and whether the rest comes once a week.
NEWS = {"all": ("", False), "weekly": ("", True), "own": ("news", False)}
#: Quiet hours offered by button, as hours of the day.
OFFERED = ((22, 7), (21, 8), (23, 6))


def start(turn: Turn, _: str) -> Outcome:
    return done(_shown(turn))


def language(turn: Turn, about: str) -> Outcome:
    if about in turn.town.languages:
        people.set_language(turn.tx, turn.person.id, about)
        turn.person = replace(turn.person, language=about)
    # A new keyboard in the new language comes with a new message; the old one would go on saying the old words.
    return done(Reply("settings-language", keyboard=True), replace(_shown(turn), edit=False))


# --- news ---------------------------------------------------------------------------------------------------------


def news(turn: Turn, about: str) -> Outcome:
    """Show the three choices, or take one of them. Whatever waits to be sent and is stopped by it goes."""
    if about not in NEWS:
        rows: tuple[Row, ...] = tuple((Act("settings", "news", Key(f"news-{choice}"), choice),) for choice in NEWS)
        return done(Reply("settings-news", {"now": Key(f"news-{_news(turn)}")}, buttons=rows, edit=True))
    stopped, digest = NEWS[about]
    people.set_news(turn.tx, turn.person.id, stopped=stopped, digest=digest)
    reconsider(turn.tx, turn.person.id, turn.seconds)
    turn.person = replace(turn.person, stopped=stopped)
    return done(replace(_shown(turn), edit=True))


def _news(turn: Turn) -> str:
    """What the person chose; `none` when they want nothing at all."""
    reach = people.reach(turn.tx, turn.person.id)
    if turn.person.stopped == "all":
        return "none"
    if turn.person.stopped:
        return "own"
    return "weekly" if reach is not None and reach.digest else "all"


# --- quiet hours --------------------------------------------------------------------------------------------------


def hours(turn: Turn, _: str) -> Outcome:
    return go("quiet")


def ask_quiet(turn: Turn) -> Reply:
    offered = tuple(
        (Choice(f"hours:{begin}-{end}", Key("settings-quiet-offer", {"from": begin, "to": end})),)
        for begin, end in OFFERED
    )
    return Reply("settings-quiet", buttons=(*offered, (Choice("hours:none", Key("settings-quiet.none")),)))


def take_quiet(turn: Turn, text: str) -> Outcome:
    chosen = quiet.NONE if text == "none" else quiet.parse(text)
    if chosen is None:
        raise Refusal("settings-quiet-wrong")
    people.set_quiet(turn.tx, turn.person.id, *chosen)
    reconsider(turn.tx, turn.person.id, turn.seconds)
    return done(replace(_shown(turn), edit=False))


def _hours_line(turn: Turn, begin: int, end: int) -> Key:
    return Key("settings-quiet-none") if begin == end else Key("settings-quiet-hours", _times(turn, begin, end))


def _times(turn: Turn, begin: int, end: int) -> Values:
    midnight = datetime.combine(turn.now.astimezone(TEHRAN).date(), datetime.min.time(), TEHRAN)
    return {
        name: Moment((midnight + timedelta(minutes=minute)).astimezone(UTC), Form.CLOCK)
        for name, minute in (("from", begin), ("to", end))
    }


# --- the page -----------------------------------------------------------------------------------------------------


def _shown(turn: Turn) -> Reply:
    joined = places.of_person(turn.tx, turn.person.id)
    reach = people.reach(turn.tx, turn.person.id)
    begin, end = reach.quiet if reach is not None else quiet.USUAL
    values: Values = {
        "neighborhood": place_name(joined) if joined else Key("settings-nowhere"),
        "news": Key(f"news-{_news(turn)}"),
    }
    hours_line = () if turn.person.stopped == "all" else (_hours_line(turn, begin, end),)
    others = tuple(
        Act("settings", "language", Key(f"language-{code}"), code)
        for code in turn.town.languages
        if code != turn.person.language
    )
    linked = len(linking.sides(turn.tx, turn.person.id)) > 1
    rows: tuple[Row, ...] = (
        (Act("settings", "news", Key("settings.news")), Act("settings", "hours", Key("settings.hours"))),
        (Act("join", "open", Key("settings.move")), *others),
        (Act("mydata", "open", Key("settings.data")),),
        (Act("link", "where", Key("settings.where")) if linked else Act("link", "open", Key("settings.link")),),
    )
    return Reply("settings", values, more=hours_line, buttons=rows)


talk = Talk(
    name="settings",
    rule=Do.TAKE_PART,
    command="settings",
    start=start,
    steps={"quiet": Step(ask_quiet, text=take_quiet, choices={"hours": take_quiet})},
    actions={"language": language, "news": news, "hours": hours},
    jobs={"digest": gather, "digest-rest": gather_rest},
)
