"""How someone comes into the team by its bot: a link is looked at, and spent only by a tap."""

import secrets
from dataclasses import replace
from datetime import datetime

from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.team_entry import NEED_PASSWORD, TOKEN_BYTES
from bot.team_messages import TeamMessage
from bot.team_notes import Note, Tap, quoted
from bot.team_shifts import welcomed
from casework.team import ROLE_LABELS, Member
from catalog.normalise import clean
from storage.store import Store
from storage.team import Invitation, NameTaken

JOIN = "join:"
SPENT = "Diese Einladung gilt nicht mehr. Bitte lassen Sie sich eine neue geben."
MOVED = (
    "Ihr Zugang ist jetzt mit einem anderen Chat verbunden. Waren Sie das nicht? Melden Sie es der Leitung."
)
AT_THE_DESK = "Für den Arbeitsplatz im Browser wählen Sie hier in den nächsten 72 Stunden ein Passwort:"
INSIDE = "Sie sind schon dabei. /help zeigt, was hier geht."
NAMELESS = "Mitglied"
LONGEST_NAME, NAMESAKES = 60, 50
LONGEST_TOKEN = 58
"""With what stands before it, it fits into a button."""


def offer_to_join(house: House, store: Store, chat: str, token: str, name: str, now: datetime) -> Note:
    """What the link is for, and a button: looking spends nothing."""
    found = store.team.invitation(_whole(store, token), now)
    if found is None:
        return Note(text=SPENT)
    taken = _theirs(store, chat, found)
    if taken is not None:
        return taken
    role, place = ROLE_LABELS[found.role], house.towns[store.town].municipality.name
    if found.member is not None:
        told = f"Diesen Chat mit dem Zugang von {quoted(found.name)} verbinden ({role}, {place})?"
        return Note(text=told, rows=((Tap(label="Verbinden", sends=JOIN + token),),))
    told = f"Sie sind eingeladen: {role} in {place}. Das Team sieht Ihren Namen: {quoted(_name(name))}."
    return Note(text=told, rows=((Tap(label="Ich mache mit", sends=JOIN + token),),))


def join(house: House, store: Store, chat: str, message: TeamMessage, now: datetime) -> Note:
    """Spends the invitation: from now on the chat leads to the member."""
    token = _whole(store, message.choice.removeprefix(JOIN))
    found = store.team.invitation(token, now)
    if found is None:
        # tapped twice: what stands there now is the welcome, with the way to a password
        inside = store.member_addresses.at(TEAM_TELEGRAM, chat) is not None
        return Note(text=INSIDE if inside else SPENT)
    taken = _theirs(store, chat, found)
    if taken is not None:
        return taken
    member = _redeemed(store, token, _name(message.name), now)
    if member is None:
        return Note(text=SPENT)
    _lead(store, chat, member, now)
    note = replace(
        welcomed(store, house.towns[store.town], member, now),
        replaces=message.tapped,
    )
    if found.member is None and member.role in NEED_PASSWORD and house.public_url:
        return _with_password(store, member, note, now)
    return note


def _theirs(store: Store, chat: str, found: Invitation) -> Note | None:
    """A new member needs a chat of their own: whoever invites somebody may have opened the link to try it."""
    way = store.member_addresses.at(TEAM_TELEGRAM, chat)
    if way is None or found.member is not None:
        return None
    whose = quoted(way.member.name)
    return Note(text=f"Dieser Chat gehört schon zu {whose}. Geben Sie den Link der Person, die Sie einladen.")


def _lead(store: Store, chat: str, member: Member, now: datetime) -> None:
    """The chat leads to the member, and the one that did so before hears it."""
    for way in store.member_addresses.of_member(member.id):
        if way.channel == TEAM_TELEGRAM and way.address != chat:
            store.outbox.add(None, way.channel, way.address, Note(text=MOVED).packed(), now)
    store.member_addresses.put(member.id, TEAM_TELEGRAM, chat, now)
    store.audit.add(member.id, "reach.telegram", None, now)


def _with_password(store: Store, member: Member, note: Note, now: datetime) -> Note:
    """Whoever works at the desk too chooses a password there."""
    token = f"{store.town}.{secrets.token_urlsafe(TOKEN_BYTES)}"
    store.team.invite(member.role, token, now, member_id=member.id)
    return replace(note, text=f"{note.text}\n{AT_THE_DESK}", link=f"/desk/einladung/{token}")


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
