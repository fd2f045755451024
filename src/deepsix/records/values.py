"""What the records give back: frozen values with their number and time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deepsix.case import Case, Setting
from deepsix.followup.checkin import CheckIn

Outcome = Mapping[str, Any]  # what came out of an assessment, as `deepsix.records.outcome` describes it


@dataclass(frozen=True, slots=True)
class SavedCase:
    """A case as it was saved. `given_at` says when each answer was first given; `follows` is the case it corrects."""

    id: int
    saved_at: datetime
    follows: int | None
    case: Case
    given_at: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class SavedAssessment:
    """An assessment as it was saved.

    `reopened_at` and `reopened_why` are set once something asked for a fresh look.
    """

    id: int
    case_id: int
    made_at: datetime
    knowledge_version: str
    program_version: str
    setting: Setting
    urgency: str
    first_cause: str
    outcome: Outcome
    reopened_at: datetime | None
    reopened_why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it was saved: `content` is plain values in the shape that `version` stands for."""

    id: int
    assessment_id: int
    made_at: datetime
    version: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SavedCheckIn:
    """A check-in and the assessment it belongs to, None when there was none."""

    id: int
    assessment_id: int | None
    checkin: CheckIn


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What is being told on the pages, or was ticked off there, and when it last changed."""

    saved_at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history: what was done to which record. `detail` holds no words a person told us."""

    id: int
    at: datetime
    action: str
    subject: str
    subject_id: int
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to keep: `content` is plain values in the shape that `version` stands for."""

    version: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """An assessment to keep, with the case as told and with what it was assessed; `follows` is the case it adds to."""

    case: Case
    outcome: Outcome
    knowledge_version: str
    program_version: str
    setting: str
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The numbers under which things were kept in one action; None where there was none to keep."""

    checkin: int | None = None
    plan: int | None = None
    assessment: int | None = None
