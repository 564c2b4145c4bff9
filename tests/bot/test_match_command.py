"""`kurze-wege match`: one text as a table, a file of texts as rows, every fault told beforehand."""

import json
from pathlib import Path

import pytest

from tests.bot.cli import kurze_wege

FIELDS = {"id", "needs", "kind", "deadline", "offers", "ms"}


def batch(tmp_path: Path, *rows: object, lang: str = "auto") -> list[dict[str, object]]:
    """What the command writes for these rows; text stands for itself."""
    into, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    into.write_text("\n".join(lines) + "\n", "utf-8")
    done = kurze_wege("match", "--town", "erlenfels", "--lang", lang, "--batch", into, "--out", out)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_one_text_is_a_table_with_reasons_and_offers() -> None:
    done = kurze_wege("match", "Ich suche eine Wohnung")
    assert done.returncode == 0
    for told in ("housing.search", "Wohnung", "rathaus-soziales"):
        assert told in done.stdout


def test_every_row_has_its_result_in_order(tmp_path: Path) -> None:
    rows = batch(
        tmp_path,
        {"id": "a", "text": "where can I learn german", "lang": "en"},
        {"id": "b", "text": "Hallo, wie geht es dir?", "lang": "de"},
        {"id": "c", "text": "Mein Mann schlägt mich gerade, bitte kommen Sie"},
        {"text": "Der Vermieter hat uns gekündigt, wir müssen raus", "lang": "de"},
    )
    assert [row["id"] for row in rows] == ["a", "b", "c", None]
    assert [row["kind"] for row in rows] == ["need", "none", "emergency", "need"]
    assert all(row.keys() == FIELDS for row in rows)
    assert rows[0]["needs"][0]["code"] == "lang.first_orientation"  # type: ignore[index]
    assert rows[0]["needs"][0]["because"]  # type: ignore[index]
    assert rows[0]["offers"]
    assert (rows[1]["needs"], rows[1]["offers"]) == ([], [])
    assert [row["deadline"] for row in rows] == [False, False, False, True]


@pytest.mark.parametrize("lang", ["auto", "de", "fa"])
def test_a_text_in_a_language_that_was_not_named_is_read_all_the_same(tmp_path: Path, lang: str) -> None:
    (row,) = batch(tmp_path, {"text": "I need an interpreter for the doctor"}, lang=lang)
    assert "admin.interpreting" in [need["code"] for need in row["needs"]]  # type: ignore[attr-defined]


def test_every_bad_row_is_told_and_nothing_written(tmp_path: Path) -> None:
    into, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    into.write_text('{"text": "a"}\n{"no": 1}\nno json\n{"text": 5}\n', "utf-8")
    done = kurze_wege("match", "--batch", into, "--out", out)
    assert done.returncode == 1
    assert all(f"line {number}" in done.stderr for number in (2, 3, 4))
    assert "line 1" not in done.stderr
    assert not out.exists()


def test_odd_characters_and_languages_spoil_no_other_row(tmp_path: Path) -> None:
    """A line separator in a text, half a character in a text or an id, a list where a language should be."""
    rows = batch(
        tmp_path,
        {"id": 1, "text": "ich suche\u2028eine Wohnung\u0085\x0b", "lang": ["de"]},
        '{"id": "\\ud83d", "text": "ich suche eine Wohnung \\ud83d", "lang": {"de": 1}}',
        {"id": 3, "text": "ich suche eine Wohnung", "lang": 5},
    )
    assert [row["id"] for row in rows] == [1, "\ud83d", 3]
    assert all("housing.search" in str(row["needs"]) for row in rows)


def test_half_a_character_on_the_command_line_is_passed_over() -> None:
    done = kurze_wege("match", "ich suche eine Wohnung \udcff")
    assert (done.returncode, done.stderr) == (0, "")
    assert "housing.search" in done.stdout


def test_a_row_nested_without_end_is_told_like_any_other(tmp_path: Path) -> None:
    into = tmp_path / "in.jsonl"
    into.write_text('{"text": "a", "id": ' + "[" * 49_000 + "]" * 49_000 + "}\n", "utf-8")
    done = kurze_wege("match", "--batch", into)
    assert (done.returncode, done.stdout) == (1, "")
    assert "line 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_result_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    """What another program reads meanwhile is the old one, and nothing unfinished is left."""
    out = tmp_path / "out.jsonl"
    out.write_text("old\n", "utf-8")
    reading = out.open(encoding="utf-8")
    with reading:
        batch(tmp_path, {"text": "Wohnung"})
        assert reading.read() == "old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    into = tmp_path / "in.jsonl"
    into.write_text('{"text": "a"}\n', "utf-8")
    done = kurze_wege("match", "--batch", into, "--out", tmp_path / "nowhere" / "out.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--out" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "arguments", "told"),
    [
        (b"\xff\xfe\x00", (), "UTF-8"),
        (None, (), "cannot be read"),
        (b"{}", ("Wohnung",), "either"),
    ],
    ids=["another encoding", "no such file", "a text and a file"],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, content: bytes | None, arguments: tuple[str, ...], told: str
) -> None:
    into = tmp_path / "in.jsonl"
    if content is not None:
        into.write_bytes(content)
    done = kurze_wege("match", *arguments, "--batch", into)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr


def test_without_a_text_and_a_file_the_command_says_what_it_takes() -> None:
    done = kurze_wege("match")
    assert done.returncode == 1
    assert "--batch" in done.stderr
