"""A dose in words ("2 times a day, hold for 15 to 20 seconds") and the times of day it falls on."""

from __future__ import annotations

from deepsix.knowledge.care import Dose, Remedy
from deepsix.knowledge.model import Knowledge

DOSE_IDS = ("times_a_day", "days_a_week", "sets", "repeats", "hold_s", "minutes", "days")


def dose_words(knowledge: Knowledge, remedy: Remedy) -> str:
    """Return the dose as one sentence, '' when the remedy has none."""
    ordered = [dose for name in DOSE_IDS if (dose := remedy.dosed(name)) is not None]
    text = ", ".join(_one(knowledge, dose) for dose in ordered)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def dose_times(knowledge: Knowledge, remedy: Remedy) -> tuple[str, ...]:
    """Return suggested times of day, "HH:MM"."""
    dose = remedy.dosed("times_a_day")
    if dose is None or not knowledge.care.slots:
        return ()
    wanted = min(max(1, round(dose.value)), len(knowledge.care.slots))
    return knowledge.care.slots[wanted - 1]


def _one(knowledge: Knowledge, dose: Dose) -> str:
    number = _range(dose)
    single = knowledge.words.get(f"plan.dose_{dose.id}_once")
    return single if single and number == "1" else knowledge.words[f"plan.dose_{dose.id}"].format(n=number)


def _range(dose: Dose) -> str:
    if dose.low == dose.high or dose.id == "times_a_day":
        return f"{dose.value:g}"
    return f"{dose.low:g} to {dose.high:g}"
