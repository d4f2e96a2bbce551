"""The channels and groups in which announcements are posted: see them, connect one, disconnect one."""

from __future__ import annotations

from domain.codes import tracking_code
from domain.permissions import Do
from domain.richtext import Code, Key, Value
from handlers._shown import page_number
from handlers.broadcasting import area, own_places
from handlers.connecting import CONNECT
from handlers.coordinator._own import OwnPlace
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Talk, Turn, done
from storage import channels, places
from storage.channels import Channel
from storage.places import Place

#: Channels that are shown, at most, and letters of a name on a button.
SHOWN, LABEL = 20, 30
_WHERE = OwnPlace(Do.BROADCAST, "channels-place", "broadcast-place-none", lambda turn, place: _code(turn, place))


def start(turn: Turn, _: str) -> Outcome:
    found = channels.under(turn.tx, [place.path for place in own_places(turn)], limit=SHOWN)
    connect: Row = (Act("channels", "connect", Key("channels.connect")),)
    if not found:
        return done(Reply("channels-none", buttons=(connect,)))
    rows: list[Row] = []
    for one in found:
        label = Key("channels-drop", {"name": _name(one, LABEL)})
        rows.append((Act("channels", "drop", label, str(one.id)),))
    return done(Reply("channels", more=tuple(_line(turn, one) for one in found), buttons=(*rows, connect)))


def _line(turn: Turn, one: Channel) -> Key:
    values: dict[str, Value] = {"name": _name(one), "place": area(places.get(turn.tx, one.place))}
    return Key("channels-line", {**values, "elsewhere": one.platform})


def _name(one: Channel, most: int = 100) -> str | Key:
    return one.title[:most] or Key("channel-unnamed")


# --- connecting -------------------------------------------------------------------------------------------------------


def connect(turn: Turn, _: str) -> Outcome:
    return _WHERE.begin(turn)


def _code(turn: Turn, place: Place) -> Outcome:
    """What is to be written in the channel; whoever can write there and has it is believed."""
    code = channels.ask(turn.tx, turn.person.id, place.id, lambda: tracking_code(turn.town.random), turn.seconds)
    typed = Code(f"/{CONNECT} {code}")
    return done(Reply("channels-how", {"place": area(place), "code": typed, "n": channels.CODE_S // 60}))


def drop(turn: Turn, about: str) -> Outcome:
    one = channels.get(turn.tx, page_number(about))
    if one is None or not turn.may(Do.BROADCAST, one.path):
        raise Refusal("channels-unknown")
    channels.disconnect(turn.tx, one.id, turn.seconds)
    return done(Reply("channels-dropped", {"name": _name(one)}))


talk = Talk(
    name="channels",
    rule=Do.BROADCAST,
    command="channels",
    start=start,
    steps={"place": _WHERE.step()},
    actions={"connect": connect, "drop": drop},
)
