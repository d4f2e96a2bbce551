"""What the bench found, as a table to read, as results.json and as docs/performance.md."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measures import OURS, Figures, percentile, ratio
from benchmarks.processes import HOUSE, machine

#: What goes to a hundred thousand.
TO_MANY = ("broadcast", "invitation", "reminder")
#: In the order in which they are shown, with their units.
NAMES = {
    "roundtrip.read": "updates/s",
    "cpu.read": "µs/update",
    "roundtrip.write": "updates/s",
    "cpu.write": "µs/update",
    "roundtrip.both": "updates/s",
    "cpu.both": "µs/update",
    "latency.50": "ms",
    "latency.200": "ms",
    "limit.30": "messages/s",
    "memory.rss": "MB",
    "start.first_poll": "s",
    **{
        f"{name}.{measure}": unit
        for name in TO_MANY
        for measure, unit in (("prepare", "s"), ("rate", "messages/s"), ("answer_p99", "s"))
    },
}
#: What must hold: measure, peer ("" is ourselves, and the bound is on the value), field, "least" or "most", bound.
TARGETS = (
    ("roundtrip.read", "ptb-stock", "ratio", "least", 4.0),
    ("roundtrip.read", "aiogram", "ratio", "least", 1.0),
    ("cpu.read", "ptb-stock", "ratio", "most", 0.25),
    ("roundtrip.write", "ptb-stock", "ratio", "least", 2.5),
    ("cpu.write", "ptb-stock", "ratio", "most", 0.4),
    ("roundtrip.both", "ptb-stock", "ratio", "least", 4.0),
    ("cpu.both", "ptb-stock", "ratio", "most", 0.25),
    *(
        (f"latency.{rate}", "ptb-aiohttp", field, "most", bound)
        for rate in (50, 200)
        for field, bound in (("ratio", 3.0), ("p99_ratio", 6.0))
    ),
    ("limit.30", OURS, "value", "least", 29.5),
    ("limit.30", OURS, "refused", "most", 0),
    ("memory.rss", OURS, "value", "most", 120),
    ("start.first_poll", OURS, "value", "most", 2),
    *(
        (f"{name}.{measure}", OURS, field, way, bound)
        for name in TO_MANY
        for measure, field, way, bound in (
            ("prepare", "value", "most", 10.0),
            ("prepare", "longest_wait", "most", 1.0),
            ("rate", "value", "least", 29.1),
            ("rate", "refused", "most", 0.0),
            ("answer_p99", "value", "most", 1.0),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one target holds."""

    words: str
    found: float
    holds: bool


def results(figures: Figures) -> list[dict[str, Any]]:
    """One object for each measure and bot, ours first. `value` is that bot's own; `ratio` is ours to it."""
    return [found for name in NAMES for found in _of(figures, name)]


def _of(figures: Figures, name: str) -> Iterator[dict[str, Any]]:
    unit = NAMES[name]
    if name.startswith("latency."):
        delays = figures.delays[name]
        mine = {percent: percentile(delays[OURS], percent) for percent in (50, 99)}
        for bot in _ours_first(delays):
            own = {percent: percentile(delays[bot], percent) for percent in (50, 99)}
            yield {
                **_row(name, own[50], unit, bot, mine[50] / own[50]),
                "p99": round(own[99], 3),
                "p99_ratio": round(mine[99] / own[99], 3),
                "samples": len(delays[bot]),
            }
        return
    rounds = figures.rounds[name]
    for bot in _ours_first(rounds):
        values = rounds[bot]
        row = _row(name, statistics.median(values), unit, bot, ratio(figures, name, bot))
        more: dict[str, Any] = {"least": round(min(values), 3), "most": round(max(values), 3), "rounds": len(values)}
        yield row | more | (figures.extra.get(name, {}) if bot == OURS else {})


def _row(name: str, value: float, unit: str, peer: str, ours: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": unit, "peer": peer, "ratio": round(ours, 3)}


def _ours_first(bots: dict[str, Any]) -> list[str]:
    return sorted(bots, key=lambda bot: bot != OURS)


def verdicts(found: list[dict[str, Any]]) -> list[Verdict]:
    """Every target, with what was found; one whose peer did not take part is left out."""
    rows = {(row["name"], row["peer"]): row for row in found}
    judged = []
    for name, peer, field, way, bound in TARGETS:
        if (name, peer) not in rows:
            continue
        value = float(rows[name, peer][field])
        against = f" of {peer}" if peer != OURS else ""
        words = f"{name}: {field.replace('_', ' ')}{against} at {way} {bound:g}"
        judged.append(Verdict(words, value, value >= bound if way == "least" else value <= bound))
    return judged


def table(found: list[dict[str, Any]]) -> list[str]:
    """The results as rows of Markdown."""
    lines = ["| measure | bot | value | spread | ours to it |", "|---|---|---|---|---|"]
    for row in found:
        spread = f"{row['least']:g} to {row['most']:g}" if "least" in row else f"p99 {row['p99']:g}"
        extra = [f"{key.replace('_', ' ')} {row[key]:.3g}" for key in ("refused", "longest_wait") if key in row]
        times = "" if row["peer"] == OURS else f"{row['ratio']:.2f} ×"
        if "p99_ratio" in row and times:
            times += f", p99 {row['p99_ratio']:.2f} ×"
        value = " · ".join([f"{row['value']:.4g} {row['unit']}", *extra])
        lines.append(f"| `{row['name']}` | {row['peer']} | {value} | {spread} | {times} |")
    return lines


def costs(figures: Figures) -> list[str]:
    """Where the CPU time of a turn goes, as rows of Markdown; the parts named by the meter, the biggest first."""
    kinds = {kind: _parts(one["file"], one["turns"]) for kind, one in figures.costs.items()}
    names = sorted({name for parts in kinds.values() for name in parts}, key=lambda name: -kinds["read"].get(name, 0))
    lines = ["| part | read turn, µs | write turn, µs |", "|---|---|---|"]
    for name in names:
        lines.append(f"| {name} | {kinds['read'].get(name, 0):.0f} | {kinds['write'].get(name, 0):.0f} |")
    whole = [sum(parts.values()) for parts in (kinds["read"], kinds["write"])]
    return [*lines, f"| together | {whole[0]:.0f} | {whole[1]:.0f} |"]


def _parts(file: Path, turns: int) -> dict[str, float]:
    found = json.loads(file.read_text("utf-8"))
    parts = {name: spent / turns * 1e6 for name, spent in found["spent"].items()}
    parts["the loop and its sockets"] = found["whole"] / turns * 1e6 - sum(parts.values())
    return parts


def write(figures: Figures, results_file: Path, page: Path) -> list[Verdict]:
    """Write results.json and the figures into the page, between its marks; the verdicts."""
    found = results(figures)
    results_file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    judged = verdicts(found)
    about = f"{machine()}. The stand-in spent at most {figures.stub_cpu:.0f} µs on an update."
    missed = [f"- **missed**: {one.words}, found {one.found:.3g}" for one in judged if not one.holds]
    holds = f"{sum(one.holds for one in judged)} of {len(judged)} targets hold."
    _between(page, "figures", [about, "", *table(found), "", holds, *missed])
    if figures.costs:
        _between(page, "costs", costs(figures))
    return judged


def _between(page: Path, mark: str, lines: list[str]) -> None:
    begin, end = f"<!-- {mark}: written by the bench -->", f"<!-- end of {mark} -->"
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text("\n".join([f"{before}{begin}", "", *lines, "", f"{end}{after}"]), "utf-8")


RESULTS, PAGE = HOUSE / "benchmarks" / "results.json", HOUSE / "docs" / "performance.md"
