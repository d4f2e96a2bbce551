"""How values are declared that are made many times in every turn and never change.

`@value(frozen=True, slots=True)` is a dataclass that is frozen for the type checker, which sees every line of ours. At
run time nothing is guarded: the guard would make each of them five times as slow to make.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

__all__ = ["value"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """A dataclass that compares and hashes by its fields."""
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)
