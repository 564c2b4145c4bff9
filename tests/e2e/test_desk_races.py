"""Two guides want the same cases at the same moment, and someone who is revoked is out at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from casework.team import Role
from tests.e2e.people import TO_A_PERSON, Guide, Newcomer, hidden, notice
from tests.e2e.product import PATIENCE, Product

CASES = 30
NAMES = ("Anna", "Bela")


def open_cases(product: Product, newcomer: Callable[[], Newcomer]) -> None:
    people = [newcomer() for _ in range(CASES)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda each: each.tap(*TO_A_PERSON), people))


def take(guide: Guide, cases: list[str], together: threading.Barrier) -> list[httpx.Response]:
    """Both guides have the board on the screen; then both tap on the same case at once."""
    board = guide.client.get("/desk").text
    answers = []
    for action in (f"{case}/uebernehmen" for case in cases):
        form = hidden(board, action)
        together.wait(PATIENCE)
        answers.append(guide.client.post(action, data=form))
    return answers


def test_of_two_guides_exactly_one_gets_the_case_and_the_other_reads_why(
    product: Product, newcomer: Callable[[], Newcomer], guide: Callable[[str, str], Guide]
) -> None:
    ways_in = [product.invite(role, f"race-{role}") for role in (Role.GUIDE, Role.DEPUTY)]
    product.start()
    open_cases(product, newcomer)
    guides = [guide(way_in, name) for way_in, name in zip(ways_in, NAMES, strict=True)]
    cases = sorted(guides[0].cases().values())
    assert len(cases) == CASES
    together = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda each: take(each, cases, together), guides))
    pairs = dict(zip(cases, zip(*answers, strict=True), strict=True))
    for case, pair in pairs.items():
        assert sorted(answer.status_code for answer in pair) == [303, 409], case
        late = next(answer for answer in pair if answer.status_code == 409)
        assert "Da war jemand schneller" in notice(late.text)
    check_owners(
        product, {case: NAMES[0 if pair[0].status_code == 303 else 1] for case, pair in pairs.items()}
    )


def check_owners(product: Product, told: dict[str, str]) -> None:
    """Whoever was told so owns the case, and no case is left without an owner."""
    product.stop()
    names = {member.id: member.name for member in product.inside(lambda store: store.team.members())}
    owned = product.inside(lambda store: store.cases.owned())
    assert {f"/desk/fall/{case.id}": names[case.owner or ""] for case in owned} == told
    assert tuple(product.inside(lambda store: store.cases.queue())) == ()


def test_whoever_is_revoked_is_out_at_once(
    product: Product, newcomer: Callable[[], Newcomer], guide: Callable[[str, str], Guide]
) -> None:
    ways_in = [product.invite(role, f"out-{role}") for role in (Role.LEAD, Role.GUIDE)]
    product.start()
    someone = newcomer()
    someone.tap(*TO_A_PERSON)
    lead, revoked = (guide(way_in, name) for way_in, name in zip(ways_in, ("Lena", "Golo"), strict=True))
    (case,) = revoked.cases().values()
    assert revoked.post(case, f"{case}/uebernehmen").status_code == 303
    form = hidden(revoked.client.get(case).text, f"{case}/schreiben") | {"text": "after the end"}
    (member,) = members_one_may_revoke(lead)
    told = lead.post("/desk/team", f"/desk/team/{member}/sperren")
    assert told.status_code == 200  # the page says which cases are open again
    assert "Golo" in notice(told.text)
    assert revoked.client.get("/desk").headers["location"] == "/desk/anmelden"
    assert revoked.client.get(case).headers["location"] == "/desk/anmelden"
    answer = revoked.client.post(f"{case}/schreiben", data=form)
    assert answer.status_code == 403
    assert notice(answer.text) == "Dafür haben Sie hier keinen Zugang."
    assert "after the end" not in someone.open().talk
    again = revoked.client.get(ways_in[1].removeprefix(product.address))
    assert again.status_code == 404, "the invitation is spent"


def members_one_may_revoke(lead: Guide) -> list[str]:
    page = lead.client.get("/desk/team").text
    return [
        part.partition("/sperren")[0] for part in page.split('action="/desk/team/')[1:] if "/sperren" in part
    ]
