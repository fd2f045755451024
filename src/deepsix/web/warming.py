"""What takes its time once: done while the person reads the first page, so that no later page waits for it."""

from __future__ import annotations

from deepsix.case import Case
from deepsix.diagnosis.engine import assessment_of
from deepsix.diagnosis.exact import load_kernels
from deepsix.intake.story import read_story
from deepsix.plan.stretching import best_stretch
from deepsix.web.journey import question_now
from deepsix.web.presenting.hip import hip_view
from deepsix.web.site import Site
from deepsix.web.visit import Visit


def warm(site: Site) -> None:
    """Load the engine, the reader of stories, the interview, the hip and its stretches. Keeps nothing of anyone."""
    load_kernels()
    assessment_of(site.knowledge, site.weigh(Case()))
    question_now(site, Visit())
    read_story(site.knowledge, "pain")
    hip_view(site.knowledge, site.assets)
    care = site.knowledge.care
    stretch = next(remedy for remedy in site.knowledge.remedies.values() if remedy.by_hip)
    best_stretch(care, stretch.picture, care.targets[0].parts)
