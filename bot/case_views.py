"""What a guide sees of the cases, in German; it reads nothing itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in a list, in German. `alarm` must stand out, `advice` says what to do about it; `outcome` and
    `closed_at` are a closed one's.

    `unreachable`: nothing can be sent to the person, who has to come and look.
    """

    id: str
    number: int
    language: str
    needs: tuple[str, ...]
    urgency: str
    reason: str
    waiting_since: datetime
    unread: int
    status: str
    mine: bool
    alarm: str = ""
    advice: str = ""
    unreachable: bool = False
    outcome: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What waits for anyone, what is the member's own, what the others have, what was closed lately, how many
    answers newcomers have not picked up, and how many messages could not be sent for minutes."""

    open: tuple[CaseLine, ...]
    mine: tuple[CaseLine, ...]
    others: tuple[CaseLine, ...]
    not_picked_up: int
    unsent: int = 0
    closed: tuple[CaseLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLetter:
    """A relayed message as the guide sees it; `needs` are those recognised in it, in German."""

    author: str
    text: str
    language: str
    at: datetime
    picked_up_at: datetime | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as its reader sees it: answers as (question, answer) in German, and the letters in order."""

    line: CaseLine
    answers: tuple[tuple[str, str], ...]
    letters: tuple[GuideLetter, ...]
    owner_name: str
    outcomes: tuple[tuple[str, str], ...]
    may_write: bool
    read_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Whether it worked, and a German sentence that says so or why not."""

    ok: bool
    sentence: str
