"""An installation logs what a visitor can provoke, fault by fault, and no word of anyone."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from casework.team import Role
from tests.e2e.people import PASSWORD, TO_A_PERSON, Guide, Newcomer
from tests.e2e.product import COMMAND, PATIENCE, Product

WORDS = "mondstein6617"
FORGED = "vogelbeere2204"


@contextmanager
def installation(product: Product) -> Iterator[list[str]]:
    """`kurze-wege run` as an authority runs it; the list holds its log lines once it has ended."""
    environment = product.environment | {
        "KURZE_WEGE_TOWNS": "erlenfels",
        "KURZE_WEGE_OFFER_UNREVIEWED": "en,ar,uk",
        "KURZE_WEGE_DATA_DIR": str(product.folder / "data"),
        "KURZE_WEGE_PORT": str(product.port),
    }
    lines: list[str] = []
    running = subprocess.Popen([*COMMAND, "run"], env=environment, text=True, stderr=subprocess.PIPE)
    alarm = threading.Timer(PATIENCE, running.kill)
    alarm.start()
    try:
        for line in running.stderr or ():
            lines.append(line)
            if '"ready"' in line:
                break
        yield lines
        running.terminate()
        lines += running.communicate()[1].splitlines()
        assert running.returncode == 0, lines
    finally:
        alarm.cancel()
        if running.poll() is None:
            running.kill()
            running.communicate()


def provoke(newcomer: Newcomer) -> None:
    """What goes wrong in the ordinary run of things, and what somebody may try on purpose."""
    client = newcomer.client
    form = newcomer.form(text=f"{WORDS} {'x' * 2100}")
    assert client.post("/say", data=form).status_code == 422
    assert client.post("/say", data=form | {"token": FORGED, "text": WORDS}).status_code == 403
    assert client.post("/say", data=form | {"text": "", "choice": FORGED}).status_code == 303
    assert client.post("/say", content=b"x" * 80_000).status_code >= 400
    assert client.get(f"/{FORGED}").status_code == 303
    assert client.post(f"/weiter/{FORGED}", data=form).status_code == 403
    assert client.get(f"/desk/einladung/erlenfels.{FORGED}").status_code == 404
    client.get("/", headers={"cookie": f"kw-erlenfels={FORGED}; kw-desk=erlenfels.{FORGED}"})
    client.get("/desk", headers={"cookie": f"kw-desk=erlenfels.{FORGED}"})


def test_no_log_line_holds_a_word_a_cookie_or_an_invitation(
    product: Product, newcomer: Callable[[], Newcomer], guide: Callable[[str, str], Guide]
) -> None:
    invitation = product.invite(Role.GUIDE, "sternmiere9038")
    with installation(product) as lines:
        writer = newcomer()
        writer.tap(*TO_A_PERSON)
        writer.write(WORDS)
        desk = guide(invitation, "Anna Guide")
        (case,) = desk.cases().values()
        assert desk.post(case, f"{case}/uebernehmen").status_code == 303
        assert desk.write(case, WORDS).status_code == 303
        provoke(writer)
        refused = while_the_database_is_held(product, writer, f"{WORDS} again")
    logged = "".join(lines)
    assert refused["number"] in logged, "the number on the page leads to the fault in the log"
    secrets = [WORDS, FORGED, "sternmiere9038", "Anna", PASSWORD, writer.token, *desk.client.cookies.values()]
    assert [secret for secret in secrets if secret in logged] == []


def while_the_database_is_held(product: Product, writer: Newcomer, text: str) -> dict[str, str]:
    """A message that cannot be saved stays in the page, and its second try is the only one that counts."""
    writer.open()
    form = writer.form(text=text)
    with product.opened() as database, database.begin():
        answer = writer.client.post("/say", data=form)
    assert answer.status_code == 503
    assert text in answer.text
    number = answer.text.partition('<p class="small">')[2].partition("</p>")[0].split()[-1].strip(".")
    writer.read(answer)
    writer.send(writer.form(text=text))
    assert writer.open().talk.count(text) == 1
    return {"number": number}
