"""A statement's own text, made once, for those that every message executes; it knows no table.

To look up what it has compiled and to sort out its parameters takes SQLAlchemy longer than the database takes
to write the row. What reads rows goes the ordinary way, for their types have to be put back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, CursorResult, Insert
from sqlalchemy.engine import Dialect


@dataclass(frozen=True, slots=True)
class SqlText:
    """As the driver takes it. `columns` in the order of their places, with what makes a value ready."""

    text: str
    columns: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    by_name: bool

    @classmethod
    def of(cls, statement: Insert, columns: Sequence[str], dialect: Dialect) -> Self:
        """For rows with exactly these columns."""
        compiled = statement.compile(dialect=dialect, column_keys=list(columns))
        kinds = {name: statement.table.c[name].type.dialect_impl(dialect) for name in columns}
        places = compiled.positiontup or list(columns)
        return cls(
            text=str(compiled),
            columns=tuple((name, kinds[name].bind_processor(dialect)) for name in places),
            by_name=not compiled.positional,
        )

    def execute(self, connection: Connection, row: Mapping[str, Any]) -> CursorResult[Any]:
        values = [row[name] if ready is None else ready(row[name]) for name, ready in self.columns]
        if self.by_name:
            return connection.exec_driver_sql(self.text, dict(zip(self._names, values, strict=True)))
        return connection.exec_driver_sql(self.text, tuple(values))

    @property
    def _names(self) -> list[str]:
        return [name for name, _ in self.columns]
