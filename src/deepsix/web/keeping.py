"""The keeping of what a visit came to: its assessment, once, however often it is asked for."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from threading import Lock

from deepsix.records.outcome import outcome_of
from deepsix.web.site import SETTING
from deepsix.web.visit import Visit
from deepsix.web.visiting import Visitor

_saving = Lock()


def keep_assessment(visitor: Visitor) -> Visit:
    """Keep the assessment of a visit in the records, unless it is kept, and return the visit that knows of it."""
    site = visitor.site
    with _saving:
        visit = site.visit(visitor.key) or visitor.visit  # as it is now: another press may have come first
        if visit.assessment is not None:
            return visit
        number = site.records.save_assessment(
            visit.case,
            outcome_of(site.knowledge, site.weigh(visit.case)),
            knowledge_version=site.knowledge.version,
            program_version=version("deepsix"),
            setting=SETTING,
            follows=visit.follows,
        )
        kept = replace(visit, assessment=number, follows=site.records.assessment(number).case_id)
        site.keep(visitor.key, kept)
        return kept
