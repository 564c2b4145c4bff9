"""Someone goes the whole way and deletes everything: no byte of them stays, and no figure changes."""

import re
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.doors import WEB
from bot.record import record_of
from casework.evidence import Record
from tests.doors import Page
from tests.e2e.people import HANDOVER, QUESTIONS, Guide, Newcomer, hidden, notice
from tests.e2e.product import Product
from tests.e2e.traces import Traces, found_in, traces_of

DIES = (sys.executable, str(Path(__file__).with_name("dies_after_erasing.py")))
TYPED = "I want to learn German zitrone7391"
ASKED = "My letter says kornblume4410"
ANSWERED = "Bitte bringen Sie schneeball8823 mit"
SAID_LATER = "Thank you wacholder5502"
GOODBYE = "Everything about you has been deleted"
OF_CONTACTS = {"contacts", "contact_languages", "contact_outcomes"}


@dataclass(slots=True, kw_only=True)
class Story:
    """One person's whole way, up to the wish to be forgotten."""

    newcomer: Newcomer
    guide: Guide
    case: str
    traces: Traces
    tokens: list[str]
    invitation: str


@pytest.fixture
def story(product: Product, newcomer: Callable[[], Newcomer], guide: Callable[[str, str], Guide]) -> Story:
    """The product is stopped when it ends."""
    product.start()
    first, second = newcomer(), newcomer()
    first.tap("/language en")
    first.write(TYPED)
    tokens = [first.token]
    first.tap(".urgency:has_time", ".more:yes", ".consent:yes", *QUESTIONS, *HANDOVER)
    tokens.append(first.token)
    first.write(ASKED)
    desk = guide(product.invitation, "Anna Guide")
    (case,) = desk.cases().values()
    assert desk.post(case, f"{case}/uebernehmen").status_code == 303
    assert desk.write(case, ANSWERED).status_code == 303
    codes = [resume_code(first)]
    come_back(second, codes[0])
    assert ANSWERED in second.write(SAID_LATER).talk
    tokens.append(second.token)
    codes.append(resume_code(second))
    product.stop()
    said = [TYPED, ASKED, ANSWERED, SAID_LATER, *tokens, *codes, *(code.replace("-", "") for code in codes)]
    said += [text.split()[-1] for text in (TYPED, ASKED, SAID_LATER)]
    traces = traces_of(product, second.token, said)
    return Story(
        newcomer=second, guide=desk, case=case, traces=traces, tokens=tokens, invitation=product.invitation
    )


def resume_code(newcomer: Newcomer) -> str:
    page = newcomer.client.get("/weiter").text
    made = newcomer.client.post("/weiter", data=hidden(page, "/weiter?lang=en")).text
    return str(re.findall(r'href="http[^"]*/weiter/([^"]+)"', made)[0])


def come_back(newcomer: Newcomer, code: str) -> None:
    page = newcomer.client.get(f"/weiter/{code}").text
    answer = newcomer.client.post(f"/weiter/{code}", data=hidden(page, f"/weiter/{code}?lang=en"))
    assert answer.status_code == 303, answer.text


def delete_everything(newcomer: Newcomer) -> httpx.Response:
    newcomer.tap("/delete")
    return newcomer.client.post("/say", data=newcomer.form(choice=newcomer.button(".ask:yes")))


def counted(record: Record) -> Counter[tuple[str, object]]:
    return Counter({(row.cell.table, row.cell): row.count for row in record.tallies})


def test_nothing_of_the_person_stays_and_no_figure_changes(product: Product, story: Story) -> None:
    folder, traces = product.folder, story.traces
    assert found_in(folder, traces.plain) == set(), "words and ways in are never in a file as they are"
    there = found_in(folder, traces.rows)
    assert len(there) >= len(traces.rows) - 2 > 10, "the search finds what is there"
    before = product.inside(record_of)
    product.start()
    goodbye = delete_everything(story.newcomer)
    assert GOODBYE in Page(goodbye.text).talk
    assert found_in(folder, traces.all) == set(), "at once, while it runs"
    check_the_desk_is_told_kindly(story)
    check_old_ways_lead_nowhere(product, story)
    assert product.stop() == 0
    assert found_in(folder, traces.all) == set()
    check_only_the_contact_was_written_up(before, product.inside(record_of))
    assert_logs_are_silent(product, story)


def check_the_desk_is_told_kindly(story: Story) -> None:
    guide, case = story.guide, story.case
    assert guide.cases() == {}
    gone = guide.client.get(case)
    assert gone.status_code == 404
    assert "Vielleicht hat die Person alles gelöscht" in notice(gone.text)
    answer = guide.client.post(
        f"{case}/schreiben",
        data=hidden(guide.client.get("/desk").text, "/desk/abmelden")
        | {"id": "late-letter", "text": "zu spät"},
    )
    assert answer.status_code == 404
    assert "Vielleicht hat die Person alles gelöscht" in notice(answer.text)
    assert "zu spät" in answer.text, "what the guide wrote is not lost to them"


def check_old_ways_lead_nowhere(product: Product, story: Story) -> None:
    for token in story.tokens:
        old = Newcomer(product.address)
        old.client.cookies.set("kw-erlenfels", token)
        assert "Which language would you like?" in old.open().talk
        old.away()


def check_only_the_contact_was_written_up(before: Record, after: Record) -> None:
    new = [protocol for protocol in after.protocols if protocol not in before.protocols]
    assert len(after.protocols) == len(before.protocols) + 1 == len(before.protocols) + len(new)
    assert set(before.protocols) < set(after.protocols)
    moved = counted(after) - counted(before)
    assert counted(before) - counted(after) == Counter()
    assert {table for table, _ in moved} == OF_CONTACTS
    assert sorted(moved.values()) == [1, 1, 1]


def assert_logs_are_silent(product: Product, story: Story) -> None:
    secrets = [
        *story.traces.plain,
        story.traces.account.encode(),
        story.invitation.rpartition("/")[2].encode(),
    ]
    secrets += [value.encode() for value in story.guide.client.cookies.values()]
    assert [secret for secret in secrets if secret in product.logs.encode()] == []


def test_an_erasure_that_nobody_could_be_told_of_is_done_all_the_same(product: Product, story: Story) -> None:
    product.start(DIES)
    with pytest.raises(httpx.TransportError):
        delete_everything(story.newcomer)
    assert product.ended() == -signal.SIGKILL
    assert found_in(product.folder, story.traces.all) == set()
    product.start()
    form = story.newcomer.form(choice=story.newcomer.button(".ask:yes"))
    again = story.newcomer.client.post("/say", data=form)
    assert GOODBYE in Page(again.text).talk, "the same form again hears what it missed"
    assert "Which language would you like?" in story.newcomer.open().talk
    check_old_ways_lead_nowhere(product, story)
    product.stop()
    assert found_in(product.folder, story.traces.all) == set()
    assert product.inside(lambda store: store.accounts.find(WEB, story.tokens[-1])) is None
    assert_logs_are_silent(product, story)
