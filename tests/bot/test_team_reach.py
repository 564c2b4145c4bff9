"""How members say where they are reached: nothing is kept of a chat or an address before it has answered."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from bot.case_views import Done
from bot.doors import MAIL, TEAM_TELEGRAM
from bot.house import House
from bot.mail_sender import MailSender
from bot.team_entry import SignedIn, TeamEntry
from bot.team_notes import Note, quoted
from bot.team_reach import NO_ADDRESS, NO_MAIL, SPENT, Offered, TeamReach, Ways
from casework.team import Role
from storage.outbox import Outgoing
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import joined, stored
from tests.bot.team_chat import TeamChat
from tests.doors import TOWN, Clock
from tests.team.stage import open_to_the_team

ADDRESS = "anna@example.org"
T = TypeVar("T")


@pytest.fixture
def team(house: House) -> House:
    """Both ways are there, and the bot is connected."""
    both = frozenset({(TOWN, TEAM_TELEGRAM), (TOWN, MAIL)})
    return replace(open_to_the_team(house), channels=both, bots={(TOWN, TEAM_TELEGRAM): "team_bot"})


@pytest.fixture
def reach(team: House) -> TeamReach:
    return TeamReach(team)


@pytest.fixture
def anna(team: House) -> SignedIn:
    return joined(team, Role.GUIDE, "Anna").signed_in


def done(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def sent(house: House) -> list[Outgoing]:
    """What waits, by address; taken as delivered."""
    rows = stored(house, lambda store: store.outbox.lease(house.clock()))

    def deliver(store: Store) -> None:
        for row in rows:
            store.outbox.mark_sent(row, NOW, "1")

    stored(house, deliver)
    return sorted(rows, key=lambda row: row.address)


def asked(house: House, reach: TeamReach, member: SignedIn, address: str = ADDRESS) -> str:
    """The token in the mail that came."""
    assert done(reach.ask_mail(member, address)).ok
    (row,) = sent(house)
    return Note.unpacked(row.body).link.rpartition("/")[2]


def noted(house: House, member: SignedIn) -> list[str]:
    return [line.what for line in stored(house, lambda s: s.audit.of_member(member.id, NOW))]


def test_at_first_nobody_is_reached(reach: TeamReach, anna: SignedIn) -> None:
    assert done(reach.ways(anna)) == Ways(bot="team_bot", mails=True)
    assert done(reach.reached(anna)) == {anna.id: "nur am Arbeitsplatz"}


def test_a_link_connects_the_members_own_chat_once(team: House, reach: TeamReach, anna: SignedIn) -> None:
    """It fits into what Telegram takes; the session at the desk goes on."""
    link = done(reach.connect(anna))
    start = link.removeprefix("https://t.me/team_bot?start=")
    assert 0 < len(start) <= 64
    assert start.replace("-", "").replace("_", "").isalnum()
    chat = TeamChat(team, name="Somebody")
    assert chat.joins(f"{TOWN}.{start}").text.startswith(f"Willkommen, {quoted('Anna')}.")
    assert done(reach.ways(anna)).telegram
    assert not TeamChat(team, chat="6002").joins(f"{TOWN}.{start}").text.startswith("Willkommen")


def test_without_a_bot_there_is_no_link_and_no_invitation(team: House, anna: SignedIn) -> None:
    reach = TeamReach(replace(team, bots={}))
    assert (done(reach.connect(anna)), reach.telegram_link(f"{TOWN}.x")) == ("", "")
    assert done(reach.ways(anna)).bot == ""


def test_a_link_of_one_town_leads_to_its_own_bot(reach: TeamReach) -> None:
    """Another town's invitation has no way here."""
    assert reach.telegram_link(f"{TOWN}.abc") == "https://t.me/team_bot?start=abc"
    assert reach.telegram_link("niederau.abc") == ""


def test_parting_a_chat_is_noted_and_nothing_more_is_sent_there(
    team: House, reach: TeamReach, anna: SignedIn
) -> None:
    stored(team, lambda s: s.member_addresses.put(anna.id, TEAM_TELEGRAM, "6001", NOW))
    stored(team, lambda s: s.outbox.add(None, TEAM_TELEGRAM, "6001", Note(text="x").packed(), NOW))
    done(reach.disconnect(anna))
    assert not done(reach.ways(anna)).telegram
    assert sent(team) == []
    assert noted(team, anna) == ["reach.telegram_off"]


def test_an_address_is_kept_only_once_its_mailbox_says_so(
    team: House, reach: TeamReach, anna: SignedIn
) -> None:
    """Until then there is the hash of a link, and nothing of the address."""
    token = asked(team, reach, anna)
    assert done(reach.ways(anna)).mail == ""
    for _ in range(2):
        assert done(reach.offered(token)) == Offered(name="Anna", place="Erlenfels (Taunus)", address=ADDRESS)
    told = Done(ok=True, sentence=f"Anna bekommt jetzt E-Mails an {ADDRESS}.")
    assert done(reach.confirm(token)) == told
    assert done(reach.ways(anna)).mail == ADDRESS
    assert noted(team, anna) == ["reach.mail"]
    assert done(reach.offered(token)) is None
    assert done(reach.confirm(token)) == Done(ok=False, sentence=SPENT)


def test_the_mail_holds_the_link_and_says_what_it_is_for(
    team: House, reach: TeamReach, anna: SignedIn
) -> None:
    """Whoever gets it by mistake reads that nothing is to be done."""
    done(reach.ask_mail(anna, ADDRESS))
    (row,) = sent(team)
    assert (row.channel, row.address, row.account) == (MAIL, ADDRESS, None)

    class Nobody:
        async def send(self, address: str, subject: str, text: str) -> None: ...

    (mail,) = MailSender(team, Nobody()).messages(row.body)
    assert "https://wege.example.org/desk/erreichbar/mail/erlenfels." in mail.text
    assert "Die Adresse wird nicht gespeichert." in mail.text
    assert "Anna" not in mail.text


@pytest.mark.parametrize(("hours", "good"), [(71, True), (72, False)])
def test_a_link_in_a_mail_is_good_for_72_hours(
    team: House, reach: TeamReach, anna: SignedIn, clock: Clock, hours: int, good: bool
) -> None:
    token = asked(team, reach, anna)
    clock.now += timedelta(hours=hours)
    assert (done(reach.offered(token)) is not None) is good
    assert done(reach.confirm(token)).ok is good


def test_a_link_in_a_mail_opens_no_other_door(team: House, reach: TeamReach, anna: SignedIn) -> None:
    """The address may be mistyped: whoever gets it must not come to the desk, nor into the bot."""
    token, entry = asked(team, reach, anna), TeamEntry(team)
    for key in (token, team.signed("mail address", token), f"{TOWN}.{team.signed('mail address', token)}"):
        assert done(entry.invitation(key)) is None
        assert done(entry.enter(key, "Anna", "lang-genug-dafür")) is None
        assert TeamChat(team).joins(key).text.startswith("Diese Einladung gilt nicht mehr.")


def test_another_address_in_the_link_is_not_taken(team: House, reach: TeamReach, anna: SignedIn) -> None:
    """Nor one of another town, nor anything that is no such link."""
    token = asked(team, reach, anna)
    stem, _, packed = token.rpartition(".")
    wrong = (
        f"{stem}.ZXZlQGV4YW1wbGUub3Jn",
        f"niederau.{token.partition('.')[2]}",
        f"{stem}.",
        stem,
        f"{stem}.{packed}é",
        f"{stem}.%%%",
        f"{stem}.{'A' * 500}",
        "",
    )
    for each in wrong:
        assert done(reach.offered(each)) is None
        assert done(reach.confirm(each)) == Done(ok=False, sentence=SPENT)
    assert done(reach.ways(anna)).mail == ""


def test_whose_access_ends_cannot_confirm_any_more(team: House, reach: TeamReach, anna: SignedIn) -> None:
    token = asked(team, reach, anna)
    stored(team, lambda store: store.team.revoke(anna.id, NOW))
    assert done(reach.confirm(token)) == Done(ok=False, sentence=SPENT)
    assert stored(team, lambda store: store.member_addresses.of_roles(Role)) == ()


def test_a_mailbox_of_several_stays_with_whoever_had_it_first(
    team: House, reach: TeamReach, anna: SignedIn
) -> None:
    """Else the first would hear nothing any more, without a word."""
    bea = joined(team, Role.DEPUTY, "Bea").signed_in
    done(reach.confirm(asked(team, reach, anna)))
    taken = Done(ok=False, sentence="Diese Adresse gehört schon zu Anna.")
    assert done(reach.confirm(asked(team, reach, bea))) == taken
    assert done(reach.ways(anna)).mail == ADDRESS


def test_the_former_address_hears_of_the_new_one(team: House, reach: TeamReach, anna: SignedIn) -> None:
    """Whoever sits at somebody's open desk for a moment must not lead their mail away unseen."""
    done(reach.confirm(asked(team, reach, anna)))
    done(reach.confirm(asked(team, reach, anna, "new@example.org")))
    (row,) = sent(team)
    assert (row.address, "andere E-Mail-Adresse" in row.body) == (ADDRESS, True)
    assert done(reach.ways(anna)).mail == "new@example.org"


def test_a_deleted_address_is_gone(team: House, reach: TeamReach, anna: SignedIn) -> None:
    done(reach.confirm(asked(team, reach, anna)))
    done(reach.drop_mail(anna))
    done(reach.drop_mail(anna))
    assert done(reach.ways(anna)).mail == ""
    assert noted(team, anna) == ["reach.mail_off", "reach.mail"]


@pytest.mark.parametrize(
    "typed", ["", "anna", "anna@", "@x.de", "a b@x.de", "a@x.de,b@x.de", "a@x.de\nBcc: b@x.de"]
)
def test_what_is_no_address_gets_no_mail(team: House, reach: TeamReach, anna: SignedIn, typed: str) -> None:
    assert done(reach.ask_mail(anna, typed)) == Done(ok=False, sentence=NO_ADDRESS)
    assert sent(team) == []


@pytest.mark.parametrize("lack", ["mail", "an address of the pages"])
def test_where_mail_leads_nowhere_none_is_offered(team: House, anna: SignedIn, lack: str) -> None:
    """A link needs a server that sends it and pages that it leads to."""
    lacking = (
        replace(team, channels=frozenset({(TOWN, TEAM_TELEGRAM)}))
        if lack == "mail"
        else replace(team, public_url="")
    )
    reach = TeamReach(lacking)
    assert not done(reach.ways(anna)).mails
    assert done(reach.ask_mail(anna, ADDRESS)) == Done(ok=False, sentence=NO_MAIL)
    assert sent(team) == []


def test_who_is_reached_how_is_told_to_those_who_see_the_team(
    team: House, reach: TeamReach, anna: SignedIn
) -> None:
    """Of a way that the town does not have nothing is told, and of who left neither."""
    bea = joined(team, Role.DEPUTY, "Bea").signed_in
    vera = joined(team, Role.VOLUNTEER, "Vera").signed_in
    gone = joined(team, Role.DEPUTY, "Cem").signed_in

    def set_up(store: Store) -> None:
        store.member_addresses.put(anna.id, TEAM_TELEGRAM, "1", NOW)
        store.member_addresses.put(anna.id, MAIL, ADDRESS, NOW)
        store.member_addresses.put(bea.id, TEAM_TELEGRAM, "2", NOW)
        store.member_addresses.mark_unreachable(TEAM_TELEGRAM, "2", NOW)
        store.team.revoke(gone.id, NOW)

    stored(team, set_up)
    assert done(reach.reached(anna)) == {
        anna.id: "E-Mail, Telegram",
        bea.id: "Telegram: nicht erreichbar",
        vera.id: "nur am Arbeitsplatz",
    }
    assert done(reach.ways(bea)).blocked
    only_mail = TeamReach(replace(team, channels=frozenset({(TOWN, MAIL)})))
    assert done(only_mail.reached(anna))[bea.id] == "nur am Arbeitsplatz"
    assert done(TeamReach(replace(team, channels=frozenset())).reached(anna)) == {}
    assert done(reach.reached(vera)) == {}
