"""Erases accounts outside of conversations; who may ask is the door's matter."""

from bot.consequences import close_contact
from bot.house import House
from bot.telling import tell_erased
from storage.store import Store


def erase_behind(house: House, store: Store, door: str, address: str) -> None:
    """Whoever the address leads to; nobody there is fine."""
    account = store.accounts.find(door, address)
    if account is not None:
        erase_account(house, store, account.id)


def erase_account(house: House, store: Store, account_id: str) -> None:
    """As the person's own wish would: the open contact is written up first."""
    contact = store.contacts.current(account_id)
    if contact is not None:
        close_contact(store, contact, house.new_id())
    tell_erased(house, store, account_id, house.clock())
    store.accounts.erase(account_id, house.clock())
