"""From what stands on someone's paper to the project's group: a table that a guide can check."""

import pytest

from bot.town_script import TownScript
from dialogs.conversation import Run
from tests.dialogs.talk import run_of

FIRST = {
    "need": "lang",
    "detail": "lang.first_orientation",
    "urgency": "has_time",
    "more": "yes",
    "consent": "yes",
    "town": "here",
    "age": "27_59",
    "german": "none",
    "household": "alone",
    "since": "under_1_year",
}
CARD = {"paper": "dated_card", "purpose": "family_work_protection"}
BLUE = {"paper": "blue_card"}
INTERIM = {"paper": "fiction"}
TOLERATED = {"paper": "toleration"}
ASYLUM = {"paper": "permission_to_stay"}
OTHER = {"paper": "other"}
SKIPPED: tuple[str, ...] = ()

GROUPS = {
    "a settlement permit is group 2": ({"paper": "settlement"}, "2"),
    "a permit for long-term residents is group 1": ({"paper": "eu_long_term"}, "1"),
    "protection because of war is group 6, whatever date is printed": ({"paper": "section_24"}, "6"),
    "a card of a year or more is group 3": (CARD | {"card_year": "yes"}, "3"),
    "short cards that make 18 months together are group 4": (
        CARD | {"card_year": "no", "card_together": "yes"},
        "4",
    ),
    "short cards that do not add up stay unclear": (
        CARD | {"card_year": "no", "card_together": "no"},
        "unclear",
    ),
    "a card whose length nobody knows stays unclear": (CARD | {"card_year": "unknown"}, "unclear"),
    "a card whose remark nobody can read counts by its length": (
        CARD | {"purpose": "unknown", "card_year": "yes"},
        "3",
    ),
    "a card whose remark was skipped counts by its length": (
        CARD | {"purpose": SKIPPED, "card_year": "yes"},
        "3",
    ),
    "a card for looking for work is group 7": (CARD | {"purpose": "looking_for_work"}, "7"),
    "a card for looking for training is group 8": (CARD | {"purpose": "looking_for_training"}, "8"),
    "a card for studies is in no group": (CARD | {"purpose": "studying"}, "none"),
    "a blue card of a year or more is group 3": (BLUE | {"card_year": "yes"}, "3"),
    "short blue cards that make 18 months together are group 4": (
        BLUE | {"card_year": "no", "card_together": "yes"},
        "4",
    ),
    "an interim certificate goes on with a settlement permit": (INTERIM | {"old_card": "settlement"}, "2"),
    "an interim certificate goes on with an EU permit": (INTERIM | {"old_card": "eu_long_term"}, "1"),
    "an interim certificate goes on with protection because of war": (
        INTERIM | {"old_card": "section_24"},
        "6",
    ),
    "a first card that was promised by letter is group 5": (INTERIM | {"old_card": "first_promised"}, "5"),
    "a first card without a promise stays unclear": (INTERIM | {"old_card": "first"}, "unclear"),
    "an interim certificate after a dated card stays unclear": (
        INTERIM | {"old_card": "dated_card"},
        "unclear",
    ),
    "an interim certificate after nobody knows what stays unclear": (
        INTERIM | {"old_card": "unknown"},
        "unclear",
    ),
    "toleration with a letter for the integration course is group 10": (
        TOLERATED | {"course_letter": "integration"},
        "10",
    ),
    "toleration with a letter for the job course is group 11": (
        TOLERATED | {"course_letter": "vocational"},
        "11",
    ),
    "an asylum procedure with a letter for the integration course is group 10": (
        ASYLUM | {"course_letter": "integration"},
        "10",
    ),
    "toleration without letter or relative is in no group": (
        TOLERATED | {"course_letter": "none", "relative": "no"},
        "none",
    ),
    "an asylum procedure without letter or relative is in no group": (
        ASYLUM | {"course_letter": "none", "relative": "no"},
        "none",
    ),
    "a near relative of someone in groups 1 to 5 is group 9": (
        OTHER | {"course_letter": "none", "relative": "yes"},
        "9",
    ),
    "a tolerated near relative is group 9 too": (
        TOLERATED | {"course_letter": "unknown", "relative": "yes"},
        "9",
    ),
    "a relative of nobody knows whom stays unclear": (
        OTHER | {"course_letter": "none", "relative": "unknown"},
        "unclear",
    ),
    "a German or EU passport is in no group": ({"paper": "german_or_eu"}, "none"),
    "an unknown paper stays unclear": ({"paper": "unknown"}, "unclear"),
    "a paper that somebody keeps to themselves stays unclear": ({"paper": "rather_not"}, "unclear"),
    "a skipped paper stays unclear": ({"paper": SKIPPED}, "unclear"),
}


def with_paper(script: TownScript, answers: dict[str, str | tuple[str, ...]]) -> Run:
    return run_of(script, **{**FIRST, **answers})


@pytest.mark.parametrize(("answers", "group"), GROUPS.values(), ids=GROUPS.keys())
def test_the_paper_tells_the_group(
    script: TownScript, answers: dict[str, str | tuple[str, ...]], group: str
) -> None:
    """The decision aid of the project, row by row."""
    assert with_paper(script, answers).answers["group"] == (group,)


@pytest.mark.parametrize(("answers", "group"), GROUPS.values(), ids=GROUPS.keys())
def test_nothing_of_the_paper_is_left_when_the_group_is_known(
    script: TownScript, answers: dict[str, str | tuple[str, ...]], group: str
) -> None:
    """A stored toleration would say more about someone than any report needs."""
    kept = with_paper(script, answers).answers
    assert not kept.keys() & {"paper", "old_card", "purpose", "card_year", "card_together", "course_letter"}
    assert "relative" not in kept


def test_nothing_is_derived_while_a_question_about_the_paper_is_open(script: TownScript) -> None:
    """Half an answer about a paper puts nobody into a group."""
    assert "group" not in with_paper(script, {"paper": "dated_card"}).answers


def test_someone_from_elsewhere_is_not_asked_for_a_paper(script: TownScript) -> None:
    """Without this town there is nothing to count."""
    run = with_paper(script, {"town": "elsewhere", "contact": "no"})
    assert "group" not in run.answers
    assert "paper" not in run.given
