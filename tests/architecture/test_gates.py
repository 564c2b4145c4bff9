"""Every gate holds for this repository, and every gate notices the sample made to break it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import gates
from tests.architecture.tree import PACKAGES, ROOT

# Where a bug is turned into an apology or handed to whoever waits, and why nothing narrower would do.
MAY_CATCH_EVERYTHING = {
    "bot/channels/webchat.py": "a raising POST answers 503 and keeps the text",
    "bot/web/chat_door.py": "the same for the page that is only read",
    "bot/jobs.py": "a job that fails for one town is logged without its words, and the other towns go on",
    "bot/newcomer_desk.py": "a raising turn becomes one apology with an incident id",
    "bot/newcomer_door.py": "a message that not even an apology helps must not hold up all others",
    "bot/team_door.py": "the same for the team's messages",
    "bot/team_talk.py": "a raising step of a guide becomes one apology with an incident id",
    "bot/delivery.py": "what cannot be shown must not hold up what comes after it for the same person",
    "bot/settling.py": "what cannot be noted of one message must not leave all others unnoted",
    "bot/web/faults.py": "the last net, so that no exception's text reaches a visitor or the log",
    "bot/web/desk_access.py": "the same for the guide's pages",
    "storage/writer.py": "what a turn raises belongs to the future of whoever asked, not to the thread",
}
CODE = (*PACKAGES, "tests")

GATES: dict[str, Callable[[Path], list[str]]] = {
    "no file has more than 300 lines": lambda root: gates.too_long_files(root, *CODE),
    "no function has more than 40 lines": lambda root: gates.too_long_functions(root, *CODE),
    "only bot is asynchronous": gates.async_outside_bot,
    "nothing swallows every exception": lambda root: gates.broad_excepts(root, MAY_CATCH_EVERYTHING),
    "no package index is named": gates.index_addresses,
    "no path leads out of the project": gates.paths_outside,
}

BAD_SAMPLES = {
    "no file has more than 300 lines": "number = 1\n" * 301,
    "no function has more than 40 lines": "def long() -> None:\n" + "    print()\n" * 40,
    "only bot is asynchronous": "async def nap() -> None: ...\n",
    "nothing swallows every exception": "try:\n    pass\nexcept (ValueError, Exception):\n    pass\n",
    "no package index is named": "INDEX = 'https://" + "py" + "pi.org/simple'\n",
    "no path leads out of the project": "HERE = '/wo" + "rk/main'\n",
}


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    for folder in CODE:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "good.py").write_text("def one() -> int:\n    return 1\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", GATES)
def test_the_gate_holds_here(name: str) -> None:
    assert GATES[name](ROOT) == []


@pytest.mark.parametrize("name", GATES)
def test_the_gate_lets_a_good_tree_pass(name: str, small_tree: Path) -> None:
    assert GATES[name](small_tree) == []


@pytest.mark.parametrize("name", GATES)
def test_the_gate_notices_its_bad_sample(name: str, small_tree: Path) -> None:
    (small_tree / "catalog" / "bad.py").write_text(BAD_SAMPLES[name], encoding="utf-8")
    complaints = GATES[name](small_tree)
    assert len(complaints) == 1
    assert complaints[0].startswith("catalog/bad.py")


@pytest.mark.parametrize("path", MAY_CATCH_EVERYTHING)
def test_an_allowance_that_is_not_used_is_struck_off(path: str) -> None:
    assert not (ROOT / path).exists() or gates.broad_lines(ROOT / path)
