"""The bot as the process that operators run, pointed at a sandbox in the test's own process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox.server import Sandbox
from tests.town import TOKENS

ROOT = Path(__file__).resolve().parent.parent.parent


class Process:
    """`python -m bot run`, or another program. What it prints lies in the folder, in one file for all its lives."""

    def __init__(
        self,
        folder: Path,
        url: str,
        sandbox: Sandbox,
        *,
        program: tuple[str, ...] = ("-m", "bot", "run"),
        extra: Mapping[str, str] | None = None,
        **settings: str,
    ) -> None:
        """`extra` goes into its environment as it is, `settings` as settings of the bot."""
        self.sandbox, self.url, self._program = sandbox, url, program
        self._out, self._err = folder / "out.txt", folder / "err.txt"
        self._folder = folder
        self._env = {name: value for name, value in os.environ.items() if name.startswith("PG")}
        self._env |= {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "MAHALLEYAR_STORAGE__URL": url,
            "MAHALLEYAR_PEOPLE__KEY_PATH": str(folder / "people.key"),
            "MAHALLEYAR_PEOPLE__OPERATOR": "town hall",
            "MAHALLEYAR_WEB__PORT": "0",
            "MAHALLEYAR_LOGS__FORM": "json",
            "MAHALLEYAR_LOGS__LEVEL": "debug",
        }
        for name in sandbox.messengers:
            prefix = f"MAHALLEYAR_{name.upper()}__"
            pace = {"PER_SECOND": "0", "PER_CHAT": "0", "BURST": "0"}
            values = {"TOKEN": TOKENS[name], "API_URL": sandbox.api_url(name), **pace}
            self._env |= {prefix + key: value for key, value in values.items()}
        self._env |= {f"MAHALLEYAR_{key}": value for key, value in settings.items()} | dict(extra or {})
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def out(self) -> str:
        return self._out.read_text("utf-8") if self._out.exists() else ""

    @property
    def err(self) -> str:
        return self._err.read_text("utf-8") if self._err.exists() else ""

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.err.splitlines()]

    async def start(self) -> None:
        """Begin; it is not ready yet."""
        with self._out.open("ab") as out, self._err.open("ab") as err:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._program,
                cwd=self._folder,
                env=self._env,
                stdout=out,
                stderr=err,
            )

    async def up(self) -> None:
        """Begin, and wait until it asks for updates on every messenger."""
        before = self._polls()
        await self.start()
        await self.sandbox.wait_for(lambda: self._listening(before), timeout=20)

    def _polls(self) -> dict[str, int]:
        return {name: messenger.poll_number for name, messenger in self.sandbox.messengers.items()}

    def _listening(self, before: dict[str, int]) -> bool:
        assert self._process is not None
        assert self._process.returncode is None, self.err
        return all(count > before[name] for name, count in self._polls().items())

    @property
    def is_over(self) -> bool:
        """Whether it has ended by itself or by force."""
        return self._process is not None and self._process.returncode is not None

    async def ended(self) -> int:
        """Wait for its end; the exit status."""
        assert self._process is not None
        async with asyncio.timeout(20):
            return await self._process.wait()

    def send(self, name: signal.Signals) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(name)

    async def kill(self) -> None:
        """As a power cut for the process: nothing of it runs any more."""
        self.send(signal.SIGKILL)
        await self.ended()

    def freeze(self) -> None:
        """Stop every thread where it is; returns when they stand."""
        self.send(signal.SIGSTOP)
        stat = Path(f"/proc/{self.pid}/stat")
        while stat.read_text().rpartition(")")[2].split()[0] not in "TtZ":
            os.sched_yield()

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    async def gone(self) -> None:
        """However the test ended, nothing is left running."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()
