"""The catalogue as guides keep it: what they find, change, approve and restore, and what newcomers see."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.case_views import Done
from bot.catalogue_changes import Difference
from bot.catalogue_desk import CatalogueDesk
from bot.catalogue_form import Typed
from bot.catalogue_views import EntryView, Form, HistoryView, Saved, Sent, Wanted
from bot.house import House
from casework.team import Role
from catalog.offer import Offer, Origin, Status
from storage.catalogue import Change
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, joined, stored
from tests.doors import Clock

OFFICE, SHARED = "buergerbuero-erlenfels", "abh-hintertaunus"
PHONE = "+49 69 90009199"
GONE = "Diesen Eintrag gibt es in Ihrer Stadt nicht."


@pytest.fixture
def other(house: House) -> Worker:
    return joined(house, Role.DEPUTY, "Ben Weiß")


def desk(worker: Worker) -> CatalogueDesk:
    return CatalogueDesk(worker.house)


def opened(worker: Worker, entry: str = OFFICE) -> Form:
    form = asyncio.run(desk(worker).form(worker.signed_in, entry))
    assert isinstance(form, Form), form
    return form


def filled(form: Form, why: str = "Neue Nummer", **changed: Any) -> Sent:
    """The form with some fields changed; `__` stands for a dot."""
    named = {name.replace("__", "."): value for name, value in changed.items()}
    texts = {name: value for name, value in named.items() if isinstance(value, str)}
    ticks = {name: value for name, value in named.items() if isinstance(value, tuple)}
    typed = Typed(texts={**form.typed.texts, **texts}, ticks={**form.typed.ticks, **ticks})
    return Sent(typed=typed, version=form.version, stamp=form.stamp, number="f1", why=why)


def send(worker: Worker, sent: Sent, entry: str = OFFICE, *, as_draft: bool = False) -> Saved:
    return asyncio.run(desk(worker).save(worker.signed_in, entry, sent, as_draft=as_draft))


def saved(worker: Worker, entry: str = OFFICE, *, as_draft: bool = False, **changed: Any) -> None:
    done = send(worker, filled(opened(worker, entry), **changed), entry, as_draft=as_draft)
    assert done.entry == entry, done


def seen(worker: Worker, entry: str = OFFICE, language: str = "de") -> EntryView:
    view = asyncio.run(desk(worker).entry(worker.signed_in, entry, language))
    assert view is not None
    return view


def history(worker: Worker, entry: str = OFFICE) -> HistoryView:
    view = asyncio.run(desk(worker).history(worker.signed_in, entry))
    assert view is not None
    return view


def live(worker: Worker, entry: str = OFFICE) -> Offer:
    """What newcomers are shown at this moment."""
    return worker.house.towns["erlenfels"].script.by_id[entry]


def mark(worker: Worker, entry: str = OFFICE, why: str = "") -> Sent:
    """What a button on the entry's page carries."""
    view = seen(worker, entry)
    return Sent(version=view.version, stamp=view.draft.stamp if view.draft else "", why=why)


def put(worker: Worker, *offers: Offer) -> None:
    change = Change(by="import", why="aus der Tabelle", at=NOW)
    stored(worker.house, lambda store: store.catalogue.put_offers(offers, change))


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
        assert [each.label for each in done.form.conflict.differences] == [
            "Telefon",
            "Internetseite",
            "Ansprechstelle",
        ]
        assert done.form.typed == late.typed
        assert done.form.why == "Umzug"
        assert live(guide).phone == "+49 69 90009177"

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


class TestVersions:
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


class TestFinding:
    def ids(self, worker: Worker, **wanted: str) -> list[str]:
        return [
            line.id for line in asyncio.run(desk(worker).listed(worker.signed_in, Wanted(**wanted))).lines
        ]

    def test_everything_the_town_shows_is_listed_by_name(self, guide: Worker) -> None:
        found = asyncio.run(desk(guide).listed(guide.signed_in, Wanted()))
        assert len(found.lines) == found.total == 63
        names = [line.name for line in found.lines]
        assert names == sorted(
            names, key=lambda name: name.casefold().replace("ö", "o").replace("ü", "u").replace("ä", "a")
        )

    def test_words_find_despite_errors_and_by_need(self, guide: Worker) -> None:
        assert self.ids(guide, text="burgerbüroo")[0] == OFFICE
        assert OFFICE in self.ids(guide, text="Urkunden")

    def test_a_need_and_its_whole_topic_can_be_chosen(self, guide: Worker) -> None:
        by_need, by_topic = self.ids(guide, need="housing.registration"), self.ids(guide, need="housing")
        assert OFFICE in by_need
        assert set(by_need) < set(by_topic)

    def test_kind_and_state_narrow_it_down(self, guide: Worker, clock: Clock) -> None:
        assert set(self.ids(guide, kind="authority")) < set(self.ids(guide))
        assert set(self.ids(guide, state="own")) | set(self.ids(guide, state="shared")) == set(
            self.ids(guide)
        )
        assert set(self.ids(guide, state="shown")) | set(self.ids(guide, state="unseen")) == set(
            self.ids(guide)
        )
        stale = self.ids(guide, state="stale")
        clock.now = clock.now.replace(year=2027)
        assert set(stale) < set(self.ids(guide, state="stale"))

    def test_what_nobody_sees_says_why(self, guide: Worker, clock: Clock) -> None:
        clock.now = clock.now.replace(year=2029)
        assert "nur bis 30.09.2028" in seen(guide, "guide-erlenfels").preview.unseen
        assert seen(guide).preview.unseen == ""
        assert "Seit mehr als einem Jahr" in seen(guide, "tafel-erlenfels").preview.unseen


class TestPreview:
    def look(self, worker: Worker, language: str = "de", **changed: Any) -> Form:
        sent = replace(filled(opened(worker), **changed), language=language)
        form = asyncio.run(desk(worker).look(worker.signed_in, OFFICE, sent))
        assert isinstance(form, Form)
        return form

    def test_it_shows_the_card_in_a_language_and_keeps_nothing(self, guide: Worker) -> None:
        form = self.look(guide, "ar", phone=PHONE)
        assert form.preview is not None
        assert (form.preview.card.language, form.preview.card.direction) == ("ar", "rtl")
        assert any(PHONE in line.text for line in form.preview.card.lines)
        assert live(guide).phone != PHONE

    def test_it_shows_the_week_to_come(self, guide: Worker) -> None:
        form = self.look(guide, hours__Sa__0__from="10:00", hours__Sa__0__to="00:00")
        assert form.preview is not None
        week = {each.day: each.hours for each in form.preview.week}
        assert (week["Donnerstag, 26.11."], week["Samstag, 28.11."]) == (
            "08:00–12:00, 14:00–18:00",
            "10:00–24:00",
        )
        assert week["Sonntag, 29.11."] == "geschlossen"

    def test_it_says_which_languages_have_no_text_and_what_they_read(self, guide: Worker) -> None:
        form = self.look(guide, name__uk="", description__ar="", description__en="")
        told = {each.field: (each.languages, each.instead) for each in form.stand_ins}
        assert told["Name"] == ("Ukrainisch", "Deutsch")
        assert told["Beschreibung"] == ("Arabisch, Englisch", "Deutsch")
        assert told["Kosten"] == ("Arabisch, Ukrainisch", "Englisch")

    def test_the_trap_is_shown_with_what_was_meant(self, guide: Worker) -> None:
        form = self.look(guide, hours="text", opening_hours="Mo-Fr 08:00-12:00; Th 14:00-18:00")
        assert form.preview is None
        assert form.hours is not None
        assert form.hours.better == "Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00"
        thursday = [week[3].hours for week in (form.hours.as_typed, form.hours.as_meant)]
        assert thursday == ["14:00–18:00", "08:00–12:00, 14:00–18:00"]


class TestHandout:
    def test_it_has_what_newcomers_see_in_their_language_once(self, guide: Worker) -> None:
        sheet = asyncio.run(desk(guide).handout(guide.signed_in, Wanted(), "ar"))
        ids = [card.offer for _, cards in sheet.groups for card in cards]
        assert len(ids) == len(set(ids)) > 50
        assert {card.language for _, cards in sheet.groups for card in cards} == {"ar"}
        assert sheet.direction == "rtl"

    def test_on_paper_stands_the_week_and_nothing_that_is_true_only_now(self, guide: Worker) -> None:
        sheet = asyncio.run(desk(guide).handout(guide.signed_in, Wanted(text="Bürgerbüro Erlenfels"), "xx"))
        ((_, (card, *_)),) = sheet.groups
        (hours,) = [line.text for line in card.lines if line.kind == "hours"]
        assert hours.replace("\u2066", "").replace("\u2069", "").split("\n") == [
            "Mo–Mi, Fr: 08:00–12:00", "Do: 08:00–12:00, 14:00–18:00", "nicht an Feiertagen"]  # fmt: skip
        assert not {line.kind for line in card.lines} & {"why", "places"}

    def test_what_is_withdrawn_or_waits_is_not_on_it(self, guide: Worker) -> None:
        asyncio.run(desk(guide).withdraw(guide.signed_in, OFFICE, mark(guide, why="zu")))
        put(guide, replace(live(guide, "rathaus-soziales"), id="wartet", status=Status.DRAFT))
        sheet = asyncio.run(desk(guide).handout(guide.signed_in, Wanted(), "de"))
        assert not {card.offer for _, cards in sheet.groups for card in cards} & {OFFICE, "wartet"}
