from collections.abc import Mapping
from datetime import timedelta

import pytest

from casework.ledger import Entry, Step, identity
from tests.casework.builders import MONDAY


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"step": Step.NAMED, "offer": "course"}, id="a need named with an offer"),
        pytest.param({"step": Step.OFFERED}, id="nothing offered"),
        pytest.param({"step": Step.REFERRED}, id="referred to nothing"),
        pytest.param({"step": Step.ATTENDED}, id="attended nothing"),
        pytest.param({"step": Step.FINISHED}, id="finished nothing"),
        pytest.param({"step": Step.FINISHED, "offer": "course", "reason": "moved"}, id="a reason, no stop"),
    ],
)
def test_a_step_that_cannot_be_is_refused(fields: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match=r"offer|reason"):
        Entry(person="p", need="lang.literacy", at=MONDAY, **fields)  # type: ignore[arg-type]


def test_a_need_may_stop_before_any_offer() -> None:
    assert (
        Entry(person="p", need="lang.literacy", step=Step.STOPPED, at=MONDAY, reason="solved").offer is None
    )


def test_the_same_step_told_twice_is_one() -> None:
    first = Entry(person="p", need="lang.literacy", offer="course", step=Step.OFFERED, at=MONDAY)
    again = Entry(
        person="p", need="lang.literacy", offer="course", step=Step.OFFERED, at=MONDAY + timedelta(days=1)
    )
    assert identity(first) == identity(again)
