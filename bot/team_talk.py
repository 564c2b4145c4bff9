"""The use case of one message to the team's bot: one transaction from what is meant to what is answered."""

from datetime import datetime

import structlog

from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.settling import unreachable_there
from bot.team_answers import answer
from bot.team_entry import SignedIn
from bot.team_joining import JOIN, join, offer_to_join
from bot.team_messages import TeamMessage
from bot.team_notes import Note
from bot.team_turn import Talk
from bot.telling import about
from casework.cases import Case
from storage.errors import NotSaved
from storage.outbox import Outgoing
from storage.store import Store

log = structlog.get_logger()

TOO_FAST = (
    "Das ging zu schnell. Ihre letzte Nachricht kam nicht an. Bitte schicken Sie sie gleich noch einmal."
)
STRANGER = (
    "Dieser Bot ist für das Team. Bitten Sie Ihren Integrationsguide um eine Einladung und öffnen Sie "
    "den Link darin. Haben Sie schon einen Zugang zum Arbeitsplatz? Dann verbinden Sie diesen Chat dort "
    "unter „So erreichen wir Sie“."
)


class TeamTalk:
    """Takes the messages of the teams. Who someone is follows from the chat they write in."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def receive(self, town: str, chat: str, message: TeamMessage) -> tuple[Outgoing, ...]:
        """What is to be sent now, after the step is saved. A message that was seen before changes nothing.

        Raises:
            NotSaved: nothing was saved; the same message may come again.
        """
        try:
            return await self._house.in_town(town, lambda store: self._take(store, chat, message))
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here
            incident = self._house.new_id()
            log.error("team message failed", incident=incident, error=type(error).__name__, town=town)
            return await self._house.in_town(
                town, lambda store: self._apologise(store, chat, message, incident)
            )

    async def too_fast(self, town: str, chat: str) -> None:
        """Tells a member that a message was not taken; strangers are not answered."""

        def tell(store: Store) -> None:
            if store.member_addresses.at(TEAM_TELEGRAM, chat) is not None:
                body = Note(text=TOO_FAST).packed()
                store.outbox.add(None, TEAM_TELEGRAM, chat, body, self._house.clock())

        await self._house.in_town(town, tell)

    async def reachable(self, town: str, chat: str, yes: bool) -> None:
        """The member has blocked the bot, or let it in again."""

        def note(store: Store) -> None:
            if yes:
                store.member_addresses.mark_unreachable(TEAM_TELEGRAM, chat, None)
            else:
                unreachable_there(self._house, TEAM_TELEGRAM, chat, self._house.clock(), store)

        await self._house.in_town(town, note)

    def _take(self, store: Store, chat: str, message: TeamMessage) -> tuple[Outgoing, ...]:
        now = self._house.clock()
        if not store.updates.first_time(TEAM_TELEGRAM, message.id, now):
            return ()
        invited = self._invited(store, chat, message, now)
        if invited is not None:
            return _answered(store, chat, invited, None, now)
        way = store.member_addresses.at(TEAM_TELEGRAM, chat)
        if way is None:
            return _answered(store, chat, Note(text=STRANGER), None, now)
        if way.unreachable_at is not None:
            store.member_addresses.mark_unreachable(TEAM_TELEGRAM, chat, None)
        who = way.member
        member = SignedIn(id=who.id, role=who.role, name=who.name, active=who.active, town=store.town)
        talk = Talk(house=self._house, store=store, way=way, member=member, message=message, now=now)
        note, case = answer(talk)
        return _answered(store, chat, note, case, now)

    def _invited(self, store: Store, chat: str, message: TeamMessage, now: datetime) -> Note | None:
        command, _, token = message.text.partition(" ")
        if command == "/start" and token.strip():
            return offer_to_join(self._house, store, chat, token.strip(), message.name, now)
        if message.choice.startswith(JOIN):
            return join(self._house, store, chat, message, now)
        return None

    def _apologise(
        self, store: Store, chat: str, message: TeamMessage, incident: str
    ) -> tuple[Outgoing, ...]:
        now = self._house.clock()
        store.updates.first_time(TEAM_TELEGRAM, message.id, now)
        sorry = Note(text=f"Das hat nicht geklappt. Bitte noch einmal versuchen. Nummer: {incident}")
        return _answered(store, chat, sorry, None, now)


def _answered(store: Store, chat: str, note: Note, case: Case | None, now: datetime) -> tuple[Outgoing, ...]:
    account, subject = (case.account, about(case)) if case is not None else (None, None)
    row = store.outbox.add(account, TEAM_TELEGRAM, chat, note.packed(), now, subject=subject, lease=True)
    return (row,)
