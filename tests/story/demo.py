"""The demonstration as a program of its own, and a browser on its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

HOUSE = Path(__file__).parents[2]
PHONE = (360, 640)


class Demo:
    """`python -m bot demo` in a folder of its own, on one port throughout."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, "0"
        self.start()

    def start(self) -> None:
        """Start it, or start it again where it was killed."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("MAHALLEYAR_")}
        env |= {"PYTHONPATH": str(HOUSE), "MAHALLEYAR_SANDBOX__PORT": self._port}
        if hasattr(self, "_process"):
            self.close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo"], cwd=self._folder, env=env, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        # One line says that it is ready; nothing else is printed.
        line = self._process.stdout.readline()
        found = re.search(r"http://\S+?:(\d+)/", line)
        assert found, line
        self.url, self._port = found[0], found[1]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        self._process.terminate()
        return self._process.wait()

    def close(self) -> None:
        self.kill()
        if self._process.stdout is not None:
            self._process.stdout.close()


@contextmanager
def browsing(size: tuple[int, int] = PHONE, sharpness: float = 1) -> Iterator[Page]:
    """A page of the system's Chromium, of so many CSS pixels; `sharpness` is the screen's pixels for each of them."""
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox to root, which is what a container's tests run as.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        width, height = size
        yield browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=sharpness)
        browser.close()


def opens(page: Page, demo: Demo, chats: str) -> None:
    """Opens chats by the page's address: `bale/1002`, with `?start=…` what a poster's code would open."""
    page.goto("about:blank")  # else only the part behind # changes, and with it the open chat, but not the draft
    page.goto(f"{demo.url}#{chats}")


def says(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#send")


def presses(page: Page, label: str) -> None:
    page.locator("#log").get_by_role("button", name=label, exact=True).last.click()


def sends(page: Page, what: str) -> None:
    """Something from the menu of what can be sent."""
    page.click("#attach")
    page.get_by_role("menuitem", name=what, exact=True).click()
