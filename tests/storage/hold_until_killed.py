"""Takes the serving lock at a folder or URL, says whether it got it, and holds on; a test kills it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from storage import ServingLock

place = sys.argv[1]
lock = ServingLock.of(place if "://" in place else None, Path(place))
sys.stdin.readline()
print("held" if lock.acquire() else "refused", flush=True)  # noqa: T201
sys.stdin.read()
