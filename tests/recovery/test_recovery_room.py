"""The room as a whole: imports, data, sources."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import deepsix.recovery as recovery
from deepsix.hip.positions import load_positions
from deepsix.hip.sharing import load_tasks
from deepsix.recovery.tables import data_problems, parameters, read_table

ROOM = Path(recovery.__file__).parent


def test_only_the_rules_of_the_plan_and_its_doses_come_from_other_rooms_than_the_hip():
    others = {
        "doses.py": ("deepsix.knowledge",),
        "permission.py": ("deepsix.knowledge", "deepsix.plan", "deepsix.diagnosis"),
    }
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            ours = [n for n in names if n.startswith("deepsix")]
            may = ("deepsix.errors", "deepsix.hip", "deepsix.recovery", *others.get(file.name, ()))
            assert all(n.startswith(may) for n in ours), file.name


def test_importing_the_room_loads_no_numbers():
    code = "import sys, deepsix.recovery; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_everything_at_the_front_door_is_there():
    for name in recovery.__all__:
        assert callable(getattr(recovery, name)), name
    with pytest.raises(AttributeError):
        _ = recovery.nonsense


def test_the_data_has_no_problems_and_every_number_says_where_it_comes_from():
    assert parameters()
    sources = read_table("sources.toml")
    assert all({"cite", "read"} <= row.keys() for row in sources.values())


def test_bad_data_is_reported_all_at_once():
    row = {"value": 3.0, "low": 4.0, "high": 5.0, "unit": "d", "varies": "some", "basis": "fitted", "source": "x"}
    found = data_problems({"one": row}, {}, {})
    assert len(found) == 6, found
    assert any("low <= value" in f for f in found)


def test_activities_name_tasks_and_positions_of_the_hip_room():
    for key, row in read_table("activities.toml").items():
        assert set(row.get("task", ())) <= set(load_tasks()), key
        assert row.get("position", "standing") in load_positions(), key
        assert (row.get("basis") == "fitted") == ("fitted_to" in row), key


def test_the_statements_are_carried():
    carried = {s for row in read_table("activities.toml").values() for s in row.get("statements", ())}
    assert {"A11", "A13", "A14", "A15", "A16", "B24"} <= carried
