"""Words what a talk says, for one messenger and one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.platforms.base import Call, Platform
from bot.texts import Texts
from domain.buttons import Button, Keyboard, Rows
from domain.richtext import Key, RichText, Value, plain
from handlers.everyone.menu import KEYBOARD
from handlers.talk import Act, Choice, Copy, Label, Reply, Row, Web

_NOTHING: Mapping[str, Value] = MappingProxyType({})
_ISOLATES = {ord(mark): None for mark in "\u2066\u2067\u2068\u2069"}


class Renderer:
    """Turns replies into calls. Holds nothing but the catalogues, and how links to our own accounts are made to lead to
    the one on a messenger (`bot/own_links.py`)."""

    def __init__(self, texts: Texts, led: Callable[[RichText, Platform], RichText] | None = None) -> None:
        self.texts, self._led = texts, led
        self.keyboard = lru_cache(maxsize=16)(self._keyboard)
        #: Labels without values are few, and every message has some.
        self._fixed = lru_cache(maxsize=1024)(self._label)

    def calls(
        self, reply: Reply, platform: Platform, language: str, *, serial: int = 0, edit: int | None = None
    ) -> list[Call]:
        """The calls that show a reply. `serial` numbers the open question, `edit` is the message to change."""
        text = self.text(reply, platform, language)
        buttons = self._buttons(reply.buttons, platform, language, serial)
        if reply.keyboard and not buttons:
            return platform.messages(text, keyboard=self.keyboard(language))
        if edit is not None and not buttons:
            # An edit without buttons must say so, or the old ones would stay under the new words.
            buttons = ()
        return platform.messages(text, buttons=buttons, edit=edit)

    def text(self, reply: Reply, platform: Platform, language: str) -> RichText:
        """The words of a reply with its further paragraphs."""
        said = self._said(reply, platform, language)
        return self._led(said, platform) if reply.own_links and self._led is not None else said

    def _said(self, reply: Reply, platform: Platform, language: str) -> RichText:
        common = {"messenger": platform.name}
        if not reply.more:
            return self.texts.render(language, reply.key, {**common, **reply.values})
        paragraphs = [(more.name, {**common, **more.values}) for more in reply.more]
        return self.texts.render_all(language, [(reply.key, {**common, **reply.values}), *paragraphs])

    def label(self, label: Label, platform: Platform, language: str) -> str:
        """A button's label, as plain words."""
        if isinstance(label, str):
            return label
        return (
            self._label(label.name, platform.name, language, label.values)
            if label.values
            else self._fixed(label.name, platform.name, language)
        )

    def plainly(self, key: Key, language: str) -> str:
        """A sentence as plain words, for what is no message: a file, a picture."""
        return self._label(key.name, "", language, key.values)

    def _label(self, name: str, messenger: str, language: str, values: Mapping[str, Value] = _NOTHING) -> str:
        said = self.texts.render(language, name, {"messenger": messenger, **values})
        return plain(said).translate(_ISOLATES)

    def _buttons(self, rows: tuple[Row, ...], platform: Platform, language: str, serial: int) -> Rows | None:
        if not rows:
            return None
        return tuple(tuple(self._button(button, platform, language, serial) for button in row) for row in rows if row)

    def _button(self, button: Choice | Act | Web | Copy, platform: Platform, language: str, serial: int) -> Button:
        label = self.label(button.label, platform, language)
        match button:
            case Web():
                return Button(label, url=button.href)
            case Copy():
                return Button(label, copy=button.text)
            case Choice():
                return Button(label, data=f"c:{serial}:{button.value}")
            case Act():
                return Button(label, data=f"a:{button.talk}.{button.action}:{button.about}")

    def _keyboard(self, language: str) -> Keyboard:
        return Keyboard(
            tuple(tuple(plain(self.texts.render(language, f"talk-{name}", {})) for name in row) for row in KEYBOARD)
        )

    def words(self, talk: str) -> list[str]:
        """The words that open a talk, in every language: its label, and those listed beside it."""
        found: list[str] = []
        for key in (f"talk-{talk}", f"talk-{talk}.words"):
            for label in self.texts.labels(key).values():
                found += [word.strip() for word in label.split("|")]
        return found
