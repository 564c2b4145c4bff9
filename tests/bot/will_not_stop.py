"""Serves under the lock of a folder and does not stop when interrupted; a test takes the lock away."""

import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.settings import Settings
from bot.standby import alone


def serve() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("serving", flush=True)  # noqa: T201
    time.sleep(60)


alone(Settings(data_dir=Path(sys.argv[1])), waiting=lambda: None, serve=serve)
