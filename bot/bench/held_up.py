"""How long the event loop waits while messages are understood in a thread beside it, as the desks do it."""

import asyncio
import time
from collections.abc import Iterable, Sequence

from catalog.index import Index
from catalog.understanding import understand

TICK = 0.001


def held_up(index: Index, said: Sequence[tuple[str, str]]) -> list[float]:
    """Seconds by which each tick of the loop came late, ascending."""
    return asyncio.run(_late(index, said))


async def _late(index: Index, said: Sequence[tuple[str, str]]) -> list[float]:
    late: list[float] = []
    reading = asyncio.create_task(asyncio.to_thread(_read, index, said))
    while not reading.done():
        started = time.perf_counter()
        await asyncio.sleep(TICK)
        late.append(time.perf_counter() - started - TICK)
    await reading
    return sorted(late)


def _read(index: Index, said: Iterable[tuple[str, str]]) -> None:
    for text, language in said:
        understand(index, text, language)
