"""How someone comes into the team by its bot: a link is looked at, and spent only by a tap."""

import secrets
from datetime import datetime

from bot.doors import TEAM_TELEGRAM
from bot.house import Town
from bot.team_entry import NEED_PASSWORD, TOKEN_BYTES
from bot.team_messages import TeamMessage
from bot.team_notes import Note, Tap, welcome
from casework.team import ROLE_LABELS, Member
from catalog.normalise import clean
from storage.store import Store
from storage.team import NameTaken

JOIN = "join:"
SPENT = "Diese Einladung gilt nicht mehr. Bitte lassen Sie sich eine neue geben."
NAMELESS = "Mitglied"
LONGEST_NAME, NAMESAKES = 60, 50
LONGEST_TOKEN = 64


def offer_to_join(store: Store, town: Town, token: str, name: str, now: datetime) -> Note:
    """What the link is for, and a button: looking spends nothing."""
    found = store.team.invitation(_whole(store, token), now)
    if found is None:
        return Note(text=SPENT)
    role = ROLE_LABELS[found.role]
    place = town.municipality.name
    if found.member is not None:
        told = f"Diesen Chat mit dem Zugang von {found.name} verbinden ({role}, {place})?"
        return Note(text=told, rows=((Tap(label="Verbinden", sends=JOIN + token),),))
    told = f"Sie sind eingeladen: {role} in {place}. Das Team sieht Ihren Namen: {_name(name)}."
    return Note(text=told, rows=((Tap(label="Ich mache mit", sends=JOIN + token),),))


def join(store: Store, town: Town, chat: str, message: TeamMessage, now: datetime) -> Note:
    """Spends the invitation: from now on the chat leads to the member."""
    token = _whole(store, message.choice.removeprefix(JOIN))
    found = store.team.invitation(token, now)
    member = _redeemed(store, token, _name(message.name), now)
    if found is None or member is None:
        return Note(text=SPENT, replaces=message.tapped)
    store.member_addresses.put(member.id, TEAM_TELEGRAM, chat, now)
    note = welcome(town, member.role, member.name)
    if found.member is None and member.role in NEED_PASSWORD:
        return _with_password(store, member, note, message.tapped, now)
    return Note(text=note.text, replaces=message.tapped)


def _with_password(store: Store, member: Member, note: Note, tapped: str, now: datetime) -> Note:
    """Whoever works at the desk too chooses a password there."""
    token = f"{store.town}.{secrets.token_urlsafe(TOKEN_BYTES)}"
    store.team.invite(member.role, token, now, member_id=member.id)
    told = "Für den Arbeitsplatz im Browser wählen Sie hier in den nächsten 72 Stunden ein Passwort:"
    return Note(text=f"{note.text}\n{told}", link=f"/desk/einladung/{token}", replaces=tapped)


def _redeemed(store: Store, token: str, name: str, now: datetime) -> Member | None:
    for place in range(1, NAMESAKES):
        try:
            own = name if place == 1 else f"{name} {place}"
            return store.team.redeem(token, own, None, now, keep_sessions=True)
        except NameTaken:  # the invitation is not spent
            continue
    return None


def _name(said: str) -> str:
    return " ".join(clean(said).split())[:LONGEST_NAME] or NAMELESS


def _whole(store: Store, token: str) -> str:
    """A messenger's link has no room for the town: the bot is the town's own."""
    return f"{store.town}.{token[:LONGEST_TOKEN]}"
