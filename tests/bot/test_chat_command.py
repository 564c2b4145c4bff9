"""`kurze-wege chat` as a script drives it: lines in, lines out, and an exit code that can be relied on."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.bot.cli import KEY, environment, kurze_wege

FIRST_SCREEN = [
    "< Guten Tag! Hier finden Sie Hilfe in Ihrer Stadt.",
    "< Welche Sprache möchten Sie?",
    "  1) Deutsch",
    "  2) Andere Sprache",
]
"""How it begins if no language is given."""
NEED_QUESTION = "< What do you need today? Tap a topic. Or write it in your own words."
NOT_KEPT = "No KURZE_WEGE_TOWN_KEY is set: this conversation is thrown away at the end.\n"


def test_without_a_word_the_first_screen_is_all_there_is() -> None:
    done = kurze_wege("chat", "--town", "erlenfels", typed="\n\n  \n")
    assert done.stdout.splitlines()[:4] == FIRST_SCREEN
    assert len(done.stdout.splitlines()) == 5
    assert (done.returncode, done.stderr) == (0, NOT_KEPT)


def test_with_a_language_given_the_need_is_the_first_question() -> None:
    """Nobody is asked what they have just said."""
    done = kurze_wege("chat", "--lang", "en")
    lines = done.stdout.splitlines()
    assert NEED_QUESTION in lines
    assert "  1) Learn German" in lines
    assert not any("language" in line.lower() for line in lines)
    assert (done.returncode, done.stderr) == (0, NOT_KEPT)


def test_lines_from_a_pipe_are_answered_in_order() -> None:
    done = kurze_wege("chat", "--lang", "en", typed="\r\nI need a flat\n/help")
    lines = done.stdout.splitlines()
    assert all(line.startswith(("< ", "  ")) for line in lines)
    assert any("rathaus" in line.lower() or "town hall" in line.lower() for line in lines)
    assert (done.returncode, done.stderr) == (0, NOT_KEPT)


def test_whatever_bytes_come_are_answered() -> None:
    typed = b"\xff\xfe\x00 kaputt\n" + b"9" * 5000 + b"\n" + b"\xed\xa0\x80\n" + "٢\n".encode() + b"a" * 5000
    done = kurze_wege("chat", "--lang", "en", typed=typed)
    assert (done.returncode, done.stderr) == (0, NOT_KEPT)
    assert "something went wrong" not in done.stdout


def test_arabic_can_be_read_in_any_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--lang", "ar"],
        input=b"1\n",
        capture_output=True,
        cwd=ROOT,
        env=environment() | {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "الألمانية" in done.stdout.decode()


def test_a_reader_who_goes_away_ends_the_conversation_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--lang", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    ) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        assert chat.stdout.readline()
        chat.stdout.close()
        chat.stdin.write(b"1\n2\n3\n")
        chat.stdin.close()
        assert chat.stderr is not None
        told = chat.stderr.read().decode()
    assert (chat.returncode, told) == (0, NOT_KEPT)


def test_under_a_name_the_conversation_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path), "TOWN_KEY": KEY}
    typed = "I need a flat\nIt can wait\nYes, please\n1\n"
    first = kurze_wege("chat", "--lang", "en", "--as", "amal", typed=typed, **settings)
    again = kurze_wege("chat", "--as", "amal", **settings)
    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout.splitlines()[-4:] == again.stdout.splitlines()
    assert "  1) Here in the town or one of its districts" in again.stdout.splitlines()
    assert (first.stderr, again.stderr) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (("--lang", "xx"), {}, "--lang xx is not offered. There are: de, ar, en, uk."),
        (
            ("--town", "atlantis"),
            {},
            "there is no file atlantis/municipality.toml. Correct the name or path of the town.",
        ),
        (("--as", "amal"), {}, "--as needs KURZE_WEGE_TOWN_KEY, else nothing is kept to come back to."),
        ((), {"TOWN_KEY": "geheim"}, "KURZE_WEGE_TOWN_KEY is not a key. Make one with `kurze-wege key new`."),
    ],
    ids=["language", "town", "name without a key", "no key"],
)
def test_what_does_not_exist_is_told_in_one_sentence(
    arguments: tuple[str, ...], settings: dict[str, str], sentence: str
) -> None:
    done = kurze_wege("chat", *arguments, **settings)
    told = done.stderr.removeprefix(NOT_KEPT).splitlines()
    assert told == ["SettingsError  settings: 1 problem", f"  {sentence}"]
    assert (done.returncode, done.stdout) == (1, "")
