"""One run: a database made under kills, a town that lives under kills, and the proof."""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.torture.claims import Proof
from tests.torture.kills import Aim, Killer
from tests.torture.proof import prove
from tests.torture.town import Town, living, make_town

#: Seconds that everything begun may take to come to its end after the last kill.
CLOSING_S = 90.0


@dataclass
class Report:
    """What a run came to."""

    seed: int
    url: str
    killer: Killer
    proof: Proof
    seconds: float

    @property
    def failures(self) -> list[str]:
        return self.proof.lines()

    def lines(self) -> list[str]:
        """The figures, for people."""
        kills, proved = self.killer.kills, self.killer.proved()
        told = [f"{self.url.partition(':')[0]}: seed {self.seed}, {len(kills)} kills in {self.seconds:.0f} s"]
        for aim in Aim:
            aimed = sum(kill.aim is aim for kill in kills)
            if aimed:
                told.append(f"  {aim.value:<22} {proved[aim]:>5} proved of {aimed}")
        told.append(f"  inside something: {self.killer.inside()} of {len(kills)}")
        told += [f"  {name:<30} {n:>7}" for name, n in sorted(self.proof.counts.items())]
        done = self.proof.counts["updates confirmed"] / max(1.0, self.seconds)
        told.append(f"  updates a second, kills and all {done:>6.1f}")
        return told


async def torture(
    folder: Path, url: str, *, seed: int, kills: int, people: int, minutes: float = 60, say: Callable[[str], None]
) -> Report:
    """Kill a town's bot so many times (fewer, when the minutes are over) and prove what must hold. `url` names an
    empty database. Whatever failed is in the report."""
    begun = time.monotonic()
    async with make_town(folder, url, seed) as town:
        killer = Killer(town, random.Random(f"{seed}:kills"))
        migrations = max(1, kills // 25)
        await killer.in_migrations(migrations)
        await killer.revive()
        await town.settle()
        await town.cast(people)
        proof = Proof()
        async with living(town):
            await town.begins()
            for n, aim in enumerate(killer.aims(kills - len(killer.kills)), 1):
                if time.monotonic() - begun > minutes * 60:
                    break
                await killer.strike(aim)
                if n % 20 == 0:
                    spent = time.monotonic() - begun
                    say(f"  {len(killer.kills)} kills, {spent:.0f} s, {len(town.ledger.deeds)} updates")
            left = await town.close(CLOSING_S)
        await _ends(town, proof)
        found = prove(town)
        for one in left:
            found.claim("everything begun comes to its end", False, one)
        found.failed.update(proof.failed)
        enough = 3 * killer.inside() >= len(killer.kills)
        found.claim("a third of the kills struck inside something", enough, killer.proved())
        if found.failed:
            _keep_calls(town)
        return Report(seed, url, killer, found, time.monotonic() - begun)


async def _ends(town: Town, proof: Proof) -> None:
    """Stopped as an operator stops it."""
    town.process.send(signal.SIGTERM)
    status = await town.process.ended()
    proof.claim("it stops by itself when asked", status == 0, status)


def _keep_calls(town: Town) -> None:
    """What the bot called, for whoever looks into a failure: one call a line, beside the log and the database."""
    with (town.folder / "calls.jsonl").open("w", encoding="utf-8") as file:
        for life, (seq, note) in enumerate(town.lives):
            file.write(json.dumps({"life": life, "from_call": seq, "from_note": note}) + "\n")
        for call in town.sandbox.calls():
            file.write(json.dumps(asdict(call), ensure_ascii=False) + "\n")
