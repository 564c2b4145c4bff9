"""Greetings, thanks, farewells and bare requests: what is only that, and what must not be swallowed by it."""

import pytest

from catalog.lexicon import load_lexicons
from catalog.needs import packaged_taxonomy
from catalog.small_talk import ASIDE, WORDS_AT_MOST
from catalog.understanding import Understood
from tests.catalog.town import read

SAID = {
    "greeting": {
        "de": (
            "Hallo",
            "guten Morgen!",
            "Hallo, wie geht es dir?",
            "haloo",
            "Guten Abend zusammen",
            "gutenmorgen",
        ),
        "en": ("hello", "Hi 👋", "helo", "hey there", "hello hello", "Hello, are you there?"),
        "ar": ("مرحبا", "السلام عليكم", "السَّلامُ عَلَيْكُم ورحمة الله", "salam", "صباح الخير!!", "مرحبااااا"),
        "uk": ("привіт", "Добрий день", "добрий ден", "privit", "pryvit", "здрастуйте"),
        "tr": ("Merhaba", "İYİ GÜNLER"),
        "fa": ("سلام",),
        "ru": ("привет", "Здравствуйте"),
        "so": ("iska warran",),
        "ti": ("ሰላም",),
        "ku": ("silav",),
        "sq": ("përshëndetje", "Pershendetje"),
        "sr": ("zdravo", "здраво"),
        "ur": ("السلام علیکم",),
        "fr": ("Bonjour",),
        "ps": ("سلام",),
    },
    "thanks": {
        "de": ("danke", "ok danke", "Vielen Dank!!", "dankee", "Dankeschön", "hallo und danke", "danke 🙏"),
        "en": ("thank you", "thx", "thankyou", "Thanks a lot", "tahnks", "thank you so much, my friend"),
        "ar": ("شكرا", "شكراً جزيلاً", "shukran", "يعطيك العافية", "تمام شكرا"),
        "uk": ("дякую", "Дуже дякую", "dyakuyu", "дякую вам за допомогу", "дякую за допомогу"),
        "tr": ("teşekkürler", "tesekkurler"),
        "fa": ("ممنون",),
        "ru": ("спасибо",),
        "so": ("mahadsanid",),
        "ti": ("የቐንየለይ",),
        "ku": ("spas",),
        "sq": ("faleminderit",),
        "sr": ("hvala",),
        "ur": ("شکریہ",),
        "fr": ("merci", "Merci beaucoup"),
        "ps": ("مننه",),
    },
    "farewell": {
        "de": ("tschüss", "Danke, bis später", "auf wiedersehn", "schönen Abend noch"),
        "en": ("bye", "bye bye", "ok thanks, goodbye", "see you tomorow"),
        "ar": ("مع السلامة", "باي"),
        "uk": ("до побачення", "дякую, до побачення"),
    },
    "request": {
        "de": (
            "kannst du mir bitte helfen",
            "Können Sie mir helfen?",
            "ich brauche Hilfe",
            "hallo, ich brauche Hilfe",
            "Guten Tag, ich habe eine Frage. Können Sie mir bitte helfen? Danke",
            "ich brauch hilfe",
            "wer kann mir helfen",
        ),
        "en": (
            "I need help please",
            "can you help me?",
            "hello can you help me",
            "Hi, I have a problem",
            "need help",
        ),
        "ar": ("أحتاج مساعدة", "ممكن تساعدني", "مرحبا احتاج مساعدة", "هل يمكنك مساعدتي؟", "عندي مشكلة"),
        "uk": (
            "мені потрібна допомога",
            "Добрий день, ви можете мені допомогти?",
            "мені потрібна допомога будь ласка",
        ),
        "tr": ("yardıma ihtiyacım var", "Merhaba, bana yardım eder misiniz lütfen?"),
        "fa": ("به کمک نیاز دارم", "می‌توانید به من کمک کنید؟", "سلام لطفا میشه کمکم کنید"),
        "ru": ("мне нужна помощь", "здравствуйте, вы можете мне помочь, пожалуйста?"),
        "so": ("waxaan u baahanahay caawimaad", "fadlan ma i caawin kartaa"),
        "ti": ("ሓገዝ የድልየኒ", "ሰላም ክትሕግዙኒ ትኽእሉ ዶ"),
        "ku": ("ez alîkariyê dixwazim", "silav, hûn dikarin alîkariya min bikin ji kerema xwe"),
        "sq": ("kam nevojë për ndihmë", "a mund te me ndihmoni ju lutem"),
        "sr": ("treba mi pomoć", "dobar dan, možete li mi pomoći molim vas", "треба ми помоћ"),
        "ur": ("مجھے مدد چاہیے", "السلام علیکم کیا آپ میری مدد کر سکتے ہیں"),
        "fr": ("j'ai besoin d'aide", "Bonjour, pouvez-vous m'aider s'il vous plaît ?"),
        "ps": ("مرستې ته اړتیا لرم", "سلام، زه مرسته غواړم"),
    },
}


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [(kind, la, text) for kind, by in SAID.items() for la, texts in by.items() for text in texts],
    ids=str,
)
def test_a_message_that_only_greets_thanks_or_takes_leave_is_small_talk(
    kind: str, language: str, text: str
) -> None:
    """In Latin letters, run together, with a slip or a picture; of several the later kind counts."""
    assert read(text, language) == Understood(needs=(), emergencies={}, small_talk=kind)


@pytest.mark.parametrize("chosen", ["de", "en", "ar", "uk"])
def test_people_may_greet_in_a_language_that_they_did_not_choose(chosen: str) -> None:
    """Every phrase of every list is what it is listed as, and says no need, whatever was chosen."""
    for lexicon in load_lexicons(packaged_taxonomy()):
        for kind, phrases in lexicon.small_talk.items():
            meant = {phrase: read(phrase, chosen) for phrase in phrases}
            expected = Understood(needs=(), emergencies={}, small_talk="" if kind == ASIDE else kind)
            assert {phrase: found for phrase, found in meant.items() if found != expected} == {}


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("de", "Guten Tag, ich suche eine Wohnung", "housing.search"),
        ("en", "hi, where is the jobcenter? thanks", "money.jobcenter"),
        ("ar", "السلام عليكم، أبحث عن شقة", "housing.search"),
        ("uk", "Добрий день! шукаю роботу, дякую", "work.job_search"),
        ("en", "teamm", "social.sport"),
        ("uk", "друзі", "social.contacts"),
        ("en", "fine", "law.legal_advice"),
        ("de", "Können Sie mir helfen? Ich suche eine Wohnung", "housing.search"),
        ("en", "I need help to find a flat", "housing.search"),
        ("ar", "أحتاج مساعدة، أبحث عن شقة", "housing.search"),
        ("uk", "мені потрібна допомога, шукаю роботу", "work.job_search"),
    ],
    ids=str,
)
def test_a_need_beside_a_greeting_is_the_need(language: str, text: str, need: str) -> None:
    """People are polite; what they need must not be answered with a good day."""
    found = read(text, language)
    assert found.needs[0].code == need
    assert not found.small_talk


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "hallo ich brauche hilfe beim umtopfen"),
        ("de", "danke, aber das habe ich schon"),
        ("de", "ich brauche keine Hilfe"),
        ("en", "can you help me understand this"),
        ("en", "thanks I have another question about"),
        ("ar", "مرحبا لا احتاج مساعدة"),
        ("uk", "привіт мені потрібна порада"),
        ("de", " ".join(["hallo"] * (WORDS_AT_MOST + 1))),
    ],
    ids=str,
)
def test_who_says_more_than_a_greeting_is_not_only_greeting(language: str, text: str) -> None:
    """They are asked what they mean instead of being greeted."""
    assert not read(text, language).small_talk


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "hallo hilfe"),
        ("de", "Danke, er schlägt mich"),
        ("de", "lieber tot"),
        ("de", "dann lieber tot, lieber Bot"),
        ("en", "hi, I want to die"),
        ("en", "goodbye, I will kill myself"),
        ("ar", "مرحبا النجدة"),
        ("ar", "تسمم"),
        ("uk", "привіт рятуйте"),
        ("de", "Hilfe!"),
        ("de", "Hilfe, schnell"),
        ("de", "können Sie mir helfen, er schlägt mich"),
        ("en", "please help me"),
        ("en", "I need help, my husband hits me"),
        ("en", "can you help me? I want to die"),
        ("ar", "مساعدة"),
        ("ar", "احتاج مساعدة زوجي يضربني"),
        ("uk", "допоможіть будь ласка"),
        ("uk", "мені потрібна допомога, не хочу жити"),
        ("ru", "помогите пожалуйста"),
    ],
    ids=str,
)
def test_a_cry_for_help_is_never_taken_for_a_greeting(language: str, text: str) -> None:
    """Some greet before they cry, and some take leave."""
    found = read(text, language)
    assert found.emergencies
    assert not found.small_talk


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Hallo, ich möchte mit einem Menschen sprechen"),
        ("en", "hello, human please"),
        ("ar", "السلام عليكم موظف من فضلك"),
        ("uk", "привіт, хочу поговорити з людиною"),
        ("de", "ich brauche Hilfe, ich möchte mit einem Menschen sprechen"),
        ("en", "can you help me? I need a human"),
        ("ar", "احتاج مساعدة بدي احكي مع حدا"),
        ("uk", "мені потрібна допомога, хочу поговорити з людиною"),
    ],
    ids=str,
)
def test_who_greets_and_asks_for_a_person_asks_for_a_person(language: str, text: str) -> None:
    """The handover goes before the good day."""
    found = read(text, language)
    assert found.human
    assert not found.small_talk


@pytest.mark.parametrize("text", ["", "?", "???", "😀👍", "👋", "...", "❤️"], ids=str)
def test_what_has_no_word_says_nothing(text: str) -> None:
    """A picture may mean anything."""
    assert read(text) == Understood(needs=(), emergencies={})


@pytest.mark.parametrize(
    ("language", "text"), [("de", "Spaß"), ("ar", "مدير"), ("en", "goods"), ("de", "bitten")]
)
def test_a_word_that_is_known_is_no_slip_of_a_greeting(language: str, text: str) -> None:
    """One letter from "spas", "مدري", "good" and "bitte", and another word."""
    assert not read(text, language).small_talk
