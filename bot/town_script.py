"""The script of one town: what the engine may ask for, from questionnaires, wording and catalogue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from bot import deadlines
from bot.facts import facts_of
from catalog.hours import Hours
from catalog.index import Index
from catalog.matching import Match, best_offers, guide_of
from catalog.near import packaged_near
from catalog.needs import Safety, Taxonomy
from catalog.normalise import normalise
from catalog.offer import Offer
from catalog.understanding import understand
from dialogs.conversation import Answers, Purpose
from dialogs.effects import Effect, EmergencySeen, GapFound, OffersShown
from dialogs.messages import Args, Choice, Reply
from dialogs.questionnaire import Option, Questionnaire
from dialogs.questionnaire_file import Vocabulary
from dialogs.runs import OTHER
from dialogs.script import Contents, Meaning
from dialogs.wording import Wording

ASKED_AT_ONCE = 3
"""Needs of one round that offers are shown for."""

SURE = 0.5
"""Score from which a need in a letter is worth naming: below it every tenth is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TownScript:
    """Immutable: a new one is built when the catalogue's version differs."""

    questionnaires: Mapping[str, Questionnaire]
    languages: tuple[str, ...]
    consent_versions: Mapping[Purpose, str]
    wording: Wording
    taxonomy: Taxonomy
    offers: Sequence[Offer]
    index: Index
    office_hours: str
    letters_by_messenger: bool = False
    """Whether what people write to a guide passes through the team's messenger."""
    unreviewed: frozenset[str] = frozenset()
    """Languages whose consent and emergency texts no native has read: those texts are marked as such."""
    beneath: tuple[str, ...] = ()
    """Languages that stand beneath such a text."""
    by_id: Mapping[str, Offer] = field(init=False, repr=False, compare=False)
    by_need: Mapping[str, tuple[Offer, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_need: dict[str, list[Offer]] = {}
        for offer in self.offers:
            for need in dict.fromkeys(offer.needs):
                by_need.setdefault(need, []).append(offer)
        object.__setattr__(self, "by_id", {offer.id: offer for offer in self.offers})
        object.__setattr__(self, "by_need", {need: tuple(found) for need, found in by_need.items()})

    def choices(self, name: str, answers: Answers) -> tuple[Option, ...]:
        return CHOICES[name](self, answers)

    def contents(self, name: str, answers: Answers, language: str, now: datetime) -> Contents:
        return CONTENTS[name](self, answers, language, now)

    def understand(self, text: str, language: str) -> Meaning:
        understood = understand(self.index, text, language)
        hits = understood.likely[:ASKED_AT_ONCE]
        return Meaning(
            needs=tuple(hit.code for hit in hits),
            sure=tuple(hit.code for hit in hits if hit.score >= SURE),
            emergencies=tuple(understood.emergencies),
            human=understood.human,
            small_talk=understood.small_talk,
            deadline=understood.deadline,
            doubt=understood.doubt,
        )

    def text(self, key: str, language: str, args: Args | None = None) -> str:
        return self.wording.text(key, language, args)

    def label(self, key: str, language: str, args: Args) -> str:
        return (
            normalise(self.text(key, language, args), language)
            if args
            else _label(self.wording, key, language)
        )

    def normalise(self, text: str, language: str) -> str:
        return normalise(text, language)


def needs_of(script: TownScript, answers: Answers) -> tuple[Option, ...]:
    """The needs of the chosen domains, and "something else"."""
    domains, chosen = script.taxonomy.domains, (*answers.get("need", ()), *answers.get("need_more", ()))
    return _options_of(tuple(domains[domain].needs for domain in chosen if domain in domains))


def offers(script: TownScript, answers: Answers, language: str, now: datetime) -> Contents:
    """Up to three offers for each need, what a need in danger calls for, and a gap where there is nothing."""
    replies: list[Reply] = []
    effects: list[Effect] = []
    shown: set[str] = set()
    for code in [code for code in answers.get("detail", ()) if code != OTHER][:ASKED_AT_ONCE]:
        found = _best(script, code, answers, language, now)
        near = () if found else _near(script, code, answers, language, now)
        part = _for_need(script, code, found, near, shown)
        shown |= {match.offer.id for match in (*found, *near)}
        replies += part.replies
        effects += part.effects
    return Contents(replies=tuple(replies), effects=tuple(effects))


def deadline(script: TownScript, answers: Answers, language: str, now: datetime) -> Contents:
    """Where to go at once because a deadline may run."""
    needs = [code for code in answers.get("detail", ()) if code != OTHER][:ASKED_AT_ONCE]
    found = deadlines.places(script.by_need, script.taxonomy, needs, facts_of(answers), language, now)
    guide = deadlines.opening(script.office_hours, now)
    told, match = deadlines.warning(list(found), needs, guide, now, language)
    if match is None or match.need in needs:  # its card follows among the offers
        return Contents(replies=(told,))
    return Contents(replies=(told, _card(match)))


def youth(script: TownScript, answers: Answers, language: str, now: datetime) -> Contents:
    """For someone under 16: the youth service, and nothing is kept."""
    found = _best(script, "youth.counselling", answers, language, now)
    return Contents(replies=(Reply(key="offers.youth"), *(_card(match) for match in found)))


def visit(script: TownScript, _: Answers, language: str, now: datetime) -> Contents:
    """Where and when the guide is to be found."""
    guide = guide_of(script.offers, "social.orientation", language, now)
    return Contents(replies=(Reply(key="offers.visit"), _card(guide)) if guide is not None else ())


def hours(script: TownScript, _: Answers, __: str, now: datetime) -> Contents:
    """When the guide can read what is written."""
    key, args = _office(script, now)
    return Contents(replies=() if key == "unknown" else (Reply(key=f"handover.hours{key}", args=args),))


def waiting(script: TownScript, _: Answers, __: str, now: datetime) -> Contents:
    """It has been passed on, and when an answer can be expected."""
    key, args = _office(script, now)
    return Contents(
        replies=(Reply(key=f"handover.waiting{key if key != 'unknown' else '.unknown'}", args=args),)
    )


def numbers(script: TownScript, answers: Answers, _: str, __: datetime) -> Contents:
    """Whom to call at once for these needs, where a human should look at them; nothing for all others."""
    needs = [
        code for code in answers.get("detail", ()) if script.taxonomy.need(code).safety is not Safety.NONE
    ]
    return Contents(replies=_hotlines(script, needs, "relay.numbers"))


def letters(script: TownScript, _: Answers, __: str, ___: datetime) -> Contents:
    """That what is written also goes through the team's messenger, where the town has decided so."""
    return Contents(replies=(Reply(key="handover.telegram"),) if script.letters_by_messenger else ())


CHOICES: Mapping[str, Callable[[TownScript, Answers], tuple[Option, ...]]] = {"needs": needs_of}
CONTENTS: Mapping[str, Callable[[TownScript, Answers, str, datetime], Contents]] = {
    "offers": offers,
    "deadline": deadline,
    "youth": youth,
    "visit": visit,
    "hours": hours,
    "waiting": waiting,
    "numbers": numbers,
    "letters": letters,
}


def vocabulary(actions: frozenset[str]) -> Vocabulary:
    """What questionnaire files may name."""
    return Vocabulary(actions=actions, choices=frozenset(CHOICES), contents=frozenset(CONTENTS))


@lru_cache(maxsize=8192)  # every label in every language; what people type is never kept here
def _label(wording: Wording, key: str, language: str) -> str:
    return normalise(wording.text(key, language), language)


@lru_cache(maxsize=256)  # a few domains alone or together, and every message of a guest asks for them
def _options_of(needs: tuple[tuple[str, ...], ...]) -> tuple[Option, ...]:
    options = (Option(code=code, key=f"need.{code}") for codes in needs for code in codes)
    return (*options, Option(code=OTHER, key="intake.detail.other"))


def _best(script: TownScript, need: str, answers: Answers, language: str, now: datetime) -> list[Match]:
    return best_offers(script.by_need.get(need, ()), need, facts_of(answers), language, now, script.taxonomy)


def _near(script: TownScript, code: str, answers: Answers, language: str, now: datetime) -> tuple[Match, ...]:
    """One wider look: what helps with a need that lies near. Never where a human must look first."""
    if script.taxonomy.need(code).safety is Safety.CRISIS:
        return ()
    for near in packaged_near().get(code, ()):
        found = _best(script, near, answers, language, now)
        if found:
            return tuple(found)
    return ()


def _for_need(
    script: TownScript, code: str, found: Sequence[Match], near: Sequence[Match], shown: set[str]
) -> Contents:
    need = script.taxonomy.need(code)
    named: Args = {"need": f"@need.{code}"}
    effects: list[Effect] = []
    replies: list[Reply] = []
    if need.safety is Safety.CRISIS:
        replies.append(Reply(key=f"emergency.card.{code.partition('.')[2]}"))
        effects.append(EmergencySeen(kind=code))
    elif need.safety is Safety.WATCH:
        replies += _hotlines(script, (code,), "offers.hotlines")
    cards = tuple(_card(match) for match in found if match.offer.id not in shown)
    if found:
        replies += (Reply(key="offers.found", args=named), *cards) if cards else ()
        effects.append(OffersShown(need=code, offers=tuple(match.offer.id for match in found)))
    elif need.safety is not Safety.CRISIS:  # in an emergency the numbers are the help, and nothing is missing
        cards = tuple(_card(match) for match in near if match.offer.id not in shown)
        replies += (
            (Reply(key="offers.near", args=named), *cards)
            if cards
            else (Reply(key="offers.none", args=named),)
        )
        effects.append(GapFound(need=code))  # what lies near does not fill it
    return Contents(replies=tuple(replies), effects=tuple(effects))


def _hotlines(script: TownScript, needs: Sequence[str], key: str) -> tuple[Reply, ...]:
    lines = tuple(
        f"@hotline.{h.id}|{h.number}"
        for h in script.taxonomy.hotlines
        if not h.verify and not {*h.needs}.isdisjoint(needs)
    )
    return (Reply(key=key, args={"lines": lines}),) if lines else ()


def _card(match: Match) -> Reply:
    args: Args = {"offer": match.offer.id, "need": match.need, "why": match.reasons}
    german = Choice(id=f"/card {match.offer.id}", key="offer.german_button")
    return Reply(key="offer.card", args=args, choices=(german,))


def _office(script: TownScript, now: datetime) -> tuple[str, Args]:
    if not script.office_hours:
        return "unknown", {}
    office = Hours.parse(script.office_hours)
    if office.is_open(now):
        return ".open", {}
    opens = office.next_opening(now)
    return ("unknown", {}) if opens is None else ("", {"opens": f"at:{opens.isoformat()}"})
