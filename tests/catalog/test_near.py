"""The table of near needs: right as it stands, and every fault told at once."""

from pathlib import Path

import pytest

from catalog.near import load_near, packaged_near
from catalog.needs import CatalogError, packaged_taxonomy


def test_the_packaged_table_names_no_emergency_and_no_violence() -> None:
    """A wider look must not lead where a human has to look first."""
    near = packaged_near()
    assert near["digital.bank"]
    assert not any(code.startswith("emergency.") for codes in near.values() for code in codes)
    assert not any("family.violence" in codes for codes in near.values())


def test_a_broken_table_tells_every_problem_at_once(tmp_path: Path) -> None:
    path = tmp_path / "near.toml"
    path.write_text(
        '"lang.curse" = []\n"work.rights" = "law.asylum"\n'
        '"law.asylum" = ["law.asylum", "emergency.child", "law.permitt"]\n',
        encoding="utf-8",
    )
    with pytest.raises(CatalogError) as caught:
        load_near(path, packaged_taxonomy())
    for told in (
        "lang.curse",
        "must be a list",
        "near itself",
        "emergency.child",
        "Did you mean 'law.permit'",
    ):
        assert told in str(caught.value)
