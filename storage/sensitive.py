"""How often a help card was shown. Nothing else of such a message is kept."""

from __future__ import annotations

from storage.tx import Tx

#: Tehran is so many seconds ahead of UTC, all year round since 1401.
_TEHRAN_S = 12_600


def count(tx: Tx, kind: str, now: int) -> None:
    """One more card of this kind today, by Tehran's day."""
    tx.run(
        "INSERT INTO sensitive_counts (day, kind, n) VALUES (:day, :kind, 1) "
        "ON CONFLICT (day, kind) DO UPDATE SET n = sensitive_counts.n + 1",
        day=(now + _TEHRAN_S) // 86400,
        kind=kind,
    )
