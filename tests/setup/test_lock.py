"""The lock file pins all that pyproject asks for, each with hashes, and names no place to fetch from."""

import re
import tomllib

from tests.architecture.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LINE = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w.\s'<>=!]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")


def asked_for() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[\[<>=]", entry)[0] for group in groups for entry in group}
    return names - {project["name"]}


def test_every_line_is_a_pin_or_a_hash() -> None:
    assert [line for line in LOCK.splitlines() if not LINE.fullmatch(line)] == []


def test_everything_asked_for_is_pinned() -> None:
    assert asked_for() - set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE)) == set()
