"""The pictures of docs/story.md: each is there, is shown, is small, and is one that can be taken anew."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "docs" / "story"
MOST_BYTES = 80_000


def test_the_story_shows_every_picture_that_is_taken_and_no_other() -> None:
    taken = [one["name"] for one in tomllib.loads((HOUSE / "tools/story_pictures.toml").read_text("utf-8"))["picture"]]
    shown = re.findall(r"story/([a-z]+)\.png", (HOUSE / "docs/story.md").read_text("utf-8"))
    assert shown == taken
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.png" for name in taken}
    assert [file.name for file in FOLDER.iterdir() if file.stat().st_size > MOST_BYTES] == []
