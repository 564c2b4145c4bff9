"""`kurze-wege invite`, run as a program of its own beside the house that takes the invitation."""

import asyncio
import base64
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.team_entry import TeamEntry
from bot.wiring import DEMO_TOWN
from casework.team import Role
from tests.doors import KEY, TOWN, Clock, make_house

ROOT = Path(__file__).parents[2]


def invite(folder: Path, *options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command with this data folder and no other settings than those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KURZE_WEGE_")}
    own = {
        "KURZE_WEGE_DATA_DIR": str(folder),
        "KURZE_WEGE_TOWN_KEY": base64.b64encode(KEY).decode(),
        "KURZE_WEGE_TOWNS": str(DEMO_TOWN),
    }
    command = [sys.executable, "-m", "bot", "invite", *options]
    return subprocess.run(
        command, cwd=ROOT, env=kept | own | settings, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("role", ["guide", "deputy", "lead"])
def test_the_link_lets_one_person_in_once_while_the_house_is_open(tmp_path: Path, role: str) -> None:
    """Made by a second process, good for 72 hours, spent by the first who comes."""
    clock = Clock(datetime.now(UTC))
    house = make_house(tmp_path, clock)
    try:
        made = invite(tmp_path, "--town", "erlenfels", "--role", role)
        link = made.stdout.strip()
        assert link.startswith("http://127.0.0.1:8000/desk/einladung/erlenfels."), made.stderr
        entry, token = TeamEntry(house), link.rpartition("/")[2]
        session = asyncio.run(entry.enter(token, "Ada", "long enough")) or ""
        member = asyncio.run(entry.member(session))
        assert member is not None
        assert (member.name, member.role) == ("Ada", Role(role))
        assert asyncio.run(entry.enter(token, "Eve", "long enough")) is None
    finally:
        house.writer.close()


def test_the_link_begins_with_the_public_address_and_ends_after_72_hours(tmp_path: Path) -> None:
    """Without --town the only town is meant."""
    made = invite(tmp_path, KURZE_WEGE_PUBLIC_URL="https://wege.example.org/")
    link = made.stdout.strip()
    assert link.startswith("https://wege.example.org/desk/einladung/erlenfels.")
    clock = Clock(datetime.now(UTC) + timedelta(hours=71))
    house = make_house(tmp_path, clock)
    try:
        token = link.rpartition("/")[2]
        assert asyncio.run(TeamEntry(house).invitation(token)) is not None
        clock.now += timedelta(hours=2)
        assert asyncio.run(TeamEntry(house).invitation(token)) is None
    finally:
        house.writer.close()


@pytest.mark.parametrize(
    ("options", "settings", "said"),
    [
        pytest.param(("--town", "nowhere"), {}, "There are: erlenfels.", id="an unknown town"),
        pytest.param((), {"KURZE_WEGE_TOWN_KEY": ""}, "KURZE_WEGE_TOWN_KEY", id="no key"),
        pytest.param(("--role", "volunteer"), {}, "volunteer", id="a role that has no place at the desk yet"),
    ],
)
def test_what_cannot_be_invited_is_said_and_no_link_is_made(
    tmp_path: Path, options: tuple[str, ...], settings: dict[str, str], said: str
) -> None:
    """Nothing stands on standard output that a script could take for a link."""
    made = invite(tmp_path, *options, **settings)
    assert made.returncode != 0
    assert said in made.stderr
    assert made.stdout == ""


def test_a_member_who_lost_the_password_gets_a_new_way_in_and_stays_who_they_are(tmp_path: Path) -> None:
    """By name, also after being revoked; an unknown name makes no link."""
    house = make_house(tmp_path, Clock(datetime.now(UTC)))
    entry = TeamEntry(house)
    try:
        first = asyncio.run(entry.enter(asyncio.run(entry.invited(TOWN, Role.LEAD)), "Anna Guide", "x" * 10))
        before = asyncio.run(entry.member(first or ""))
        assert before is not None
        house.writer.run(TOWN, lambda store: store.team.revoke(before.id, house.clock()))
        made = invite(tmp_path, "--for", "anna guide")
        token = made.stdout.strip().rpartition("/")[2]
        session = asyncio.run(entry.enter(token, "", "y" * 10)) or ""
        assert asyncio.run(entry.member(session)) == before
        unknown = invite(tmp_path, "--for", "Niemand")
        assert (unknown.returncode, unknown.stdout) == (1, "")
        assert "nobody on the team of erlenfels signs in as Niemand" in unknown.stderr
    finally:
        house.writer.close()
