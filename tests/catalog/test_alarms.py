"""An emergency that is told rather than cried, beside another wish, or in words that mean something else."""

from functools import partial

import pytest

from catalog.alarm import alarm
from catalog.lexicon import load_lexicons
from catalog.needs import packaged_taxonomy
from catalog.normalise import MAX_LENGTH
from tests.catalog.town import read

PLAIN = partial(alarm, due=0.0, length=8, known=0.5)


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        (
            "en",
            "my husband beats me and I need help with the letter from the jobcenter until friday",
            "money.",
        ),
        (
            "de",
            "ich brauche einen Kitaplatz für meinen Sohn, außerdem schlägt mich mein Mann jeden Abend",
            "edu.",
        ),
        ("ar", "أحتاج إلى مدرسة لابني وزوجي يضربني كل يوم", "edu."),
        ("tr", "oğluma anaokulu arıyorum, ayrıca kocam beni her gün dövüyor", "edu."),
        ("uk", "шукаю садок для сина, і ще чоловік б'є мене щовечора", "edu."),
    ],
    ids=lambda value: value if len(value) < 6 else "",
)
def test_a_cry_beside_another_wish_is_heard_and_the_wish_too(language: str, text: str, need: str) -> None:
    found = read(text, language)
    assert "emergency.violence" in found.emergencies
    assert found.needs[0].code.startswith(need)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mein Vater hatte letztes Jahr einen Schlaganfall, wo bekomme ich einen Rollstuhl für ihn"),
        ("de", "am Samstag brennt das Osterfeuer, darf da jeder hin und was kostet das"),
    ],
    ids=["a stroke that is over", "a fire that is a feast"],
)
def test_words_of_an_emergency_in_a_story_of_something_else_bring_no_card(language: str, text: str) -> None:
    """One word is not believed against all the others."""
    assert read(text, language).emergencies == {}


def test_what_is_told_without_a_word_of_alarm_is_seen_in_a_long_message() -> None:
    """In the middle of other things, by the part in which it stands."""
    text = (
        "Guten Tag, wir wohnen seit März hier und suchen einen Sportverein für die Kinder. "
        "Meine Nachbarin ist gestern die Treppe runtergefallen und liegt da und antwortet nicht mehr. "
        "Außerdem wüsste ich gern, wann das Bürgerbüro aufhat und was die Ummeldung kostet."
    )
    assert "emergency.medical" in read(text, "de").emergencies


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"emergency.danger": 0.6}, {"emergency.danger": 0.4}),
        ({"emergency.danger": 0.4, "emergency.child": 0.3}, {"emergency.danger": 0.4}),
        ({"emergency.danger": 0.4}, {"emergency.danger": 0.4, "housing.search": 0.4}),
        ({"emergency.danger": 0.4}, {"emergency.danger": 0.4, "harmless": 0.4}),
        ({"emergency.danger": 0.4}, {"emergency.danger": 0.4, "none": 0.4}),
    ],
    ids=["likeness", "of two kinds", "against a need", "against what is harmless", "against chatter"],
)
def test_alarm_weighs_for_and_against(more: dict[str, float], less: dict[str, float]) -> None:
    assert PLAIN(more) > PLAIN(less)


def test_a_deadline_speaks_against_an_emergency() -> None:
    scores = {"emergency.no_shelter": 0.4}
    assert alarm(scores, due=0.4, length=8, known=0.5) < alarm(scores, due=0.0, length=8, known=0.5)


def test_nothing_read_is_no_alarm() -> None:
    assert PLAIN({}) <= 0


CARRIERS = {
    "ar": ("أبحث عن دورة لغة ألمانية ومكان في الروضة لابني،", "وأين أجد ملابس"),
    "de": ("Ich brauche einen Termin beim Jobcenter und einen Deutschkurs,", "und wo gibt es Kleidung"),
    "en": ("I want a swimming course for my son and a language course,", "and where is the pool"),
    "tr": ("Almanca kursu ve oğlum için kreş yeri arıyorum,", "nereden kıyafet bulurum"),
}
KINDS = ("emergency.violence", "emergency.suicide")


@pytest.mark.parametrize("language", CARRIERS)
def test_no_cry_of_violence_or_despair_is_drowned_by_wishes_around_it(language: str) -> None:
    """Each one of the list, in the middle of two wishes that are sure; a false alarm costs a glance."""
    before, after = CARRIERS[language]
    lexicon = next(each for each in load_lexicons(packaged_taxonomy()) if each.language == language)
    unheard = [
        cry
        for kind in KINDS
        for cry in lexicon.emergency[kind]
        if kind not in read(f"{before} {cry}, {after}", language).emergencies
    ]
    assert unheard == []


def test_the_last_words_of_a_long_story_are_heard() -> None:
    """Two thousand letters may be written, and the cry often comes at the end."""
    story = "Wir sind im Frühjahr hierher gezogen und die Kinder gehen jetzt in die Schule am Fluss. " * 21
    text = story + "Mein Mann schlägt mich."
    assert len(text) < MAX_LENGTH
    assert "emergency.violence" in read(text, "de").emergencies
