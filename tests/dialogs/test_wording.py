"""How a text is put together: plurals, times, arguments in right-to-left text, and files that are broken."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel import Locale

from bot.wiring import LOCALES
from dialogs.wording import Wording, WordingError, load_wording, moment
from dialogs.wording_check import problems_of

LANGUAGES = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals={n}; plural=({rule});\\n"
"X-Safety-Texts-Reviewed-By: {by}\\n"

"""
RULES = {"de": (2, "n != 1"), "en": (2, "n != 1"), "uk": (2, "n==1 ? 0 : n<5 ? 1 : 2")}


def make_locales(folder: Path, by: str = "", **texts: str) -> Path:
    for code, entries in texts.items():
        count, rule = RULES.get(code, (2, "n != 1"))
        path = folder / code / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        path.write_text(HEADER.format(code=code, n=count, rule=rule, by=by) + entries, "utf-8")
    return folder


def entry(key: str, text: str) -> str:
    return f'msgid "{key}"\nmsgstr "{text}"\n\n'


def plural(key: str, *forms: str) -> str:
    lines = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    return f'msgid "{key}"\nmsgid_plural "{key}"\n{lines}\n'


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(LOCALES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_header_counts_as_the_language_does(wording: Wording, language: str) -> None:
    """Every number from 0 to 999 gets one form for each of CLDR's categories, and no form serves two."""
    cldr = Locale.parse(language).plural_form
    pairs = {(cldr(n), wording[language].plural(n)) for n in range(1000)}
    assert len(pairs) == len({category for category, _ in pairs}) == len({form for _, form in pairs})


def test_arabic_forms_stand_in_the_order_that_translators_know(wording: Wording) -> None:
    """Zero, one, two, few, many, other: not as Babel writes it by itself."""
    places = [wording["ar"].plural(n) for n in (0, 1, 2, 3, 11, 100)]
    assert places == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_has_reviewed_the_safety_texts_yet(wording: Wording, language: str) -> None:
    """A name in this header offers the language to people: it is set by whoever has read it."""
    assert wording[language].reviewed_by == ""


@pytest.mark.parametrize(
    ("language", "name", "direction"),
    [
        ("de", "Deutsch", "ltr"),
        ("en", "English", "ltr"),
        ("ar", "العربية", "rtl"),
        ("uk", "українська", "ltr"),
    ],
)
def test_a_language_has_its_own_name_and_direction(
    wording: Wording, language: str, name: str, direction: str
) -> None:
    """Both come from the locale."""
    assert wording[language].name == name
    assert wording.direction(language) == direction


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Di., 24. Nov., 09:00"),
        ("en", "Tue, Nov 24, 09:00"),
        ("ar", "الثلاثاء، 24 نوفمبر، 09:00"),
        ("uk", "вт, 24 лист., 09:00"),
    ],
)
def test_a_moment_is_written_in_the_language_and_in_berlin_time(language: str, words: str) -> None:
    """With digits as on the clocks here."""
    assert moment(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), Locale.parse(language)) == words


@pytest.mark.parametrize(("utc", "berlin"), [((3, 29, 0, 30), "01:30"), ((3, 29, 1, 30), "03:30")])
def test_summer_time_is_kept(utc: tuple[int, int, int, int], berlin: str) -> None:
    """Also in the night in which it begins."""
    assert moment(datetime(2026, *utc, tzinfo=UTC), Locale.parse("de")).endswith(berlin)


@pytest.mark.parametrize("language", ["ar", "ar_EG", "fa", "ur", "ps", "ckb"])
def test_no_latin_comma_stands_before_the_time_in_arabic_script(language: str) -> None:
    """The language's own comma, or the blank that it writes instead."""
    told = moment(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), Locale.parse(language))
    assert told.endswith(" 09:00")
    assert ", 09:00" not in told


@pytest.mark.parametrize("language", ["fa", "ps", "ar_EG", "bn"])
def test_digits_are_those_of_the_clocks_here(language: str) -> None:
    """Where the locale would write others."""
    told = moment(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), Locale.parse(language))
    assert "24" in told
    assert "09:00" in told


@pytest.mark.parametrize(
    ("args", "arabic"),
    [
        ({"x": "116 117"}, "\u2068116 117\u2069"),
        ({"x": 3}, "\u20683\u2069"),
        ({"x": "at:2026-11-24T08:00:00+00:00"}, "\u2068الثلاثاء، 24 نوفمبر، 09:00\u2069"),
        ({"x": ("Rathaus",)}, "• \u2068Rathaus\u2069"),
        ({"x": ("@language.de|Rathaus|A 1",)}, "• Deutsch: \u2068Rathaus\u2069, \u2068A 1\u2069"),
        ({"x": "@language.ar"}, "العربية"),
    ],
    ids=["a phone number", "a number", "a time", "a list", "a line with a label", "a text of its own"],
)
def test_what_is_put_into_arabic_keeps_its_own_direction(
    tmp_path: Path, args: dict[str, str | int | tuple[str, ...]], arabic: str
) -> None:
    """Isolated, so that numbers and Latin names stay in their place; in German nothing is added."""
    own = entry("k", "{x}") + entry("language.de", "Deutsch") + entry("language.ar", "العربية")
    wording = load_wording(make_locales(tmp_path, de=own, ar=own))
    assert wording.text("k", "ar", args) == arabic
    assert not set("\u2066\u2067\u2068\u2069") & set(wording.text("k", "de", args))


def test_what_somebody_wrote_is_never_read_as_a_placeholder(tmp_path: Path) -> None:
    """Braces in an argument stay braces."""
    wording = load_wording(make_locales(tmp_path, de=entry("k", "Sie: {x}")))
    assert wording.text("k", "de", {"x": "{x} {y.__class__}"}) == "Sie: {x} {y.__class__}"


def test_a_missing_text_is_stood_in_for(tmp_path: Path) -> None:
    """By English, then by German, then by its key: never by an exception."""
    own = {"de": entry("a", "A") + entry("b", "B"), "en": entry("a", "An A"), "uk": entry("c", "Ц")}
    wording = load_wording(make_locales(tmp_path, **own))
    assert [wording.text(key, "uk") for key in ("a", "b", "c", "d")] == ["An A", "B", "Ц", "d"]
    assert wording.text("b", "xx") == "B"


BROKEN = {
    "a text that is missing": ({"en": ""}, "en: no text 'k'. Translate: Von {a}"),
    "a text of nobody": ({"en": entry("k", "{a}") + entry("old", "x")}, "en: 'old' is not a German text"),
    "another placeholder": ({"en": entry("k", "By {b}")}, "must have the same placeholders"),
    "one placeholder fewer": ({"en": entry("k", "By")}, "as the German text: {a}."),
    "a brace left open": ({"en": entry("k", "By {a")}, "has a brace that is not closed."),
    "a brace left alone": ({"en": entry("k", "By {a} }")}, "has a brace that is not closed."),
    "a placeholder without a name": ({"en": entry("k", "By {}")}, "must have the same placeholders"),
    "a placeholder that looks inside": ({"en": entry("k", "By {a.x}")}, "must have the same placeholders"),
    "a placeholder with a form": ({"en": entry("k", "By {a:9999999d}")}, "must have the same placeholders"),
    "a placeholder with a conversion": ({"en": entry("k", "By {a!r}")}, "must have the same placeholders"),
    "a direction character": ({"en": entry("k", "By \u202e{a}")}, "has control or direction characters."),
    "a control character": ({"en": entry("k", "By \u0007{a}")}, "has control or direction characters."),
    "a plural form that is missing": ({"en": plural("k", "{a}")}, "en: no text 'k'."),
    "a header that counts further than the forms": (
        {"uk": plural("k", "{a}", "{a}")},
        "has 2 plural forms, too few for its header.",
    ),
}


@pytest.mark.parametrize(("texts", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_translators_mistake_is_told(tmp_path: Path, texts: dict[str, str], told: str) -> None:
    """In one sentence, with language, key and remedy."""
    german = plural("k", "Von {a}", "Von {a}") if "form" in told else entry("k", "Von {a}")
    problems = list(problems_of(load_wording(make_locales(tmp_path, de=german, **texts))))
    assert [told in problem for problem in problems] == [True], problems


def test_a_plural_where_german_needs_none_must_be_complete(tmp_path: Path) -> None:
    """A form that is missing would only be noticed by the person who reads it."""
    folder = make_locales(tmp_path, de=entry("k", "{n}"), uk=plural("k", "{n}", "{n}"))
    assert "too few for its header" in next(problems_of(load_wording(folder)))


def test_the_projects_own_texts_have_no_such_mistake(wording: Wording) -> None:
    """All languages, all keys."""
    assert list(problems_of(wording)) == []


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"en": entry("k", "x")}, "no de/LC_MESSAGES/messages.po"),
        ({"de": 'msgid "k\n'}, "de/messages.po: "),
        ({"de": entry("k", "x"), "xx": entry("k", "x")}, "xx/messages.po: "),
    ],
    ids=["no German", "a quotation mark left open", "a language that nobody knows"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, texts: dict[str, str], told: str) -> None:
    """By folder and reason."""
    with pytest.raises(WordingError) as caught:
        load_wording(make_locales(tmp_path, **texts))
    assert any(told in problem for problem in caught.value.problems)


def test_all_files_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    """One round of mending is enough."""
    with pytest.raises(WordingError) as caught:
        load_wording(make_locales(tmp_path, de='msgid "k\n', xx="", en='msgid "k\n'))
    assert len(caught.value.problems) == 3


def test_a_reviewer_is_read_from_the_header(tmp_path: Path) -> None:
    """Whoever has read consent and emergency texts as a native speaker."""
    wording = load_wording(make_locales(tmp_path, by="M. Muster, 2026-11-20", de=entry("k", "x")))
    assert wording["de"].reviewed_by == "M. Muster, 2026-11-20"
