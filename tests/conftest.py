"""Options and rules for every test: what may be skipped where, and how the long ones are asked for."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator

import hypothesis
import pytest

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
# `pg_virtualenv` sets the second one. A PGHOST alone may be somebody's real server, and tests make and drop databases.
HAS_POSTGRES = "PGHOST" in os.environ and "PG_CLUSTER_CONF_ROOT" in os.environ


def can_drive_chromium() -> bool:
    """Playwright's driver is linked with a library that a bare Debian lacks."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return False
    return shutil.which("chromium") is not None


NEEDS = {
    "postgres": (HAS_POSTGRES, "needs PostgreSQL: apt-get install -y postgresql, then run it through `make test`"),
    "chromium": (can_drive_chromium(), "needs Chromium: apt-get install -y chromium libatomic1"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long versions of tests too (make test FULL=1)")


def pytest_configure(config: pytest.Config) -> None:
    # A busy machine is slow, not wrong; and a run that must be green may not depend on chance.
    hypothesis.settings.register_profile(
        "house",
        deadline=None,
        derandomize=IN_CI,
        max_examples=1000 if config.getoption("--full") else 100,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("house")
    lacking = [reason for there, reason in NEEDS.values() if not there]
    if IN_CI and lacking:
        raise pytest.UsageError("CI is set, so nothing may be skipped, but the suite " + "; it ".join(lacking))


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the long versions were asked for; a test that reads it runs more rounds, it never skips itself."""
    return bool(request.config.getoption("--full"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark, (there, reason) in NEEDS.items():
        if item.get_closest_marker(mark) and not there:
            pytest.skip(reason)


def refuse_skip(report: pytest.CollectReport | pytest.TestReport) -> None:
    # An expected failure also arrives as "skipped"; it did run.
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"CI is set, so nothing may be skipped: {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    refuse_skip(report)
    return report
