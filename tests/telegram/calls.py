"""What bots asked of the Bot API server, and whether aiogram's own models would let it pass."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from tests.telegram.control import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; `status` and `answer` are empty while it is under way or if it was cut before its effect."""

    number: int
    token: str
    method: str
    params: Json = field(repr=False)
    files: list[Json] = field(repr=False)
    status: int | None
    answer: Json | None
    cut: str | None
    """"before" or "after" its effect, if a fault cut the connection."""

    @property
    def ok(self) -> bool:
        return self.status == 200 and bool((self.answer or {}).get("ok", True))

    @property
    def description(self) -> str:
        """Why it was refused."""
        return str((self.answer or {}).get("description", ""))


def read_calls(found: Iterable[Json]) -> list[Call]:
    return [Call(**each) for each in found]


def faults_of(calls: Iterable[Call]) -> list[str]:
    """What aiogram's models find wrong in these calls, whichever library made them; empty is good."""
    from aiogram import methods

    found = []
    for call in calls:
        model = getattr(methods, call.method[:1].upper() + call.method[1:], None)
        if model is None:
            found.append(f"{call.method}: there is no such method")
            continue
        unknown = set(call.params) - set(model.model_fields)  # the models let any field pass
        found += [f"{call.method}: there is no parameter {name}" for name in sorted(unknown)]
        try:
            model.model_validate(call.params | {each["field"]: "a file" for each in call.files})
        except ValidationError as error:
            found += [f"{call.method}: {each['loc']} {each['msg']}" for each in error.errors()]
    return found
