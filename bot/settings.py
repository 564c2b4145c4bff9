"""Settings from the environment, checked whole: every problem at once, with variable and remedy."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypeVar

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

A = TypeVar("A")
B = TypeVar("B")

PREFIX = "KURZE_WEGE_"
KEY_BYTES = 32
NO_KEY = (
    "KURZE_WEGE_TOWN_KEY is missing. Make one with `kurze-wege key new > town.key` and set "
    "KURZE_WEGE_TOWN_KEY_FILE=town.key. Keep it apart from the data and from backups."
)


class SettingsError(Exception):
    """The program cannot start like this. For whoever runs it: `problems` names variable and remedy."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n  ".join([f"settings: {count}", *problems]))


class Settings(BaseSettings):
    """What can be set; each field is read from `KURZE_WEGE_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("kurze-wege"))
    database_url: str | None = Field(default=None, repr=False)  # there may be a password in it
    town_key: str | None = Field(default=None, repr=False)
    town_key_file: Path | None = None
    towns: str = ""
    """Folders of municipality files, separated by commas."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    trusted_proxies: str = ""
    newcomer_bot_token: str | None = Field(default=None, repr=False)
    newcomer_bot_token_file: Path | None = None
    team_bot_token: str | None = Field(default=None, repr=False)
    team_bot_token_file: Path | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_updates: Literal["fetch", "webhook"] = "fetch"
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_from: str = ""
    smtp_user: str = ""
    smtp_password: str | None = Field(default=None, repr=False)
    smtp_password_file: Path | None = None
    smtp_ca_file: Path | None = None
    integreat_hosts: str = ""
    """Hosts that offers may be imported from by https, by commas; nothing is fetched from any other."""
    offer_unreviewed: str = ""
    """Languages offered although no native speaker has read their consent and emergency texts, by commas."""

    @property
    def unreviewed_languages(self) -> tuple[str, ...]:
        """The languages in `offer_unreviewed`."""
        return listed(self.offer_unreviewed)


def listed(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated setting, without empty ones."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def read_settings() -> Settings:
    """The settings in the environment. Raises SettingsError with every problem."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(list(_problems(error))) from None


def town_key(settings: Settings) -> bytes:
    """The town's key from the environment or the file that it names. Raises SettingsError."""
    if settings.town_key is None and settings.town_key_file is None:
        raise SettingsError([NO_KEY])
    text = settings.town_key if settings.town_key is not None else _read(settings)
    return _decoded(text, source(settings, "town_key"))


def source(settings: Settings, name: str) -> str:
    """The variable that the secret `name` comes from, for errors; that of a file with the file's path."""
    path: Path | None = getattr(settings, f"{name}_file")
    variable = f"{PREFIX}{name.upper()}"
    in_file = getattr(settings, name) is None and path is not None
    return f"{variable}_FILE ({path})" if in_file else variable


def secret(settings: Settings, name: str) -> str:
    """The value of the field `name`, or of the file that `<name>_file` names; empty if neither is set.

    Raises:
        SettingsError: the file is empty, cannot be read, or lies in the data folder.
    """
    value: str | None = getattr(settings, name)
    path: Path | None = getattr(settings, f"{name}_file")
    variable = f"{PREFIX}{name.upper()}_FILE"
    if value is not None or path is None:
        return value or ""
    if path.resolve().is_relative_to(settings.data_dir.resolve()):
        raise SettingsError(
            [f"{variable} lies in the data folder. Move it elsewhere: secrets and data apart."]
        )
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        # without the path: whoever took the one variable for the other has put the secret itself there
        raise SettingsError(
            [f"{variable} cannot be read ({type(error).__name__}). Check the path."]
        ) from None
    if not text.strip():
        named = source(settings, name)
        raise SettingsError([f"{named} is empty. Write the secret into the file, or leave the variable out."])
    return text


def together(one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Both results. Raises SettingsError with the problems of both, so that none turns up after the next."""
    try:
        first = one()
    except SettingsError as error:
        raise SettingsError([*error.problems, *_problems_in(other)]) from None
    return first, other()


def _problems_in(read: Callable[[], object]) -> tuple[str, ...]:
    try:
        read()
    except SettingsError as error:
        return error.problems
    return ()


def _read(settings: Settings) -> str:
    path = settings.town_key_file
    if path is None:
        return ""
    if path.resolve().is_relative_to(settings.data_dir.resolve()):
        raise SettingsError(
            ["KURZE_WEGE_TOWN_KEY_FILE lies in the data folder. Move it elsewhere: key and data apart."]
        )
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            [f"KURZE_WEGE_TOWN_KEY_FILE cannot be read ({type(error).__name__}). Check the path."]
        ) from None


def _decoded(text: str, named: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:  # no base64, or not even ASCII
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError([f"{named} is not a key. Make one with `kurze-wege key new`."])
    return key


def _problems(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):  # a value may be a secret
        name = PREFIX + "_".join(str(part) for part in problem["loc"]).upper()
        yield f"{name}: {problem['msg']}. Correct it or leave it out."
