"""What a report is: a name, what it says in German, and the function that makes its table."""

from dataclasses import dataclass
from typing import Protocol

from casework.evidence.record import Record
from casework.evidence.table import Table


class Tabulate(Protocol):
    def __call__(self, record: Record, *, exact: bool = False) -> Table: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    name: str
    title: str
    description: str
    table: Tabulate
