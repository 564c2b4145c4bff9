"""What was learned is kept and fits one state of the word list; whatever else lies there is learned anew."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from catalog import lessons
from catalog.lessons import KEPT, fits, learned
from catalog.lexicon import LEXICONS
from catalog.needs import packaged_taxonomy

LANGUAGE = "so"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    learned(LANGUAGE, packaged_taxonomy())
    shutil.copytree(KEPT / LANGUAGE, tmp_path / LANGUAGE)
    return tmp_path


def test_what_is_kept_is_what_was_learned(tmp_path: Path) -> None:
    """To the bit: a town sees no difference between its first start and the next."""
    fresh = learned(LANGUAGE, packaged_taxonomy(), tmp_path)
    again = learned(LANGUAGE, packaged_taxonomy(), tmp_path)
    words = ["shaqo", "raadinaya"]
    assert np.array_equal(fresh.tongue.weigh(words).scores, again.tongue.weigh(words).scores)
    assert fresh.tongue.codes == again.tongue.codes
    assert fresh.lexicon.emergency == again.lexicon.emergency
    assert again.lexicon.needs == {}


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "about.json").unlink(),
        lambda folder: (folder / "about.json").write_text("{", "utf-8"),
        lambda folder: (folder / "lessons.npy").write_bytes((folder / "lessons.npy").read_bytes()[:1000]),
        lambda folder: (folder / "texts.npy").unlink(),
        lambda folder: (folder / "known.npy").write_bytes(b"foreign"),
    ],
    ids=["no description", "half a description", "cut off", "one file lost", "foreign"],
)
def test_what_is_damaged_is_learned_anew(kept: Path, harm) -> None:  # type: ignore[no-untyped-def]
    """A power cut may come at any moment."""
    assert fits(LANGUAGE, kept)
    harm(kept / LANGUAGE)
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


def test_the_examples_are_left_out_of_what_is_kept(kept: Path) -> None:
    """Fifteen languages of sentences would only fill the memory."""
    about = json.loads((kept / LANGUAGE / "about.json").read_text("utf-8"))
    assert not any(about["words"][table] for table in ("needs", "crises", "deadlines", "chatter", "harmless"))
