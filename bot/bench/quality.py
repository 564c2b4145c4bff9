"""How well messages are understood, by language and by kind: shares of right answers, never a time.

The messages are files of rows: text, lang, needs (codes, or "none"), kind, and deadline where it was judged.
No text of theirs may go into a word list. Whence they are stands beside them, in tests/quality.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import SettingsError
from bot.wiring import DEMO_TOWN, load_speech
from catalog.index import Index
from catalog.municipality import load_municipality
from catalog.needs import EMERGENCY, packaged_taxonomy
from catalog.understanding import Understood, understand

MESSAGES = Path(__file__).resolve().parents[2] / "tests" / "quality"
NOTHING = "none"
SETS = ("messages", "emergencies", "municipal")
FIRST = 3
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A message and what someone who knows would hear in it. `deadline` None: was not judged."""

    text: str
    language: str
    kind: str
    needs: frozenset[str]
    emergencies: frozenset[str]
    deadline: bool | None


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one group of messages; each share is None if nothing in the group is about it."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row, understood: Understood) -> None:
        if row.emergencies:
            self._judge("emergencies", bool(understood.emergencies))
            self._judge("kinds", bool(row.emergencies & set(understood.emergencies)))
        else:
            self._judge("alarms", bool(understood.emergencies))
            self._without_emergency(row, understood)
        if row.deadline is not None:
            self._judge("deadlines" if row.deadline else "false deadlines", understood.deadline)

    def share(self, what: str) -> float | None:
        asked = self.counts[f"{what}: asked"]
        return self.counts[what] / asked if asked else None

    def missed(self, what: str) -> int:
        return self.counts[f"{what}: asked"] - self.counts[what]

    def _without_emergency(self, row: Row, understood: Understood) -> None:
        codes = [hit.code for hit in understood.needs[:FIRST]]
        if row.needs:
            self._judge("first", bool(codes) and codes[0] in row.needs)
            self._judge("three", not row.needs.isdisjoint(codes))
        else:
            self._judge(NOTHING, not codes and not understood.emergencies)

    def _judge(self, what: str, right: bool) -> None:
        self.counts[f"{what}: asked"] += 1
        self.counts[what] += right


COLUMNS = (
    *(("first right", "first"), ("among three", "three"), ("none right", NOTHING)),
    *(("emergencies", "emergencies"), ("their kind", "kinds"), ("false alarms", "alarms")),
    *(("deadlines", "deadlines"), ("false ones", "false deadlines")),
)


def development(name: str = SETS[0]) -> tuple[Row, ...]:
    """The messages of one of SETS that whoever mends the matcher may look at."""
    return read_rows(MESSAGES / "development" / f"{name}.jsonl")


def held_out(name: str = SETS[0]) -> tuple[Row, ...]:
    """The messages that are only counted: who mends after reading them makes the figure worthless."""
    return read_rows(MESSAGES / "held_out" / f"{name}.jsonl")


def read_rows(path: Path) -> tuple[Row, ...]:
    """Raises SettingsError if the file is not there or a row is none."""
    try:
        return tuple(_row(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line)
    except FileNotFoundError as error:
        raise SettingsError(
            [f"{path} is not there. It comes with the repository, not with the wheel."]
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError([f"{path} has a row without text, lang, needs or kind."]) from error


def index_of_the_demo() -> Index:
    return Index.build(load_speech(packaged_taxonomy()), load_municipality(DEMO_TOWN).offers)


def tallied(index: Index, rows: Iterable[Row]) -> dict[str, Tally]:
    """For all, for each language and for each kind."""
    tallies: dict[str, Tally] = {ALL: Tally()}
    for row in rows:
        understood = understand(index, row.text, row.language)
        for group in (ALL, row.language, row.kind):
            tallies.setdefault(group, Tally()).add(row, understood)
    return tallies


def tables(sets: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Lines for people, a table for each set; a dash stands where no message is about it."""
    index = index_of_the_demo()
    for name, rows in sets.items():
        yield from ("", *_table(index, name, rows))


def _table(index: Index, name: str, rows: Sequence[Row]) -> Iterator[str]:
    yield f"{name:<12}" + "".join(f"{head:>13}" for head, _ in COLUMNS) + f"{'messages':>10}"
    languages = {row.language for row in rows}
    tallies = tallied(index, rows)
    counts = Counter(group for row in rows for group in (ALL, row.language, row.kind))
    for group in sorted(tallies, key=lambda name: (name != ALL, name not in languages, name)):
        shares = (tallies[group].share(what) for _, what in COLUMNS)
        cells = "".join(f"{'-' if share is None else f'{share:.2f}':>13}" for share in shares)
        yield f"{group:<12}{cells}{counts[group]:>10}"


def _row(raw: dict[str, object]) -> Row:
    codes = raw["needs"]
    if not isinstance(codes, list):
        raise TypeError("needs is no list")
    emergencies = frozenset(code for code in codes if code.startswith(EMERGENCY))
    deadline = raw.get("deadline")
    return Row(
        text=str(raw["text"]),
        language=str(raw["lang"]),
        kind=str(raw["kind"]),
        needs=frozenset(codes) - emergencies - {NOTHING},
        emergencies=emergencies,
        deadline=deadline if isinstance(deadline, bool) else None,
    )
