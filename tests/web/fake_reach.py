"""How the fake desk's team is reached; what is asked for stands in its list."""

from collections.abc import Mapping

from bot.case_views import Done
from bot.team_entry import SignedIn
from bot.team_reach import Offered, Ways

GOOD = "erlenfels.good.YW5uYUBleGFtcGxlLm9yZw"
ADDRESS = "anna@example.org"


class FakeReach:
    """`own` is what a member's own page shows. A link in a mail is good once."""

    def __init__(self, done: list[tuple[str, ...]]) -> None:
        self._done = done
        self.own = Ways(bot="erlenfels_team_bot", mails=True)
        self.everyone = {
            "erlenfels-guide": "Telegram",
            "erlenfels-deputy": "E-Mail, Telegram: nicht erreichbar",
            "erlenfels-lead": "nur am Arbeitsplatz",
        }
        self.good = {GOOD}

    async def ways(self, member: SignedIn) -> Ways:
        return self.own

    async def reached(self, member: SignedIn) -> Mapping[str, str]:
        return self.everyone

    async def connect(self, member: SignedIn) -> str:
        self._done.append(("connect", member.id))
        return self.telegram_link(f"{member.town}.own-token")

    def telegram_link(self, invitation: str) -> str:
        return f"https://t.me/{self.own.bot}?start={invitation.rpartition('.')[2]}" if self.own.bot else ""

    async def disconnect(self, member: SignedIn) -> None:
        self._done.append(("disconnect", member.id))

    async def ask_mail(self, member: SignedIn, typed: str) -> Done:
        if "@" not in typed:
            return Done(ok=False, sentence="Diese E-Mail-Adresse kann nicht stimmen.")
        self._done.append(("ask_mail", member.id, typed))
        return Done(ok=True, sentence=f"Wir haben eine E-Mail an {typed} geschickt.")

    async def drop_mail(self, member: SignedIn) -> None:
        self._done.append(("drop_mail", member.id))

    async def offered(self, token: str) -> Offered | None:
        if token not in self.good:
            return None
        return Offered(name="Anna Guide", place="Erlenfels", address=ADDRESS)

    async def confirm(self, token: str) -> Done:
        if token not in self.good:
            return Done(ok=False, sentence="Dieser Link gilt nicht mehr.")
        self.good.remove(token)
        self._done.append(("confirm", token))
        return Done(ok=True, sentence=f"Anna Guide bekommt jetzt E-Mails an {ADDRESS}.")
