"""A made-up machine: a PATH with a few tools, a Python that does as told, a copy of the set-up script."""

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT

TOOLS = (
    "cat",
    "cksum",
    "cp",
    "dirname",
    "echo",
    "grep",
    "mkdir",
    "mktemp",
    "mv",
    "rm",
    "sed",
    "sh",
    "sleep",
    "tail",
)

# Stands for python3 and, copied into the new .venv, for its python; the environment says how it fails.
PYTHON = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
    '-c import sys; sys.exit'*) exit "${FAKE_TOO_OLD:-0}" ;;
    '-c import sys; print'*) echo python3.11 ;;
    --version) echo "Python ${FAKE_VERSION:-3.11.4}" ;;
    '-m venv '*)
        mkdir -p "$3/bin"
        cp "$0" "$3/bin/python"
        if [ -n "${FAKE_VENV:-}" ]; then echo "$FAKE_VENV"; exit 1; fi ;;
    *'-m pip '*)
        if [ -n "${FAKE_SLOW:-}" ]; then sleep 30; fi
        if [ -n "${FAKE_PIP:-}" ]; then echo "$FAKE_PIP"; exit 1; fi ;;
esac
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    project: Path
    bin: Path
    calls: Path

    def environment(self, **fake: str) -> dict[str, str]:
        return {"PATH": str(self.bin), "CALLS": str(self.calls), "TMPDIR": str(self.calls.parent), **fake}

    def setup(self, **fake: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.project / "tools" / "setup.sh")],
            env=self.environment(**fake), capture_output=True, text=True, check=False, timeout=20,
        )  # fmt: skip

    def pip_runs(self) -> int:
        return self.calls.read_text(encoding="utf-8").count("-m pip")

    def left_behind(self) -> list[str]:
        """Return what the set-up left in the project and in the folder for temporary files."""
        known = {"tools", "pyproject.toml", "requirements.lock"}
        made = [path.name for path in self.project.iterdir() if path.name not in known]
        return made + [path.name for path in self.calls.parent.iterdir() if path != self.calls]


def make_machine(folder: Path) -> Machine:
    machine = Machine(project=folder / "pro ject", bin=folder / "bin", calls=folder / "tmp" / "calls")
    for made in (machine.project / "tools", machine.bin, machine.calls.parent):
        made.mkdir(parents=True)
    machine.calls.touch()
    shutil.copy(ROOT / "tools" / "setup.sh", machine.project / "tools")
    for name in ("pyproject.toml", "requirements.lock"):
        (machine.project / name).write_text(f"# {name}\n", encoding="utf-8")
    for tool in TOOLS:
        (machine.bin / tool).symlink_to(shutil.which(tool) or os.devnull)
    put_tool(machine, "apt-get", "#!/bin/sh\n")
    put_tool(machine, "python3", PYTHON)
    return machine


def put_tool(machine: Machine, name: str, text: str) -> None:
    path = machine.bin / name
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
