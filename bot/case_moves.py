"""Moves of a case that also move its conversation; who may make them is asked elsewhere."""

from dataclasses import replace
from datetime import datetime

from casework.cases import Case, Event, move
from dialogs.conversation import Owner
from dialogs.messages import Reply
from storage.store import Store


def show(store: Store, case: Case, now: datetime, reply: Reply, *, owner: Owner, ended: bool = False) -> None:
    """Puts `reply` on the person's screen and says who leads the conversation from now on."""
    before = store.conversations.load(case.account)
    if before is None:
        return
    number = None if ended else before.case
    store.conversations.save(case.account, replace(before, owner=owner, case=number, shown=(reply,)), now)


def open_again(store: Store, case: Case, event: Event, now: datetime) -> None:
    """The case is everybody's again after `event`, the bot speaks, and the person hears it.

    Raises:
        TransitionError: nobody owns the case, or it has changed meanwhile.
    """
    store.cases.save(move(case, event, now))
    show(store, case, now, Reply(key="handover.given_back"), owner=Owner.BOT)
