"""Runs `kurze-wege` as a person does: a process of its own, its settings and nothing else of ours."""

import base64
import os
import subprocess
import sys
from pathlib import Path

from bot.settings import PREFIX
from tests.architecture.tree import ROOT

KEY = base64.b64encode(bytes(range(32))).decode()


def environment(**settings: str) -> dict[str, str]:
    """The machine's environment with these settings of ours alone."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return bare | {PREFIX + name: value for name, value in settings.items()}


def kurze_wege(
    *arguments: str | Path, typed: str | bytes = "", **settings: str
) -> "subprocess.CompletedProcess[str]":
    """The command with what it printed; `typed` comes from a pipe."""
    raw = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=raw,
        capture_output=True,
        cwd=ROOT,
        env=environment(**settings),
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")
    )
