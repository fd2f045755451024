"""The guide names every parameter under what it is: published, fitted or a judgement."""

import re
from pathlib import Path

import pytest

from deepsix.recovery.loads import activities
from deepsix.recovery.tables import parameters, read_table

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "recovery.md").read_text(encoding="utf-8")
SECTION = GUIDE[GUIDE.index("### Published, fitted, judgement") : GUIDE.index("## What it shows")]
PARTS = dict(zip(("published", "fitted", "judgement"), re.split(r"\*\*(?:Fitted|Judgement)", SECTION), strict=True))


@pytest.mark.parametrize("basis", list(PARTS))
def test_every_parameter_stands_where_its_basis_says(basis):
    named = set(re.findall(r"`(\w+)`", PARTS[basis]))
    of_it = {name for name, row in parameters().items() if row["basis"] == basis}
    assert of_it <= named
    assert not named & (set(parameters()) - of_it)


def test_what_is_fitted_in_problems_and_activities_is_named():
    named = set(re.findall(r"`(\w+)`", PARTS["fitted"])) | {"strain_grade_1", "strain_grade_2"}  # "0 to 3"
    rows = {**read_table("problems.toml"), **activities()}
    assert {name for name, row in rows.items() if row.get("basis") == "fitted"} <= named
