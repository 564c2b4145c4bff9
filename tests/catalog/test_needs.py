from pathlib import Path

import pytest

from catalog.needs import CatalogError, Safety, UnknownNeed, load_taxonomy, packaged_taxonomy

BROKEN = """
[[domain]]
code = "lang"
icon = "x"
de = "Deutsch"
en = "German"

[[need]]
code = "lang.course"
icon = "x"
de = "Kurs"
en = "Course"
ask_de = "Sie suchen einen Kurs."
ask_en = "You look for a course."
first = ["school"]
safety = "dangerous"

[[need]]
code = "lang.course"
icon = "x"
de = "Kurs"
en = "Course"
ask_de = "Sie suchen einen Kurs."
ask_en = "You look for a course."
first = ["vhs"]

[[hotline]]
id = "rescue"
number = "112"
de = "Notruf"
en = "Emergency"
needs = ["lang.curse"]
always_open = true

[body.vhs]
level = "moon"
de = "Volkshochschule"
en = "Adult education"

[reason.cost]
de = "Zu teuer"
en = "Too expensive"
"""


def problems_of(path: Path) -> str:
    with pytest.raises(CatalogError) as caught:
        load_taxonomy(path)
    return str(caught.value)


AFTER_UNICODE_9 = (
    *((0x1F6D3, 0x1F6DF), (0x1F6F7, 0x1F6FF), (0x1F900, 0x1F90F), (0x1F91F, 0x1F91F), (0x1F928, 0x1F92F)),
    *((0x1F931, 0x1F932), (0x1F93F, 0x1F93F), (0x1F94C, 0x1F94F), (0x1F95F, 0x1F97F), (0x1F992, 0x1F9BF)),
    (0x1F9C1, 0x10FFFF),
)
"""Among the pictures; what of these blocks is not here, phones have had since 2016."""
NOT_BY_ITSELF = ("\u200d", *map(chr, range(0x1F1E6, 0x1F200)), *map(chr, range(0x1F3FB, 0x1F400)))
"""Joins pictures to one that old phones show as several; flags; colours of skin."""


def test_every_need_has_a_picture_that_is_its_own_in_its_domain() -> None:
    """Who hardly reads tells the needs of a domain apart by them."""
    taxonomy = packaged_taxonomy()
    for domain in taxonomy.domains.values():
        icons = [taxonomy.need(code).icon for code in domain.needs]
        assert len(set(icons)) == len(icons), domain.code
        assert all(icons), domain.code


def test_an_old_phone_has_every_picture() -> None:
    """Others would be empty boxes, for the people who need them most."""
    taxonomy = packaged_taxonomy()
    icons = [each.icon for each in taxonomy.domains.values()] + [
        each.icon for each in taxonomy.needs.values()
    ]
    signs = "".join(icons)
    assert not [sign for sign in signs if sign in NOT_BY_ITSELF]
    assert not [sign for sign in signs for low, high in AFTER_UNICODE_9 if low <= ord(sign) <= high]


def test_the_packaged_list_has_16_domains_and_79_needs() -> None:
    """The reports promise these numbers."""
    taxonomy = packaged_taxonomy()
    assert (len(taxonomy.domains), len(taxonomy.needs)) == (16, 79)
    assert sum(len(domain.needs) for domain in taxonomy.domains.values()) == 79


def test_every_emergency_is_a_crisis_and_has_a_way_to_call() -> None:
    """An emergency card without a number would be worse than none."""
    taxonomy = packaged_taxonomy()
    for code in taxonomy.domains["emergency"].needs:
        assert taxonomy.needs[code].safety is Safety.CRISIS
    assert {h.number for h in taxonomy.hotlines_of("emergency.violence")} == {"110", "116 016"}


def test_an_unknown_need_is_the_callers_fault() -> None:
    """A typing mistake in the code must not look like a gap in the town."""
    with pytest.raises(UnknownNeed, match=r"lang\.curse"):
        packaged_taxonomy().need("lang.curse")


@pytest.mark.parametrize(
    "told",
    [
        "no body 'school'",
        "'dangerous' is not possible",
        "stands twice",
        "no need 'lang.curse'",
        "'moon' is not",
    ],
)
def test_a_broken_list_tells_every_problem_at_once(tmp_path: Path, told: str) -> None:
    """Whoever mends a file wants one round, not five."""
    path = tmp_path / "needs.toml"
    path.write_text(BROKEN, encoding="utf-8")
    message = problems_of(path)
    assert told in message
    assert message.startswith("5 problems")


@pytest.mark.parametrize(("text", "told"), [("x = [", "not readable"), ("", "no table 'need'")], ids=str)
def test_a_file_without_the_right_shape_is_named(tmp_path: Path, text: str, told: str) -> None:
    """Not a traceback but a sentence."""
    path = tmp_path / "needs.toml"
    path.write_text(text, encoding="utf-8")
    assert told in problems_of(path)


def test_a_missing_label_names_entry_and_field(tmp_path: Path) -> None:
    """The entry is found without counting lines."""
    path = tmp_path / "needs.toml"
    path.write_text(BROKEN.replace('ask_en = "You look for a course."\n', "", 1), encoding="utf-8")
    assert "entry 'lang.course', field 'ask_en'" in problems_of(path)
