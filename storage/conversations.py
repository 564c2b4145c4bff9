"""Conversations, one per account, sealed whole; what is in them is the engine's matter."""

from datetime import datetime

from sqlalchemy import func, select, update

from dialogs.conversation import Consent, Conversation, Purpose
from storage.sealed import Sealed
from storage.tables.casework import consents, contacts, conversations
from storage.tables.catalogue import catalogue_state
from storage.tables.vault import accounts
from storage.transaction import Repository, of_account, prepared

_VERSION = select(func.max(catalogue_state.c.version)).where(prepared(catalogue_state)).scalar_subquery()
# with what every turn asks for next
_LOAD = (
    select(
        conversations.c.sealed,
        contacts.c.sealed.label("contact"),
        accounts.c.consents,
        _VERSION.label("catalogue"),
    )
    .select_from(accounts)
    .outerjoin(conversations, of_account(conversations))
    .outerjoin(contacts, of_account(contacts))
    .where(prepared(accounts, "id"))
)
_RECORDED = select(accounts.c.id).where(prepared(accounts, "id", "consents"))

_CONVERSATION = Sealed(Conversation, "conversations.conversation")
_CONSENT = Sealed(Consent, "consents.consent")


class Conversations(Repository):
    __slots__ = ()

    def load(self, account_id: str) -> Conversation | None:
        row = self._in.one(_LOAD, id=account_id)
        if row is None:
            return None
        self._in.read_along |= {
            (contacts, account_id): row.contact,
            (accounts, account_id): row.consents,
            (catalogue_state, self._in.town): row.catalogue or 0,
        }
        return row.sealed and _CONVERSATION.open(self._in.seal_of(account_id), account_id, row.sealed)

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
        recorded = self._in.read_along.get((accounts, account_id)) == count
        if not recorded and self._in.one(_RECORDED, id=account_id, consents=count) is None:
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
        self._in.read_along[accounts, account_id] = len(given)
