"""What a mailbox gets of a note is one sentence and a link."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.house import House
from bot.mail_sender import STOP, SUBJECT, MailSender
from bot.team_notes import Note, Tap

NOTE = Note(
    text="Fall 12 wartet.\nThema: Wohnung",
    rows=((Tap(label="Übernehmen", sends="take:1"),),),
    link="/desk/fall/1",
    mail="Ein Fall wartet auf jemanden.",
)


@dataclass
class PostOffice:
    taken: list[tuple[str, str, str]] = field(default_factory=list)

    async def send(self, address: str, subject: str, text: str) -> None:
        self.taken.append((address, subject, text))


@pytest.fixture
def public(house: House) -> House:
    return replace(house, public_url="https://wege.example")


def mailed(house: House, note: Note) -> list[tuple[str, str, str]]:
    office = PostOffice()
    sender = MailSender(house, office)
    for message in sender.messages(note.packed()):
        asyncio.run(sender.send("anna@example.org", message, None))
    return office.taken


def test_a_mail_says_one_neutral_sentence_and_where_to_look(public: House) -> None:
    """Neither number nor topic: who else reads the mailbox is not known."""
    text = f"Ein Fall wartet auf jemanden.\n\nhttps://wege.example/desk/fall/1\n\n{STOP}"
    assert mailed(public, NOTE) == [("anna@example.org", SUBJECT, text)]


def test_without_an_address_of_the_pages_there_is_no_link(house: House) -> None:
    (mail,) = mailed(house, NOTE)
    assert mail[2] == f"Ein Fall wartet auf jemanden.\n\n{STOP}"


def test_what_has_no_neutral_sentence_is_not_mailed(public: House) -> None:
    assert mailed(public, replace(NOTE, mail="")) == []


def test_what_is_too_late_is_not_mailed(public: House) -> None:
    assert mailed(public, replace(NOTE, until=public.clock() - timedelta(minutes=1))) == []
