"""The next question: the page of the interview that would settle most about the cause and the urgency for its trouble.

For every finding not yet answered we know, for each likely set of causes, how probable a yes would be. What an answer
would tell about the causes is the mutual information between the two; what it would tell about danger is the same for
"a cause that cannot wait". A page counts what its findings would tell together, less the trouble of answering it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepsix.case import Case
from deepsix.diagnosis.engine import Weighed
from deepsix.diagnosis.network import Array
from deepsix.diagnosis.sets import CauseSets, finding_probability, product_over
from deepsix.diagnosis.urgency import levels_of_weights, spoken_reasons, urgency_of_weights
from deepsix.knowledge.model import Finding, Knowledge, Page, Urgency

KEPT_SHARE = 0.995
MOST_SETS = 400  # to choose a question by; more change its gain by a few parts in a hundred, and no answer
MOST_OPTIONS = 10
_LOOKED_AT = 60  # findings looked at when deciding whether anything could still change


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, why, and the findings it settles.

    `kind` is `page` (tick those that fit), `choice` (pick one), `self_test` or `yes_no`. `gain` is what it is expected
    to tell, in nats; 0 for the questions that are always asked first.
    """

    id: str
    kind: str
    ask: str
    why: str
    findings: tuple[str, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop asking.

    After `most_questions`; when the best question would tell less than `least_gain`; or, from `fewest_questions` on,
    when no answer left has a chance of `least_change` or more to put another cause first or to change the urgency.
    """

    most_questions: int
    fewest_questions: int
    least_gain: float
    least_change: float
    self_tests_after: int


def limits_of(knowledge: Knowledge) -> Limits:
    """Return the limits from the settings."""
    settings = knowledge.settings
    return Limits(
        most_questions=int(settings["most_questions"]),
        fewest_questions=int(settings["fewest_questions"]),
        least_gain=settings["least_gain"],
        least_change=settings["least_change"],
        self_tests_after=int(settings["self_tests_after"]),
    )


def next_question(
    knowledge: Knowledge, weighed: Weighed, asked: Collection[str], *, examiner: bool = False
) -> Question | None:
    """Return the next question, or None when nothing left is worth asking.

    Args:
        asked: Ids of the questions put so far (answered or not): none is put twice.
        examiner: Also offer examination findings, for a clinician.
    """
    limits = limits_of(knowledge)
    if len(asked) >= limits.most_questions:
        return None
    case = weighed.closed.case
    opening = _opening(knowledge, weighed, asked)
    if opening is not None:
        return opening
    pages = [page for page in knowledge.pages if _may_ask(page, case, asked)]
    self_tests = len(asked) >= limits.self_tests_after and _may_self_test(knowledge, weighed)
    alone = {kind for kind, is_asked in (("self_test", self_tests), ("exam", examiner)) if is_asked}
    paged = {name for page in pages for name in page.findings}
    open_findings = [
        f for f in knowledge.findings.values() if case.is_open(f.id) and (f.id in paged or f.kind in alone)
    ]
    gains = dict(zip((f.id for f in open_findings), finding_gains(weighed, open_findings), strict=True))
    questions = list(_page_questions(knowledge, pages, gains))
    for finding in open_findings:
        if finding.id in asked or finding.kind not in alone:
            continue
        if finding.kind == "self_test":
            trouble = knowledge.settings["trouble_of_self_test"]
            questions.append(_single(finding, "self_test", gains[finding.id] / trouble))
        else:
            questions.append(_single(finding, "yes_no", gains[finding.id]))
    best = max(questions, key=lambda question: question.gain, default=None)
    if best is None or best.gain < limits.least_gain:
        return None
    if len(asked) >= limits.fewest_questions:
        telling = sorted(open_findings, key=lambda finding: -gains[finding.id])[:_LOOKED_AT]
        if max(change_probabilities(knowledge, weighed, telling)) < limits.least_change:
            return None
    return best


def _opening(knowledge: Knowledge, weighed: Weighed, asked: Collection[str]) -> Question | None:
    case = weighed.closed.case
    for page in sorted((p for p in knowledge.pages if p.opening), key=lambda p: p.opening):
        if page.id in asked:
            continue
        unanswered = tuple(f for f in page.findings if case.is_open(f))
        if unanswered and not (page.choose_one and len(unanswered) < len(page.findings)):
            return _page_question(page, unanswered, 0.0)
    return None


def _may_ask(page: Page, case: Case, asked: Collection[str]) -> bool:
    return not page.opening and page.id not in asked and (not page.sex or case.sex in (page.sex, None))


def _page_questions(knowledge: Knowledge, pages: list[Page], gains: dict[str, float]) -> list[Question]:
    settings = knowledge.settings
    questions = []
    for page in pages:
        unanswered = sorted((f for f in page.findings if f in gains), key=lambda f: -gains[f])
        offered = [f for f in unanswered if gains[f] >= settings["least_gain_of_option"]][:MOST_OPTIONS]
        if not offered:
            continue
        trouble = 1.0 + settings["trouble_of_option"] * len(offered)
        shown = tuple(f for f in page.findings if f in offered)
        questions.append(_page_question(page, shown, sum(gains[f] for f in offered) / trouble))
    return questions


def _page_question(page: Page, findings: tuple[str, ...], gain: float) -> Question:
    return Question(page.id, "choice" if page.choose_one else "page", page.ask, page.why, findings, gain)


def _single(finding: Finding, kind: str, gain: float) -> Question:
    return Question(finding.id, kind, finding.question, finding.why, (finding.id,), gain)


def _may_self_test(knowledge: Knowledge, weighed: Weighed) -> bool:
    """Self-tests load the hip: none is offered once anything asks for care the same day."""
    sets = weighed.sets
    levels = [reason.level for reason in spoken_reasons(knowledge, weighed.closed.case)]
    levels.append(urgency_of_weights(knowledge, weighed.evidence, sets, sets.weight))
    return max(levels) < Urgency.URGENT_SAME_DAY


def finding_gains(weighed: Weighed, findings: list[Finding]) -> list[float]:
    """Return what an answer to each finding is expected to tell about the causes and about danger, in nats."""
    network, sets = weighed.evidence.network, weighed.sets.chosen(weighed.sets.most_likely(KEPT_SHARE, MOST_SETS))
    weight = sets.weight
    yes = answer_probability(weighed, sets, findings)
    cannot_wait = sets.level(network.urgency) >= Urgency.URGENT_SAME_DAY
    share = float(weight[cannot_wait].sum())
    mean = weight @ yes
    about_causes = _entropy(mean) - weight @ _entropy(yes)
    about_danger = np.zeros_like(mean)
    if 0 < share < 1:
        in_danger = weight[cannot_wait] @ yes[cannot_wait] / share
        otherwise = weight[~cannot_wait] @ yes[~cannot_wait] / (1 - share)
        about_danger = _entropy(mean) - share * _entropy(in_danger) - (1 - share) * _entropy(otherwise)
    gain = about_causes + network.knowledge.settings["worth_of_danger"] * about_danger
    return [float(g) * n for g, n in zip(gain, _novelty(weighed, findings), strict=True)]


def change_probabilities(knowledge: Knowledge, weighed: Weighed, findings: list[Finding]) -> list[float]:
    """Return how probable it is that an answer to each finding puts another cause first or changes the urgency."""
    sets = weighed.sets.chosen(weighed.sets.most_likely(KEPT_SHARE, MOST_SETS))
    yes = answer_probability(weighed, sets, findings)
    answers = np.concatenate([yes, 1 - yes], axis=1)
    share = sets.weight @ answers
    after = sets.weight[:, None] * answers / share
    before_level, level = (
        levels_of_weights(knowledge, weighed.evidence, sets, weight) for weight in (sets.weight[:, None], after)
    )
    first = np.argmax(after.T @ sets.own[:, :-1], axis=1)
    no_danger = int(Urgency.SELF_CARE)
    danger = [no_danger if f.danger is None else int(f.danger) for f in findings] + [no_danger] * len(findings)
    changed = (level != before_level) | (np.array(danger) > before_level) | (first != np.argmax(sets.marginal()[:-1]))
    return [float(chance) for chance in np.where(changed, share, 0.0).reshape(2, -1).sum(axis=0)]


def answer_probability(weighed: Weighed, sets: CauseSets, findings: list[Finding]) -> Array:
    """Return P(yes | set) (S, n) for findings of any kind, answered or not."""
    network = weighed.evidence.network
    result = np.empty((len(sets.slots), len(findings)))
    column = {name: i for i, name in enumerate(network.findings)}
    risk_column = {name: i for i, name in enumerate(network.risks)}
    profiled = {network.findings[i] for columns in network.profile for i in columns}
    plain = [i for i, f in enumerate(findings) if f.id in column and f.id not in profiled]
    columns = np.array([column[findings[i].id] for i in plain], dtype=np.int64)
    result[:, plain] = finding_probability(weighed.evidence, sets, columns)
    for i, finding in enumerate(findings):
        if finding.id in risk_column:
            j = risk_column[finding.id]
            share = network.risk_share[j]
            ratio = _product(network.risk_ratio[:, j], sets)
            result[:, i] = ratio * share / (ratio * share + 1 - share)
        elif finding.id in profiled:
            j = column[finding.id]
            result[:, i] = network.leak[j] * _product(network.probability[:, j] / network.leak[j], sets)
    return np.clip(result, 1e-6, 1 - 1e-6)


def _product(ratio: Array, sets: CauseSets) -> Array:
    return product_over(np.append(ratio, 1.0), sets.slots)


def _novelty(weighed: Weighed, findings: list[Finding]) -> list[float]:
    """Return how much of each answer would be new: less when others of its group have been answered."""
    knowledge = weighed.evidence.network.knowledge
    exponent = knowledge.settings["present_exponent"]
    counts: dict[str, int] = {}
    for answer in weighed.closed.case.answers.values():
        group = knowledge.findings[answer.finding].group
        counts[group] = counts.get(group, 0) + 1
    return [
        1.0 if f.danger is not None else (counts.get(f.group, 0) + 1) ** exponent - counts.get(f.group, 0) ** exponent
        for f in findings
    ]


def _entropy(p: Array | NDArray[np.float64]) -> Array:
    p = np.clip(p, 1e-9, 1 - 1e-9)
    q = 1 - p
    return np.asarray(-(p * np.log(p) + q * np.log(q)), dtype=np.float64)  # log1p(-p) would take five times as long
