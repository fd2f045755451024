"""The check-in: what the form asks this person, and what came of it in plain words."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from deepsix.diagnosis import wording
from deepsix.followup import CheckIn, FollowUp, GlobalChange, Judgement, Verdict, judge_change
from deepsix.followup.checkin import MOST_GOALS
from deepsix.followup.rules import data_rows, load_change_rules, load_words
from deepsix.knowledge.model import ESTIMATE, Knowledge
from deepsix.plan.plan import Plan, Why
from deepsix.recovery.loads import activities
from deepsix.web.presenting.plan import StageView, WhyView, stage_views, why_views

NEW_GOALS = 2  # asked for at the first check-in: three or more take over a minute
_NOT_DONE = ("sleep", "rest", "sitting", "standing")  # of the activities: nobody counts their minutes
ACTIVITY_ROWS = 2


@dataclass(frozen=True, slots=True)
class AskView:
    """What the form asks: signs and tasks as (id, words), goals in their own words, names of activities."""

    signs: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...]
    goals: tuple[str, ...]
    new_goals: int
    activities: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    is_first: bool


def ask_view(knowledge: Knowledge, plan: Plan, earlier: Sequence[CheckIn]) -> AskView:
    """Return what to ask someone who has this plan and these check-ins behind them."""
    goals = goals_before(earlier)
    named = load_words()["change"]
    return AskView(
        signs=tuple((sign, _as_label(knowledge.findings[sign].name)) for sign in load_change_rules().danger_signs),
        tasks=tuple((task.remedy, task.title) for task in plan.today if knowledge.care.kind(task.kind).exercise),
        goals=goals,
        new_goals=NEW_GOALS if not goals else min(1, MOST_GOALS - len(goals)),
        activities=tuple(row["name"] for key, row in activities().items() if key not in _NOT_DONE),
        changes=tuple((step.value, named[step]) for step in GlobalChange) if earlier else (),
        is_first=not earlier,
    )


def _as_label(words: str) -> str:
    return words[:1].upper() + words[1:]


def goals_before(earlier: Sequence[CheckIn]) -> tuple[str, ...]:
    """Return the goals of the last check-in that had any, in their own words."""
    goals = next((checkin.goals for checkin in reversed(earlier) if checkin.goals), ())
    return tuple(goal.words for goal in goals)


def activity_key(words: str) -> str:
    """Return the key of an activity for its name, the words themselves when there is none."""
    names = {row["name"].casefold(): key for key, row in activities().items()}
    return names.get(words.strip().casefold(), words.strip())


def done_words(knowledge: Knowledge, done: str) -> str:
    """Return what was done in words: the title of a remedy, the name of an activity, or the words as they are."""
    name, _, minutes = done.partition(":")
    rows = activities()
    title = (
        knowledge.remedies[name].title if name in knowledge.remedies else rows[name]["name"] if name in rows else name
    )
    return f"{title}, {minutes} minutes" if minutes.isdecimal() else title


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure: its name, the change in points, from how much a change counts, and the verdict in one word."""

    name: str
    points: str
    counts_from: str
    verdict: str
    source: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where a check-in led: on, stay, back, see_someone or done; the stage since, and why."""

    name: str
    stage: str
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What came of a check-in. `kind` is better, same, worse or first; `way` is '' when it moved nothing."""

    kind: str
    verdict: str
    measures: tuple[MeasureView, ...]
    way: str
    says: str
    reasons: tuple[WhyView, ...]
    stages: tuple[StageView, ...]
    reopen: tuple[str, ...]
    expected_why: str


def answer_view(knowledge: Knowledge, followed: FollowUp, checkins: Sequence[CheckIn], way: Way | None) -> AnswerView:
    """Return what to say about the last of these check-ins.

    Args:
        followed: Where the plan stands now.
        checkins: All of the assessment it belongs to, in order, up to the one in question.
        way: Where it led.
    """
    judged = judge_change(load_change_rules(), checkins[0], checkins[-1], checkins) if len(checkins) > 1 else None
    words = load_words()
    return AnswerView(
        kind=kind_of(judged),
        verdict=words["verdict"][judged.overall] if judged else words["checkin"]["unsaved_start"],
        measures=measure_views(knowledge, judged),
        way=way.name if way else "",
        says=_way_words(knowledge, way) if way else "",
        reasons=why_views(knowledge, way.reasons) if way else (),
        stages=stage_views(knowledge, followed.plan),
        reopen=tuple(reason.words for reason in followed.reopen),
        expected_why=followed.expected_why.text,
    )


def _way_words(knowledge: Knowledge, way: Way) -> str:
    title = next((entry.title for entry in knowledge.care.stages if entry.id == way.stage), "")
    return load_words()["way"][way.name].format(stage=title)


def kind_of(judged: Judgement | None) -> str:
    """Return better, same or worse, and first when there is nothing to compare with."""
    if judged is None:
        return "first"
    return "better" if judged.overall.is_better else "worse" if judged.overall.is_worse else "same"


def measure_views(knowledge: Knowledge, judged: Judgement | None) -> tuple[MeasureView, ...]:
    """Return each measure of a judgement in words, with the source of its smallest change."""
    words = load_words()
    return tuple(
        MeasureView(
            name=words["measure"][m.measure],
            points=_points(m.improvement),
            counts_from=f"{m.counts_from:.1f}",
            verdict=_short(m.verdict),
            source=_source_words(knowledge, m.measure),
        )
        for m in (judged.measures if judged else ())
    )


def _points(improvement: float) -> str:
    if abs(improvement) < 0.05:
        return "no change"
    return f"{abs(improvement):.1f} {'better' if improvement > 0 else 'worse'}"


def _short(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ")


def _source_words(knowledge: Knowledge, measure: str) -> str:
    source = next(
        row["source"]
        for row in data_rows("minimal_changes.csv")
        if row["measure"] == measure and row["change"] == "minimal"
    )
    return wording.source_words(knowledge, ESTIMATE) if source == ESTIMATE else _cites()[source]["cite"]


@cache
def _cites() -> dict[str, dict[str, str]]:
    text = resources.files("deepsix.followup").joinpath("data", "sources.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
