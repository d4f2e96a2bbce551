"""Runs of text set into lines and told their direction: the last step from a sentence to rich text."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.richtext import RichText, Span, Style

RLM, FSI, PDI = "\u200f", "\u2068", "\u2069"
_LETTER = re.compile(r"[^\W\d_]")


class Kind:
    """Where a run of text comes from; plain numbers, since they are compared in the innermost loop."""

    PATTERN, VALUE, FIXED, EMPTY, BREAK = range(5)


class Run(NamedTuple):
    """Text of one kind in one style."""

    text: str  #: without line ends; those are runs of their own
    style: Style
    kind: int
    href: str = ""
    speaks: bool = False  #: the sentence itself has letters here


def add(runs: list[Run], run: Run) -> None:
    """Add a run, its line ends as runs of their own."""
    if "\n" not in run.text:
        runs.append(run)
        return
    for n, text in enumerate(run.text.split("\n")):
        if n:
            runs.append(Run("\n", run.style, Kind.BREAK))
        if text:
            runs.append(run._replace(text=text))


def has_letter(text: str) -> bool:
    """Whether a text can tell a line's direction; digits and signs cannot."""
    return _LETTER.search(text) is not None


class Line(NamedTuple):
    """What stands between two line ends."""

    runs: list[Run]
    end: Style  #: the style of the line end before it


def set_in_lines(runs: list[Run]) -> list[Line]:
    """Runs set into lines; a line that only empty values and choices stand on is left out, with its line end."""
    line: list[Run] = []
    lines = [Line(line, Style.PLAIN)]
    for run in runs:
        if run.kind == Kind.BREAK:
            line = []
            lines.append(Line(line, run.style))
        else:
            line.append(run)
    kept: list[Line] = []
    left_out = False
    for whole in lines:
        blank = _is_blank(whole)
        if blank and any(run.kind == Kind.EMPTY for run in whole.runs):
            left_out = True
        elif blank and left_out and (not kept or not kept[-1].runs):
            continue  # of the two paragraph ends around the line that went, one remains
        else:
            left_out = left_out and blank
            kept.append(Line([], whole.end) if blank else whole)
    while left_out and kept and not kept[-1].runs:
        kept.pop()
    return kept


def _is_blank(line: Line) -> bool:
    return not any(run.text and not run.text.isspace() for run in line.runs)


def is_broken_quotation(line: Line) -> bool:
    """Whether a quotation shares the line with other words, which no messenger can show."""
    quoted = other = False
    for run in line.runs:
        if run.text:
            if run.style is Style.QUOTE:
                quoted = True
            else:
                other = True
    return quoted and other


def spans_of(lines: list[Line], right_to_left: bool) -> RichText:
    """Lines as rich text, each value kept apart from the direction of what stands around it."""
    spans: list[Span] = []
    texts: list[str] = []
    style = Style.PLAIN
    for number, line in enumerate(lines):
        runs = _directed(line.runs, right_to_left)
        if number:
            runs.insert(0, Run("\n", line.end, Kind.PATTERN))
        for run in runs:
            if run.style is style and run.kind != Kind.FIXED:
                texts.append(run.text)
                continue
            if texts:
                spans.append(Span("".join(texts), style))
            texts, style = [run.text], run.style
            if run.kind == Kind.FIXED:
                spans.append(Span(run.text, style, run.href))
                texts, style = [], Style.PLAIN
    if texts:
        spans.append(Span("".join(texts), style))
    return tuple(spans)


def _directed(runs: list[Run], right_to_left: bool) -> list[Run]:
    """A line with its values isolated and, where only values have letters, told to run from right to left."""
    filled = [run for run in runs if run.text]
    values = [run for run in filled if run.kind == Kind.VALUE]
    if not values:
        return filled
    mark = right_to_left and _needs_mark(filled)
    alone = len(values) == 1 and all(run is values[0] or run.text.isspace() for run in filled)
    if not alone:
        filled = [_isolated(run) if run.kind == Kind.VALUE else run for run in filled]
    if mark and filled[0].kind == Kind.FIXED:
        filled.insert(0, Run(RLM, Style.PLAIN, Kind.PATTERN))
    elif mark:
        filled[0] = filled[0]._replace(text=RLM + filled[0].text)
    return filled


def _isolated(run: Run) -> Run:
    return run if run.text.isspace() else Run(f"{FSI}{run.text}{PDI}", run.style, run.kind)


def _needs_mark(runs: list[Run]) -> bool:
    for run in runs:
        if run.speaks:
            return False
    if runs[0].text.startswith(RLM):
        return False
    return any(run.kind == Kind.VALUE and has_letter(run.text) for run in runs)
