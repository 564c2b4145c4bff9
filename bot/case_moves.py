"""Moves of a case that also move its conversation; who may make them is asked elsewhere."""

from dataclasses import replace
from datetime import datetime

from bot.house import House
from bot.posts import Part
from bot.telling import offer_to_guides, tell_newcomer
from casework.cases import Case, Event, move
from dialogs.conversation import Owner
from dialogs.messages import Reply
from storage.store import Store


def show(
    house: House, store: Store, case: Case, now: datetime, reply: Reply, *, owner: Owner, ended: bool = False
) -> None:
    """Tells the person `reply` and says who leads the conversation from now on."""
    before = store.conversations.load(case.account)
    if before is None:
        return
    number = None if ended else before.case
    store.conversations.save(case.account, replace(before, owner=owner, case=number, shown=(reply,)), now)
    tell_newcomer(house, store, case.account, [Part(reply=reply)], now)


def open_again(
    house: House, store: Store, case: Case, event: Event, now: datetime, *, by: str | None = None
) -> None:
    """The case is everybody's again after `event`, the bot speaks, and the person and the guides hear it.

    `by` is who gave it back and need not be told.

    Raises:
        TransitionError: nobody owns the case, or it has changed meanwhile.
    """
    opened = move(case, event, now)
    store.cases.save(opened)
    show(house, store, opened, now, Reply(key="handover.given_back"), owner=Owner.BOT)
    offer_to_guides(house, store, house.towns[store.town], opened, now, but=by)
