"""Whether "worse" tells the course or a condition: "it is getting worse" does, "it gets worse at night" does not."""

from __future__ import annotations

from deepsix.intake.clauses import Clauses
from deepsix.intake.patterns import Span
from deepsix.intake.text import word_set

COURSES = frozenset({"course_worsening", "course_improving"})
_GRADES = word_set("worse better sorer stiffer easier")
_CONDITIONS = word_set("when whenever if while during after lying sitting standing walking once")
_OPENERS = word_set("when whenever if while at once after")
_HOURS = word_set("night nights evening evenings morning mornings bed rest bedtime")
_OVER_TIME = word_set("week weeks month months year years day days time since over each every than steadily gradually")


def is_conditional(clauses: Clauses, span: Span) -> bool:
    """True when a change for better or worse is tied to an act or an hour, and no stretch of time is told with it."""
    words = clauses.words
    at = next((i for i in range(*span) if words[i] in _GRADES), None)
    if at is None:
        return False
    low, high = clauses.starts[at], clauses.ends[at]
    if any(word in _OVER_TIME for word in words[low:high]) or words[at - 1 : at + 2] == ("worse", "and", "worse"):
        return False
    after = words[at + 1 : at + 4]
    if after[:1] and after[0] in _CONDITIONS:
        return True
    if after[:1] and after[0] in ("at", "in", "by", "towards", "with") and any(word in _HOURS for word in after[1:]):
        return True
    before = words[max(0, low - 8) if words[low] != "but" else low : at]
    return any(word in _OPENERS for word in before) and not any(word in ("and", "but") for word in words[low : low + 1])
