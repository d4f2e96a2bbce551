"""What differs between towns, put together from settings and data files before the bot starts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from bot import categories, holiday_file, hotlines, sensitive
from bot.settings import Settings
from bot.texts import Texts
from bot.vault import Vault, VaultError, load_key
from domain.calendar import WorkCalendar
from domain.richtext import plain
from domain.sensitive import Watch
from handlers.talk import Look, Reply, Town

HERE = Path(__file__).parent


class CannotStart(Exception):
    """Something an operator must set right first; the message is one line that says what."""


@lru_cache(maxsize=1)
def catalogues() -> Texts:
    """All sentences. Parsed once a process: it takes most of a start, and there are many starts in the tests."""
    return Texts.load(HERE / "texts")


@lru_cache(maxsize=1)
def _watch() -> Watch:
    return sensitive.load(HERE / "data" / "sensitive.csv")


def open_vault(settings: Settings) -> Vault:
    """What encrypts names. Raises `CannotStart` for a key that cannot be right."""
    try:
        return Vault(load_key(settings.people_key(), settings.key_file()))
    except VaultError as error:
        raise CannotStart(str(error)) from None


def make_town(
    settings: Settings,
    texts: Texts,
    vault: Vault,
    *,
    demo: bool,
    link: Callable[[int, str], str],
    looks: Callable[[Reply, str], Sequence[Look]],
    largest: Callable[[], int],
) -> Town:
    """The town of these settings. Raises `CannotStart` for a file that cannot be used."""
    language = settings.texts.language
    lines = [hotlines.shown(line) for line in hotlines.load(HERE / "data" / "hotlines.csv") if line.enabled]
    return Town(
        calendar=_calendar(settings),
        seals=vault,
        random=secrets.randbelow,
        phrase=lambda key: plain(texts.render(language, key)),
        languages=(language, *(other for other in texts.languages if other != language)),
        operator=settings.people.operator,
        demo=demo,
        watch=_watch(),
        categories=categories.load(HERE / "data" / "categories.csv"),
        emergency=tuple(line for line in lines if hotlines.DANGER in line.needs),
        lines=tuple(lines),
        link=link,
        looks=looks,
        largest=largest,
        alone=settings.limits.announce_alone,
        news_per_week=settings.limits.news_per_week,
        first_answer_days=settings.work.first_answer_days,
        next_step_days=settings.work.next_step_days,
        remind_hours=(settings.meetings.first_reminder_hours, settings.meetings.last_reminder_hours),
        talk_days=settings.limits.talk_close_days,
        consent_hours=settings.limits.consent_wait_hours,
        shortest=settings.limits.report_shortest,
        longest=settings.limits.report_longest,
        daily=settings.limits.reports_per_day,
        digest_weekday=settings.people.digest_weekday,
        digest_hour=settings.people.digest_hour,
        rejected_days=settings.limits.rejected_keep_days,
        closed_months=settings.limits.closed_keep_months,
    )


def _calendar(settings: Settings) -> WorkCalendar:
    work = settings.work
    if not work.holidays:
        return WorkCalendar(work.weekdays)
    try:
        closed, opened = holiday_file.load(Path(work.holidays))
    except holiday_file.Wrong as error:
        raise CannotStart(str(error)) from None
    return WorkCalendar(work.weekdays, closed, opened)
