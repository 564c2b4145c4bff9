"""How members of the team are reached outside the desk, and how they change it; sending is done elsewhere."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.case_views import Done
from bot.doors import MAIL, TEAM_TELEGRAM
from bot.house import House
from bot.mail_settings import mailbox
from bot.team_entry import TOKEN_BYTES, SignedIn
from bot.team_notes import Note
from casework.team import Role, allows
from storage.member_addresses import MemberAddress
from storage.store import Store
from storage.team import INVITED_FOR

NO_MAIL = "Ihre Stadt verschickt keine E-Mails. Fragen Sie die IT Ihrer Stadt."
NO_ADDRESS = "Diese E-Mail-Adresse kann nicht stimmen. Bitte prüfen Sie sie."
SPENT = "Dieser Link gilt nicht mehr. Bitte tragen Sie Ihre E-Mail-Adresse am Arbeitsplatz noch einmal ein."
MOVED = (
    "Nachrichten von Kurze Wege gehen jetzt an eine andere E-Mail-Adresse. Waren Sie das nicht? "
    "Sagen Sie es der Leitung."
)
CONFIRM = (
    "Jemand aus dem Team von {place} möchte hier erfahren, wenn es bei Kurze Wege Neues gibt. Sind Sie das? "
    "Dann öffnen Sie in den nächsten 72 Stunden diesen Link. Sonst tun Sie nichts: Die Adresse wird nicht "
    "gespeichert."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """A member's own ways. `bot` is the name of the town's bot, empty if none is connected.

    `blocked`: nothing arrives on Telegram; `mails`: whether mail can be used at all; `mail` is empty without
    an address.
    """

    bot: str = ""
    telegram: bool = False
    blocked: bool = False
    mails: bool = False
    mail: str = ""
    mail_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An address that somebody has entered and that its mailbox has still to confirm."""

    name: str
    place: str
    address: str


class TeamReach:
    """Nothing is kept of a chat or an address before whoever holds it has said so there."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def ways(self, member: SignedIn) -> Ways:
        town = member.town
        found = await self._house.in_town(town, lambda store: store.member_addresses.of_member(member.id))
        ways = {way.channel: way for way in found}
        chat, mail = ways.get(TEAM_TELEGRAM), ways.get(MAIL)
        return Ways(
            bot=self._house.bots.get((town, TEAM_TELEGRAM), ""),
            telegram=chat is not None,
            blocked=chat is not None and chat.unreachable_at is not None,
            mails=self._mails(town),
            mail=mail.address if mail is not None else "",
            mail_refused=mail is not None and mail.unreachable_at is not None,
        )

    async def reached(self, member: SignedIn) -> Mapping[str, str]:
        """How everyone of the town's team is reached, in German, by their ids; empty if there are no ways."""
        open_ways = {channel for town, channel in self._house.channels if town == member.town}
        if not (allows(member, "team.read") and open_ways & {TEAM_TELEGRAM, MAIL}):
            return {}

        def read(store: Store) -> tuple[list[str], tuple[MemberAddress, ...]]:
            known = [each.id for each in store.team.members() if each.active]
            return known, store.member_addresses.of_roles(Role)

        known, ways = await self._house.in_town(member.town, read)
        return {
            id_: _told([way for way in ways if way.member.id == id_ and way.channel in open_ways])
            for id_ in known
        }

    async def connect(self, member: SignedIn) -> str:
        """A link that connects a chat with this member, told once; empty if no bot is connected."""
        token, now = f"{member.town}.{secrets.token_urlsafe(TOKEN_BYTES)}", self._house.clock()
        link = self.telegram_link(token)
        if link:

            def invite(store: Store) -> None:
                store.team.invite(member.role, token, now, invited_by=member.id, member_id=member.id)

            await self._house.in_town(member.town, invite)
        return link

    def telegram_link(self, invitation: str) -> str:
        """The invitation as a link to the town's bot; empty if none is connected."""
        town, _, token = invitation.partition(".")
        name = self._house.bots.get((town, TEAM_TELEGRAM))
        return f"https://t.me/{name}?start={token}" if name else ""

    async def disconnect(self, member: SignedIn) -> None:
        """Nothing more is sent to their chat."""
        await self._drop(member, TEAM_TELEGRAM, "reach.telegram_off")

    async def drop_mail(self, member: SignedIn) -> None:
        """Nothing more is sent to their address, and it is forgotten."""
        await self._drop(member, MAIL, "reach.mail_off")

    async def ask_mail(self, member: SignedIn, typed: str) -> Done:
        """Sends a link to the address; kept is only that the link is good for 72 hours, once."""
        if not self._mails(member.town):
            return Done(ok=False, sentence=NO_MAIL)
        try:
            address = mailbox(typed)
        except ValueError:
            return Done(ok=False, sentence=NO_ADDRESS)
        place, now = self._house.towns[member.town].municipality.name, self._house.clock()
        packed = urlsafe_b64encode(address.encode()).decode().rstrip("=")
        token = f"{member.town}.{secrets.token_urlsafe(TOKEN_BYTES)}.{packed}"
        text = CONFIRM.format(place=place)
        note = Note(text=text, mail=text, link=f"/desk/erreichbar/mail/{token}", until=now + INVITED_FOR)

        def send(store: Store) -> None:
            hidden = self._hidden(token)
            store.team.invite(member.role, hidden, now, invited_by=member.id, member_id=member.id)
            store.outbox.add(None, MAIL, address, note.packed(), now)

        await self._house.in_town(member.town, send)
        return Done(ok=True, sentence=f"Wir haben eine E-Mail an {address} geschickt.")

    async def offered(self, token: str) -> Offered | None:
        """What such a link is for, if it is still good; looking does not spend it."""
        town, address = self._parts(token)
        if not address:
            return None
        hidden, now = self._hidden(token), self._house.clock()
        found = await self._house.in_town(town, lambda store: store.team.invitation(hidden, now))
        if found is None:
            return None
        place = self._house.towns[town].municipality.name
        return Offered(name=found.name, place=place, address=address)

    async def confirm(self, token: str) -> Done:
        """The address is the member's from now on."""
        town, address = self._parts(token)
        if not address:
            return Done(ok=False, sentence=SPENT)
        return await self._house.in_town(town, lambda store: self._confirm(store, token, address))

    def _confirm(self, store: Store, token: str, address: str) -> Done:
        hidden, now = self._hidden(token), self._house.clock()
        found, there = store.team.invitation(hidden, now), store.member_addresses.at(MAIL, address)
        if found is None:
            return Done(ok=False, sentence=SPENT)
        if there is not None and there.member.id != found.member:
            # a mailbox of several would else be taken from whoever had it first, without a word
            return Done(ok=False, sentence=f"Diese Adresse gehört schon zu {there.member.name}.")
        member = store.team.redeem(hidden, "", None, now, keep_sessions=True)
        if member is None:
            return Done(ok=False, sentence=SPENT)
        for way in store.member_addresses.of_member(member.id):
            if way.channel == MAIL and way.address != address:
                store.outbox.add(None, MAIL, way.address, Note(text=MOVED, mail=MOVED).packed(), now)
        store.member_addresses.put(member.id, MAIL, address, now)
        store.audit.add(member.id, "reach.mail", None, now)
        return Done(ok=True, sentence=f"{member.name} bekommt jetzt E-Mails an {address}.")

    async def _drop(self, member: SignedIn, channel: str, what: str) -> None:
        def drop(store: Store) -> None:
            if store.member_addresses.drop(member.id, channel):
                store.audit.add(member.id, what, None, self._house.clock())

        await self._house.in_town(member.town, drop)

    def _mails(self, town: str) -> bool:
        """Mail carries links, so it needs an address of the pages too."""
        return (town, MAIL) in self._house.channels and bool(self._house.public_url)

    def _hidden(self, token: str) -> str:
        """Under this it is kept, so that the link opens no other door: as an invitation it would."""
        return self._house.signed("mail address", token)

    def _parts(self, token: str) -> tuple[str, str]:
        """Town and address; the address is empty if it is no such token."""
        town, _, rest = token.partition(".")
        packed = rest.partition(".")[2]
        if town not in self._house.towns or not packed.isascii():
            return town, ""
        try:
            return town, mailbox(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode())
        except ValueError:  # not what we wrote there
            return town, ""


def _told(ways: Iterable[MemberAddress]) -> str:
    names = {TEAM_TELEGRAM: "Telegram", MAIL: "E-Mail"}
    good = [names[way.channel] for way in ways if way.unreachable_at is None]
    bad = [f"{names[way.channel]}: nicht erreichbar" for way in ways if way.unreachable_at is not None]
    return ", ".join((*good, *bad)) or "nur am Arbeitsplatz"
