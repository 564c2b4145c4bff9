"""How the process starts, says why it cannot, and stops."""

import base64
import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot.doors import WEB
from storage import Store
from tests.e2e.people import TO_A_PERSON, Newcomer
from tests.e2e.product import COMMAND, PATIENCE, Product

MakeNewcomer = Callable[[], Newcomer]


def refused(product: Product, *more: str) -> str:
    """What the product prints when it cannot start."""
    arguments = more or ("--port", str(product.port), "--data-dir", str(product.folder))
    ended = subprocess.run(
        [*COMMAND, "demo", *arguments],
        env=product.environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 1, ended
    assert "Traceback" not in ended.stderr
    assert ended.stdout == "", "a way in is only printed when it leads somewhere"
    assert len(ended.stderr.splitlines()) <= 2
    return ended.stderr


def letters_of(store: Store, token: str) -> list[str]:
    account = store.accounts.find(WEB, token)
    case = store.cases.of_account(account.id) if account is not None else None
    return [letter.text for letter in store.letters.of_case(case.id)] if case is not None else []


def write_until_refused(newcomer: Newcomer, told: list[str], enough: threading.Semaphore) -> None:
    for number in range(29):  # more at once is refused as too fast
        try:
            newcomer.write(f"letter {number}")
        except httpx.TransportError:
            return
        told.append(f"letter {number}")
        enough.release()


def test_a_first_page_comes_after_the_start(product: Product, newcomer: MakeNewcomer) -> None:
    began = time.monotonic()
    product.start()
    assert "Erlenfels" in newcomer().open().talk + product.said
    print(f"first page after {time.monotonic() - began:.1f} s")  # noqa: T201 - a figure, not a gate


def stopped_while_people_write(product: Product, letters: int) -> float:
    """Seconds from SIGTERM, sent after so many letters, to the end; what was acknowledged is there."""
    product.start()
    people = [Newcomer(product.address) for _ in range(4)]
    for each in people:
        each.tap(*TO_A_PERSON)
    told: list[list[str]] = [[] for _ in people]
    enough = threading.Semaphore(0)
    with ThreadPoolExecutor(len(people)) as threads:
        for each, texts in zip(people, told, strict=True):
            threads.submit(write_until_refused, each, texts, enough)
        for _ in range(letters):
            assert enough.acquire(timeout=PATIENCE)
        asked = time.monotonic()
        assert product.stop() == 0
        took = time.monotonic() - asked
    found = product.inside(lambda store: [letters_of(store, each.token) for each in people])
    for each in people:
        each.away()
    # an answer that the stop cut off may have been written: one more than was acknowledged, never one less
    assert [texts[: len(known)] for texts, known in zip(found, told, strict=True)] == told
    assert all(len(texts) - len(known) <= 1 for texts, known in zip(found, told, strict=True))
    assert product.logs == ""
    return took


@pytest.mark.parametrize("stops", [3, pytest.param(200, marks=pytest.mark.long)])
def test_sigterm_stops_within_ten_seconds_and_loses_nothing(product: Product, stops: int) -> None:
    """At whatever moment it comes, and on data that grow from one stop to the next."""
    chance = random.Random(20261123)
    took = sorted(stopped_while_people_write(product, chance.randint(1, 80)) for _ in range(stops))
    print(f"{stops} stops: median {took[stops // 2]:.2f} s, slowest {took[-1]:.2f} s")  # noqa: T201
    assert took[-1] < 10


def test_a_taken_port_is_told_with_what_to_do(product: Product) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", product.port))
        taken.listen()
        told = refused(product)
    assert f"port {product.port} on 127.0.0.1 cannot be used" in told
    assert "make demo PORT=8010" in told
    assert "kurze-wege demo --port 8010" in told


def test_a_second_demo_says_how_to_have_one_beside_it_and_ends(
    product: Product, newcomer: MakeNewcomer
) -> None:
    """It would wait for ever otherwise, before somebody who waits for a page; the first goes on."""
    product.start()
    told = refused(product)
    assert "The demo runs already, perhaps in another terminal" in told
    assert f"{COMMAND[0]} demo --port 8010 --data-dir /tmp/other" in told
    assert "Erlenfels" in newcomer().open().talk + product.said
    assert product.stop() == 0


def test_the_wrong_key_is_told_and_changes_nothing(product: Product, newcomer: MakeNewcomer) -> None:
    product.start()
    writer = newcomer()
    writer.tap(*TO_A_PERSON)
    writer.write("letter 0")
    product.stop()
    product.extra = {"KURZE_WEGE_TOWN_KEY": base64.b64encode(b"k" * 32).decode()}
    assert "written under another town key" in refused(product)
    product.extra = {}
    assert product.inside(lambda store: letters_of(store, writer.token)) == ["letter 0"]


@pytest.mark.parametrize("key", ["", "no key", base64.b64encode(b"short").decode()])
def test_a_key_that_is_none_is_told(product: Product, key: str) -> None:
    product.extra = {"KURZE_WEGE_TOWN_KEY": key}
    assert "kurze-wege key new" in refused(product)


def test_a_folder_that_cannot_be_used_is_told(product: Product, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told = refused(product, "--port", str(product.port), "--data-dir", str(tmp_path / "file" / "demo"))
    assert "cannot be used" in told
    assert "--data-dir" in told


def test_a_damaged_file_is_told(product: Product, tmp_path: Path) -> None:
    product.start()
    product.stop()
    (product.folder / "data" / "vault.db").write_bytes(b"not a database at all" * 1000)
    assert "backup" in refused(product)
