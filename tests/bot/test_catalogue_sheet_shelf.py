"""A table that waits for a yes: in memory alone, for a while, and not too many of them."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue_sheet_shelf import MOST_BYTES
from bot.catalogue_sheet_views import Upload
from bot.house import House
from casework.team import Role
from tests.bot.files.offers import row, sheet
from tests.bot.keeper import OFFICE
from tests.bot.people import Worker, joined
from tests.bot.sheet_at_the_desk import CHANGED, Sheet


@pytest.fixture
def table(guide: Worker) -> Sheet:
    return Sheet(guide)


def test_it_waits_in_memory_alone_and_is_in_no_log(
    table: Sheet, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = sheet(tmp_path / "x.csv", row(Kennung=OFFICE, Name="Rathaus Zwiebelturm"))
    with caplog.at_level(logging.DEBUG):
        key = table.look(file.read_bytes()).key
    assert key
    assert "Zwiebelturm" not in caplog.text
    file.unlink()
    kept = [each for each in tmp_path.rglob("*") if each.is_file() and b"Zwiebelturm" in each.read_bytes()]
    assert kept == []


def test_each_member_has_one_and_all_together_are_bounded(table: Sheet, house: House) -> None:
    def upload(number: int) -> Upload:
        return replace(CHANGED, raw=CHANGED.raw + b"\n" * (9_900_000 + number))

    async def looked(members: list[Worker]) -> list[str]:
        return [
            (await table.desk.look(each.signed_in, upload(number))).key for number, each in enumerate(members)
        ]

    workers = [joined(house, Role.GUIDE, f"Wer {number}") for number in range(4)]
    keys = asyncio.run(looked([workers[0], *workers]))
    waiting = table.desk._shelf._waiting
    assert list(waiting) == keys[-2:]
    assert sum(len(each.upload.raw) for each in waiting.values()) <= MOST_BYTES


def test_it_goes_by_itself(table: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may ever ask for it again."""
    monkeypatch.setattr("bot.catalogue_sheet_shelf.MINUTES", 0)

    async def looked() -> int:
        assert (await table.desk.look(table.worker.signed_in, CHANGED)).key
        await asyncio.sleep(0.01)
        return len(table.desk._shelf._waiting)

    assert asyncio.run(looked()) == 0
