"""The newcomer's and the guide's cookies: names, flags, and what stands in them."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.newcomer_turn import KNOWN
from bot.web.site import WebSettings

KEPT_SECONDS = 90 * 24 * 3600
SET_ASIDE_AT_MOST = 4


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
    """Who comes to a town's chat."""

    address: str | None
    set_aside: tuple[str, ...] = ()
    """Addresses that a quick exit has put away, newest first: good for erasing, never for reading."""

    @property
    def kept(self) -> bool:
        """False for guests, of whom nothing is to be found again."""
        return is_kept(self.address or "")


def is_kept(address: str) -> bool:
    return address.startswith(KNOWN)


class VisitorCookies:
    """A town's two cookies: whose conversation is shown, and which ones a quick exit has put away."""

    def __init__(self, town: str, settings: WebSettings) -> None:
        self._who = Jar(name=f"kw-{town}", secure=settings.secure)
        self._aside = Jar(name=f"kw-{town}-2", secure=settings.secure)

    def bound(self, request: Request) -> str:
        """What form tokens are bound to."""
        return self._who.value(request)

    def visitor(self, request: Request) -> Visitor:
        aside = (address for address in self._aside.value(request).split(".") if is_kept(address))
        return Visitor(address=self._who.value(request) or None, set_aside=tuple(aside))

    def remember(self, response: Response, address: str) -> None:
        """A guest's cookie ends with the browser."""
        self._who.put(response, address, KEPT_SECONDS if is_kept(address) else None)

    def forget(self, response: Response) -> None:
        self._who.end(response)
        self._aside.end(response)

    def leave(self, response: Response, visitor: Visitor) -> None:
        """A guest is forgotten. A kept conversation can from here only be erased, so that whoever holds the
        phone next cannot read it."""
        self._who.end(response)
        if visitor.address and visitor.kept:
            aside = dict.fromkeys((visitor.address, *visitor.set_aside))
            self._aside.put(response, ".".join([*aside][:SET_ASIDE_AT_MOST]), KEPT_SECONDS)
