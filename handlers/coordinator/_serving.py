"""The cases that a plan is for: pressed, or typed by their codes; pressed once more, they are left out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.codes import as_code
from handlers.talk import Outcome, Refusal, Turn, go
from storage import cases
from storage.cases import Case


@dataclass(frozen=True)
class Serving:
    """What the step `cases` of a talk takes; the draft keeps their numbers under the same name. `may`: whether somebody
    may choose a case; `most`: how many at most."""

    may: Callable[[Turn, Case], bool]
    most: int

    def press(self, turn: Turn, number: str) -> Outcome:
        """One from a button's data, which can be forged."""
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise Refusal("not-understood")
        try:
            case = cases.by_id(turn.tx, int(number))
        except LookupError:
            raise Refusal("not-understood") from None
        self._toggle(turn, case)
        return go("cases")

    def type(self, turn: Turn, text: str) -> Outcome:
        """One or more by their codes."""
        codes = [code for word in text.split() if (code := as_code(word)) is not None]
        if not codes:
            raise Refusal("track-code-wrong")
        for code in codes:
            case = cases.by_code(turn.tx, code)
            if case is None:
                raise Refusal("track-not-found")
            if case.id not in turn.draft.get("cases", []):
                self._toggle(turn, case)
        return go("confirm")

    def _toggle(self, turn: Turn, case: Case) -> None:
        mine = turn.draft.setdefault("cases", [])
        if case.id in mine:
            mine.remove(case.id)
        elif not self.may(turn, case):
            raise Refusal("track-not-found")
        elif len(mine) >= self.most:
            raise Refusal("promise-cases-enough", n=self.most)
        else:
            mine.append(case.id)
