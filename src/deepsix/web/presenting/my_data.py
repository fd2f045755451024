"""My data: what is kept, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deepsix.diagnosis import wording
from deepsix.followup.keeping import PLAN_SHAPE
from deepsix.followup.rules import load_words
from deepsix.intake.training import Session
from deepsix.knowledge.model import Knowledge, Urgency
from deepsix.records import Records
from deepsix.records.values import SavedAssessment, SavedCase, SavedCheckIn, SavedPlan
from deepsix.web.presenting.checkin import done_words

SHOWN_CAUSES = 5
SHOWN_SESSIONS = 50
SHOWN_CHANGES = 200


@dataclass(frozen=True, slots=True)
class EntryView:
    """One thing that is kept: where it can be read, when it was kept, and what it is about."""

    address: str
    at: datetime
    about: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session of training, its figures in words, '' where the file did not tell."""

    at: datetime
    sport: str
    distance: str
    time: str
    climb: str


@dataclass(frozen=True, slots=True)
class KeptView:
    """All that is kept, the newest first."""

    assessments: tuple[EntryView, ...]
    plans: tuple[EntryView, ...]
    checkins: tuple[EntryView, ...]
    sessions: tuple[SessionView, ...]
    more_sessions: int
    drafts: tuple[datetime, ...]
    changes: tuple[tuple[datetime, str], ...]
    more_changes: int

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is kept."""
        return not (self.assessments or self.plans or self.checkins or self.sessions or self.drafts or self.changes)


def kept_view(knowledge: Knowledge, records: Records) -> KeptView:
    """Return all that is kept."""
    sessions, changes = records.sessions(), records.changes()
    return KeptView(
        assessments=tuple(_assessment(knowledge, entry) for entry in reversed(records.assessments())),
        plans=tuple(_plan(knowledge, entry) for entry in reversed(records.plans())),
        checkins=tuple(_checkin(entry) for entry in reversed(records.checkins())),
        sessions=session_views(sessions[: -SHOWN_SESSIONS - 1 : -1]),
        more_sessions=max(0, len(sessions) - SHOWN_SESSIONS),
        drafts=tuple(draft.saved_at.astimezone() for draft in records.drafts()),
        changes=tuple((change.at.astimezone(), change.action) for change in changes[: -SHOWN_CHANGES - 1 : -1]),
        more_changes=max(0, len(changes) - SHOWN_CHANGES),
    )


def session_views(sessions: tuple[Session, ...]) -> tuple[SessionView, ...]:
    """Return sessions with their figures in words."""
    return tuple(
        SessionView(
            at=session.start.astimezone(),
            sport=session.sport,
            distance=distance_words(session.distance_m),
            time=time_words(session.duration_s),
            climb=f"{session.climb_m:.0f} m" if session.climb_m is not None else "",
        )
        for session in sessions
    )


def distance_words(metres: float | None) -> str:
    """Return a distance, '' for none.

    >>> distance_words(10_240), distance_words(None)
    ('10.2 km', '')
    """
    return "" if metres is None else f"{metres / 1000:.1f} km"


def time_words(seconds: float) -> str:
    """Return a length of time.

    >>> time_words(3_720), time_words(1_500)
    ('1 h 2 min', '25 min')
    """
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _assessment(knowledge: Knowledge, saved: SavedAssessment) -> EntryView:
    condition = knowledge.conditions.get(saved.first_cause)
    about = condition.name if condition else saved.first_cause
    note = "re-opened" if saved.reopened_at else ""
    return EntryView(f"/my-data/assessments/{saved.id}", saved.made_at.astimezone(), about, note)


def _plan(knowledge: Knowledge, saved: SavedPlan) -> EntryView:
    stage = saved.content.get("stage", "") if saved.version == PLAN_SHAPE else ""
    titles = {entry.id: entry.title for entry in knowledge.care.stages}
    return EntryView(f"/my-data/plans/{saved.id}", saved.made_at.astimezone(), titles.get(stage, ""))


def _checkin(saved: SavedCheckIn) -> EntryView:
    checkin = saved.checkin
    about = f"{checkin.pain_now} of 10"
    return EntryView(f"/my-data/checkins/{saved.id}", checkin.at.astimezone(), about)


Rows = tuple[tuple[str, tuple[str, ...]], ...]  # headings with what stands under each


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record in full: `kind` is assessment, plan or check-in; `parts` say which words stand over which lines."""

    kind: str
    at: datetime
    parts: Rows
    version: str


def assessment_record_view(knowledge: Knowledge, saved: SavedAssessment, case: SavedCase) -> RecordView:
    """Return one assessment with the answers it rests on."""
    outcome = saved.outcome
    causes = [
        f"{_name(knowledge, cause['condition'])}: {wording.chance(knowledge, float(cause['p']))}"
        for cause in outcome["causes"][:SHOWN_CAUSES]
    ]
    level = next((urgency for urgency in Urgency if urgency.id == saved.urgency), None)
    title = wording.urgency_title(knowledge, level) if level is not None else saved.urgency
    told = [
        f"{_name(knowledge, answer.finding)}: {'not sure' if answer.state == 'unsure' else answer.state.value}"
        for answer in case.case.answers.values()
    ]
    about = [f"age {case.case.age}"] if case.case.age is not None else []
    about += [case.case.sex] if case.case.sex else []
    return RecordView(
        "assessment",
        saved.made_at.astimezone(),
        (
            ("How soon", (title, *(str(reason["text"]) for reason in outcome["urgency"]["reasons"]))),
            ("What fits", tuple(causes)),
            ("About you", tuple(about)),
            ("Your words", (case.case.story,) if case.case.story else ()),
            ("Your answers", tuple(told)),
            ("Looked at again because", tuple(saved.reopened_why)),
        ),
        f"{saved.knowledge_version}, deepsix {saved.program_version}",
    )


def plan_record_view(knowledge: Knowledge, saved: SavedPlan) -> RecordView:
    """Return one plan as it was kept."""
    plan: Mapping[str, Any] = saved.content.get("plan", {}) if saved.version == PLAN_SHAPE else {}
    titles = {entry.id: entry.title for entry in knowledge.care.stages}
    return RecordView(
        "plan",
        saved.made_at.astimezone(),
        (
            ("Where you were", (titles.get(saved.content.get("stage", ""), ""),)),
            ("To do", tuple(f"{task['title']}. {task['dose']}" for task in plan.get("today", ()))),
            ("Leave alone", tuple(str(entry["title"]) for entry in plan.get("avoid", ()))),
            ("Whom to see", tuple(f"{entry['title']}: {entry['whom']}" for entry in plan.get("hand_overs", ()))),
        ),
        str(plan.get("knowledge_version", "")),
    )


def checkin_record_view(knowledge: Knowledge, saved: SavedCheckIn) -> RecordView:
    """Return one check-in."""
    c = saved.checkin
    pain = [f"now {c.pain_now}", f"worst {c.pain_worst}"]
    pain += [f"this morning {c.pain_next_morning}"] if c.pain_next_morning is not None else []
    pain += [f"during the tasks {c.pain_during}"] if c.pain_during is not None else []
    return RecordView(
        "check-in",
        c.at.astimezone(),
        (
            ("Pain, 0 to 10", tuple(pain)),
            ("What you did", tuple(done_words(knowledge, done) for done in c.done)),
            ("What matters to you, 0 to 10", tuple(f"{goal.words}: {goal.score}" for goal in c.goals)),
            ("On the whole", (load_words()["change"][c.global_change],) if c.global_change else ()),
            ("New signs of danger", tuple(_name(knowledge, sign) for sign in c.danger_signs)),
        ),
        "",
    )


def _name(knowledge: Knowledge, identity: str) -> str:
    if identity in knowledge.findings:
        return knowledge.findings[identity].name
    return knowledge.conditions[identity].name if identity in knowledge.conditions else identity
