"""Drafts that wait, versions that come back, and entries that belong to others."""

import asyncio
from dataclasses import replace

import pytest

from bot.case_views import Done
from bot.catalogue_changes import Difference
from bot.catalogue_views import Form, Saved, Sent, Wanted
from bot.house import House
from casework.team import Role
from catalog.offer import Status
from storage.catalogue import Change
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.keeper import (
    GONE,
    OFFICE,
    PHONE,
    SHARED,
    desk,
    filled,
    history,
    live,
    mark,
    opened,
    put,
    saved,
    seen,
    send,
)
from tests.bot.people import Worker, joined, stored


@pytest.fixture
def other(house: House) -> Worker:
    return joined(house, Role.DEPUTY, "Ben Weiß")


class TestDrafts:
    def test_a_draft_waits_and_newcomers_see_the_entry_as_it_was(self, guide: Worker) -> None:
        before = live(guide)
        saved(guide, phone=PHONE, as_draft=True)
        assert live(guide) == before
        view = seen(guide)
        assert view.draft is not None
        assert view.draft.differences == (Difference(label="Telefon", before="+49 69 90009101", after=PHONE),)
        assert opened(guide).typed.text("phone") == PHONE
        found = asyncio.run(desk(guide).listed(guide.signed_in, Wanted(state="waiting")))
        assert ([line.id for line in found.lines], found.waiting) == ([OFFICE], 1)
        assert found.lines[0].tags == ("Änderung wartet auf Freigabe",)

    def test_approving_makes_it_a_version_with_its_reason(self, guide: Worker, other: Worker) -> None:
        saved(guide, phone=PHONE, as_draft=True)
        assert asyncio.run(desk(other).approve(other.signed_in, OFFICE, mark(other))).ok
        assert live(guide).phone == PHONE
        newest = history(guide).states[0]
        assert (newest.version, newest.by, newest.why) == (2, "Ben Weiß", "Neue Nummer")
        assert seen(guide).draft is None

    def test_approving_what_does_not_wait_says_so(self, guide: Worker) -> None:
        done = asyncio.run(desk(guide).approve(guide.signed_in, OFFICE, mark(guide)))
        assert done == Done(ok=False, sentence="Hier wartet kein Entwurf.")

    def test_saving_a_draft_as_it_is_approves_it(self, guide: Worker) -> None:
        saved(guide, phone=PHONE, as_draft=True)
        saved(guide)
        assert live(guide).phone == PHONE
        assert seen(guide).draft is None

    def test_a_discarded_draft_leaves_the_entry(self, guide: Worker) -> None:
        saved(guide, phone=PHONE, as_draft=True)
        assert asyncio.run(desk(guide).discard(guide.signed_in, OFFICE, mark(guide))).ok
        assert (seen(guide).draft, live(guide).phone) == (None, "+49 69 90009101")

    def test_who_approves_hears_that_the_entry_has_moved_on(self, guide: Worker) -> None:
        """An import may have come in between."""
        saved(guide, phone=PHONE, as_draft=True)
        put(guide, replace(live(guide), contact="Empfang"))
        view = seen(guide)
        assert view.draft is not None
        assert view.draft.moved
        assert [each.label for each in view.draft.differences] == ["Telefon", "Ansprechstelle"]

    def test_an_imported_draft_waits_and_is_shown_once_approved(self, guide: Worker) -> None:
        put(guide, replace(live(guide), id="neu-vom-kreis", status=Status.DRAFT))
        view = seen(guide, "neu-vom-kreis")
        assert view.status_draft
        assert "Entwurf" in view.preview.unseen
        found = asyncio.run(desk(guide).listed(guide.signed_in, Wanted(state="waiting")))
        assert [line.id for line in found.lines] == ["neu-vom-kreis"]
        assert asyncio.run(
            desk(guide).approve(guide.signed_in, "neu-vom-kreis", mark(guide, "neu-vom-kreis"))
        ).ok
        assert live(guide, "neu-vom-kreis").status is Status.ACTIVE
        assert seen(guide, "neu-vom-kreis").preview.unseen == ""

    def test_a_draft_without_a_need_opens_and_can_be_looked_at(self, guide: Worker) -> None:
        """An import or a form may bring one: no need, no line that names one."""
        put(guide, replace(live(guide), id="ohne-thema", status=Status.DRAFT, needs=()))
        assert "why" not in {line.kind for line in seen(guide, "ohne-thema").preview.card.lines}
        sent = filled(opened(guide, "ohne-thema"))
        form = asyncio.run(desk(guide).look(guide.signed_in, "ohne-thema", sent))
        assert isinstance(form, Form)
        assert form.preview is not None


class TestTranslations:
    def test_a_text_changed_in_german_only_is_told_before_saving_at_approval_and_on_the_entry(
        self, guide: Worker
    ) -> None:
        """Until somebody writes the others anew, whatever else is changed in between."""
        behind = ("Beschreibung: Arabisch, Ukrainisch sind vielleicht älter als der deutsche Text.",)
        assert seen(guide).older == ()
        changed = {"description__de": "Hier meldet man sich an und ab.", "description__en": "Register here."}
        form = asyncio.run(desk(guide).look(guide.signed_in, OFFICE, filled(opened(guide), **changed)))
        assert isinstance(form, Form)
        assert form.older == behind
        saved(guide, as_draft=True, **changed)
        draft = seen(guide).draft
        assert draft is not None
        assert (draft.older, seen(guide).older) == (behind, ())
        assert asyncio.run(desk(guide).approve(guide.signed_in, OFFICE, mark(guide))).ok
        saved(guide, phone=PHONE)
        assert seen(guide).older == behind
        saved(guide, description__ar="سجّل هنا.", description__uk="Реєстрація тут.")
        assert seen(guide).older == ()


class TestVersions:
    @pytest.mark.parametrize(
        ("kept", "read"),
        [
            ("read from the municipality's files", "aus den Dateien der Stadt gelesen"),
            ("imported from neu.csv", "aus neu.csv übernommen"),
            ("Neue Nummer", "Neue Nummer"),
        ],
        ids=["files", "an import", "a guide's"],
    )
    def test_reasons_are_read_in_german_whatever_was_kept(self, kept: str, read: str, guide: Worker) -> None:
        change = Change(by="files", why=kept, at=NOW)
        changed = replace(live(guide), contact="Empfang")
        stored(guide.house, lambda store: store.catalogue.put_offers((changed,), change))
        assert (history(guide).states[0].why, seen(guide).why) == (read, read)

    def test_an_older_version_comes_back_as_a_new_one(self, guide: Worker) -> None:
        before = live(guide)
        saved(guide, phone=PHONE)
        done = asyncio.run(desk(guide).restore(guide.signed_in, OFFICE, 1, mark(guide, why="Irrtum")))
        assert done == Done(ok=True, sentence="Fassung 1 gilt wieder.")
        assert live(guide) == before
        assert [state.why for state in history(guide).states[:2]] == [
            "Fassung 1 wiederhergestellt: Irrtum",
            "Neue Nummer",
        ]

    def test_the_newest_and_one_that_never_was_are_not_restored(self, guide: Worker) -> None:
        for version, said in ((1, "schon die neueste"), (7, GONE), (0, GONE)):
            done = asyncio.run(desk(guide).restore(guide.signed_in, OFFICE, version, mark(guide)))
            assert (done.ok, said in done.sentence) == (False, True)

    def test_a_version_that_no_longer_fits_is_refused_with_its_field(self, guide: Worker) -> None:
        """Needs come and go; what nobody can find must not come back unseen."""
        put(
            guide,
            replace(live(guide), needs=("gone.need",)),
        )
        put(guide, live(guide))
        done = asyncio.run(desk(guide).restore(guide.signed_in, OFFICE, 2, mark(guide)))
        assert "passt nicht mehr zum Katalog (Themen)" in done.sentence

    def test_a_withdrawn_entry_is_shown_no_more_and_can_be_brought_back(self, guide: Worker) -> None:
        assert asyncio.run(desk(guide).withdraw(guide.signed_in, OFFICE, mark(guide))).sentence.startswith(
            "Schreiben"
        )
        assert asyncio.run(desk(guide).withdraw(guide.signed_in, OFFICE, mark(guide, why="geschlossen"))).ok
        assert OFFICE not in guide.house.towns["erlenfels"].script.by_id
        assert (seen(guide).withdrawn, history(guide).states[0].withdrawn) == (True, True)
        assert asyncio.run(desk(guide).restore(guide.signed_in, OFFICE, 1, mark(guide))).ok
        assert live(guide).id == OFFICE
        assert history(guide).states[0].back

    def test_saving_a_withdrawn_entry_brings_it_back_as_well(self, guide: Worker) -> None:
        asyncio.run(desk(guide).withdraw(guide.signed_in, OFFICE, mark(guide, why="geschlossen")))
        assert opened(guide).withdrawn
        saved(guide)
        assert not seen(guide).withdrawn


class TestWhose:
    def test_a_shared_entry_is_read_and_says_whose_it_is(self, guide: Worker) -> None:
        view = seen(guide, SHARED)
        assert (view.shared, view.may_write) == ("Hintertaunus", False)
        assert history(guide, SHARED).may_write is False

    def test_a_shared_entry_is_not_changed_from_here(self, guide: Worker) -> None:
        form = asyncio.run(desk(guide).form(guide.signed_in, SHARED))
        assert isinstance(form, Done)
        assert "mehrere Städte" in form.sentence
        own = filled(opened(guide), phone=PHONE)
        assert "mehrere Städte" in send(guide, own, SHARED).sentence
        for step in (desk(guide).approve, desk(guide).discard, desk(guide).withdraw):
            assert (
                "mehrere Städte"
                in asyncio.run(step(guide.signed_in, SHARED, Sent(version=1, why="x"))).sentence
            )
        assert stored(guide.house, lambda store: len(store.catalogue.history(SHARED))) == 1

    def test_an_entry_of_another_town_is_not_there(self, guide: Worker) -> None:
        def elsewhere(store: Store) -> None:
            offer = replace(live(guide), id="anderswo")
            store.catalogue.put_offers((offer,), Change(by="x", why="x", at=NOW))
            store.offer_drafts.put(offer, Change(by="x", why="x", at=NOW), based_on=1)

        guide.house.writer.run("niederau", elsewhere)
        assert asyncio.run(desk(guide).entry(guide.signed_in, "anderswo", "de")) is None
        assert asyncio.run(desk(guide).history(guide.signed_in, "anderswo")) is None
        assert send(guide, filled(opened(guide)), "anderswo") == Saved(sentence=GONE)
        assert (
            asyncio.run(desk(guide).withdraw(guide.signed_in, "anderswo", Sent(version=1, why="x"))).sentence
            == GONE
        )

    def test_volunteers_change_nothing(self, guide: Worker, house: House) -> None:
        sent = filled(opened(guide), phone=PHONE)
        volunteer = joined(house, Role.VOLUNTEER, "Ohne Recht")
        assert not send(volunteer, sent).entry
        assert live(guide).phone != PHONE

    @pytest.mark.parametrize("role", [Role.GUIDE, Role.DEPUTY, Role.LEAD])
    def test_guides_deputies_and_leads_do(self, house: House, role: Role) -> None:
        worker = joined(house, role, f"Frau {role}")
        saved(worker, phone=PHONE)
        assert live(worker).phone == PHONE
