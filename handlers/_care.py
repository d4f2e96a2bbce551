"""What is about harm to a person leaves no trace: the right help is shown instead, and only a count stays."""

from __future__ import annotations

from collections.abc import Sequence

from domain.persian import said_digits
from domain.richtext import Key
from domain.sensitive import Card
from handlers.talk import Act, Reply, Row, Turn, Values, Work
from storage import media, sensitive, talks
from storage.talks import Conversation

#: Seconds for which «it is something else» lets the next message pass.
CALM_S = 3600
#: Lines that the cards name. Which number stands for what is the same all over the country (texts, not settings).
_LINES = ("110", "115", "123", "1480")


def noticed(turn: Turn, text: str) -> Reply | None:
    """The help card for a message that must not be kept; None for any other. Whatever it would have joined is the
    caller's to end."""
    if turn.town.watch is None or not text:
        return None
    card = turn.town.watch.card(text)
    if card is None or _said_otherwise(turn):
        return None
    sensitive.count(turn.tx, card.value, turn.seconds)
    return help_card(turn, card, turn.person.language)


def in_confidence(turn: Turn) -> Reply:
    """Help asked for by button: what was said so far may be about it, so photos of the draft are let go as well. The
    draft itself is the caller's to end."""
    for number in turn.draft.get("media", []):
        media.drop(turn.tx, int(number))
    sensitive.count(turn.tx, "asked", turn.seconds)
    return help_card(turn, Card.HARM, turn.person.language)


def help_card(work: Work, card: Card, language: str) -> Reply:
    """Where help is to be had, by what it is about."""
    return Reply(f"care-{card.value.replace('_', '-')}", _lines(work, language), buttons=_buttons(card), edit=False)


def _lines(work: Work, language: str) -> Values:
    hours = next((line.hours.get(language, "") for line in work.town.lines if line.number == "1480"), "")
    numbers: dict[str, str | Key] = {f"line_{number}": said_digits(number, language) for number in _LINES}
    return {**numbers, "hours": hours or Key("care-hours-unknown")}


def _buttons(card: Card) -> tuple[Row, ...]:
    numbers = (Act("numbers", "open", Key("care.numbers")),)
    other = (Act("care", "mistaken", Key("care.other")),)
    if card is Card.HARM:
        return (numbers, (Act("report", "anew", Key("care.general")),), other)
    return (numbers, other)


def let_pass(turn: Turn) -> None:
    """The person says that they mean something else: their next message passes, since the same words would only bring
    the same card."""
    talks.save(turn.tx, Conversation(0, turn.account.id, "care", "", {"calm": 1}, state="kept"), turn.seconds)


def taken_up(turn: Turn, before: Sequence[str], now: Sequence[str]) -> Reply | None:
    """The same look at messages that waited: those from `before` have passed one by one, or because the person said
    that they mean something else, and are taken up as `now`, where some have become one."""
    if turn.town.watch is None:
        return None
    if any(turn.town.watch.card(text) for text in before):
        let_pass(turn)
        return None
    return next((card for text in now if (card := noticed(turn, text)) is not None), None)


def _said_otherwise(turn: Turn) -> bool:
    """Whether the person has just said that they mean something else; it counts for one message."""
    found = talks.find(turn.tx, turn.account.id, "care")
    if found is None:
        return False
    talks.end(turn.tx, found.id)
    return found.updated >= turn.seconds - CALM_S
