"""The newcomer's and the guide's cookies: names, flags, and what stands in them."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.web.site import WebSettings

KEPT_SECONDS = 90 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """One cookie. The __Host- prefix keeps other hosts of the town's domain from setting it."""

    name: str
    secure: bool

    @property
    def full_name(self) -> str:
        return f"__Host-{self.name}" if self.secure else self.name

    def value(self, request: Request) -> str:
        return request.cookies.get(self.full_name, "")[:200]

    def put(self, response: Response, value: str, seconds: int | None = None) -> None:
        """Without `seconds` the cookie ends with the browser."""
        response.set_cookie(
            self.full_name,
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def end(self, response: Response) -> None:
        response.delete_cookie(self.full_name, path="/", secure=self.secure, httponly=True, samesite="lax")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who comes to a town's chat; `kept` only decides how long the cookie lives and what leaving does."""

    address: str | None
    kept: bool
    set_aside: str | None
    """The address that a quick exit has put out of sight."""


class VisitorCookies:
    """A town's two cookies: whose conversation is shown, and which one a quick exit has put out of sight."""

    def __init__(self, town: str, settings: WebSettings) -> None:
        self._who = Jar(name=f"kw-{town}", secure=settings.secure)
        self._aside = Jar(name=f"kw-{town}-2", secure=settings.secure)

    def bound(self, request: Request) -> str:
        """What form tokens are bound to."""
        return self._who.value(request)

    def visitor(self, request: Request) -> Visitor:
        kind, _, address = self._who.value(request).partition(".")
        known = kind in {"g", "k"} and bool(address)
        return Visitor(
            address=address if known else None, kept=kind == "k", set_aside=self._aside.value(request) or None
        )

    def remember(self, response: Response, address: str, *, kept: bool) -> None:
        self._who.put(response, f"{'k' if kept else 'g'}.{address}", KEPT_SECONDS if kept else None)

    def leave(self, response: Response, visitor: Visitor) -> None:
        """A guest is forgotten; someone whose conversation is kept finds it out of sight, not lost."""
        self._who.end(response)
        if visitor.kept and visitor.address:
            self._aside.put(response, visitor.address, KEPT_SECONDS)

    def bring_back(self, response: Response, visitor: Visitor) -> None:
        if visitor.set_aside:
            self.remember(response, visitor.set_aside, kept=True)
            self._aside.end(response)
