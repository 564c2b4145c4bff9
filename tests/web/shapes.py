"""What the two desks hand to the pages, as plain values for the fakes."""

from dataclasses import dataclass
from datetime import datetime

from casework.team import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    id: str
    label: str
    ticked: bool | None = None
    style: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    kind: str
    label: str
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    offer: str
    title: str
    organization: str
    lines: tuple[Line, ...]
    language: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    key: str
    text: str
    buttons: tuple[Button, ...] = ()
    card: CardView | None = None
    progress: tuple[int, int] | None = None
    language: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    author: str
    text: str
    at: datetime
    picked_up_at: datetime | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    language: str
    direction: str
    owner: str
    rendered: tuple[Rendered, ...]
    letters: tuple[LetterView, ...]
    waiting: bool
    commands: tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    view: View
    address: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    id: str
    number: int
    language: str
    needs: tuple[str, ...]
    urgency: str | None
    waiting_since: datetime
    unread: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    open: tuple[CaseLine, ...]
    mine: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    line: CaseLine
    answers: tuple[tuple[str, str], ...]
    letters: tuple[LetterView, ...]
    owner_name: str | None
    outcomes: tuple[tuple[str, str], ...]
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    ok: bool
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    role: Role
    town: str
