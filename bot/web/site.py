"""What the pages are told about the installation; reads no environment and no file itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit


class Texts(Protocol):
    """The part of the wording that pages use."""

    def text(self, key: str, language: str, args: Mapping[str, str | int | tuple[str, ...]] = ...) -> str: ...

    def direction(self, language: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WebTown:
    """A town with a web door; `pages`: Markdown by name (imprint, privacy, accessibility) and language.

    `bot` tells the name of the newcomers' bot on Telegram as it stands in links; empty while there is none.
    """

    id: str
    name: str
    pages: Mapping[tuple[str, str], str]
    bot: Callable[[], str] = str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """`secret` signs form tokens: at least 16 bytes, the same after a restart, so that open pages work on.

    `public_url` has no path. `proxies` are the addresses whose X-Forwarded-For is believed.
    """

    secret: bytes
    public_url: str | None = None
    proxies: frozenset[str] = frozenset()
    exit_url: str = "https://www.dwd.de/"
    demo: bool = False

    @property
    def secure(self) -> bool:
        return (self.public_url or "").startswith("https://")

    @property
    def exit_origin(self) -> str:
        parts = urlsplit(self.exit_url)
        return f"{parts.scheme}://{parts.netloc}"
