"""The form that reports and proposals share: anything opens it, and it asks only for what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain.cases import Kind as CaseKind
from domain.categories import OTHER, is_urgent, proposed
from domain.codes import tracking_code
from domain.incoming import Kind
from domain.moments import Moment
from domain.persian import has_words, letters, tidy
from domain.richtext import Code, Key
from handlers._care import in_confidence
from handlers._shown import day, holder, in_short, place_name, tell_moderators
from handlers.resident import _where
from handlers.talk import (
    Act,
    Choice,
    Outcome,
    Refusal,
    Reply,
    Row,
    Step,
    Take,
    Turn,
    call,
    done,
    go,
    moment,
    shown,
    stay,
)
from storage import cases, media, places
from storage.places import Place

#: What may open a report or be added to it, besides words.
TAKES = frozenset({Kind.PHOTO, Kind.VOICE, Kind.VIDEO, Kind.DOCUMENT, Kind.LOCATION})
#: Categories offered at once; the proposed ones come first.
OFFERED = 8
#: Letters of a description of the place.
LONGEST_PLACE = 200


def begin(turn: Turn, rest: str) -> Outcome:
    """Open with whatever came: words after the command, a photo, a voice, a place, or nothing yet."""
    kind = turn.incoming.kind
    if kind is Kind.LOCATION:
        return take_location(turn)
    if kind in TAKES:
        _add(turn)
        return onward(turn)
    return take_words(turn, rest) if rest else go("what")


def onward(turn: Turn) -> Outcome:
    """The next question that is still open; the review when none is. A line that is faster is named before it."""
    return _line_first(turn, _following(turn))


def _following(turn: Turn) -> Outcome:
    draft = turn.draft
    if not draft.get("text") and not draft.get("media"):
        return go("what")
    if "where" not in draft:
        return go("where")
    if _where.neighborhood(turn) is None:
        then = "review" if "category" in draft else "category"
        return call("join", Reply("report-join-first", edit=False), then=then)
    if "category" not in draft:
        return go("category")
    return go("review")


# --- what ---------------------------------------------------------------------------------------------------------


def take_words(turn: Turn, text: str) -> Outcome:
    """The words of a report: tidied, long enough to act on, short enough to read."""
    turn.draft["text"] = _words(turn, text)
    return onward(turn)


def add_words(turn: Turn, text: str) -> Outcome:
    """Words typed at the review are added to those before; the review shows both."""
    before = str(turn.draft.get("text", ""))
    turn.draft["text"] = _words(turn, f"{before}\n{text}" if before else text)
    return _line_first(turn, go("review"))


def add_to_draft(turn: Turn) -> None:
    """What comes while a draft waits belongs to it."""
    if turn.incoming.kind in TAKES:
        _add(turn)
    else:
        before = str(turn.draft.get("text", ""))
        turn.draft["text"] = _words(turn, f"{before}\n{turn.incoming.text}" if before else turn.incoming.text)
    if turn.talk.step == "what":
        # Where it waited for just this, it goes on with what is still missing.
        following = _following(turn)
        turn.talk.step = following.step or following.then


def _words(turn: Turn, text: str) -> str:
    words = tidy(text)
    if not has_words(words) or letters(words) < turn.town.shortest:
        raise Refusal("report-short")
    if len(words) > turn.town.longest:
        raise Refusal("report-long", n=turn.town.longest)
    return words


def add_file(turn: Turn) -> Outcome:
    """A photo, voice or video. Parts of an album join as they come, and one answer is enough for all of them."""
    album = turn.incoming.album
    same = bool(album) and turn.draft.get("album") == album
    _add(turn)
    if turn.talk.step == "what":
        return onward(turn)
    if turn.talk.step == "review":
        return _line_first(turn, shown() if same else go("review"))
    return _line_first(
        turn, stay() if same else stay(Reply("photo-added", {"n": len(turn.draft["media"])}, edit=False))
    )


def _add(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.kind is Kind.LOCATION:
        _where.sent(turn)
        return
    as_file = incoming.kind is Kind.DOCUMENT
    if as_file and not incoming.picture:
        raise Refusal("kind-not-taken")
    kind = Kind.PHOTO if as_file else incoming.kind
    kept = turn.draft.setdefault("media", [])
    if kind is Kind.PHOTO and turn.draft.get("photos", 0) >= turn.town.photos:
        raise Refusal("photos-enough", n=turn.town.photos)
    if kind is not Kind.PHOTO and turn.draft.get("sound"):
        raise Refusal("sound-enough")
    number = media.add(
        turn.tx,
        person=turn.person.id,
        kind=kind.value,
        bot=turn.account.bot,
        file_id=incoming.file_id,
        now=turn.seconds,
        as_file=as_file or incoming.other_kind,
    )
    kept.append(number)
    turn.draft["album"] = incoming.album
    if kind is Kind.PHOTO:
        turn.draft["photos"] = turn.draft.get("photos", 0) + 1
    else:
        turn.draft["sound"] = kind.value
    words, before = tidy(incoming.text), str(turn.draft.get("text", ""))
    if has_words(words):
        turn.draft["text"] = (f"{before}\n{words}" if before else words)[: turn.town.longest]


# --- where --------------------------------------------------------------------------------------------------------


def take_where(turn: Turn, text: str) -> Outcome:
    words = tidy(text)
    if not has_words(words) or len(words) > LONGEST_PLACE:
        raise Refusal("where-long", n=LONGEST_PLACE)
    _where.drop(turn)
    turn.draft["where"] = words
    return onward(turn)


def take_nowhere(turn: Turn, _: str) -> Outcome:
    _where.drop(turn)
    turn.draft["where"] = ""
    return onward(turn)


def take_location(turn: Turn) -> Outcome:
    """A place on the map decides the neighbourhood. One that is not the resident's own is said beside the next
    question, which need not wait for an answer."""
    if turn.talk.step == "where":
        _where.drop(turn)
    _where.sent(turn)
    following = onward(turn)
    joined = places.of_person(turn.tx, turn.person.id)
    if joined is None or turn.draft.get("neighborhood", joined.id) == joined.id:
        return following
    choices = (Choice("right", Key("elsewhere.right")), Choice("place", Key("review.place")))
    return replace(following, says=(*following.says, replace(_where.elsewhere(turn), buttons=(choices,), edit=False)))


def keep_place(turn: Turn, _: str) -> Outcome:
    """It is right: nothing else was asked, so only the buttons go."""
    return stay(_where.elsewhere(turn) if "neighborhood" in turn.draft else Reply("button-old"))


# --- category -----------------------------------------------------------------------------------------------------


def ask_category(turn: Turn) -> Reply:
    likely = proposed(str(turn.draft.get("text", "")), turn.town.categories)
    offered = [*likely, *(kind for kind in turn.town.categories if kind not in likely)]
    if not turn.draft.get("all_categories"):
        offered = offered[:OFFERED]
    choices = [Choice(f"category:{kind.code}", Key(f"category-{kind.code}")) for kind in offered]
    rows: list[Row] = [tuple(choices[n : n + 2]) for n in range(0, len(choices), 2)]
    if not turn.draft.get("all_categories"):
        rows.append((Choice("more", Key("category.more")),))
    rows.append((Choice(f"category:{OTHER}", Key("category.unknown")),))
    return Reply("category", buttons=tuple(rows))


def more_categories(turn: Turn, _: str) -> Outcome:
    turn.draft["all_categories"] = True
    return go("category")


def take_category(turn: Turn, code: str) -> Outcome:
    known = {kind.code: kind for kind in turn.town.categories}
    if code != OTHER and code not in known:
        raise Refusal("not-understood")
    turn.draft["category"] = code
    return _line_first(turn, go("review"))


def _line_first(turn: Turn, outcome: Outcome) -> Outcome:
    """Where a line is faster it is named before anything else is said or asked, once a draft. The question comes with
    it, so that it costs nobody a tap."""
    text, known = str(turn.draft.get("text", "")), {kind.code: kind for kind in turn.town.categories}
    chosen = turn.draft.get("category")
    about = proposed(text, turn.town.categories) if chosen is None else [known[chosen]] if chosen in known else []
    # Only what is shown to residents: a line that nobody has verified is not.
    shown_lines = {line.number for line in turn.town.lines}
    line = next((kind.line for kind in about if is_urgent(text, kind) and kind.line in shown_lines), "")
    if not line or line == turn.draft.get("line"):
        return outcome
    turn.draft["line"] = line
    return replace(outcome, says=(Reply("line-faster", {"line": Code(line)}), *outcome.says))


# --- review and receipt -------------------------------------------------------------------------------------------


def ask_review(turn: Turn) -> Reply:
    draft = turn.draft
    found = _where.neighborhood(turn)
    where = str(draft.get("where", "")) or Key("where-sent" if "lat" in draft else "where-none")
    values = {
        "category": Key(f"category-{draft.get('category', OTHER)}"),
        "text": str(draft.get("text", "")) or Key("no-words"),
        "place": place_name(found) if found else Key("settings-nowhere"),
        "where": where,
        "photos": int(draft.get("photos", 0)),
        "sound": str(draft.get("sound", "none")),
    }
    buttons = (
        (Choice("submit", Key("review.submit")),),
        (Choice("words", Key("review.words")), Choice("place", Key("review.place"))),
        (Choice("topic", Key("review.topic")), Choice("care", Key("talk-care"))),
    )
    return Reply("review", values, buttons=buttons, about=f"review:{turn.talk.id}:{turn.talk.serial}")


def ask_for_help(turn: Turn, _: str) -> Outcome:
    """It is about a person's need, not the neighbourhood's: nothing is submitted, and nothing of it is kept."""
    return done(in_confidence(turn))


def edit_words(turn: Turn, _: str) -> Outcome:
    return _edit(turn, "what")


def edit_place(turn: Turn, _: str) -> Outcome:
    return _edit(turn, "where")


def edit_topic(turn: Turn, _: str) -> Outcome:
    return _edit(turn, "category")


def _edit(turn: Turn, step: str) -> Outcome:
    """One question once more. What was said before stays until it is answered, and the way back is to the review."""
    turn.talk.trail[:] = [one for one in turn.talk.trail if one != step]
    return go(step)


def submitter(kind: CaseKind) -> Take:
    """The step that makes a case of the draft."""

    def submit(turn: Turn, _: str) -> Outcome:
        found = _where.neighborhood(turn)
        if found is None:
            return call("join", Reply("report-join-first", edit=False), then="review")
        _not_too_many(turn)
        draft = turn.draft
        case = cases.submit(
            turn.tx,
            kind=kind,
            place=found.id,
            path=found.path,
            person=turn.person.id,
            text=str(draft.get("text", "")),
            where=str(draft.get("where", "")),
            category=str(draft.get("category", OTHER)),
            lat=draft.get("lat"),
            lon=draft.get("lon"),
            due=int(turn.town.calendar.due(turn.now, turn.town.first_answer_days).timestamp()),
            now=turn.seconds,
            new_code=lambda: tracking_code(turn.town.random),
        )
        media.attach(turn.tx, case.id, draft.get("media", []), "text", turn.seconds)
        due = day(case.due or turn.seconds)
        more, buttons = _offer_to_join(turn, found) if "neighborhood" in draft else ((), ())
        receipt = Reply(
            "submitted",
            {"kind": str(kind), "code": Code(case.code), "due": due, "holder": holder(turn, case)},
            more=more,
            buttons=buttons,
        )
        return done(receipt, *tell_moderators(turn, case, bare=not draft.get("media")))

    return submit


def _offer_to_join(turn: Turn, found: Place) -> tuple[tuple[Key, ...], tuple[Row, ...]]:
    """Whoever reported without having joined is offered the neighbourhood that the place of their report decided."""
    if found.kind != "neighborhood" or places.of_person(turn.tx, turn.person.id) is not None:
        return (), ()
    line = Key("join-offer", {"neighborhood": place_name(found)})
    return (line,), ((Act("join", "at", Key("join.this"), str(found.id)),),)


def _not_too_many(turn: Turn) -> None:
    """A few reports a day are a lot for one person; more are mostly the same one again."""
    since = turn.seconds - 86400
    recent = cases.submitted_since(turn.tx, turn.person.id, since)
    if len(recent) >= turn.town.daily:
        again = moment(recent[-turn.town.daily] + 86400)
        day_then = Moment(again, "relative", turn.now)
        raise Refusal("too-many", n=turn.town.daily, day=day_then, time=Moment(again, "clock"))


def draft_title(draft: dict[str, Any]) -> str:
    """A draft in a few words."""
    return in_short(str(draft.get("text", "")))


_FILES = {Kind.PHOTO: add_file, Kind.VOICE: add_file, Kind.VIDEO: add_file, Kind.DOCUMENT: add_file}
_ALL: dict[Kind, Callable[[Turn], Outcome]] = {**_FILES, Kind.LOCATION: take_location}


def steps(kind: CaseKind, ask_what: Callable[[Turn], Reply]) -> dict[str, Step]:
    """The form's questions, with their own first one."""
    elsewhere: dict[str, Take] = {"right": keep_place, "place": edit_place}
    choose: dict[str, Take] = {"category": take_category, "more": more_categories, **elsewhere}
    return {
        "what": Step(ask_what, text=take_words, choices=elsewhere, kinds=_ALL),
        "where": Step(_where.ask, text=take_where, choices={"nowhere": take_nowhere}, kinds=_ALL),
        "category": Step(ask_category, choices=choose, kinds=_ALL),
        "review": Step(
            ask_review,
            text=add_words,
            choices={
                "submit": submitter(kind),
                "words": edit_words,
                **elsewhere,
                "topic": edit_topic,
                "care": ask_for_help,
            },
            kinds=_ALL,
        ),
    }
