"""Whoever starts a command that must learn first is told so, and nobody else."""

import shutil
from pathlib import Path

import pytest

from bot import wiring
from bot.commands.learn import LEARNING
from bot.commands.match import match
from catalog.lessons import KEPT, languages, learned
from catalog.needs import packaged_taxonomy

SMALL = "sq"


def looked_up(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    match(text="Wohnung", town="erlenfels", lang="de", batch=None, out=None)
    return capsys.readouterr()


def test_a_command_says_once_that_it_learns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line apart from the results; the next start has nothing to learn and says nothing."""
    for language in languages():
        learned(language, packaged_taxonomy())
        if language != SMALL:
            shutil.copy(KEPT / f"{language}.learned", tmp_path)
    monkeypatch.setattr(wiring, "KEPT", tmp_path)
    out, err = looked_up(capsys)
    assert err == f"{LEARNING}.\n"
    assert LEARNING not in out
    assert looked_up(capsys) == (out, "")
