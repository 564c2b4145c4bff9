import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.index import Index
from catalog.lexicon import load_lexicons
from catalog.needs import CatalogError, packaged_taxonomy
from catalog.understanding import HITS_AT_MOST
from tests.catalog.town import erlenfels, read, speech


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("de", "Ich suche eine Wonung", "housing.search"),
        ("de", "Wohnungssuche", "housing.search"),
        ("en", "german corse", "lang.first_orientation"),
        ("en", "my boss has not paid my wages", "work.rights"),
        ("en", "where is the jobcenter", "money.jobcenter"),
        ("ar", "أريد دورت لغة ألمانية", "lang.first_orientation"),
        ("ar", "أبحث عن شقّة", "housing.search"),
        ("ar", "Termin Ausländerbehörde", "law.permit"),
        ("uk", "шукаю роботу", "work.job_search"),
        ("uk", "у мене болить зуб", "health.doctor"),
        ("uk", "потрібен перекладач", "admin.interpreting"),
    ],
    ids=str,
)
def test_what_people_type_leads_to_their_need(language: str, text: str, need: str) -> None:
    """With mistakes, endings, compounds, vowel marks and German words in between."""
    assert read(text, language).needs[0].code == need


TOWN_HALL = {
    "de": (
        "Wann hat das Rathaus offen?",
        "wann hat das Bürgerbüro auf",
        "Öffnungszeiten Rathaus",
        "hat das Rathaus heute geöffnet?",
    ),
    "en": ("When is the town hall open?", "town hall opening hours", "is the city hall open today"),
    "ar": ("متى تفتح البلدية؟", "أوقات دوام البلدية", "متى يفتح مكتب المواطنين"),
    "uk": ("Коли працює ратуша?", "графік роботи мерії", "чи відчинена сьогодні ратуша"),
}


@pytest.mark.parametrize(
    ("language", "text"), [(la, text) for la, texts in TOWN_HALL.items() for text in texts], ids=str
)
def test_who_asks_when_the_town_hall_is_open_is_led_to_its_counter(language: str, text: str) -> None:
    """The card of the citizens' office has the hours."""
    (need, *_) = read(text, language).needs
    assert need.code == "housing.registration"
    assert any(need.code in offer.needs and "buergerbuero" in offer.id for offer in erlenfels().offers)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "hilfe er schlägt mich", "violence"),
        ("de", "ich will sterben", "suicide"),
        ("de", "112", "medical"),
        ("de", "es brennt!!", "danger"),
        ("de", "wir haben heute keinen schlafplatz", "no_shelter"),
        ("en", "someone is breaking in", "danger"),
        ("en", "my husband hits me", "violence"),
        ("en", "I dont want to live", "suicide"),
        ("en", "my baby is not breathing", "medical"),
        ("en", "he beats the children", "child"),
        ("ar", "زوجي يضربني", "violence"),
        ("ar", "أريد أن أموت", "suicide"),
        ("ar", "ليس لدي مكان أنام فيه", "no_shelter"),
        ("uk", "він мене б'є", "violence"),
        ("uk", "не хочу жити", "suicide"),
        ("uk", "дитина пропала", "child"),
        ("en", "Hilfe, mein Mann bedroht mich", "violence"),
        ("de", "١١٢", "medical"),
    ],
    ids=str,
)
def test_an_emergency_is_seen_in_any_language(language: str, text: str, kind: str) -> None:
    """Whatever language was chosen; a miss may cost a life."""
    assert f"emergency.{kind}" in read(text, language).emergencies


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hello"),
        ("en", "ok thx"),
        ("de", "Hallo, guten Tag!"),
        ("de", "danke bis später"),
        ("ar", "شكرا جزيلا"),
        ("uk", "дякую, до побачення"),
        ("de", ""),
        ("de", "😀👍"),
        ("de", "asdfgh qwertz"),
    ],
    ids=str,
)
def test_small_talk_is_no_need(language: str, text: str) -> None:
    """A wrong guess would look as if nobody listened."""
    found = read(text, language)
    assert (found.needs, found.emergencies, found.human) == ((), {}, False)


LANGUAGES = {"ar", "de", "en", "fa", "fr", "ku", "ps", "ru", "so", "sq", "sr", "ti", "tr", "uk", "ur"}

LOSING_THE_HOME = {
    "de": (
        "mein Vermieter wirft mich raus",
        "der Vermieter schmeißt uns raus",
        "ich habe Angst, mein Vermieter wirft mich raus",
        "Ich habe Angst. Er will uns rauswerfen",
        "wir werden rausgeschmissen, ich mache mir Sorgen",
    ),
    "en": ("my landlord wants to kick me out", "I am afraid the landlord kicks us out", "they kick me out"),
    "ar": ("يطردني صاحب البيت", "أنا خائف، صاحب البيت يريد طردنا"),
    "uk": ("виганяє мене з квартири", "мені страшно, господар виганяє нас"),
}


@pytest.mark.parametrize(
    ("language", "text"), [(la, text) for la, texts in LOSING_THE_HOME.items() for text in texts], ids=str
)
def test_who_is_thrown_out_is_helped_to_keep_the_home(language: str, text: str) -> None:
    """Before anything else, the fear that comes with it included; a deadline runs."""
    found = read(text, language)
    assert found.needs[0].code == "housing.eviction"


@pytest.mark.parametrize(
    ("language", "text", "first", "second"),
    [
        ("de", "ich habe Angst und suche eine Wohnung", "housing.search", "health.mental"),
        ("en", "I am afraid, they want to deport me", "law.asylum", "health.mental"),
        ("uk", "боюсь, немає роботи", "work.job_search", "health.mental"),
        ("de", "mein Chef wirft mich raus", "work.rights", "housing.eviction"),
    ],
    ids=str,
)
def test_what_someone_is_afraid_of_goes_before_the_fear(
    language: str, text: str, first: str, second: str
) -> None:
    """The fear stays in view, behind the help that may end it."""
    assert [hit.code for hit in read(text, language).needs[:2]] == [first, second]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "ich habe Angst"),
        ("en", "I am afraid"),
        ("ar", "أنا خائفة"),
        ("uk", "мені страшно"),
        ("de", "ich habe Angst und kann nicht schlafen"),
    ],
    ids=str,
)
def test_fear_alone_is_a_need_of_its_own(language: str, text: str) -> None:
    """Nothing else was said that could help."""
    assert read(text, language).needs[0].code == "health.mental"


def test_dear_is_not_fire() -> None:
    """One letter apart; the alarm would come with every rent."""
    assert read("das ist zu teuer").emergencies == {}


def test_the_words_that_mattered_are_told() -> None:
    """The card and the transcript quote them."""
    assert read("Ich suche dringend eine Wonung").needs[0].words == ("Wonung",)


def test_towns_share_what_people_say_and_keep_their_own_offers() -> None:
    """42 towns in one process: what is the same in all of them is there once."""
    here, elsewhere = Index.build(speech(), erlenfels().offers), Index.build(speech(), [])
    assert here.speech is elsewhere.speech
    assert here.search.find("Bürgerbüro Erlenfels", "de")[0].offer == "buergerbuero-erlenfels"
    assert elsewhere.search.find("Bürgerbüro Erlenfels", "de") == ()


@given(st.text(max_size=300), st.sampled_from(["de", "en", "ar", "uk", "tr", "xx"]))
def test_any_text_is_read_without_fault(text: str, language: str) -> None:
    """Best first, no need twice, never too many."""
    found = read(text, language).needs
    assert len(found) <= HITS_AT_MOST
    assert len({hit.code for hit in found}) == len(found)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


@pytest.mark.parametrize("text", ["x" * 5000, " ".join(f"wort{n}" for n in range(900)), "ا" * 2000], ids=len)
def test_a_hostile_message_takes_no_time(text: str) -> None:
    """One flooder must not hold up the others; the bound is ten times what was measured."""
    read("warm wird es")
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 0.2


def test_every_lexicon_knows_every_need_and_emergency() -> None:
    """A language that lacks one would fall silent there."""
    taxonomy = packaged_taxonomy()
    lexicons = load_lexicons(taxonomy)
    assert {lexicon.language for lexicon in lexicons} == LANGUAGES
    for lexicon in lexicons:
        assert lexicon.needs.keys() | lexicon.emergency.keys() == taxonomy.needs.keys()
        assert lexicon.crises.keys() == lexicon.emergency.keys()


def test_a_broken_lexicon_tells_every_problem_at_once(tmp_path: Path) -> None:
    """Translators mend it without a developer."""
    text = '[emergency]\n"emergency.medical" = ["112"]\n[needs]\n"lang.curse" = ["x", "x", ""]\n'
    (tmp_path / "xx.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_lexicons(packaged_taxonomy(), tmp_path)
    message = str(caught.value)
    for told in (
        "lang.curse",
        "stands twice",
        "is empty",
        "emergency.suicide",
        "emergency.violence",
        "small_talk.aside",
    ):
        assert told in message


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Hilfe, meine Wohnung BRENNT!", "danger", {"BRENNT"}),
        ("he says that he will kill me and the children tonight", "violence", {"kill", "me"}),
    ],
    ids=["by a cry", "by several words"],
)
def test_an_emergency_comes_with_the_words_that_said_so(text: str, kind: str, words: set[str]) -> None:
    """As they were typed, so that whoever mends a list sees why a card came."""
    assert words <= set(read(text, "auto").emergencies[f"emergency.{kind}"])
