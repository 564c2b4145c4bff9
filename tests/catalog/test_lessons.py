"""What was learned is kept and fits one state of the word list; whatever else lies there is learned anew."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from catalog import lessons
from catalog.lessons import KEPT, fits, learned
from catalog.lexicon import LEXICONS
from catalog.needs import packaged_taxonomy

LANGUAGE = "so"
FILE = f"{LANGUAGE}.learned"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    learned(LANGUAGE, packaged_taxonomy())
    shutil.copy(KEPT / FILE, tmp_path / FILE)
    return tmp_path


def zeroed(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[:middle] + bytes(4096) + whole[middle + 4096 :]


def test_what_is_kept_is_what_was_learned(tmp_path: Path) -> None:
    """To the bit: a town sees no difference between its first start and the next."""
    fresh = learned(LANGUAGE, packaged_taxonomy(), tmp_path)
    again = learned(LANGUAGE, packaged_taxonomy(), tmp_path)
    words = ["shaqo", "raadinaya"]
    assert np.array_equal(fresh.tongue.weigh(words).scores, again.tongue.weigh(words).scores)
    assert fresh.tongue.codes == again.tongue.codes
    assert fresh.phrases == again.phrases


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda whole: whole[:8],
        lambda whole: whole[:1000],
        lambda whole: whole[:-1],
        zeroed,
        lambda whole: bytes(len(whole)),
        lambda whole: whole + b"more",
        lambda _: b"[]",
        lambda _: b"null and whatever else there may be in a file that is not ours, as long as this one",
    ],
    ids=["empty", "head", "cut", "one byte less", "a page", "zeros", "more", "short", "foreign"],
)
def test_what_is_damaged_is_learned_anew(kept: Path, harm) -> None:  # type: ignore[no-untyped-def]
    """A power cut may come at any moment."""
    assert fits(LANGUAGE, kept)
    (kept / FILE).write_bytes(harm((kept / FILE).read_bytes()))
    assert not fits(LANGUAGE, kept)
    learned(LANGUAGE, packaged_taxonomy(), kept)
    assert fits(LANGUAGE, kept)


def test_a_changed_list_is_learned_anew(kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    text = (LEXICONS / f"{LANGUAGE}.toml").read_text("utf-8")
    (lists / f"{LANGUAGE}.toml").write_text(f"{text}\n# mended\n", "utf-8")
    monkeypatch.setattr(lessons, "LEXICONS", lists)
    assert not fits(LANGUAGE, kept)


def test_where_nothing_can_be_kept_it_is_learned_each_time(tmp_path: Path) -> None:
    """A folder of the system's: slow, but it works."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", "utf-8")
    assert learned(LANGUAGE, packaged_taxonomy(), blocked).tongue.codes
    assert not fits(LANGUAGE, blocked)


def test_what_is_kept_for_another_language_is_learned_anew(kept: Path) -> None:
    """A file copied to the wrong name would answer in words that nobody said."""
    shutil.copy(kept / FILE, kept / "sq.learned")
    assert not fits("sq", kept)


def test_two_may_learn_at_the_same_time(kept: Path) -> None:
    """Neither writes into what the other has begun, and nothing unfinished is left of one that was ended."""
    ended = kept / f"{FILE}.another.part"
    ended.write_bytes(b"half")
    (kept / FILE).unlink()
    learned(LANGUAGE, packaged_taxonomy(), kept, "one")
    assert fits(LANGUAGE, kept)
    assert [path.name for path in kept.glob(f"{LANGUAGE}*")] == [FILE]


def test_whatever_code_shapes_what_is_learned_is_part_of_its_state() -> None:
    """Else an update would go on with what an older program has learned."""
    here = Path(lessons.__file__).parent
    only_read_or_asked = {"offers", "row"}
    imported = re.compile(r"^from catalog\.(\w+) import", re.MULTILINE)
    seen: set[str] = set()
    new = {"lessons"}
    while new:
        seen |= new
        texts = [(here / f"{name}.py").read_text("utf-8") for name in new]
        named = {name for text in texts for name in imported.findall(text)} - only_read_or_asked
        new = {"lexicon/__init__" if name == "lexicon" else name for name in named} - seen
    assert seen == set(lessons._CODE)
