"""The page of one condition: what it is, how it feels, how common it is, what it is mixed up with, what helps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from deepsix.diagnosis import wording
from deepsix.diagnosis.typical import Sign, look_alikes, signs
from deepsix.hip.anatomy import load_anatomy, muscle_of
from deepsix.intake.chart.loader import load_chart
from deepsix.knowledge.care import BACKING_STRENGTHS, Remedy
from deepsix.knowledge.model import AGE_BANDS, ESTIMATE, Condition, Estimate, Knowledge, Note, Urgency
from deepsix.web.presenting.body_figure import Figure, best_views, figure, lit_places
from deepsix.web.presenting.learn_words import SourceView, percent_range, sentence, sources_of
from deepsix.web.presenting.result import LEVEL_CLASS

_FELT, _TESTS, _EXAMS, _AGAINST, _RISKS, _ALIKE = 8, 4, 8, 4, 6, 6  # how many are shown
_LEAST_LIT: Final = 0.15  # places where fewer feel it are left dark
_LEAST_MOVED: Final = 0.15  # log likelihood ratio; less is not worth a line
_KINDS = ("press", "stretch", "move", "load", "strength", "settle", "heat_cold", "daily_life")


@dataclass(frozen=True, slots=True)
class SignView:
    """A finding with the condition and among all with such pain: words, and figures for the bar, 0 to 1."""

    name: str
    with_words: str
    usual_words: str
    value: float
    low: float
    high: float
    usual: float
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class AlikeView:
    """A condition it is mixed up with, and what tells the two apart."""

    id: str
    name: str
    level: str
    title: str
    own: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CareView:
    """A remedy: what it is, what it rests on in words, and what that showed."""

    title: str
    strength: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgeView:
    """One age band in whole years: how many times the average it is there, with a bar from 0 to 1."""

    first: int
    last: int
    is_last: bool
    share: float
    bar: float


@dataclass(frozen=True, slots=True)
class HowCommon:
    """How common it is: in words and as a range, of whom, from where, and what makes it likelier."""

    words: str
    range: str
    clinic_words: str
    clinic_range: str
    population: str
    source: str
    reason: str
    ages: tuple[AgeView, ...]
    sex: str
    risks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """All that the page of a condition places."""

    id: str
    name: str
    clinical_name: str
    synonyms: tuple[str, ...]
    icd10cm: str
    level: str
    title: str
    what_to_do: str
    summary: str
    figures: tuple[Figure, ...]
    felt: tuple[SignView, ...]
    tests: tuple[SignView, ...]
    exams: tuple[SignView, ...]
    against: tuple[str, ...]
    common: HowCommon
    alike: tuple[AlikeView, ...]
    helps: tuple[CareView, ...]
    avoid: tuple[CareView, ...]
    whom: tuple[CareView, ...]
    lasts: tuple[str, ...]
    brings: tuple[str, ...]
    notes: tuple[Note, ...]
    disagreements: tuple[tuple[str, str], ...]
    muscles: tuple[tuple[str, str], ...]
    statements: tuple[str, ...]
    sources: tuple[SourceView, ...]
    estimates: int
    figures_total: int


@lru_cache(maxsize=256)
def condition_view(knowledge: Knowledge, identity: str) -> ConditionView:
    """Return the page of a condition.

    Raises:
        KeyError: No such condition.
    """
    condition = knowledge.conditions[identity]
    found = signs(knowledge, identity)
    kind = {sign.finding: knowledge.findings[sign.finding].kind for sign in found}
    raising = [sign for sign in found if sign.yes > _LEAST_MOVED]
    remedies = [remedy for remedy in knowledge.remedies.values() if identity in remedy.conditions]
    notes = tuple(note for note in knowledge.notes.values() if identity in note.conditions)
    return ConditionView(
        id=identity,
        name=sentence(condition.name),
        clinical_name=condition.clinical_name,
        synonyms=condition.synonyms,
        icd10cm=condition.icd10cm,
        level=LEVEL_CLASS[condition.urgency],
        title=wording.urgency_title(knowledge, condition.urgency),
        what_to_do=knowledge.words[f"urgency_{condition.urgency.id}.do"],
        summary=condition.summary,
        figures=_figures(knowledge, condition),
        felt=_views(knowledge, [s for s in raising if kind[s.finding] in ("symptom", "history")][:_FELT]),
        tests=_views(knowledge, [s for s in raising if kind[s.finding] == "self_test"][:_TESTS]),
        exams=_views(knowledge, [s for s in raising if kind[s.finding] == "exam"][:_EXAMS]),
        against=_against(knowledge, found),
        common=_common(knowledge, condition),
        alike=_alike(knowledge, identity),
        helps=_care(knowledge, remedies, _KINDS),
        avoid=_care(knowledge, remedies, ("avoid",)),
        whom=_care(knowledge, remedies, ("see_someone",)),
        lasts=tuple(entry.text for entry in knowledge.care.recoveries if identity in entry.conditions),
        brings=tuple(
            sentence(knowledge.conditions[arrow.effect].name) for arrow in knowledge.arrows if identity in arrow.causes
        ),
        notes=notes,
        disagreements=tuple((row.statement, row.text) for row in condition.disagreements),
        muscles=_muscles(knowledge, identity),
        statements=condition.statements,
        sources=sources_of(knowledge, _source_keys(condition, remedies, notes)),
        estimates=sum(link.source == ESTIMATE for link in condition.links),
        figures_total=len(condition.links),
    )


def _views(knowledge: Knowledge, found: list[Sign]) -> tuple[SignView, ...]:
    return tuple(
        SignView(
            sentence(knowledge.findings[sign.finding].name),
            sentence(wording.chance(knowledge, sign.probability.value)),
            sentence(wording.chance(knowledge, sign.usual)),
            sign.probability.value,
            sign.probability.low,
            sign.probability.high,
            sign.usual,
            sign.source == ESTIMATE,
        )
        for sign in found
    )


def _against(knowledge: Knowledge, found: tuple[Sign, ...]) -> tuple[str, ...]:
    """Return what most people with it have, so that its absence speaks against it; felt things only, one a group."""
    chosen: dict[str, str] = {}
    for sign in sorted(found, key=lambda sign: sign.no):
        finding = knowledge.findings[sign.finding]
        if sign.no > -_LEAST_MOVED or len(chosen) == _AGAINST:
            break
        if finding.kind in ("symptom", "self_test"):
            chosen.setdefault(finding.group, finding.name)
    return tuple(chosen.values())


def _figures(knowledge: Knowledge, condition: Condition) -> tuple[Figure, ...]:
    chart = load_chart(knowledge)
    felt = {link.finding: link.probability.value for link in condition.links}
    lit = {name: value for name, value in lit_places(chart, felt).items() if value >= _LEAST_LIT}
    return tuple(figure(chart, view, lit) for view in best_views(chart, lit))


def _common(knowledge: Knowledge, condition: Condition) -> HowCommon:
    prior = condition.prior
    most = max(prior.age_bands)

    def words(estimate: Estimate) -> str:
        return sentence(wording.chance(knowledge, estimate.value))

    risks = sorted(condition.risks, key=lambda risk: -risk.ratio.value)
    return HowCommon(
        words=words(prior.community),
        range=percent_range(prior.community),
        clinic_words=words(prior.clinic),
        clinic_range=percent_range(prior.clinic),
        population=prior.population,
        source=wording.source_words(knowledge, prior.source),
        reason=prior.reason,
        ages=tuple(
            AgeView(first, last, last == AGE_BANDS[-1][1], share, share / most)
            for (first, last), share in zip(AGE_BANDS, prior.age_bands, strict=True)
        ),
        sex="female" if prior.female > 1.15 * prior.male else "male" if prior.male > 1.15 * prior.female else "",
        risks=tuple(knowledge.findings[risk.finding].name for risk in risks if risk.ratio.value > 1.0)[:_RISKS],
    )


def _alike(knowledge: Knowledge, identity: str) -> tuple[AlikeView, ...]:
    def names(findings: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(knowledge.findings[name].name for name in findings)

    found = []
    for other in look_alikes(knowledge, identity, _ALIKE):
        condition = knowledge.conditions[other.condition]
        level, title = LEVEL_CLASS[condition.urgency], wording.urgency_title(knowledge, condition.urgency)
        shown = title if condition.urgency > Urgency.SELF_CARE else ""
        found.append(
            AlikeView(condition.id, sentence(condition.name), level, shown, names(other.own), names(other.other))
        )
    return tuple(found)


def _care(knowledge: Knowledge, remedies: list[Remedy], kinds: tuple[str, ...]) -> tuple[CareView, ...]:
    """Return the remedies of some kinds, the best proven first."""

    def best(remedy: Remedy) -> int:
        known = [BACKING_STRENGTHS.index(row.strength) for row in remedy.evidence if row.source != ESTIMATE]
        return min(known, default=len(BACKING_STRENGTHS))

    chosen = sorted((r for r in remedies if r.kind in kinds), key=lambda r: (best(r), kinds.index(r.kind), r.title))
    words = [
        *(knowledge.words[f"plan.strength_{name}"] for name in BACKING_STRENGTHS),
        knowledge.words["plan.strength_"],
    ]
    return tuple(
        CareView(remedy.title, words[best(remedy)], tuple(row.shown for row in remedy.evidence)) for remedy in chosen
    )


def _muscles(knowledge: Knowledge, identity: str) -> tuple[tuple[str, str], ...]:
    parts = [p for target in knowledge.care.targets if identity in target.conditions for p in target.parts]
    named = [m for m in load_anatomy() if m.replace("_", " ") in knowledge.conditions[identity].clinical_name.lower()]
    muscles = dict.fromkeys([*(muscle_of(part) for part in parts), *named])
    return tuple((muscle, sentence(muscle.replace("_", " "))) for muscle in muscles)


def _source_keys(condition: Condition, remedies: list[Remedy], notes: tuple[Note, ...]) -> set[str]:
    prior = condition.prior
    return {
        prior.source,
        prior.age_source,
        prior.sex_source,
        *(link.source for link in condition.links),
        *(risk.source for risk in condition.risks),
        *(row.source for row in condition.disagreements),
        *(row.source for remedy in remedies for row in remedy.evidence),
        *(key for note in notes for key in note.sources),
    }
