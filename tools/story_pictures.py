"""Takes the pictures of docs/story.md anew: walks story_pictures.toml through the demonstration in a browser."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Page, expect

from tests.story.demo import Demo, browsing, opens, presses, says, sends

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "tools" / "story_pictures.toml"
FOLDER = ROOT / "docs" / "story"
#: Few colours make small files; with fewer, the small red numbers turn brown.
COLOURS = 200


def main() -> int:
    """The exit status: 1 when this machine has no Chromium."""
    if shutil.which("chromium") is None:
        sys.stderr.write("taking pictures needs Chromium: apt-get install -y chromium libatomic1\n")
        return 1
    pictures: list[dict[str, Any]] = tomllib.loads(STORY.read_text("utf-8"))["picture"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "street.jpg").write_bytes(street())
        demo = Demo(Path(folder))
        try:
            for picture in pictures:
                _take(demo, Path(folder), picture)
        finally:
            demo.close()
    return 0


def _take(demo: Demo, folder: Path, picture: dict[str, Any]) -> None:
    """Does what leads to one picture and takes it."""
    width, height = picture["size"]
    with browsing((width, height), picture["sharpness"]) as page:
        for deed, what in picture["steps"]:
            _do(page, demo, folder, deed, what)
        page.evaluate("document.fonts.ready")
        page.evaluate("Promise.all([...document.images].filter((one) => one.src).map((one) => one.decode()))")
        page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)  # else a button under it looks chosen
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = FOLDER / f"{picture['name']}.png"
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB\n")


def _do(page: Page, demo: Demo, folder: Path, deed: str, what: str) -> None:
    match deed:
        case "opens":
            opens(page, demo, what)
        case "says":
            says(page, what)
        case "presses":
            presses(page, what)
        case "clicks":
            page.click(what)
        case "chooses":
            page.get_by_role("dialog").get_by_role("button", name=what, exact=True).click()
        case "sends":
            sends(page, what)
        case "photographs":
            page.set_input_files("#file", folder / what)
        case "reads":
            expect(page.locator(".line.bot").get_by_text(what).last).to_be_visible()
        case "shows":
            page.locator(what).last.scroll_into_view_if_needed()
        case _:
            raise ValueError(f"{STORY.name}: there is no step {deed}")


def street() -> bytes:
    """A drawn street with a hole in it, as a JPEG: nobody's house, and nobody's picture."""
    width, height = 960, 640
    image = Image.new("RGB", (width, height), "#c9d6df")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 130, width, 250), fill="#d8c3a5")
    for left in range(40, width, 230):
        draw.rectangle((left, 20, left + 150, 232), fill="#b98b5e", outline="#8f6a45", width=6)
        draw.rectangle((left + 50, 110, left + 100, 232), fill="#6d4c33")
    draw.rectangle((0, 232, width, 262), fill="#9aa3a8")
    draw.rectangle((0, 262, width, height), fill="#5b6166")
    for left in range(-40, width, 220):
        draw.polygon([(left, 392), (left + 110, 392), (left + 96, 408), (left - 14, 408)], fill="#e8e4d0")
    draw.ellipse((300, 440, 690, 590), fill="#474c50")
    draw.ellipse((330, 455, 660, 575), fill="#2b2d2f")
    draw.ellipse((390, 500, 610, 566), fill="#3f5668")
    kept = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(kept, "JPEG", quality=85)
    return kept.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
