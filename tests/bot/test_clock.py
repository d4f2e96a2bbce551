"""Time can be stood still, moved and set back, and whoever waits for it wakes when it has passed."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock

NINE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def test_a_fixed_clock_goes_only_when_it_is_moved() -> None:
    clock = Clock.fixed(NINE)
    assert (clock.now(), clock.monotonic()) == (NINE, 0.0)
    clock.move(90.5)
    assert clock.now() == NINE + timedelta(seconds=90.5)
    assert clock.monotonic() == 90.5
    assert clock.seconds() == int(NINE.timestamp()) + 90


def test_any_zone_goes_in_and_utc_comes_out() -> None:
    clock = Clock.fixed(NINE.astimezone(timezone(timedelta(hours=3.5))))
    assert clock.now() == NINE
    assert clock.now().tzinfo is UTC


def test_many_small_moves_add_up_exactly() -> None:
    clock = Clock.fixed(NINE)
    for _ in range(1000):
        clock.move(0.1)
    assert clock.now() == NINE + timedelta(seconds=100)


def test_setting_the_wall_back_leaves_monotonic_alone() -> None:
    clock = Clock.fixed(NINE)
    clock.move(10)
    clock.set_back(3600)
    assert clock.now() == NINE - timedelta(seconds=3590)
    assert clock.monotonic() == 10


def test_a_running_clock_runs_and_can_be_moved() -> None:
    clock = Clock()
    wall, steady = clock.now(), clock.monotonic()
    clock.move(86400)
    assert clock.now() - wall >= timedelta(days=1)
    assert clock.monotonic() - steady >= 86400
    assert wall.tzinfo is UTC


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_time_neither_moves_backwards_nor_to_nowhere(seconds: float) -> None:
    clock = Clock.fixed(NINE)
    with pytest.raises(ValueError, match="forward"):
        clock.move(seconds)
    with pytest.raises(ValueError, match="forward"):
        clock.set_back(seconds)
    assert clock.now() == NINE


def test_a_naive_moment_makes_no_clock() -> None:
    with pytest.raises(ValueError, match="aware"):
        Clock.fixed(NINE.replace(tzinfo=None))


async def test_whoever_waits_on_a_fixed_clock_wakes_when_enough_was_moved() -> None:
    clock = Clock.fixed(NINE)
    waiting = asyncio.create_task(clock.wait(60))
    longer = asyncio.create_task(clock.wait(61))
    await asyncio.sleep(0)
    clock.move(30)
    await settled()
    assert not waiting.done()
    clock.move(30)
    await waiting
    assert not longer.done()
    clock.set_back(3600)
    clock.move(1)
    await longer


async def test_a_running_clock_wakes_a_sleeper_early_when_moved_from_another_thread() -> None:
    clock = Clock()
    waiting = asyncio.create_task(clock.wait(3600))
    await settled()
    mover = threading.Thread(target=clock.move, args=(3600,))
    mover.start()
    async with asyncio.timeout(10):
        await waiting
    mover.join()


async def test_a_running_clock_ends_a_short_wait_by_itself() -> None:
    clock = Clock()
    start = clock.monotonic()
    await clock.wait(0.02)
    assert clock.monotonic() - start >= 0.02


@pytest.mark.parametrize("seconds", [0, -5])
async def test_a_wait_for_nothing_lets_the_others_run_and_returns(seconds: float) -> None:
    clock = Clock.fixed(NINE)
    other = asyncio.create_task(asyncio.sleep(0))
    await asyncio.sleep(0)
    await clock.wait(seconds)
    assert other.done()


async def test_a_cancelled_wait_leaves_nothing_behind() -> None:
    clock = Clock.fixed(NINE)
    waiting = asyncio.create_task(clock.wait(60))
    await settled()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not clock._sleepers


async def settled() -> None:
    """Give every task that can go on the turns it needs for it."""
    for _ in range(5):
        await asyncio.sleep(0)
