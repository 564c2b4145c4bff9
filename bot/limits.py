"""How much someone may send; generous, 300 people can share one address."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

REMEMBERED = 20_000  # buckets kept; the least used one is forgotten first


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`burst` at once, then `each_second`."""

    burst: float
    each_second: float


PER_VISITOR = Rate(burst=30, each_second=0.5)
PER_ADDRESS = Rate(burst=900, each_second=60)  # 300 people who tap every five seconds
FIRST_VISITS = Rate(burst=300, each_second=2)
PER_CHAT = Rate(burst=30, each_second=0.5)
PER_MEMBER = Rate(burst=60, each_second=1)
CRIES = Rate(burst=6, each_second=0.1)  # texts that are looked at although somebody was too fast
TOLD_TOO_FAST = Rate(burst=1, each_second=1 / 60)
PAGES_PER_ADDRESS = Rate(burst=1500, each_second=120)
MAILS_PER_MEMBER = Rate(burst=5, each_second=5 / 3600)  # to addresses that somebody has merely entered
SIGN_INS = Rate(burst=10, each_second=10 / 900)
SIGN_INS_PER_ADDRESS = Rate(burst=40, each_second=1 / 15)  # each costs a password check
SIGN_INS_PER_NAME = Rate(burst=100, each_second=1 / 60)  # high: nobody is to lock a guide out by name


class Limits:
    """Token buckets in memory; a restart forgives everyone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, name: str, rate: Rate) -> bool:
        now = self._clock()
        left, since = self._buckets.pop(name, (rate.burst, now))
        left = min(rate.burst, left + (now - since) * rate.each_second)
        allowed = left >= 1
        self._buckets[name] = (left - 1 if allowed else left, now)
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
