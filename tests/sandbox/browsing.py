"""A browser on the chat page, and what is measured in it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Page, async_playwright, expect

PHONE = (360, 640)
WIDE = (1280, 800)


@asynccontextmanager
async def opened(
    box: Any, size: tuple[int, int] = PHONE, scheme: Any = "light", where: str = "", cut_off: bool = False
) -> AsyncIterator[Page]:
    """The page, following what happens. At the end nothing may have gone wrong, nor been asked of anybody else.

    With `cut_off` the test takes the sandbox away in between, which the browser's console remarks upon.
    """
    async with async_playwright() as playwright:
        # Chromium refuses its own sandbox to root, which is what a container's tests run as.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
        wrong: list[str] = []
        asked: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        async with page.expect_request(lambda request: "timeout=25" in request.url):
            await page.goto(box.base_url + "/" + where)
        yield page
        if cut_off:
            wrong = [line for line in wrong if "ERR_CONNECTION_REFUSED" not in line and "ERR_EMPTY" not in line]
            wrong = [line for line in wrong if "ERR_INCOMPLETE" not in line and "ERR_CONNECTION_RESET" not in line]
        assert wrong == []
        assert [url for url in asked if not url.startswith((box.base_url, "data:", f"blob:{box.base_url}"))] == []
        await browser.close()


async def until(page: Page, truth: str) -> None:
    """Waits, frame by frame, for what only JavaScript can see; the page's rules forbid Playwright's own way."""
    async with asyncio.timeout(20):
        await page.evaluate(f"async () => {{ while (!({truth})) await new Promise(requestAnimationFrame) }}")


#: What is wider than it may be: the page itself or anything in it that could be pushed sideways.
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll("body *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
  .filter((one) => !["hidden", "clip"].includes(getComputedStyle(one).overflowX) || one === document.documentElement)
  .filter((one) => getComputedStyle(one).display !== "inline" && !one.closest("svg, .unseen"))
  .map((one) => `${one.tagName}.${one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""

#: Whatever is wider than the screen although its box hides that.
OUTSIDE = """() => [...document.querySelectorAll("button, .card, .line, p, input, textarea, img, audio, dialog, .menu")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < -0.5 || box.right > innerWidth + 0.5))
  .map(([one, box]) => `${one.tagName}.${one.className} ${box.left}–${box.right}`)"""

#: Targets under 44 px; links and codes that stand in a sentence are as high as the sentence.
SMALL = """() => [...document.querySelectorAll("button, input, textarea, summary, audio, video, a.file, [role=tab]")]
  .filter((one) => one.checkVisibility() && one.type !== "file")
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 43.99)
  .map(([one, box]) => `${one.tagName}#${one.id}.${one.className} ${box.width}×${box.height} ${one.textContent}`)"""

#: Every visible text whose contrast with what lies beneath is under 4.5, and how many were looked at.
PALE = """() => {
  const read = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
  const light = (colour) => colour.slice(0, 3).map((one) => one / 255)
    .map((one) => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [.2126, .7152, .0722][at], 0);
  const ground = (node) => {
    const layers = [];
    for (let one = node; one; one = one.parentElement) layers.push(read(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const told = [];
  let looked = 0;
  for (const one of document.querySelectorAll("body *")) {
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const hollow = one.tagName === "TEXTAREA" || one.tagName === "INPUT";
    if (!(words || hollow) || !one.checkVisibility()) continue;
    if (one.closest(".unseen, svg, noscript, .spoiler:not(.seen)")) continue;
    const under = ground(one);
    for (const style of [getComputedStyle(one), ...(hollow ? [getComputedStyle(one, "::placeholder")] : [])]) {
      looked += 1;
      const found = ratio(over(read(style.color), under), under);
      if (found < 4.5) told.push(`${found.toFixed(2)} ${one.tagName}.${one.className} ${one.textContent.slice(0, 30)}`);
    }
  }
  return { told, looked };
}"""

#: What has the focus, and how thick the ring around it is.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return { id: one.id, role: one.getAttribute("role") || one.tagName, words: (one.innerText || "").trim(), ring };
}"""
