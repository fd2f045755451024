"""A knowledge base small enough to read at a glance, written as files for a test to spoil one at a time."""

from __future__ import annotations

from pathlib import Path

SOURCES = """
[smith_2020]
cite = "Smith 2020 J Hip"
doi = "10.1000/hip.2020.1"
"""

FINDINGS = """
[[finding]]
id = "pain_groin"
kind = "symptom"
group = "site"
name = "groin pain"
question = "Does your groin hurt?"
why = "It points to the joint."
background = [0.2, 0.1, 0.3]
background_reason = "one in five"

[[finding]]
id = "pain_buttock"
kind = "symptom"
group = "site"
name = "buttock pain"
question = "Does your buttock hurt?"
why = "It points to the back."
background = [0.3, 0.2, 0.4]
background_reason = "one in three"

[[finding]]
id = "ex_turning_in_hurts"
kind = "exam"
group = "hip"
name = "painful inward turning"
question = "Is inward turning painful?"
method = "Supine, hip bent to a right angle."
background = [0.2, 0.1, 0.3]
background_reason = "one in five"
"""

HISTORY = """
[[finding]]
id = "runner"
kind = "history"
group = "activity"
name = "running"
question = "Do you run?"
why = "Running loads the hip."
background = [0.15, 0.1, 0.2]
background_reason = "one in seven"
"""

WORN_HIP = """
id = "worn_hip"
name = "a worn hip"
clinical_name = "Hip osteoarthritis"
synonyms = []
icd10cm = "M16.9"
family = "joint"
urgency = "self_care"
statements = ["A1"]
summary = "The hip is worn."

[prior]
community = [0.1, 0.05, 0.2]
clinic = [0.2, 0.1, 0.3]
source = "smith_2020"
population = "adults"
reason = "counted"

[age]
bands = [0.01, 0.01, 0.1, 0.5, 1.0, 2.0, 2.0]
source = "estimate"
reason = "old age"

[sex]
female = 1.1
male = 0.9
source = "estimate"
reason = "a little more in women"

[[risk]]
finding = "runner"
ratio = [0.8, 0.5, 1.2]
unit = "odds ratio"
source = "smith_2020"
population = "adults"
reason = "counted"

[[evidence]]
source = "smith_2020"
population = "adults"
reason = "counted"
findings = [
  ["pain_groin", 0.7, 0.6, 0.8],
  ["ex_turning_in_hurts", 0.8, 0.6, 0.9],
]
"""

SORE_BACK = (
    WORN_HIP.replace('"worn_hip"', '"sore_back"')
    .replace('statements = ["A1"]', "statements = []")
    .replace("pain_groin", "pain_buttock")
    .replace('  ["ex_turning_in_hurts", 0.8, 0.6, 0.9],\n', "")
)

FILES = {
    "sources/all.toml": SOURCES,
    "findings/where.toml": FINDINGS,
    "findings/history.toml": HISTORY,
    "conditions/worn_hip.toml": WORN_HIP,
    "conditions/sore_back.toml": SORE_BACK,
}


def write_small_data(folder: Path, **spoiled: str) -> Path:
    """Write the small knowledge base into `folder`; `spoiled` adds or replaces files, named folder__stem.

    >>> import tempfile
    >>> folder = write_small_data(Path(tempfile.mkdtemp()), arrows="")
    >>> sorted(path.name for path in folder.glob("*.toml"))
    ['arrows.toml']
    """
    texts = {**FILES, **{f"{name.replace('__', '/')}.toml": text for name, text in spoiled.items()}}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
