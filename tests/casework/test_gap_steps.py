"""A decision about a gap is a code, a day and a role; what people wrote is no code."""

from datetime import date

import pytest

from casework.gap_steps import DECISIONS, LONGEST_NOTE, Decision, GapStep


def step(**changed: str) -> GapStep:
    fields = {"need": "digital.bank", "by": "guide", **changed}
    return GapStep(decision=Decision.FOUND, on=date(2026, 11, 23), **fields)


@pytest.mark.parametrize("changed", [{"need": "Frau Aydın"}, {"by": "Ada Guide"}], ids=str)
def test_need_and_role_are_codes(changed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Only codes"):
        step(**changed)


def test_a_note_has_an_end() -> None:
    assert step(note="x" * LONGEST_NOTE).note
    with pytest.raises(ValueError, match="at most"):
        step(note="x" * (LONGEST_NOTE + 1))


def test_every_decision_has_a_german_name() -> None:
    assert set(DECISIONS) == set(Decision)
