"""Every page of the desk, times every role, times a foreign town, times revoked: only who may gets in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.desk_access import EVERYONE, Guarded, Visit
from casework.team import Role, may
from tests.web.browser import Browser
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden

NO_ROLE = "nobody"
SECRETS = (
    "ein bisschen",
    "Deutschkurs finden",
    "Fall 1041",
    "Fall 1038",
    "Fall 1007",
    "Sprachcafé am Haselbach",
)


def pages(app: Starlette) -> Iterator[tuple[str, str, Guarded]]:
    """Path, method and guard of everything under /desk, as the application really serves it."""
    for route in app.routes:
        if isinstance(route, Route) and route.path.startswith("/desk"):
            guard = getattr(route.endpoint, "__self__", None)
            assert isinstance(guard, Guarded), f"{route.path} is served without a guard"
            for method in (route.methods or set()) - {"HEAD"}:
                ids = {"case": "c1", "member": "erlenfels-deputy", "token": "none"}
                ids |= {"entry": "cafe", "offer": "cafe"}
                yield route.path.format(**ids), method, guard


def visit(app: Starlette, path: str, method: str, session: str) -> tuple[int, str]:
    browser = Browser(app)
    form = hidden(browser.get("/desk/anmelden").text, "/desk/anmelden")
    browser.cookies.set("kw-desk", session)
    if session:
        page = browser.get("/desk/team").text
        form = hidden(page, "/desk/abmelden") if "/desk/abmelden" in page else form
    answer = browser.get(path) if method == "GET" else browser.post(path, data={**form, "role": "deputy"})
    return answer.status_code, answer.text


def test_every_page_declares_what_it_needs(app: Starlette) -> None:
    found = list(pages(app))
    assert len(found) >= 40
    assert all(guard.action for _, _, guard in found)
    declared_for_all = {path for path, _, guard in found if guard.action == EVERYONE}
    assert declared_for_all == {
        "/desk/anmelden",
        "/desk/einladung/none",
        "/desk/erreichbar/mail/none",
        "/desk/angebot/none",
    }


@pytest.mark.parametrize("role", [*Role, NO_ROLE])
def test_only_the_roles_of_the_table_get_in(app: Starlette, team: FakeTeamDesk, role: str) -> None:
    for path, method, guard in pages(app):
        if guard.action == EVERYONE:
            continue
        team.done.clear()
        status, text = visit(app, path, method, "" if role == NO_ROLE else f"erlenfels-{role}")
        allowed = role != NO_ROLE and may(Role(role), str(guard.action))
        if not allowed:
            assert status in ({303, 403} if role == NO_ROLE else {403}), (path, method, role)
            assert not any(word in text for word in SECRETS), (path, method, role)
            assert team.done == [], (path, method, role)


@pytest.mark.parametrize("role", list(Role))
def test_a_foreign_town_sees_and_changes_nothing(app: Starlette, team: FakeTeamDesk, role: Role) -> None:
    for path, method, guard in pages(app):
        if guard.action in {EVERYONE, "self.sign_out", "self.reach", "team.read", "team.invite"}:
            continue
        _, text = visit(app, path, method, f"elsewhere-{role}")
        assert not any(word in text for word in SECRETS), (path, method)
    assert team.done == []


@pytest.mark.parametrize("role", list(Role))
def test_a_revoked_member_sees_and_changes_nothing(app: Starlette, team: FakeTeamDesk, role: Role) -> None:
    session = f"erlenfels-{role}"
    team.members[session] = replace(team.members[session], active=False)
    for path, method, guard in pages(app):
        if guard.action == EVERYONE:
            continue
        status, text = visit(app, path, method, session)
        assert status in {303, 403}, (path, method)
        assert not any(word in text for word in SECRETS), (path, method)
    assert team.done == []


def test_a_page_without_declaration_is_for_no_one(app: Starlette) -> None:
    async def forgotten(_: Visit) -> Response:
        return PlainTextResponse("secret")

    guard = next(guard for _, _, guard in pages(app))
    app.router.routes.insert(0, Route("/desk/x", Guarded(guard.door, None, forgotten).answer))
    for session in ("", "erlenfels-guide", "erlenfels-lead"):
        browser = Browser(app)
        browser.cookies.set("kw-desk", session)
        assert browser.get("/desk/x").status_code == 403


def test_looking_changes_nothing(app: Starlette, team: FakeTeamDesk) -> None:
    """No GET takes, writes, spends or signs out."""
    before = dict(team.owners), dict(team.invitations)
    browser = Browser(app)
    browser.cookies.set("kw-desk", "erlenfels-guide")
    for path, method, _ in pages(app):
        if method == "POST":
            assert browser.get(path).status_code in {200, 303, 404, 405}
        else:
            browser.get(path)
    assert team.done == []
    assert (team.owners, team.invitations) == before


def test_a_form_without_token_changes_nothing(app: Starlette, team: FakeTeamDesk) -> None:
    browser = Browser(app)
    browser.cookies.set("kw-desk", "erlenfels-guide")
    for path, method, _ in pages(app):
        if method == "POST":
            assert (
                browser.post(path, data={"role": "deputy", "text": "x", "id": "12345678"}).status_code == 403
            )
    assert team.done == []
