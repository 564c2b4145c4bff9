"""Both bots as one real process beside the Bot API server, and what people do on their phones with them."""

import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.settings import PREFIX
from bot.wiring import MUNICIPALITIES
from casework.team import Role
from storage import Database, Store
from storage.outbox import WAITING
from storage.tables.outbox import outbox
from tests.e2e.product import COMMAND, PATIENCE, TOWN, Product
from tests.telegram.control import eventually
from tests.telegram.phones import Person, Shown

NEWCOMERS, TEAM = "110:nachtigall-4417", "220:zaunkoenig-5528"
"""The two bots' tokens."""

CONNECTED = '"bot connected"'


@dataclass(kw_only=True)
class Bots(Product):
    """`kurze-wege run` with both bots, for a town that lets its team's bot show what people write."""

    telegram: str
    """Address of the Bot API server."""

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("run", "--port", str(self.port))

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "KURZE_WEGE_DATA_DIR": str(self.folder / "data"),
            "KURZE_WEGE_TOWNS": str(town_in(self.folder / "towns")),
            "KURZE_WEGE_OFFER_UNREVIEWED": "en,ar,uk",
            "KURZE_WEGE_NEWCOMER_BOT_TOKEN": NEWCOMERS,
            "KURZE_WEGE_TEAM_BOT_TOKEN": TEAM,
            "KURZE_WEGE_TELEGRAM_API": self.telegram,
        }
        return super().environment | ours | dict(self.extra)

    def start(self, command: Sequence[str] = COMMAND) -> None:
        """Returns when both bots have reached Telegram."""
        before = self.logs.count(CONNECTED)
        self.launch(command)
        self.wait_until(lambda: self.logs.count(CONNECTED) == before + 2)

    def wait_until(self, true: Callable[[], bool]) -> None:
        """Fails at once if the process ends meanwhile."""
        until = time.monotonic() + PATIENCE
        while not true():
            assert self._running.poll() is None, self.logs
            assert time.monotonic() < until, self.logs
            time.sleep(0.05)

    def resident_kilobytes(self) -> int:
        """How much memory the running process has in hand."""
        status = Path(f"/proc/{self._running.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0])

    def waiting_in_outbox(self) -> int:
        """How many rows are still to be sent, looked up beside the running process."""
        url = self.extra.get(f"{PREFIX}DATABASE_URL")
        database = Database.at_server(url) if url else Database.in_folder(self.folder / "data")
        try:
            with database.begin() as connection:
                waiting = select(func.count()).select_from(outbox).where(outbox.c.state == WAITING)
                return int(connection.execute(waiting).scalar_one())
        finally:
            database.close()

    def invite_to_chat(self, role: Role, secret: str, name: str = "") -> str:
        """What the link sends; `name` is whose access the chat is to be connected with."""

        def invite(store: Store) -> None:
            member = store.team.member_by_name(name) if name else None
            whole, now = f"{TOWN}.{secret}", datetime.now(UTC)
            store.team.invite(role, whole, now, member_id=member.id if member is not None else None)

        self.inside(invite)
        return f"/start {secret}"


def town_in(folder: Path) -> Path:
    """The fictional town's files, with the switch thrown that lets content into the team's bot."""
    town = folder / TOWN
    if not town.exists():
        shutil.copytree(MUNICIPALITIES / "shared", folder / "shared")
        shutil.copytree(MUNICIPALITIES / TOWN, town)
        file = town / "municipality.toml"
        file.write_text(f"team_bot_shows_content = true\n{file.read_text('utf-8')}", "utf-8")
    return town


def found_button(seen: Iterable[Shown], ending: str) -> tuple[int, str] | None:
    """Message and data of the newest button whose data end so; what a guest's buttons carry is left out."""
    shown = [(each.id, button.data) for each in seen for row in each.buttons for button in row]
    fitting = [(number, data) for number, data in shown if data.split(" g~")[0].endswith(ending)]
    return fitting[-1] if fitting else None


def tap(person: Person, *endings: str) -> None:
    """Tap one button after the other, each as soon as it is there."""
    for ending in endings:
        message, data = eventually(lambda ending=ending: found_button(person.sees(), ending))  # type: ignore[misc]
        person.tap_data(message, data)


def join_team(person: Person, start: str) -> None:
    """Follow an invitation's link and accept it."""
    person.say(start)
    tap(person, start.removeprefix("/start "))
    person.waits_for("Willkommen")
