"""A bug in a turn becomes one apology and a log line without content; what follows goes on as before."""

import asyncio
import io
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from bot.house import House
from bot.jobs import JOBS, Job, run_job
from bot.logs import set_up_logs
from bot.newcomer_desk import NewcomerDesk
from bot.team_entry import TeamEntry
from bot.town_script import TownScript
from dialogs.conversation import Answers
from dialogs.messages import Message
from dialogs.script import Contents
from storage.catalogue import Change
from storage.errors import NotSaved
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, joined, rows, stored
from tests.doors import TOWN

TYPED = "MARKE-Wohnung-4711"
"""What must never stand in a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing(TownScript):
    """A script with a bug, whose message holds what was typed."""

    def contents(self, name: str, answers: Answers, language: str, now: datetime) -> Contents:
        raise RuntimeError(f"cannot show {TYPED}")

    @classmethod
    def of(cls, script: TownScript) -> "Failing":
        return cls(**{field.name: getattr(script, field.name) for field in fields(script) if field.init})


@pytest.fixture
def broken(house: House) -> Iterator[None]:
    """The town's script fails wherever offers are looked up."""
    town = house.towns[TOWN]
    script = town.script
    town.script = Failing.of(script)
    yield
    town.script = script


@pytest.mark.usefixtures("broken")
def test_a_turn_that_fails_leaves_one_apology_and_counts_as_seen(house: House, newcomer: Newcomer) -> None:
    newcomer.says("/need")
    newcomer.taps("need:housing")
    before = rows(house)
    received = newcomer.taps("detail:housing.search")
    assert newcomer.keys == ["apology", "intake.detail"]
    assert newcomer.keys.count("apology") == 1
    assert received.kept
    assert rows(house) == before | {"updates": before["updates"] + 1}
    assert newcomer.send(newcomer.sent).replies == ()
    newcomer.taps("detail:housing.search")
    assert newcomer.keys.count("apology") == 1


def test_after_an_apology_the_next_message_works(house: House, newcomer: Newcomer) -> None:
    town = house.towns[TOWN]
    newcomer.says("/need")
    newcomer.taps("need:housing")
    working, town.script = town.script, Failing.of(town.script)
    newcomer.taps("detail:housing.search")
    town.script = working
    assert "offers.found" in [reply.key for reply in newcomer.taps("detail:housing.search").replies]
    assert "apology" not in newcomer.keys


@pytest.mark.usefixtures("broken")
def test_the_very_first_message_may_fail_too(house: House) -> None:
    first = Message(id="form-0001", text="I need a flat")
    one, again = Newcomer(house).send(first), Newcomer(house).send(first)
    assert one.view.rendered[0].key == "apology"
    assert one.address == again.address
    assert rows(house)["accounts"] == 1


@pytest.mark.usefixtures("broken")
def test_the_log_tells_the_kind_of_fault_and_the_number_the_person_reads(newcomer: Newcomer) -> None:
    newcomer.says("/need")
    newcomer.taps("need:housing")
    with capture_logs() as logs:
        newcomer.taps("detail:housing.search")
    (line,) = logs
    assert line["error"] == "RuntimeError"
    assert line["incident"]
    assert TYPED not in str(logs)


@pytest.fixture
def errors_as_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What goes to standard error with logging as `kurze-wege run` sets it up; taken back afterwards."""
    root, err = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    root.handlers.clear()  # else setting up would close those of the test run
    monkeypatch.setattr(sys, "stderr", err)
    set_up_logs()
    yield err
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def test_no_log_holds_text_names_addresses_or_tokens(
    house: House, monkeypatch: pytest.MonkeyPatch, errors_as_run: io.StringIO
) -> None:
    town, person = house.towns[TOWN], Newcomer(house)
    person.consents()
    code = asyncio.run(NewcomerDesk(house).resume_code(TOWN, person.address or ""))
    guide = joined(house, name="MARKE-Gül")
    person.asks_for_a_person()
    case = guide.takes()
    person.says(TYPED)
    guide.writes(case, TYPED)

    def fails(*_: Any, **__: Any) -> None:
        raise ValueError(f"{TYPED} {person.address} {code}")

    def full(*_: Any, **__: Any) -> None:
        raise NotSaved("The disk is full.")

    for fault in (fails, full):
        for place in ("letters.Letters.add", "conversations.Conversations.save", "contacts.Contacts.due"):
            with monkeypatch.context() as broken:
                broken.setattr(f"storage.{place}", fault)
                _tried(person, guide, case, house)
    town.script = Failing.of(town.script)
    asyncio.run(NewcomerDesk(house).resume(TOWN, code, "MARKE-10.0.0.7"))
    asyncio.run(TeamEntry(house).sign_in(TOWN, "MARKE-Gül", "MARKE-password"))
    told = errors_as_run.getvalue()
    assert '"event": "turn failed"' in told
    assert '"event": "job failed"' in told
    secrets = ("MARKE", code, person.address or "-", guide.signed_in.id, case)
    assert [secret for secret in secrets if secret in told] == []


def _tried(person: Newcomer, guide: Worker, case: str, house: House) -> None:
    for job in JOBS:
        run_job(house, job)
    with suppress(ValueError, NotSaved):
        person.says(TYPED)
    with suppress(ValueError, NotSaved):
        guide.writes(case, TYPED, "w2")


def test_a_job_that_fails_is_logged_without_words_and_stops_no_other_town(house: House) -> None:
    done: list[str] = []

    def work(_: House, store: Any) -> int:
        if store.town == TOWN:
            raise ValueError(TYPED)
        done.append(store.town)
        return 1

    two = replace(house, towns={TOWN: house.towns[TOWN], "niederau": house.towns[TOWN]})
    with capture_logs() as logs:
        run_job(two, Job(name="test", every=JOBS[0].every, work=work))
    assert done == ["niederau"]
    assert [(line["event"], line["town"]) for line in logs] == [
        ("job failed", TOWN),
        ("job done", "niederau"),
    ]
    assert TYPED not in str(logs)


def test_a_change_of_the_catalogue_is_seen_from_the_next_turn_on(house: House, newcomer: Newcomer) -> None:
    newcomer.names_a_need()
    shown = [reply.card.offer for reply in newcomer.seen if reply.card is not None]
    change = Change(by="guide", why="closed", at=NOW)
    stored(house, lambda s: [s.catalogue.withdraw(offer, change) for offer in shown])
    newcomer.says("/mydata")  # the turn that notices
    newcomer.names_a_need()
    now_shown = [reply.card.offer for reply in newcomer.seen if reply.card is not None]
    own = {offer.id for offer in house.towns[TOWN].municipality.own}
    assert set(shown) & own
    assert set(shown) & own & set(now_shown) == set()


def test_a_screen_whose_only_card_is_gone_leaves_a_way_on(house: House, newcomer: Newcomer) -> None:
    newcomer.names_a_need()
    shown = [reply.card.offer for reply in newcomer.seen if reply.card is not None]
    newcomer.taps(f"/card {shown[0]}")
    assert newcomer.keys == ["offer.german"]
    withdrawn = stored(house, lambda s: s.catalogue.withdraw(shown[0], Change(by="x", why="x", at=NOW)))
    assert withdrawn
    again = newcomer.says(f"/card {shown[0]}")
    again = newcomer.says(f"/card {shown[0]}")
    assert any(reply.buttons for reply in again.replies)
    assert any(reply.buttons for reply in newcomer.looks().rendered)
