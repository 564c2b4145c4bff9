"""What guides find in the catalogue, what they see before saving, and what they hand out."""

import asyncio
import threading
from dataclasses import replace
from typing import Any

import pytest

from bot import catalogue_lists
from bot.catalogue_lists import select
from bot.catalogue_views import Form, Wanted
from catalog.freshness import Check, Result
from catalog.offer import Status
from storage.store import Store
from tests.bot.keeper import OFFICE, PHONE, desk, filled, live, mark, opened, put, seen
from tests.bot.people import Worker, stored
from tests.doors import Clock

FOOD = "tafel-erlenfels"


def check(worker: Worker, clock: Clock, entry: str, result: Result) -> None:
    """As of this moment, and of the entry as it stands."""

    def noted(store: Store) -> None:
        store.checks.add(
            Check(
                offer=entry,
                version=store.catalogue.latest()[entry].version,
                on=clock.now.date(),
                at=clock.now,
                by="guide",
                result=result,
            )
        )

    stored(worker.house, noted)


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

    def test_what_was_confirmed_today_is_shown_however_old_the_entry(
        self, guide: Worker, clock: Clock
    ) -> None:
        """The list, its filter and the entry's page know the check as newcomers' cards do."""
        clock.now = clock.now.replace(year=2028)
        assert FOOD in self.ids(guide, state="unseen")
        check(guide, clock, FOOD, Result.RIGHT)
        assert FOOD in self.ids(guide, state="shown")
        assert FOOD not in self.ids(guide, state="stale")
        assert seen(guide, FOOD).preview.unseen == ""
        form = asyncio.run(desk(guide).look(guide.signed_in, FOOD, filled(opened(guide, FOOD))))
        assert isinstance(form, Form)
        assert form.preview is not None
        assert form.preview.unseen == ""

    def test_what_is_said_to_be_closed_is_neither_listed_as_shown_nor_handed_out(
        self, guide: Worker, clock: Clock
    ) -> None:
        check(guide, clock, OFFICE, Result.CLOSED)
        assert OFFICE in self.ids(guide, state="unseen")
        assert "nicht mehr gibt" in seen(guide).preview.unseen
        sheet = asyncio.run(desk(guide).handout(guide.signed_in, Wanted(), "de"))
        assert OFFICE not in {card.offer for _, cards in sheet.groups for card in cards}

    def test_other_people_are_answered_while_a_list_is_made(
        self, guide: Worker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every entry's hours are looked at: that runs beside the loop, the list's and the handout's work."""
        threads: list[int] = []

        def noted(*args: Any) -> Any:
            threads.append(threading.get_ident())
            return select(*args)

        monkeypatch.setattr(catalogue_lists, "select", noted)
        asyncio.run(desk(guide).listed(guide.signed_in, Wanted(text="Tafel")))
        asyncio.run(desk(guide).handout(guide.signed_in, Wanted(text="Tafel"), "de"))
        assert len(threads) == 2
        assert threading.get_ident() not in threads


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

    def test_a_new_entry_is_shown_what_there_is_for_the_same_people(self, guide: Worker) -> None:
        """A hint before it is saved; an entry that is there already is not compared with others."""
        sent = replace(filled(opened(guide)), version=0)
        form = asyncio.run(desk(guide).look(guide.signed_in, "", sent))
        assert isinstance(form, Form)
        assert OFFICE in [id_ for id_, _, _ in form.alike]
        assert self.look(guide).alike == ()


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
