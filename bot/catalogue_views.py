"""What guides see of the catalogue, in German; it reads nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import CardView
from bot.catalogue_changes import Difference
from bot.catalogue_form import Typed
from bot.catalogue_preview import DayLine, Preview, StandIn

Options = tuple[tuple[str, str], ...]
"""Code and German label of each choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a guide looks for; empty means any. `need` is a need or a domain, `state` one of STATES."""

    text: str = ""
    need: str = ""
    kind: str = ""
    state: str = ""


STATES: Mapping[str, str] = {
    "shown": "werden gezeigt",
    "waiting": "Entwürfe: warten auf Freigabe",
    "stale": "seit sechs Monaten nicht geprüft",
    "unseen": "werden nicht gezeigt",
    "withdrawn": "zurückgezogen",
    "own": "nur eigene",
    "shared": "nur gemeinsame",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An entry in a list. `shared`: whose it is, empty if the town's own. `tags` say what is special."""

    id: str
    name: str
    organization: str
    kind: str
    needs: tuple[str, ...]
    shared: str
    checked: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`waiting`: how many drafts wait in all. `needs`: domains with their needs, to choose from."""

    lines: tuple[EntryLine, ...]
    total: int
    waiting: int
    needs: tuple[tuple[str, str, Options], ...]
    kinds: Options
    may_write: bool
    fictional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A change that waits. `moved`: the entry itself has changed since it was begun.

    `older`: what would then have to be translated anew, in sentences.
    """

    stamp: str
    by: str
    at: str
    why: str
    differences: tuple[Difference, ...]
    moved: bool
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry as it stands. `version` is 0 while there is only a draft, of which the preview is then.

    `status_draft`: it was put into the catalogue as a draft, by an import. `older`: translations that may be
    older than the German text, in sentences.
    """

    id: str
    name: str
    preview: Preview
    facts: tuple[tuple[str, str], ...]
    shared: str
    version: int
    withdrawn: bool
    status_draft: bool
    changed: str
    why: str
    draft: DraftView | None
    languages: Options
    may_write: bool
    fictional: bool
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView:
    """One version in an entry's history, and what it changed. `back`: before, the entry was withdrawn."""

    version: int
    by: str
    at: str
    why: str
    withdrawn: bool
    back: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """All versions, the newest first."""

    id: str
    name: str
    shared: str
    version: int
    stamp: str
    states: tuple[StateView, ...]
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody else has saved meanwhile: what they have (before) and what this form says now (after).

    `taken`: fields that only they had changed, and that the form has from them.
    """

    by: str
    at: str
    why: str
    differences: tuple[Difference, ...]
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursHelp:
    """Hours that close more than is meant: the week as it would be, what was meant, and that week."""

    better: str
    as_typed: tuple[DayLine, ...]
    as_meant: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form with what stands in it. `version` and `stamp` say which state it was made from.

    `id` is empty for a new entry. `assured`: the last day on which somebody has checked the entry.
    `languages` have fields, those `offered` are read by newcomers. `existing`: it was there before us.
    `older`: as in EntryView, as it would be.
    `alike`: id, name and organisation of what is there already for the same need, area and audience.
    """

    id: str
    name: str
    typed: Typed
    version: int
    stamp: str
    why: str
    number: str
    is_draft: bool
    withdrawn: bool
    choices: Mapping[str, Options]
    needs: tuple[tuple[str, str, Options], ...]
    languages: Options
    offered: Options
    assured: str
    existing: bool
    fictional: bool
    problems: Mapping[str, str] = field(default_factory=dict)
    hours: HoursHelp | None = None
    preview: Preview | None = None
    shown_in: str = "de"
    stand_ins: tuple[StandIn, ...] = ()
    alike: tuple[tuple[str, str, str], ...] = ()
    older: tuple[str, ...] = ()
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The entry that was written, or the form once more with what is in its way; else why it cannot be.

    `same`: the entry says that already. All empty: this form of a new entry was saved before.
    """

    entry: str = ""
    same: bool = False
    form: Form | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form that came back. `version` and `stamp` are those it was made with, `number` its own, once."""

    typed: Typed = field(default_factory=Typed)
    version: int = 0
    stamp: str = ""
    number: str = ""
    why: str = ""
    language: str = "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """Entries as people may take them home: by topic, each once."""

    town: str
    language: str
    direction: str
    printed: str
    groups: tuple[tuple[str, tuple[CardView, ...]], ...]
    languages: Options
