"""What guides see of a spreadsheet before it is taken in, in German; it reads nothing itself."""

from dataclasses import dataclass

from bot.catalogue_changes import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that somebody has sent. `complete`: what it does not name has ended."""

    name: str
    raw: bytes
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """`own`: how many entries the town has of its own, which is what goes out."""

    town: str
    own: int
    may_write: bool
    fictional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """Where in the file, and what to write instead."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """`differences` of an entry that would change."""

    id: str
    name: str
    organization: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """What a file would change, or all that is wrong with it. `key`: by it the file can be taken in.

    `absent`: not in the file, and left as they are; `same`: how many are in it as they are already.
    `unfit`: how many problems there are; of very many only the first are among `problems`.
    `notice` says why nothing was taken in, if somebody has tried.
    """

    file: str
    complete: bool
    key: str = ""
    problems: tuple[SheetProblem, ...] = ()
    unfit: int = 0
    new: tuple[SheetEntry, ...] = ()
    changed: tuple[SheetEntry, ...] = ()
    withdrawn: tuple[SheetEntry, ...] = ()
    absent: tuple[SheetEntry, ...] = ()
    same: int = 0
    remarks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """Columns that the file lacks and from which entries lose something."""
    notice: str = ""
    why: str = ""

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.changed) + len(self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWish:
    """What somebody sends to have a file taken in. They know what is withdrawn (`withdraw`) and what falls
    away with a column (`lose`).
    """

    key: str
    why: str
    withdraw: bool = False
    lose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTaken:
    """How many are new, changed, withdrawn; or a sentence that says why nothing is."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    sentence: str = ""
