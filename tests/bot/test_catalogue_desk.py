"""What a guide saves in the catalogue, and what newcomers see of it; two guides at one entry."""

import asyncio
from dataclasses import replace

import pytest

from bot.catalogue_changes import Difference
from bot.catalogue_views import Saved
from bot.house import House
from casework.team import Role
from catalog.offer import Origin
from tests.bot.conftest import NOW
from tests.bot.keeper import OFFICE, PHONE, desk, filled, history, live, mark, opened, saved, seen, send
from tests.bot.people import Newcomer, Worker, joined


@pytest.fixture
def other(house: House) -> Worker:
    return joined(house, Role.DEPUTY, "Ben Weiß")


class TestSaving:
    def test_what_a_guide_saves_newcomers_see_at_once(self, guide: Worker, newcomer: Newcomer) -> None:
        newcomer.names_a_need("housing", "housing.registration")
        saved(guide, phone=PHONE)
        assert live(guide).phone == PHONE
        cards = [reply.card for reply in newcomer.looks().rendered if reply.card is not None]
        assert any(line.text == PHONE for card in cards for line in card.lines)

    def test_who_changed_what_when_and_why_is_kept(self, guide: Worker) -> None:
        saved(guide, phone=PHONE, name__ar="مكتب", opening_hours="")
        newest, first = history(guide).states
        assert (newest.version, newest.by, newest.why) == (2, "Gül Aydın", "Neue Nummer")
        assert newest.at == "23.11.2026, 10:00"
        assert newest.differences == (
            Difference(label="Name (Arabisch)", before="مكتب المواطنين في إرلنفلس", after="مكتب"),
            Difference(label="Telefon", before="+49 69 90009101", after=PHONE),
        )
        assert (first.version, first.by, first.differences) == (1, "die Dateien der Stadt", ())

    def test_a_change_needs_its_reason_and_keeps_what_was_typed(self, guide: Worker) -> None:
        sent = filled(opened(guide), why=" ", phone=PHONE)
        done = send(guide, sent)
        assert done.form is not None
        assert list(done.form.problems) == ["why"]
        assert done.form.typed == sent.typed
        assert live(guide).phone != PHONE

    def test_a_reason_that_is_too_long_is_not_cut(self, guide: Worker) -> None:
        done = send(guide, filled(opened(guide), why="x" * 401, phone=PHONE))
        assert done.form is not None
        assert "höchstens 400" in done.form.problems["why"]

    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(self, guide: Worker) -> None:
        done = send(guide, filled(opened(guide), phone="12", url="x"))
        assert done.form is not None
        assert set(done.form.problems) == {"phone", "url"}
        assert done.form.typed.text("phone") == "12"
        assert seen(guide).version == 1

    def test_a_form_that_changes_nothing_makes_no_version(self, guide: Worker) -> None:
        for as_draft in (False, True):
            done = send(guide, filled(opened(guide)), as_draft=as_draft)
            assert (done.entry, done.same) == (OFFICE, True)
        assert seen(guide).version == 1
        assert seen(guide).draft is None

    def test_the_same_form_twice_is_saved_once(self, guide: Worker) -> None:
        """A slow line makes people tap again."""
        sent = filled(opened(guide), phone=PHONE)
        assert [send(guide, sent).entry for _ in range(2)] == [OFFICE, OFFICE]
        assert seen(guide).version == 2

    def test_saving_may_count_the_offer_as_changed_by_the_project(self, guide: Worker) -> None:
        assert opened(guide).existing
        saved(guide, phone=PHONE, modified=("yes",))
        assert live(guide).origin is Origin.MODIFIED_BY_KISI
        assert not opened(guide).existing


class TestTwoGuides:
    def test_the_second_is_told_and_sees_both(self, guide: Worker, other: Worker) -> None:
        """Nothing typed is lost, and nobody overwrites what they have not seen."""
        late = filled(opened(guide), why="Umzug", phone=PHONE, contact="Empfang")
        saved(other, why="Neue Durchwahl", phone="+49 69 90009177", url="https://erlenfels.example.org/neu")
        done = send(guide, late)
        assert done.form is not None
        assert done.form.conflict is not None
        assert (done.form.conflict.by, done.form.conflict.why) == ("Ben Weiß", "Neue Durchwahl")
        told = [(each.label, each.before, each.after) for each in done.form.conflict.differences]
        assert told == [
            ("Telefon", "+49 69 90009177", PHONE),
            ("Ansprechstelle", "Sachbearbeitung", "Empfang"),
        ]
        assert done.form.why == "Umzug"
        assert live(guide).phone == "+49 69 90009177"

    def test_what_only_the_other_one_has_changed_stays_as_they_have_it(
        self, guide: Worker, other: Worker
    ) -> None:
        """Who has touched the contact alone must not bring back an old number."""
        late = filled(opened(guide), contact="Empfang", name__uk="Бюро", checked_today=("yes",))
        saved(other, phone=PHONE, name__ar="مكتب")
        saved(other, needs=("law.documents",), hours__Fr__0__to="", hours__Fr__0__from="")
        form = send(guide, late).form
        assert form is not None
        assert form.conflict is not None
        assert form.conflict.taken == ("Name (Arabisch)", "Themen", "Telefon", "Öffnungszeiten")
        assert [each.label for each in form.conflict.differences] == [
            "Name (Ukrainisch)", "Zuletzt geprüft", "Ansprechstelle"]  # fmt: skip
        assert send(guide, filled(form)).entry == OFFICE
        now = live(guide)
        assert (now.phone, now.contact, now.needs) == (PHONE, "Empfang", ("law.documents",))
        assert (now.name["ar"], now.name["uk"], now.name["de"]) == ("مكتب", "Бюро", "Bürgerbüro Erlenfels")
        assert now.assured_date == NOW.date()

    def test_who_sends_again_after_that_takes_its_place(self, guide: Worker, other: Worker) -> None:
        late = filled(opened(guide), phone=PHONE)
        saved(other, phone="+49 69 90009177")
        again = send(guide, late).form
        assert again is not None
        assert send(guide, filled(again)).entry == OFFICE
        assert live(guide).phone == PHONE
        assert len(history(guide).states) == 3

    def test_a_draft_that_somebody_else_has_written_is_not_overwritten_either(
        self, guide: Worker, other: Worker
    ) -> None:
        late = filled(opened(guide), phone=PHONE)
        saved(other, phone="+49 69 90009177", as_draft=True)
        done = send(guide, late, as_draft=True)
        assert done.form is not None
        assert done.form.conflict is not None

    def test_a_button_of_an_old_page_does_nothing(self, guide: Worker, other: Worker) -> None:
        saved(guide, phone=PHONE, as_draft=True)
        old = mark(guide, why="weg damit")
        saved(other, phone="+49 69 90009177", as_draft=True)
        for step in (desk(guide).approve, desk(guide).discard, desk(guide).withdraw):
            done = asyncio.run(step(guide.signed_in, OFFICE, old))
            assert "inzwischen geändert" in done.sentence
        assert seen(guide).draft is not None


NEW = {"name__de": "Café für alle!", "description__de": "Reden bei Kaffee.", "organization": "Freundeskreis",
       "body": "begegnung", "needs": ("social.contacts",)}  # fmt: skip


class TestNewEntries:
    def add(self, worker: Worker, number: str = "f1", *, as_draft: bool = False, **changed: str) -> Saved:
        sent = filled(opened(worker, ""), "", **{**NEW, **changed})
        return send(worker, replace(sent, number=number), "", as_draft=as_draft)

    def test_a_new_entry_is_there_at_once_and_counts_as_ours(self, guide: Worker) -> None:
        assert self.add(guide).entry == "cafe-fuer-alle"
        made = live(guide, "cafe-fuer-alle")
        assert (made.origin, made.assured_date) == (Origin.INITIATED_BY_KISI, NOW.date())
        assert [state.why for state in history(guide, made.id).states] == ["neu angelegt"]

    def test_the_same_form_twice_makes_one(self, guide: Worker) -> None:
        assert self.add(guide).entry == "cafe-fuer-alle"
        assert self.add(guide) == Saved()
        assert self.add(guide, "f2").entry == "cafe-fuer-alle-2"

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("مقهى", "eintrag"),
            ("Ä", "ae"),
            ("--", "eintrag"),
            ("Bürgerbüro Erlenfels", f"{OFFICE}-2"),
            ("y" * 300, "y" * 48),
        ],
    )
    def test_its_id_is_made_of_its_name_and_is_free(self, guide: Worker, name: str, key: str) -> None:
        assert self.add(guide, name__de=name).entry == key

    def test_a_new_draft_is_no_entry_until_it_is_approved(self, guide: Worker) -> None:
        key = self.add(guide, as_draft=True).entry
        assert key not in guide.house.towns["erlenfels"].script.by_id
        view = seen(guide, key)
        assert (view.version, view.draft is not None) == (0, True)
        assert asyncio.run(desk(guide).history(guide.signed_in, key)) is None
        assert asyncio.run(desk(guide).approve(guide.signed_in, key, mark(guide, key))).ok
        assert live(guide, key).name["de"] == "Café für alle!"

    def test_a_new_draft_that_is_discarded_is_gone(self, guide: Worker) -> None:
        key = self.add(guide, as_draft=True).entry
        assert asyncio.run(desk(guide).discard(guide.signed_in, key, mark(guide, key))).ok
        assert asyncio.run(desk(guide).entry(guide.signed_in, key, "de")) is None

    def test_what_is_missing_is_told_at_once(self, guide: Worker) -> None:
        done = send(guide, filled(opened(guide, ""), ""), "")
        assert done.form is not None
        assert set(done.form.problems) == {"name", "description", "needs", "body", "organization"}
