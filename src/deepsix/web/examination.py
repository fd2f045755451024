"""An examination: what a clinician entered on the page for examining, apart from anything a person told themselves.

It is kept like a visit, under another name made from the same key, so that neither can ever be taken for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from deepsix.case import SETTINGS, Answer, Case, Origin, Setting, State
from deepsix.records.cases import case_from_record, case_record
from deepsix.web.site import Site

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Examination:
    """What was entered.

    Attributes:
        case: Findings with age and sex.
        setting: Where the patient is seen, which sets how common each cause is to begin with.
        left_out: Findings and questions that cannot be had here, so that they are not suggested again.
        last: The finding entered last, "" at the beginning: the ranking tells what it moved.
        copied: True when it began with a copy of what the person told.
    """

    case: Case = field(default_factory=Case)
    setting: Setting = "clinic"
    left_out: tuple[str, ...] = ()
    last: str = ""
    copied: bool = False

    def entered(self, finding: str, state: State) -> Examination:
        """Return the examination with a finding entered, now or once more."""
        without = self.case.without(finding)  # so that what is entered last comes last
        return replace(self, case=without.with_answers(Answer(finding, state, Origin.ASKED)), last=finding)

    def cleared(self, finding: str) -> Examination:
        """Return the examination without a finding."""
        return replace(self, case=self.case.without(finding), last="")

    def leaving_out(self, name: str) -> Examination:
        """Return the examination in which a finding or question is not suggested again."""
        return self if name in self.left_out else replace(self, left_out=(*self.left_out, name))


def examination_of(site: Site, key: str | None) -> Examination:
    """Return the examination of a cookie's key, an empty one when there is none."""
    record = site.records.draft(_kept_under(key)) if key else None
    if record is None or record.get("format") != _FORMAT or record["setting"] not in SETTINGS:
        return Examination()
    return _from_record(record)


def keep_examination(site: Site, key: str, examination: Examination) -> None:
    """Keep an examination."""
    record = {
        "format": _FORMAT,
        "case": case_record(examination.case),
        "setting": examination.setting,
        "left_out": list(examination.left_out),
        "last": examination.last,
        "copied": examination.copied,
    }
    site.records.keep_draft(_kept_under(key), record)


def _from_record(record: Mapping[str, Any]) -> Examination:
    return Examination(
        case=case_from_record(record["case"]),
        setting=record["setting"],
        left_out=tuple(record["left_out"]),
        last=record["last"],
        copied=record["copied"],
    )


def _kept_under(key: str) -> str:
    return hashlib.sha256(f"examination:{key}".encode()).hexdigest()
