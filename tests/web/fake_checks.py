"""Entries of the fake desk's own town and how fresh they are, and the link of one mail to a contact."""

from bot.case_views import Done
from bot.check_steps import GONE, LONGEST_FOUND, VisitWish
from bot.offer_checks import CheckBoard, DueLine, Entry, EntryChecks, WrongLine
from bot.offer_lines import Seen
from bot.offer_questions import SPENT, TOO_LONG, Asked
from bot.team_entry import SignedIn

GOOD = "erlenfels.cafe.2026-Q4.signed"
WORDS = "Wir sind umgezogen: <b>Hauptstraße 3</b>"
RESULTS = ("right", "changed", "closed")
NO_DAY = "Der Tag fehlt."


def entry(id_: str, name: str, *, shared: bool = False) -> Entry:
    return Entry(
        id=id_,
        name=name,
        organization="Freundeskreis <Erlenfels>",
        phone="+49 69 90009123",
        tel="tel:+496990009123",
        email="sprachcafe@freundeskreis-fuer-alle-menschen-in-erlenfels.example.org",
        url="https://erlenfels.example.org/sprachcafe-fuer-alle-die-deutsch-sprechen-wollen",
        hours="Mi 15:00–17:00; Schulferien geschlossen",
        address="Hauptstraße 12, 65999 Erlenfels",
        note="Nachmittags anrufen.",
        shared=shared,
    )


CAFE, OFFICE = entry("cafe", "Sprachcafé"), entry("office", "Jobcenter", shared=True)


class FakeChecks:
    """Two entries are due; of one a contact has written; visits before 2026 are too old."""

    def __init__(self, done: list[tuple[str, ...]]) -> None:
        self._done = done

    async def board(self, member: SignedIn) -> CheckBoard:
        if not member.id.startswith("erlenfels"):
            return CheckBoard()
        return CheckBoard(
            due=(
                DueLine(entry=OFFICE, last="01.10.2025", state="wird nicht mehr gezeigt"),
                DueLine(entry=CAFE, last="02.05.2026, Ada (Integrationsguide)", state=""),
            ),
            more=3,
            wrong=(
                WrongLine(
                    entry=CAFE,
                    what="etwas hat sich geändert",
                    who="Kontakt des Angebots",
                    on="20.11.2026",
                    words=WORDS,
                    quarter="2026-Q4",
                ),
                WrongLine(entry=OFFICE, what="gibt es nicht mehr", who="Vertretung", on="19.11.2026"),
            ),
            asks=True,
        )

    async def of_offer(self, member: SignedIn, offer_id: str) -> EntryChecks | None:
        if not self._is_here(member, offer_id):
            return None
        checks = (
            Seen(
                on="20.11.2026",
                who="Ada (Integrationsguide)",
                what="stimmt",
                visit=True,
                found="Volle Tische <i>",
            ),
            Seen(on="01.08.2026", who="Kontakt des Angebots", what="stimmt", visit=False, found=""),
        )
        return EntryChecks(
            entry=CAFE,
            last="20.11.2026, Ada (Integrationsguide)",
            modified="01.06.2026",
            checks=checks,
            today="2026-11-23",
        )

    async def note(self, member: SignedIn, offer_id: str, code: str) -> Done:
        if not self._is_here(member, offer_id):
            return Done(ok=False, sentence=GONE)
        if code not in RESULTS:
            return Done(ok=False, sentence="Bitte wählen Sie.")
        self._done.append(("check", member.id, offer_id, code))
        return Done(ok=True, sentence="„Sprachcafé“ ist geprüft.")

    async def visit(self, member: SignedIn, offer_id: str, wish: VisitWish, form_id: str) -> Done:
        if not self._is_here(member, offer_id):
            return Done(ok=False, sentence=GONE)
        if wish.day < "2026":
            return Done(ok=False, sentence=NO_DAY)
        self._done.append(("visit", member.id, offer_id, wish.day, wish.result, wish.found))
        return Done(ok=True, sentence="Gut.")

    async def settle(self, member: SignedIn, offer_id: str, quarter: str) -> Done:
        if not self._is_here(member, offer_id) or quarter != "2026-Q4":
            return Done(ok=False, sentence="Das hat schon jemand erledigt.")
        self._done.append(("settle", member.id, offer_id, quarter))
        return Done(ok=True, sentence="Erledigt.")

    def _is_here(self, member: SignedIn, offer_id: str) -> bool:
        return member.id.startswith("erlenfels") and offer_id in {"cafe", "office"}


class FakeQuestions:
    """One link is good, once."""

    def __init__(self, done: list[tuple[str, ...]]) -> None:
        self._done = done
        self.good = {GOOD}

    async def asked(self, token: str) -> Asked | None:
        if token not in self.good:
            return None
        lines = (("Was", "Deutsch sprechen bei Kaffee"), ("Wann", "Mi 15:00–17:00"), ("Telefon", "+49 69 1"))
        return Asked(
            name="Sprachcafé",
            organization="Freundeskreis <Erlenfels>",
            place="Erlenfels",
            lines=lines,
            until="07.01.2027",
        )

    async def answer(self, token: str, code: str, words: str) -> Done:
        if token not in self.good:
            return Done(ok=False, sentence=SPENT)
        if len(words) > LONGEST_FOUND or code not in RESULTS:
            return Done(ok=False, sentence=TOO_LONG)
        self.good.remove(token)
        self._done.append(("answer", token, code, words))
        return Done(ok=True, sentence="Danke. Ihr Eintrag gilt als geprüft.")
