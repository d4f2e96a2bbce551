"""Claims that hold or fail, with the evidence for each failure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

#: Messenger and chat.
Who = tuple[str, int]
#: Failures shown of each claim, at most.
SHOWN = 5


@dataclass
class Proof:
    """Claims that failed, by name; and what was counted on the way."""

    failed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    #: How often somebody heard more than was marked, over all lives.
    repeats: Counter[Who] = field(default_factory=Counter)

    def claim(self, name: str, holds: bool, evidence: Any = "") -> None:
        if not holds:
            self.failed[name].append(str(evidence))

    def lines(self) -> list[str]:
        """The failures, as they are printed."""
        told = []
        for name, found in self.failed.items():
            told += [f"FAILED: {name} ({len(found)} times)"] + [f"    {one[:1500]}" for one in found[:SHOWN]]
        return told
