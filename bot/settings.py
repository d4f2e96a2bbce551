"""Every setting with its type, bounds and meaning; settings.toml says the same to the operator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.given import Given, Nature, SettingsError, masked, read
from bot.platforms import PLATFORMS
from bot.setting_kinds import (
    ACCOUNT,
    DATABASE,
    ApiUrl,
    Host,
    Megabytes,
    Port,
    Rate,
    Seconds,
    Token,
    WebhookSecret,
    Weekday,
    Whole,
    address,
    callable_from_outside,
    filled,
    matching,
    weekday_number,
)

__all__ = ["Bale", "Messenger", "Settings", "SettingsError", "Telegram", "load"]

#: What the messengers are known to take, until an operator says otherwise.
_USUAL, _BALE = PLATFORMS["telegram"].can, PLATFORMS["bale"].can
_PER_SECOND = "Messages sent in a second to all chats together; 0 for no limit."
_PER_CHAT = "Messages sent in a second to one chat; 0 for no limit."
_BURST = "Messages that one chat may get at once before per_chat counts; 0 for no limit."
_UPLOAD = "Longest file that is sent, in millions of bytes"


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, masked(value) if isinstance(value, str) else value


class Storage(Section):
    url: Annotated[str, matching(DATABASE, "sqlite:///path/to/file or postgresql://user@host/name")] = Field(
        default="sqlite:///data/mahalleyar.db",
        description="Where everything is kept: sqlite:///path, or postgresql://user@host/name (password: PGPASSWORD).",
    )


class Messenger(Section):
    api_url: ApiUrl = Field(default="", description="Address of the messenger's Bot API.")
    proxy: Annotated[str, address("socks5", "http", "https", "socks5h", "socks4")] = Field(
        default="",
        description="Way to the messenger: http://host:port or socks5://host:port; empty for the direct one.",
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling", description='How messages come in: "polling" (we ask) or "webhook" (the messenger calls us).'
    )
    webhook_url: Annotated[str, address("https", "http"), AfterValidator(callable_from_outside)] = Field(
        default="", description="Public https address that the messenger calls; needed for webhook."
    )
    per_second: Rate = Field(default=_USUAL.per_second, description=_PER_SECOND)
    per_chat: Rate = Field(default=_USUAL.per_chat, description=_PER_CHAT)
    burst: Annotated[Whole, Field(ge=0, le=100)] = Field(default=_USUAL.burst, description=_BURST)
    upload_megabytes: Megabytes = Field(default=_USUAL.upload_limit // 1_000_000, description=_UPLOAD + ".")
    connect_seconds: Seconds = Field(
        default=10, description="Longest wait for a connection to the messenger, in seconds."
    )
    read_seconds: Seconds = Field(default=20, description="Longest wait for an answer of the messenger, in seconds.")
    token: Token | None = None
    webhook_secret: WebhookSecret | None = None

    #: To which ports of ours the messenger connects.
    webhook_ports: ClassVar[tuple[int, ...]] = (443, 88)

    @model_validator(mode="after")
    def _webhook_has_an_address(self) -> Messenger:
        if self.mode == "webhook" and not self.webhook_url:
            raise ValueError('mode = "webhook" needs webhook_url, or use mode = "polling"')
        if self.webhook_url[:5] == "https" and (urlsplit(self.webhook_url).port or 443) not in self.webhook_ports:
            raise ValueError(f"webhook_url must use one of the ports {', '.join(map(str, self.webhook_ports))}")
        return self

    def own_secret(self) -> str:
        """The operator's own secret for the webhook; empty when there is none."""
        return self.webhook_secret.get_secret_value() if self.webhook_secret else ""


class Telegram(Messenger):
    webhook_ports = (443, 80, 88, 8443)
    api_url: ApiUrl = Field(default="https://api.telegram.org", description="Address of the messenger's Bot API.")


class Bale(Messenger):
    api_url: ApiUrl = Field(default="https://tapi.bale.ai", description="Address of the messenger's Bot API.")
    per_second: Rate = Field(default=_BALE.per_second, description=_PER_SECOND)
    upload_megabytes: Megabytes = Field(
        default=_BALE.upload_limit // 1_000_000, description=_UPLOAD + "; 50 are documented, about 20 pass."
    )


class Web(Section):
    host: Host = Field(default="127.0.0.1", description="Address on which /health and webhooks answer.")
    port: Port = Field(default=8080, description="Its port; 0 for any free one.")


class SandboxPage(Section):
    host: Host = Field(
        default="127.0.0.1", description="Address of the chat page, which starts when no token is given."
    )
    port: Port = Field(default=8081, description="Its port; 0 for any free one.")


class People(Section):
    operator: Annotated[str, Field(max_length=120)] = Field(
        default="",
        description="Name of the office that runs this bot, as residents read it; fill it in before the start.",
    )
    admins: tuple[Annotated[str, matching(ACCOUNT, 'an account such as "telegram:1001"')], ...] = Field(
        default=(), description='Accounts that are province administrators from the start, such as ["telegram:1001"].'
    )
    key_path: Annotated[str, AfterValidator(filled)] = Field(
        default="data/people.key", description="File of the key that names are encrypted with, made at the first start."
    )
    digest_day: Weekday = Field(
        default="thursday", description="Day on which the news of a week go to those who chose one message a week."
    )
    digest_hour: Annotated[Whole, Field(ge=0, le=23)] = Field(
        default=18, description="Hour of that day in Tehran at which they go."
    )
    key: SecretStr | None = None

    @property
    def digest_weekday(self) -> int:
        """The day as Python counts: Monday is 0."""
        return weekday_number(self.digest_day)


class Meetings(Section):
    first_reminder_hours: Annotated[Whole, Field(ge=1, le=336)] = Field(
        default=48, description="Hours before a meeting at which everybody who did not say no is reminded of it."
    )
    last_reminder_hours: Annotated[Whole, Field(ge=1, le=48)] = Field(
        default=2, description="Hours before it at which those who come, or may, are reminded once more."
    )

    @model_validator(mode="after")
    def _the_first_comes_first(self) -> Meetings:
        if self.first_reminder_hours <= self.last_reminder_hours:
            raise ValueError("first_reminder_hours must be larger than last_reminder_hours")
        return self


class Work(Section):
    first_answer_days: Annotated[Whole, Field(ge=1, le=60)] = Field(
        default=2, description="Working days within which a new report is answered."
    )
    next_step_days: Annotated[Whole, Field(ge=1, le=250)] = Field(
        default=7, description="Working days until the next step of an accepted report, as it is proposed."
    )
    working_days: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)] = Field(
        default=("saturday", "sunday", "monday", "tuesday", "wednesday"), description="Days on which offices work."
    )
    holidays: str = Field(
        default="", description="CSV file of holidays that win over the built-in ones; empty for none."
    )

    @property
    def weekdays(self) -> frozenset[int]:
        """The working days as Python counts them: Monday is 0."""
        return frozenset(map(weekday_number, self.working_days))


class Limits(Section):
    report_shortest: Annotated[Whole, Field(ge=1, le=200)] = Field(
        default=10, description="Fewest characters of a report."
    )
    report_longest: Annotated[Whole, Field(ge=100, le=3500)] = Field(
        default=2000, description="Most characters of a report."
    )
    reports_per_day: Annotated[Whole, Field(ge=1, le=1000)] = Field(
        default=5, description="Most reports of one person in 24 hours."
    )
    talk_close_days: Annotated[Whole, Field(ge=1, le=60)] = Field(
        default=3, description="Days after which an unfinished talk is closed."
    )
    consent_wait_hours: Annotated[Whole, Field(ge=1, le=168)] = Field(
        default=24, description="Hours that the first message of a person waits for a yes before it is erased."
    )
    inbox_keep_days: Annotated[Whole, Field(ge=1, le=60)] = Field(
        default=7, description="Days that the number of a received message is kept, so that a repeat is known."
    )
    rejected_keep_days: Annotated[Whole, Field(ge=1, le=3660)] = Field(
        default=30, description="Days after which the words and photos of a rejected report are erased."
    )
    closed_keep_months: Annotated[Whole, Field(ge=1, le=120)] = Field(
        default=12, description="Months after which nothing leads from a closed report to a person."
    )

    announce_alone: Annotated[Whole, Field(ge=0, le=1_000_000)] = Field(
        default=500,
        description="Readers of an announcement up to which one person sends it alone; a second one approves what has "
        "more. 0: nobody is asked.",
    )
    news_per_week: Annotated[Whole, Field(ge=0, le=50)] = Field(
        default=2,
        description="News that a resident gets unasked in a week; what is more comes in one digest. 0: no limit.",
    )

    @model_validator(mode="after")
    def _there_is_room_for_a_report(self) -> Limits:
        if self.report_shortest >= self.report_longest:
            raise ValueError("report_shortest must be smaller than report_longest")
        return self


class TextChoice(Section):
    language: Annotated[str, matching(re.compile(r"[a-z]{2,3}"), "a language code such as fa")] = Field(
        default="fa", description="Language for people whose messenger does not say theirs."
    )


class LogChoice(Section):
    form: Literal["auto", "lines", "json"] = Field(
        default="auto",
        description='"lines" for reading, "json" for machines, "auto" for lines on a terminal and json elsewhere.',
    )
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description='From where on events are written: "debug", "info", "warning" or "error".'
    )


class Settings(BaseSettings):
    """All settings, made by `load`. Secrets print as stars, and so do passwords in addresses."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    storage: Storage = Field(default_factory=Storage)
    telegram: Telegram = Field(default_factory=Telegram)
    bale: Bale = Field(default_factory=Bale)
    web: Web = Field(default_factory=Web)
    sandbox: SandboxPage = Field(default_factory=SandboxPage)
    people: People = Field(default_factory=People)
    work: Work = Field(default_factory=Work)
    meetings: Meetings = Field(default_factory=Meetings)
    limits: Limits = Field(default_factory=Limits)
    texts: TextChoice = Field(default_factory=TextChoice)
    logs: LogChoice = Field(default_factory=LogChoice)

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: Any, **sources: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (sources["init_settings"],)  # the process's own environment counts only where `load` is handed it

    @property
    def messengers(self) -> tuple[str, ...]:
        """Names of the messengers that have a token; the others are never contacted."""
        return tuple(self.tokens())

    def messenger(self, name: str) -> Messenger:
        """The section of a messenger by its name. Raises KeyError for an unknown one."""
        return dict(self._messengers())[name]

    def tokens(self) -> dict[str, str]:
        """The token of each messenger that has one, by its name."""
        found = ((name, messenger.token) for name, messenger in self._messengers())
        return {name: token.get_secret_value() for name, token in found if token is not None}

    def people_key(self) -> str | None:
        """The key that names are encrypted with, where the environment gives it, for `load_key`."""
        return self.people.key.get_secret_value() if self.people.key is not None else None

    def key_file(self) -> Path:
        """Where that key is kept otherwise."""
        return Path(self.people.key_path)

    def media_folder(self) -> Path:
        """Where photos and voices are kept."""
        return self.key_file().parent / "media"

    def describe(self) -> str:
        """Every key and its value, one per line, with secrets as stars."""
        lines = []
        for section, model in self:
            for key, value in model:
                shown = ("****" if value else "") if _nature(type(model).model_fields[key]) is Nature.SECRET else value
                lines.append(f"{section}.{key} = {masked(shown) if isinstance(shown, str) else shown}")
        return "\n".join(lines)

    def _messengers(self) -> tuple[tuple[str, Messenger], ...]:
        return (("telegram", self.telegram), ("bale", self.bale))


def load(env: Mapping[str, str], cwd: Path) -> Settings:
    """Settings of a process: the file in `cwd` (or the one that MAHALLEYAR_SETTINGS names), overridden by `env`.

    Raises SettingsError with a line for every mistake.
    """
    given = read(_known(), env, cwd)

    class Chosen(Settings):
        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: Any, **__: Any
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return InitSettingsSource(settings_cls, given.environment), InitSettingsSource(settings_cls, given.file)

    try:
        chosen = Chosen()
    except ValidationError as error:
        raise SettingsError([*given.mistakes, *_lines(error, given)]) from None
    if chosen.work.holidays and not (cwd / chosen.work.holidays).is_file():
        given.mistakes.append(f"{given.origin('work', 'holidays')}: there is no such file")
    if given.mistakes:
        raise SettingsError(given.mistakes)
    return Settings.model_construct(**dict(chosen))


def _known() -> dict[str, dict[str, Nature]]:
    sections: dict[str, dict[str, Nature]] = {}
    for name, section in Settings.model_fields.items():
        model = section.annotation
        if isinstance(model, type) and issubclass(model, Section):
            sections[name] = {key: _nature(info) for key, info in model.model_fields.items()}
    return sections


def _nature(info: FieldInfo) -> Nature:
    if isinstance(info.default, tuple):
        return Nature.LIST
    return Nature.SECRET if "SecretStr" in str(info.annotation) else Nature.PLAIN


def _lines(error: ValidationError, given: Given) -> Iterator[str]:
    """What pydantic found, in words for whoever has to mend it; a value is repeated only where it is no secret."""
    for mistake in error.errors(include_url=False):
        section, key = str(mistake["loc"][0]), str(mistake["loc"][1]) if len(mistake["loc"]) > 1 else ""
        line = f"{given.origin(section, key)}: {_reason(mistake['type'], mistake.get('ctx', {}), mistake['msg'])}"
        value = mistake["input"]
        is_secret = given.known.get(section, {}).get(key) is Nature.SECRET
        if key and not is_secret and isinstance(value, str | int | float):
            line += f", not {masked(repr(value))[:80]}"
        yield line


def _reason(kind: str, context: Mapping[str, Any], message: str) -> str:
    if kind == "value_error":
        return str(context["error"])
    if kind.startswith(("int_", "float_", "finite_")):
        return "must be a whole number" if kind.startswith("int") else "must be a number"
    bounds = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}
    if kind in bounds:
        word, name = bounds[kind]
        return f"must be {word} {context[name]:g}"
    plain = {
        "literal_error": f"must be {context.get('expected')}",
        "string_type": "must be text in quotes",
        "string_too_long": f"must be at most {context.get('max_length')} characters long",
        "too_short": f"must have at least {context.get('min_length')} entry",
        "too_long": f"must have at most {context.get('max_length')} entries",
        "tuple_type": 'must be a list, such as ["a", "b"]',
    }
    return plain.get(kind, message)
