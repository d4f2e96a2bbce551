"""The catalogues as tests look at them: every sentence with every variant, and where code names which."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor as FluentVisitor

import bot
from bot.hotlines import NEEDS
from bot.texts import Texts
from domain.actions import Kind as Plan
from domain.actions import Who
from domain.cases import Reason, State
from domain.meetings import Answer, Repeats
from domain.meetings import Kind as meeting_kinds
from domain.permissions import Role
from domain.polls import State as Polled
from domain.richtext import Value, plain
from domain.sensitive import Card
from handlers._roles import TOLD
from handlers.book import find
from handlers.coordinator.redact import PARTS, SHOWN
from handlers.county.leave import REASONS
from handlers.everyone.menu import LISTED
from tools.sentences import GAP, Variant, is_label, sentences
from tools.sentences import variants as forms

__all__ = [
    "CATEGORIES",
    "COMMAND",
    "FAMILIES",
    "FOLDER",
    "GAP",
    "LANGUAGES",
    "PATTERNS",
    "ROOT",
    "TEXTS",
    "Use",
    "Variant",
    "file_of",
    "is_label",
    "on_buttons",
    "referred",
    "said",
    "uses",
    "variants",
]

ROOT = Path(bot.__file__).resolve().parent.parent
FOLDER = ROOT / "bot" / "texts"
TEXTS = Texts.load(FOLDER)
LANGUAGES = ("fa", "en")

_TALKS = find()
#: Each has a sentence of its own name.
CATEGORIES = {key.removeprefix("category-") for key in TEXTS.keys("fa") if re.fullmatch("category-[a-z_]+", key)}
_ANSWERS = tuple(answer.value for answer in Answer)
RHYTHMS = tuple(one.value for one in Repeats if one.value)
_REASONS = tuple(reason.value.replace("_", "-") for reason in Reason)
_DOERS = tuple(who.value for who in Who if who is not Who.COUNCIL)
#: Keys that code puts together, with what stands in their gap.
FAMILIES: dict[str, tuple[str, ...]] = {
    "reason-{}": _REASONS,
    "reason-{}.label": _REASONS,
    "reason-{}.explanation": _REASONS,
    "state-{}": tuple(state.value for state in State),
    "staff-state-{}": tuple(state.value for state in State),
    "redacted-{}": ("name", *SHOWN),
    "redact-part-{}": (*PARTS, "public"),
    "care-{}": tuple(card.value.replace("_", "-") for card in Card),
    "category-{}": tuple(sorted(CATEGORIES)),
    "talk-{}": tuple(talk.name for talk in _TALKS),
    # What only a link opens has no words.
    "talk-{}.words": tuple(talk.name for talk in _TALKS if talk.command or not talk.payload),
    "role-{}": tuple(role.value for role in Role if role is not Role.RESIDENT),
    "does-{}": tuple(do.value for do in TOLD),
    "need-{}": NEEDS,
    "talk-{}.about": LISTED,
    "language-{}": LANGUAGES,
    "action-kind-{}": tuple(kind.value for kind in Plan),
    "action-somebody-{}": _DOERS,
    "doer-name-{}": _DOERS,
    "poll-state-{}": tuple(state.value for state in Polled),
    "leave-reason-{}": REASONS,
    "leave-reason-{}.label": REASONS,
    "meeting-name-{}": tuple(kind.value for kind in meeting_kinds),
    "invitation-repeats-{}": RHYTHMS,
    "meeting-every-{}": ("never", *RHYTHMS),
    "meeting-kind-{}": tuple(kind.value for kind in meeting_kinds),
    "meeting-label-{}.label": ("evening", "noon", "friday"),
    "meetings-line{}": ("", "-off"),
    "meeting-doubt-{}": ("weekday", "gregorian", "night", "far"),
    "meeting-label-{}": ("evening", "noon", "friday"),
    "rsvp-{}": _ANSWERS,
    "rsvp-{}-n": _ANSWERS,
    "rsvp-said-{}": _ANSWERS,
    "rearrange-reason-{}": ("time", "venue", "cancel"),
    "rearrange-confirm-{}": ("time", "venue", "cancel"),
    "rearrange-confirm-{}.go": ("time", "venue", "cancel"),
    "propose-item-{}": ("taken", "left"),
    "proposed-item-{}": ("taken", "left"),
    "weekday-short-{}": tuple("0123456"),
    "news-{}": ("all", "weekly", "own", "none"),
}


# --- the catalogues ---------------------------------------------------------------------------------------------------


_SENTENCES = {language: sentences(FOLDER / language) for language in LANGUAGES}
#: Every key of a language with its pattern as written.
PATTERNS: dict[str, dict[str, ftl.Pattern]] = {
    language: {one.key: one.pattern for one in found} for language, found in _SENTENCES.items()
}


def file_of(language: str) -> dict[str, str]:
    """Every key of a language with the name of its file, without the ending."""
    return {one.key: one.file for one in _SENTENCES[language]}


def variants(language: str, key: str) -> list[Variant]:
    """Every form of a sentence; one without choices has one."""
    return forms(PATTERNS[language][key])


def referred(language: str) -> set[str]:
    """Sentences that others of the same language have in them."""
    found: set[str] = set()

    class Look(FluentVisitor):  # type: ignore[misc]
        def visit_MessageReference(self, node: ftl.MessageReference) -> None:
            found.add(f"{node.id.name}.{node.attribute.name}" if node.attribute else node.id.name)

    for pattern in PATTERNS[language].values():
        Look().visit(pattern)
    return found


# --- what code names --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """A place in code that names a sentence. `values` are those given with it, None when they cannot be read there."""

    where: str
    key: str
    values: frozenset[str] | None = None


def uses() -> list[Use]:
    """Every place in handlers/ and bot/ that names a sentence; a key put together counts once for each member."""
    found = []
    for room in ("handlers", "bot"):
        for file in sorted((ROOT / room).rglob("*.py")):
            found += _uses(file)
    return found


def on_buttons() -> set[str]:
    """Keys that code puts on a button where it makes it."""
    found: set[str] = set()
    for file in sorted((ROOT / "handlers").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Choice", "Act", "Web", "Copy"}
            ):
                said = [inner for given in node.args for inner in ast.walk(given) if isinstance(inner, ast.Call)]
                keys = [one.args[0] for one in said if isinstance(one.func, ast.Name) and one.func.id == "Key"]
                found |= {name for key in keys for name in _members(key, file.name)}
    return found


def _uses(file: Path) -> Iterator[Use]:
    where = file.relative_to(ROOT).as_posix()
    tree = ast.parse(file.read_text("utf-8"))
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for scope in [tree, *scopes]:
        for node in ast.walk(scope):
            # A call inside a nested function is met in both; the set of uses stays the same.
            if isinstance(node, ast.Call) and (key := _key_of(node)) is not None:
                for name in _members(key, where):
                    yield Use(f"{where}:{node.lineno}", name, _values(node, scope))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and _family(node) in FAMILIES:
            for name in _members(node, where):
                yield Use(f"{where}:{node.lineno}", name)
        elif _hands_on_a_key(node):
            yield Use(f"{where}:{node.lineno}", node.value)


def _hands_on_a_key(node: ast.AST) -> bool:
    """A key with a part in it (`reject-explanation.fine`) stands nowhere else than where a text is meant."""
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in PATTERNS["fa"]
        and "-" in node.value
    )


def _key_of(call: ast.Call) -> ast.expr | None:
    match call.func:
        case ast.Name(id="Reply" | "Key" | "Refusal") | ast.Attribute(attr="phrase" | "labels"):
            return call.args[0] if call.args else None
        case ast.Attribute(attr="render", value=ast.Name(id="texts") | ast.Attribute(attr="texts")):
            return call.args[1]
    return None


def _members(key: ast.expr, where: str) -> list[str]:
    match key:
        case ast.Constant(value=str() as name):
            return [name]
        case ast.IfExp(body=one, orelse=other):
            return [*_members(one, where), *_members(other, where)]
        case ast.JoinedStr():
            family = _family(key)
            assert family in FAMILIES, f"{where}: add {family!r} to FAMILIES in tests/sentences.py"
            return [family.replace("{}", member) for member in FAMILIES[family]]
    return []


def _family(key: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in key.values)


def _values(call: ast.Call, scope: ast.AST) -> frozenset[str] | None:
    if isinstance(call.func, ast.Name) and call.func.id == "Refusal":
        return frozenset(str(given.arg) for given in call.keywords)
    if not (isinstance(call.func, ast.Name) and call.func.id in {"Reply", "Key"}):
        return None
    given = (
        call.args[1] if len(call.args) > 1 else next((one.value for one in call.keywords if one.arg == "values"), None)
    )
    return frozenset() if given is None else _names(given, scope)


def _names(given: ast.expr, scope: ast.AST) -> frozenset[str] | None:
    """The keys of a dict display, through names that are set in the same function."""
    if isinstance(given, ast.Name):
        return _named(given.id, scope)
    if not isinstance(given, ast.Dict):
        return None
    names: set[str] = set()
    for key, value in zip(given.keys, given.values, strict=True):
        if isinstance(key, ast.Constant):
            names.add(str(key.value))
        else:
            inner = _names(value, scope)
            if inner is None:
                return None
            names |= inner
    return frozenset(names)


def _named(name: str, scope: ast.AST) -> frozenset[str] | None:
    for node in ast.walk(scope):
        target: Any = None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        elif isinstance(node, ast.AnnAssign):
            target = node.target
        if isinstance(target, ast.Name) and target.id == name and node.value is not None:  # type: ignore[attr-defined]
            return _names(node.value, scope)  # type: ignore[attr-defined]
    return None


#: A command as it stands in a sentence.
COMMAND = re.compile(r"(?<![\w/])/([a-z]+)\b")


def said(key: str, language: str = "fa", **values: Value) -> str:
    """A sentence as a person reads it, without the marks that keep directions apart."""
    return plain(TEXTS.render(language, key, values)).translate(_UNSEEN)


_UNSEEN = {ord(mark): None for mark in "\u200f\u2066\u2067\u2068\u2069\u2060"}
