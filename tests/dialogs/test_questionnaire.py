"""Questions with conditions: which one is next, and what goes when an earlier answer changes."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.town_script import TownScript
from dialogs.conversation import Answers, Run
from dialogs.questionnaire import Derived, Keep, Question, Questionnaire, Rule
from dialogs.runs import answered, edited, filled, kept_after, needs_in, pending, renewed, taken_back, ticked
from tests.dialogs.talk import run_of

YES_NO = ("yes", "no")
SMALL = Questionnaire(
    id="small",
    version=2,
    dated="2026-11-23",
    reason="For tests.",
    questions=(
        Question(id="hello", statement=True),
        Question(id="child", choices=YES_NO, progress=True, keep=Keep.ALWAYS),
        Question(id="age", choices=("small", "big"), when={"child": ("yes",)}, progress=True, skip=True),
        Question(id="school", choices=YES_NO, when={"age": ("big",)}, progress=True),
        Question(id="work", choices=YES_NO, unless={"child": ("yes",)}, progress=True),
        Question(id="paper", choices=("a", "b"), keep=Keep.DERIVED, progress=True, skip=True),
        Question(id="more_paper", choices=YES_NO, keep=Keep.DERIVED, when={"paper": ("b",)}),
        Question(id="bye", statement=True),
    ),
    derived=(
        Derived(
            id="group",
            of=("paper", "more_paper"),
            rules=(Rule(when={"paper": ("a",)}, value="1"), Rule(when={"more_paper": ("yes",)}, value="2")),
            otherwise="unclear",
        ),
    ),
)
SEEN = {"hello": ("seen",)}
NEXT: Mapping[str, tuple[Answers, str | None]] = {
    "the first question comes first": ({}, "hello"),
    "what is answered is not asked": (SEEN, "child"),
    "`when` holds": (SEEN | {"child": ("yes",)}, "age"),
    "`when` does not hold, `unless` does not either": (SEEN | {"child": ("no",)}, "work"),
    "`unless` holds": (SEEN | {"child": ("yes",), "age": ("small",)}, "paper"),
    "a chain of conditions": (SEEN | {"child": ("yes",), "age": ("big",)}, "school"),
    "a skipped question is answered": (SEEN | {"child": ("yes",), "age": ()}, "paper"),
    "a skipped answer fulfils no condition": (SEEN | {"child": ("no",), "work": ("no",), "paper": ()}, "bye"),
    "a derived value stands for its sources": (
        SEEN | {"child": ("no",), "work": ("no",), "group": ("1",)},
        "bye",
    ),
    "at the end nothing is pending": (
        SEEN | {"child": ("no",), "work": ("no",), "group": ("1",), "bye": ("seen",)},
        None,
    ),
}
PROGRESS = {
    "without answers": ({}, "child", (1, 3)),
    "with a child": ({"child": ("yes",)}, "age", (2, 3)),
    "with a big child": ({"child": ("yes",), "age": ("big",)}, "school", (3, 4)),
    "after the group is known the paper still counts": ({"child": ("no",), "group": ("1",)}, "paper", (3, 3)),
    "a question that does not count": ({"paper": ("b",)}, "more_paper", None),
}


@pytest.fixture(scope="session")
def small(script: TownScript) -> TownScript:
    return replace(script, questionnaires={"small": SMALL})


def run(**answers: str | tuple[str, ...]) -> Run:
    values = {name: (value,) if isinstance(value, str) else value for name, value in answers.items()}
    return Run(id="r", questionnaire="small", version=2, answers=values, given=tuple(values))


def give(script: TownScript, one: Run, *answers: str) -> Run:
    """The run after these answers (`skip` for none), each to the question then pending."""
    for value in answers:
        question = pending(one, script)
        assert question is not None
        one = answered(one, question, () if value == "skip" else (value,), script)
    return one


@pytest.mark.parametrize(("answers", "question"), NEXT.values(), ids=NEXT.keys())
def test_the_next_question_follows_from_the_answers(answers: Answers, question: str | None) -> None:
    """The first that applies and has no answer."""
    found = SMALL.pending(answers)
    assert (found.id if found else None) == question


@pytest.mark.parametrize(("answers", "question", "place"), PROGRESS.values(), ids=PROGRESS.keys())
def test_progress_counts_what_will_be_asked(
    answers: Answers, question: str, place: tuple[int, int] | None
) -> None:
    """Question 2 of 3, with the branches as they are known so far."""
    assert SMALL.progress(answers, SMALL[question]) == place


def test_a_changed_answer_drops_what_no_longer_applies(small: TownScript) -> None:
    """Without a child there is no age and no school of it."""
    before = give(small, run(), "seen", "yes", "big", "yes")
    changed = edited(before, "child", small)
    assert changed is not None
    after = give(small, changed, "no")
    assert after.answers == {"hello": ("seen",), "child": ("no",)}
    assert after.given == ("hello", "child")


def test_an_edit_keeps_what_still_applies(small: TownScript) -> None:
    """Only the changed question is asked again."""
    before = give(small, run(), "seen", "yes", "big", "no", "a")
    changed = edited(before, "age", small)
    assert changed is not None
    assert pending(changed, small) == SMALL["age"]
    after = give(small, changed, "big")
    assert pending(after, small) == SMALL["school"]
    assert after.answers["group"] == ("1",)


def test_nothing_can_be_edited_that_was_not_answered(small: TownScript) -> None:
    """An unknown id is nobody's answer."""
    assert edited(run(child="yes"), "age", small) is None
    assert edited(run(child="yes"), "nonsense", small) is None


def test_a_derived_value_can_be_asked_for_again(small: TownScript) -> None:
    """With all the questions it came from."""
    known = give(small, run(), "seen", "no", "no", "b", "yes")
    assert known.answers["group"] == ("2",)
    again = edited(known, "group", small)
    assert again is not None
    assert pending(again, small) == SMALL["paper"]
    assert give(small, again, "a").answers["group"] == ("1",)


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        (("seen", "yes"), "child"),
        (("seen", "yes", "big"), "age"),
        (("seen", "yes", "skip"), "age"),
        (("seen", "no", "no", "b"), "paper"),
        (("seen", "no", "no", "b", "yes"), "paper"),
        (("seen", "no", "no", "a", "seen"), "paper"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_back_asks_the_last_question_again(
    small: TownScript, answers: tuple[str, ...], question: str
) -> None:
    """Over statements, and from a group to the paper."""
    earlier = taken_back(give(small, run(), *answers), small)
    assert earlier is not None
    assert pending(earlier, small) == SMALL[question]


def test_back_at_the_beginning_leads_nowhere(small: TownScript) -> None:
    """Neither without answers nor with statements only."""
    assert taken_back(run(), small) is None
    assert taken_back(give(small, run(), "seen"), small) is None


def test_a_tick_is_set_or_unset_and_never_toggled() -> None:
    """The same tap twice, as after a slow answer, changes nothing."""
    once = ticked(ticked(run(), "a", on=True), "b", on=True)
    assert once.draft == ("a", "b")
    assert ticked(once, "a", on=True) == once
    without = ticked(once, "a", on=False)
    assert without.draft == ("b",)
    assert ticked(without, "a", on=False) == without


def test_what_lasts_are_answers_kept_for_good_and_derived_values(small: TownScript) -> None:
    """The rest belongs to this run."""
    over = give(small, run(), "seen", "yes", "small", "a", "seen")
    assert kept_after(over, small) == {"child": ("yes",), "group": ("1",)}


def test_a_run_of_an_older_version_is_brought_to_the_present_one(small: TownScript) -> None:
    """Questions and choices that are gone are left out, so that every step still works."""
    old = run(hello="seen", child="perhaps", gone="yes", work="no")
    old = Run(id="r", questionnaire="small", version=1, answers=old.answers, given=old.given, draft=("x",))
    present = renewed(old, small)
    assert (present.version, present.draft) == (2, ())
    assert present.given == ("hello", "work")
    assert pending(present, small) == SMALL["child"]
    assert taken_back(present, small) is not None


@given(
    taps=st.lists(
        st.sampled_from(["seen", "yes", "no", "small", "big", "a", "b", "skip", "back"]), max_size=30
    )
)
@settings(deadline=None, max_examples=150)
def test_no_sequence_of_answers_leaves_a_contradiction(small: TownScript, taps: list[str]) -> None:
    """Every answer that is kept belongs to a question that applies, and has a value that it offers."""
    one = run()
    for tap in taps:
        question = pending(one, small)
        if tap == "back":
            one = taken_back(one, small) or one
        elif question is not None:
            possible = ("seen",) if question.statement else (*question.choices, *("skip",) * question.skip)
            one = give(small, one, tap) if tap in possible else one
        for name, values in one.answers.items():
            if name != "group":
                assert SMALL.applies(SMALL[name], one.answers), name
                assert set(values) <= {*SMALL[name].choices, "seen"}


@pytest.mark.parametrize(
    ("needs", "answers"),
    [
        (("housing.search",), {"need": ("housing",), "detail": ("housing.search",)}),
        (
            ("youth.leisure",),
            {"need": ("other",), "need_more": ("youth",), "detail": ("youth.leisure",)},
        ),
        (
            ("youth.leisure", "lang.practice_cafe", "housing.search"),
            {"detail": ("youth.leisure", "housing.search")},
        ),
        (
            ("lang.literacy", "youth.leisure"),
            {
                "need": ("lang", "other"),
                "need_more": ("youth",),
                "detail": ("lang.literacy", "youth.leisure"),
            },
        ),
    ],
    ids=["first screen", "second screen", "a code that is gone is left out", "both screens"],
)
def test_needs_from_words_stand_where_taps_would_have_put_them(
    script: TownScript, needs: tuple[str, ...], answers: Answers
) -> None:
    """The best one first, and none is lost because it stands on the second screen."""
    found = filled(Run(id="r", questionnaire="intake", version=1), needs, script)
    assert {name: found.answers[name] for name in answers} == answers
    assert pending(found, script) == script.questionnaires["intake"]["offers"]
    assert needs_in(found, script) == tuple(answers["detail"])


def test_new_words_drop_what_belonged_to_the_need_before(script: TownScript) -> None:
    """Urgency is asked for each need anew; what is known for good stays."""
    before = run_of(
        script, need="lang", detail="lang.literacy", urgency="today", more="yes", consent="yes", town="here"
    )
    after = filled(before, ("work.job_search",), script)
    assert "urgency" not in after.answers
    assert after.answers["town"] == ("here",)
    assert after.answers["consent"] == ("yes",)
