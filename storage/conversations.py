"""Conversations, one per account, sealed whole; what is in them is the engine's matter."""

from datetime import datetime

from sqlalchemy import select, update

from dialogs.conversation import Consent, Conversation, Purpose
from storage.sealed import Sealed
from storage.tables.casework import consents, conversations
from storage.tables.vault import accounts
from storage.transaction import Repository, prepared

_LOAD = select(conversations.c.sealed).where(prepared(conversations, "account"))
_RECORDED = select(accounts.c.id).where(prepared(accounts, "id", "consents"))

_CONVERSATION = Sealed(Conversation, "conversations.conversation")
_CONSENT = Sealed(Consent, "consents.consent")


class Conversations(Repository):
    __slots__ = ()

    def load(self, account_id: str) -> Conversation | None:
        row = self._in.one(_LOAD, account=account_id)
        return row and _CONVERSATION.open(self._in.seal_of(account_id), account_id, row.sealed)

    def save(self, account_id: str, conversation: Conversation, now: datetime) -> None:
        """Keep the conversation as it is now; with a consent in it the account is no guest any longer.

        Raises StorageError if there is no such account.
        """
        sealed = _CONVERSATION.close(self._in.seal_of(account_id), account_id, conversation)
        # without consent to the answers they may still stand in the buttons that were shown last
        in_buttons = bool(conversation.shown) and not conversation.agreed(Purpose.INTAKE)
        unfinished = bool(conversation.runs) or in_buttons
        self._in.put(
            conversations, "account", account=account_id, sealed=sealed, saved_at=now, unfinished=unfinished
        )
        count = len(conversation.consents)
        if self._in.one(_RECORDED, id=account_id, consents=count) is None:
            self._record(account_id, conversation.consents)

    def consents(self, account_id: str) -> tuple[Consent, ...]:
        """Every consent ever recorded of the account, oldest first: they outlive the answers."""
        rows = self._in.execute(select(consents).where(self._in.of_town(consents, account=account_id))).all()
        opened = (_CONSENT.open(self._in.seal_of(account_id), row.mark.hex(), row.sealed) for row in rows)
        return tuple(sorted(opened, key=lambda consent: consent.at))

    def _record(self, account_id: str, given: tuple[Consent, ...]) -> None:
        seal = self._in.seal_of(account_id)
        for consent in given:
            mark = seal.mark("consents.mark", (consent.purpose, consent.version, consent.at.isoformat()))
            sealed = _CONSENT.close(seal, mark.hex(), consent)
            self._in.put_once(consents, "account", "mark", account=account_id, mark=mark, sealed=sealed)
        self._in.execute(
            update(accounts).where(self._in.of_town(accounts, id=account_id)).values(consents=len(given))
        )
