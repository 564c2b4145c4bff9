"""`kurze-wege match`: what texts are taken to mean, and why; it keeps nothing."""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.town_script import TownScript
    from catalog.understanding import Understood

ANY = "auto"
MAX_LINE = 100_000  # characters of one row


def match(
    text: Annotated[str | None, typer.Argument(help="what someone might type")] = None,
    town: Annotated[str, typer.Option(help="code of the town, or the folder of its files")] = "erlenfels",
    lang: Annotated[str, typer.Option(help="language of the text, such as en; auto guesses it")] = ANY,
    batch: Annotated[
        Path | None, typer.Option(help="a file of JSON rows with `text`, and `lang` and `id` where known")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="where the rows of results go; else to the screen")] = None,
) -> None:
    """Show needs, reasons and offers for a text, or write them for a file of texts."""
    from rich.progress import track

    from bot.commands.learn import say_that_it_learns
    from bot.settings import SettingsError, read_settings
    from bot.wiring import read_towns, script_from_files

    if (text is None) == (batch is None):
        raise SettingsError(["Give either a text or --batch FILE."])
    named = read_towns(read_settings().model_copy(update={"towns": town}))[0]
    script = script_from_files(named, say_that_it_learns)
    if lang not in {*script.index.speech.tongues, ANY}:
        known = ", ".join(script.index.speech.tongues)
        raise SettingsError([f"--lang {lang} has no word list. There are: {ANY}, {known}."])
    if batch is None:
        _show(script, text or "", lang)
    else:
        rows = _rows(batch)
        hidden = out is None or not sys.stdout.isatty()
        shown = track(rows, description="messages", transient=True, disable=hidden)
        _write(_results(script, shown, lang), out)


def _show(script: "TownScript", text: str, lang: str) -> None:
    """One message as a table for people."""
    from rich.console import Console
    from rich.table import Table

    understood, offers = _understood(script, text, lang)
    table = Table(box=None, pad_edge=False)
    for head in ("score", "need", "because of", "offers"):
        table.add_column(head, overflow="fold")
    for hit in understood.needs:
        table.add_row(f"{hit.score:.2f}", hit.code, ", ".join(hit.words), ", ".join(offers[hit.code]))
    console = Console()
    for line in _told(understood):
        console.print(line, markup=False)
    if understood.needs:
        console.print(table)


def _told(understood: "Understood") -> Iterator[str]:
    for kind, words in understood.emergencies.items():
        yield f"emergency: {kind}, because of {', '.join(words)}"
    if understood.deadline:
        yield "a deadline may run: an advice centre that opens soon would be named"
    if understood.human:
        yield "a person is wanted: the handover would be offered"
    if understood.small_talk:
        yield f"small talk: {understood.small_talk}"
    if understood.doubt:
        yield "not sure: the person would be asked which of these is meant"
    if not (understood.emergencies or understood.needs or understood.human or understood.small_talk):
        yield "nothing recognised: the person would be asked kindly to say it in another way"


def _understood(script: "TownScript", text: str, lang: str) -> "tuple[Understood, dict[str, list[str]]]":
    from catalog.matching import Facts, best_offers
    from catalog.understanding import understand

    understood = understand(script.index, _whole(text), lang)
    now = datetime.now(UTC)
    found = {
        hit.code: best_offers(script.by_need.get(hit.code, ()), hit.code, Facts(), lang, now, script.taxonomy)
        for hit in understood.needs
    }
    return understood, {code: [each.offer.id for each in matches] for code, matches in found.items()}


def _whole(text: str) -> str:
    """Half a character, as a cut or a foreign encoding leaves it, is no part of any word."""
    return text.encode("utf-8", "replace").decode()


def _results(script: "TownScript", rows: Iterable[Mapping[str, Any]], lang: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        named = row.get("lang")
        known = isinstance(named, str) and named in script.index.speech.tongues
        language = str(named) if lang == ANY and known else lang
        started = time.perf_counter()
        understood, offers = _understood(script, row["text"], language)
        spent = (time.perf_counter() - started) * 1000
        kind = "emergency" if understood.emergencies else "need" if understood.needs else "none"
        yield {
            "id": row.get("id"),
            "needs": [
                *(
                    {"code": code, "score": 1.0, "because": list(words)}
                    for code, words in understood.emergencies.items()
                ),
                *({"code": h.code, "score": h.score, "because": list(h.words)} for h in understood.needs),
            ],
            "kind": kind,
            "deadline": understood.deadline,
            "offers": list(dict.fromkeys(offer for ids in offers.values() for offer in ids)),
            "ms": round(spent, 3),
        }


def _rows(batch: Path) -> list[dict[str, Any]]:
    """Every row of the file. Raises SettingsError that names every row which is none."""
    from bot.settings import SettingsError

    try:
        # not splitlines(): it also cuts at characters that may stand inside a text
        lines = batch.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([f"{batch} cannot be read as UTF-8 text ({type(error).__name__})."]) from error
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _row(line)
        if row is None:
            problems.append(
                f'{batch.name}, line {number}: write a row such as {{"text": "...", "lang": "en"}}.'
            )
        else:
            rows.append(row)
    if problems:
        raise SettingsError(problems)
    return rows


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line) if len(line) <= MAX_LINE else None
    except (ValueError, RecursionError):  # no JSON, or nested without end
        return None
    return row if isinstance(row, dict) and isinstance(row.get("text"), str) else None


def _write(results: Iterable[Mapping[str, Any]], out: Path | None) -> None:
    lines = (_line(result) for result in results)
    if out is None:
        sys.stdout.writelines(lines)
        return
    from bot.settings import SettingsError

    text = "".join(lines)
    try:
        _put(out, text)
    except OSError as error:
        raise SettingsError([f"--out {out} cannot be written ({type(error).__name__})."]) from error


def _put(out: Path, text: str) -> None:
    """All or nothing, so that half a result is never taken for a whole one."""
    if out.exists() and not out.is_file():  # a pipe or a device: nothing may take its place
        out.write_text(text, encoding="utf-8")
        return
    out = out.resolve()
    unfinished = out.with_name(f"{out.name}.part")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _line(result: Mapping[str, Any]) -> str:
    """Readable; only an id with half a character in it has to be spelled out."""
    line = json.dumps(result, ensure_ascii=False)
    return f"{line if _whole(line) == line else json.dumps(result)}\n"
