"""The pictures of docs/story.md: each is there, is shown, is small, and is one that can be taken anew."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bot.papers import DRAFTS

HOUSE = Path(__file__).parents[2]
FOLDER, PAPERS = HOUSE / "docs" / "story", HOUSE / "docs" / "pictures"
MOST_BYTES = 80_000


def test_the_story_shows_every_picture_that_is_taken_and_no_other() -> None:
    taken = [one["name"] for one in tomllib.loads((HOUSE / "tools/story_pictures.toml").read_text("utf-8"))["picture"]]
    shown = re.findall(r"story/([a-z]+)\.png", (HOUSE / "docs/story.md").read_text("utf-8"))
    assert shown == taken
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.png" for name in taken}
    assert [file.name for file in FOLDER.iterdir() if file.stat().st_size > MOST_BYTES] == []


def test_every_paper_has_its_picture() -> None:
    taken = {f"{paper.value.replace('_', '-')}.png" for paper in DRAFTS}
    found = {file.name: file.stat().st_size for file in PAPERS.iterdir()}
    assert taken <= set(found)
    assert [name for name, size in found.items() if size > MOST_BYTES] == []
