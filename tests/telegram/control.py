"""Orders to the Bot API server that only tests give; what a phone or Telegram would not do fails the test."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

T = TypeVar("T")
Json = dict[str, Any]

PATIENCE = 20.0
"""Seconds after which what was waited for does not come any more."""


class Control:
    """Speaks to `/control`; may be used by several threads."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, trust_env=False, verify=False)

    def ask(self, order: str, **what: Any) -> Any:
        wanted = {name: value for name, value in what.items() if value is not None}
        answer = self._client.post(f"/control/{order}", json=wanted)
        assert answer.status_code == 200, f"{order}: {answer.json().get('error', answer.text)}"
        return answer.json()

    def act(self, act: str, **what: Any) -> Json:
        (done,) = self.play([{"act": act, **what}])
        return done

    def play(self, acts: list[Json]) -> list[Json]:
        """Several acts in one request, one after the other, each with what came of it."""
        plain = [{name: value for name, value in act.items() if value is not None} for act in acts]
        done: list[Json] = self.ask("play", acts=plain)
        return done

    def end(self) -> None:
        self._client.close()


def eventually(look: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """What `look` finds as soon as it finds something."""
    until = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < until, f"it did not come in {patience:g} seconds"
        time.sleep(0.01)
    return found
