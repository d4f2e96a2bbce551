"""Draws docs/pictures/poll.png anew: what came of a made-up poll (chart_pictures.toml), as the bot draws it."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

from PIL import Image

from bot.charts import Bar, Bars, drawn
from bot.town import catalogues
from domain.richtext import Value, plain

ROOT = Path(__file__).resolve().parent.parent
POLL = ROOT / "tools" / "chart_pictures.toml"
FILE = ROOT / "docs" / "pictures" / "poll.png"
#: Shades of colour: enough for letters with smooth edges, and a small file.
SHADES = 24


def main() -> int:
    """The exit status."""
    votes: dict[str, int] = tomllib.loads(POLL.read_text("utf-8"))["votes"]
    most = max(votes.values())
    bars = tuple(Bar(words, n, _said("poll-figure", n=n), leads=n == most) for words, n in votes.items())
    chart = Bars(_said("poll-first"), bars, _said("poll-chart", n=sum(votes.values())))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    shot = Image.open(io.BytesIO(drawn(chart))).convert("RGB")
    shot.quantize(SHADES, dither=Image.Dither.NONE).save(FILE, optimize=True)
    sys.stdout.write(f"{FILE.relative_to(ROOT)}  {FILE.stat().st_size // 1000} kB\n")
    return 0


def _said(key: str, **values: Value) -> str:
    return plain(catalogues().render("fa", key, values))


if __name__ == "__main__":
    raise SystemExit(main())
