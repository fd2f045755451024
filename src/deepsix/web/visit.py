"""A visit: what one person is in the middle of telling on the pages. Frozen values, and their plain form to keep.

The browser holds only a random key, in a cookie that scripts cannot read. Here the visit is kept under a hash of it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from deepsix.case import Answer, Case
from deepsix.records.cases import case_from_record, case_record

COOKIE = "deepsix_visit"
DAYS_KEPT = 30
_KEY_BYTES = 24
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put, with the findings it showed then, so that Back shows the same page."""

    id: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's way through the pages.

    Attributes:
        case: As told so far.
        seen: Names of the stations before the questions that were passed, such as `danger`.
        asked: Questions that were answered, in the order they were put.
        kit: Ids of the things at hand for the plan; None when not told.
        assessment: Number of the saved assessment of this case; None when it is not saved, or the case has changed.
        follows: Number of the saved case that this one corrects; None when nothing of it was saved.
        before: Causes with their chances before the last answer, so that one can see them move.
    """

    case: Case = field(default_factory=Case)
    seen: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    kit: tuple[str, ...] | None = None
    assessment: int | None = None
    follows: int | None = None
    before: tuple[tuple[str, float], ...] = ()

    def passed(self, station: str) -> Visit:
        """Return the visit with a station passed."""
        return self if station in self.seen else replace(self, seen=(*self.seen, station))

    def told(self, case: Case) -> Visit:
        """Return the visit with another case; what was saved of the one before no longer stands for it."""
        return self if case == self.case else replace(self, case=case, assessment=None)

    def answered(self, question: str, answers: tuple[Answer, ...], before: tuple[tuple[str, float], ...] = ()) -> Visit:
        """Return the visit with a question answered, now or once more; `before` is how the causes stood then."""
        asked = Asked(question, tuple(answer.finding for answer in answers))
        known = tuple(asked if entry.id == question else entry for entry in self.asked)
        if asked not in known:
            known = (*known, asked)
        return replace(self.told(self.case.with_answers(*answers)), asked=known, before=before)

    def question(self, name: str) -> Asked | None:
        """Return a question that was put, None when it was not."""
        return next((entry for entry in self.asked if entry.id == name), None)

    @property
    def asked_ids(self) -> tuple[str, ...]:
        """Ids of the questions that were put."""
        return tuple(entry.id for entry in self.asked)


def new_key() -> str:
    """Return a fresh random key for a cookie."""
    return secrets.token_urlsafe(_KEY_BYTES)


def kept_under(key: str) -> str:
    """Return the name a visit is kept under, from which the key cannot be had back."""
    return hashlib.sha256(f"visit:{key}".encode()).hexdigest()


def form_token(key: str) -> str:
    """Return what a form has to bring along, so that no other site can send one for the person (CSRF)."""
    return hashlib.sha256(f"form:{key}".encode()).hexdigest()[:32]


def visit_record(visit: Visit) -> dict[str, Any]:
    """Return a visit as plain values."""
    return {
        "format": _FORMAT,
        "case": case_record(visit.case),
        "seen": list(visit.seen),
        "asked": [[entry.id, list(entry.findings)] for entry in visit.asked],
        "kit": None if visit.kit is None else list(visit.kit),
        "assessment": visit.assessment,
        "follows": visit.follows,
        "before": [[cause, round(chance, 4)] for cause, chance in visit.before],
    }


def visit_from_record(record: Mapping[str, Any]) -> Visit | None:
    """Return the visit of plain values, None when another version of deepsix wrote them in a form of its own."""
    if record.get("format") != _FORMAT:
        return None
    return Visit(
        case=case_from_record(record["case"]),
        seen=tuple(record["seen"]),
        asked=tuple(Asked(name, tuple(findings)) for name, findings in record["asked"]),
        kit=None if record["kit"] is None else tuple(record["kit"]),
        assessment=record["assessment"],
        follows=record["follows"],
        before=tuple((cause, chance) for cause, chance in record.get("before", ())),
    )
