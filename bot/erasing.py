"""Erases the account behind an address, outside of conversations; who may ask is the door's matter."""

from bot.consequences import close_contact
from bot.house import House
from storage.store import Store


def erase_behind(house: House, store: Store, door: str, address: str) -> None:
    """As the person's own wish would: the open contact is written up first. Nobody there is fine."""
    account = store.accounts.find(door, address)
    if account is None:
        return
    contact = store.contacts.current(account.id)
    if contact is not None:
        close_contact(store, contact, house.new_id())
    store.accounts.erase(account.id, house.clock())
