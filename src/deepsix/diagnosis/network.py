"""The knowledge base as arrays: a two-layer noisy-OR network of causes and findings.

    P(finding | causes) = 1 - (1 - leak) * product over the causes present of (1 - strength)

A published P(finding | cause) fixes 1 - (1 - leak)(1 - strength). One arrow runs between causes (a nerve root that is
irritated switches on trigger points): all its causes share one hidden bit, so it costs a factor of two, not more.

Arrays are indexed [cause], [cause, finding]; odds are natural, not logs, unless a name says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from deepsix.case import Case, Setting, State
from deepsix.knowledge.model import AGE_BANDS, Estimate, Knowledge, Urgency, age_band

Array = NDArray[np.float64]

_INTERVAL_SDS = 2 * 1.959964  # a 95% interval of a normal spans this many standard deviations
_CERTAIN = 1 - 1e-9  # a probability of 1 leaves no odds; nothing in the data comes near
NONE_OF_THESE = "none_of_these"
_NONE_OF_THESE_SD = 0.7  # a factor of four either way: how often no listed cause is at work is a judgement
_SMALLEST_AGE_FACTOR = 1e-4  # "never at this age" in a data file means about 1 in 10,000: ages are also mistyped


def _logit(p: Array) -> Array:
    return np.asarray(np.log(p / (1 - p)), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Network:
    """A knowledge base compiled for one setting. Frozen; made once by `compile_network`.

    `strength` (C, F) and `leak` (F,) are for findings that hang off causes, in the order of `findings`. `profile`
    lists, as columns, the findings that exclude each other (how long, how it began, how bad): of these `probability`
    is a share, which may be below the background, and `strength` is 0.
    `*_sd` are standard deviations on the logit scale (log scale for ratios), read off the 95% intervals.
    """

    knowledge: Knowledge
    setting: Setting
    causes: tuple[str, ...]
    findings: tuple[str, ...]
    risks: tuple[str, ...]
    prior_odds: Array
    prior_sd: Array
    age_factor: Array
    sex_factor: Array
    risk_ratio: Array
    risk_sd: Array
    risk_share: Array
    probability: Array
    probability_sd: Array
    strength: Array
    leak: Array
    leak_sd: Array
    profile: tuple[tuple[int, ...], ...]
    always_raises: NDArray[np.bool_]
    arrow_strength: Array
    starts_arrow: NDArray[np.bool_]
    urgency: NDArray[np.int64]
    is_danger: NDArray[np.bool_]
    group: tuple[str, ...]

    def cause_index(self, cause: str) -> int:
        return self.causes.index(cause)


@lru_cache(maxsize=8)
def compile_network(knowledge: Knowledge, setting: Setting = "community") -> Network:
    """Return the network of a knowledge base for a setting; compiled once for each pair."""
    listed_causes = tuple(sorted(knowledge.conditions))
    causes = (*listed_causes, NONE_OF_THESE)
    findings = tuple(sorted(f.id for f in knowledge.findings.values() if not f.is_risk))
    risks = tuple(sorted(f.id for f in knowledge.findings.values() if f.is_risk))
    column = {name: index for index, name in enumerate(findings)}
    risk_column = {name: index for index, name in enumerate(risks)}
    conditions = [knowledge.conditions[name] for name in listed_causes]

    leak = np.array([knowledge.findings[name].background.value for name in findings])
    leak = np.clip(leak * knowledge.settings["leak_scale"], 1e-4, 0.95)
    leak_sd = np.array([_logit_sd(knowledge.findings[name].background) for name in findings])
    shape = (len(causes), len(findings))
    probability = np.tile(leak, (len(causes), 1))
    probability_sd = np.zeros(shape)
    risk_ratio = np.ones((len(causes), len(risks)))
    risk_sd = np.zeros_like(risk_ratio)
    for row, condition in enumerate(conditions):
        for link in condition.links:
            probability[row, column[link.finding]] = link.probability.value
            probability_sd[row, column[link.finding]] = _logit_sd(link.probability)
        for risk in condition.risks:
            risk_ratio[row, risk_column[risk.finding]] = max(risk.ratio.value, 1e-3)
            risk_sd[row, risk_column[risk.finding]] = _log_sd(risk.ratio)
    listed = probability_sd > 0
    profile = tuple(tuple(column[name] for name in names) for names in knowledge.profiles.values())
    in_profile = np.isin(np.arange(len(findings)), [index for columns in profile for index in columns])
    probability = np.clip(probability, np.where(in_profile, 0.0, leak), _CERTAIN)
    _inherit(knowledge, column, listed, probability, leak)
    # A cause we do not list looks, on average, like the causes we do list. Only what carries danger stays at the
    # background: that is what "an ordinary cause nobody has named" means.
    ordinary = np.array([c.urgency < Urgency.URGENT_SAME_DAY for c in conditions])
    blurred = np.maximum(probability[:-1][ordinary].mean(axis=0), leak)
    is_danger = np.array([knowledge.findings[name].danger is not None for name in findings])
    probability[-1] = np.where(is_danger, leak, blurred)
    strength = 1 - (1 - probability) / (1 - leak)
    for columns in profile:
        members = list(columns)
        probability[:, members] = _shares(probability[:, members], listed[:, members], leak[members])
        strength[:, members] = np.clip(1 - (1 - probability[:, members]) / (1 - leak[members]), 0.0, None)

    arrow_strength, starts_arrow = np.zeros(len(causes)), np.zeros(len(causes), dtype=bool)
    always_raises = np.zeros(shape, dtype=bool)
    for arrow in knowledge.arrows:
        arrow_strength[causes.index(arrow.effect)] = arrow.probability.value
        for cause in arrow.causes:
            starts_arrow[causes.index(cause)] = True
            for name in arrow.never_lowered_by:
                always_raises[causes.index(cause), column[name]] = True
    prior = np.append(_priors(knowledge, setting, listed_causes), knowledge.settings[f"none_of_these_{setting}"])
    unmoved = np.ones((1, len(AGE_BANDS)))
    return Network(
        knowledge=knowledge,
        setting=setting,
        causes=causes,
        findings=findings,
        risks=risks,
        prior_odds=prior / (1 - prior),
        prior_sd=np.array([*(_logit_sd(c.prior.community) for c in conditions), _NONE_OF_THESE_SD]),
        age_factor=np.maximum([*(c.prior.age_bands for c in conditions), *unmoved], _SMALLEST_AGE_FACTOR),
        sex_factor=np.maximum([*((c.prior.female, c.prior.male) for c in conditions), (1, 1)], 1e-4),
        risk_ratio=risk_ratio,
        risk_sd=risk_sd,
        risk_share=np.array([knowledge.findings[name].background.value for name in risks]),
        probability=probability,
        probability_sd=probability_sd,
        strength=strength,
        leak=leak,
        leak_sd=leak_sd,
        profile=profile,
        always_raises=always_raises,
        arrow_strength=arrow_strength,
        starts_arrow=starts_arrow,
        urgency=np.array([*(int(c.urgency) for c in conditions), int(Urgency.CLINICIAN_SOON)]),
        is_danger=is_danger,
        group=tuple(knowledge.findings[name].group for name in findings),
    )


def _priors(knowledge: Knowledge, setting: Setting, causes: tuple[str, ...]) -> Array:
    """Return the prior probability of each cause, averaged over age and sex.

    `published` flattens the community's: case reports are written because the cause is rare, so frequencies are
    raised to a small power and scaled to a stated number of causes a case.
    """
    field = "clinic" if setting == "clinic" else "community"
    prior = np.array([getattr(knowledge.conditions[name].prior, field).value for name in causes])
    prior = np.clip(prior, 1e-7, 0.9)
    if setting == "published":
        prior = prior ** knowledge.settings["published_flatness"]
        prior = prior * knowledge.settings["published_causes_a_case"] / prior.sum()
    return np.asarray(np.clip(prior, 1e-7, 0.9), dtype=np.float64)


def _inherit(
    knowledge: Knowledge,
    column: dict[str, int],
    listed: NDArray[np.bool_],
    probability: Array,
    leak: Array,
) -> None:
    """Let a finding that a condition does not list take after the more general one that it does list, in place.

    "Deep in the buttock" is at least partly "in the buttock": its ratio to the background is the general one's, raised
    to a power below 1 because an author who lists only the general one may also have meant "but not there".
    """
    exponent = knowledge.settings["inherited_exponent"]
    for name, index in column.items():
        for general in knowledge.findings[name].implies:
            if general not in column:
                continue
            ratio = probability[:, column[general]] / leak[column[general]]
            taken = np.minimum(leak[index] * ratio**exponent, 0.9)
            probability[:, index] = np.where(
                listed[:, index], probability[:, index], np.maximum(probability[:, index], taken)
            )


def _shares(probability: Array, listed: NDArray[np.bool_], background: Array) -> Array:
    """Return shares (C, k) of answers that exclude each other, filling in those a condition does not list.

    What the listed ones leave of the whole goes to the others (one more stands for "none of these") in the
    proportions of the background.
    """
    rest = max(1 - background.sum(), 0.02)
    left = np.maximum(1 - np.where(listed, probability, 0.0).sum(axis=1), 0.02)
    unlisted = np.where(listed, 0.0, background)
    scale = left / (unlisted.sum(axis=1) + rest)
    return np.clip(np.where(listed, probability, unlisted * scale[:, None]), 0.005, _CERTAIN)


def _logit_sd(estimate: Estimate) -> float:
    low, high = np.clip([estimate.low, estimate.high], 1e-5, 1 - 1e-5)
    return float((_logit(high) - _logit(low)) / _INTERVAL_SDS)


def _log_sd(estimate: Estimate) -> float:
    low, high = np.clip([estimate.low, estimate.high], 1e-3, None)
    return float(np.log(high / low) / _INTERVAL_SDS)


@dataclass(frozen=True, eq=False)
class Evidence:
    """One case set against a network: what the engine sums over.

    `present` and `absent` are column indices into `Network.findings`; `weight` (F,) is the discount of each
    (1 = counts in full). `odds` (C,) are prior odds after age, sex and risk factors, before any finding.
    """

    network: Network
    odds: Array
    present: NDArray[np.int64]
    absent: NDArray[np.int64]
    weight: Array
    quiet: Array

    @cached_property
    def present_strength(self) -> Array:
        """Strength (C, n) of each cause on each present finding, discounted."""
        return discounted_strength(self.network, self.present, self.weight[self.present])

    @cached_property
    def absent_log_factor(self) -> Array:
        """Log of the factor (C,) by which the absent (and unmentioned) findings multiply each cause's odds."""
        logs = absent_logs(self.network, self.absent) @ self.weight[self.absent]
        return np.asarray(logs + self.quiet_log_factor, dtype=np.float64)

    @cached_property
    def quiet_log_factor(self) -> Array:
        """Log of the factor (C,) for what nobody mentioned; the unlisted cause gets the average of the others."""
        used = np.flatnonzero(self.quiet)
        logs = absent_logs(self.network, used) @ self.quiet[used]
        logs[-1] = np.average(logs[:-1], weights=self.odds[:-1])
        return np.asarray(logs, dtype=np.float64)

    @cached_property
    def none_log_factor(self) -> float:
        """Log of the factor on "no cause at all" for what nobody mentioned.

        Silence tells causes apart, but a short story must not speak for "none of these": having no cause gets the same
        average as the unlisted cause.
        """
        return float(self.quiet_log_factor[-1])


def discounted_strength(network: Network, columns: NDArray[np.int64], weight: Array) -> Array:
    """Return strengths (C, n) such that the ratio to the background is raised to the power `weight`.

    Findings that travel together repeat each other. Raising P(f | cause) / leak to a power below 1 lets the
    n-th of them say less, and keeps the noisy-OR form: (p / leak) ** w * leak is again a probability.
    A link marked `always_raises` is certain when present, so that no company it keeps can lower its cause.
    """
    leak = network.leak[columns]
    probability = leak * (network.probability[:, columns] / leak) ** weight
    strength = 1 - (1 - probability) / (1 - leak)
    return np.where(network.always_raises[:, columns], _CERTAIN, np.clip(strength, 0.0, _CERTAIN))


def absent_logs(network: Network, columns: NDArray[np.int64]) -> Array:
    """Return log(1 - strength), shape (C, n): what a "no" does to the log-odds of each cause."""
    return np.asarray(np.log1p(-np.minimum(network.strength[:, columns], _CERTAIN)), dtype=np.float64)


def profile_log_ratio(network: Network, case: Case) -> dict[int, Array]:
    """Return, by column, the log of the ratio (C,) by which each answer about the profile lowers the odds.

    A yes is a present finding like any other for the causes that make it likelier, so that one cause can explain it
    for all; a noisy-OR cannot hold the causes that make it less likely, so those lose odds here. A yes to one member
    speaks for the whole group, so the noes that follow from it are not counted again.
    """
    exponent = network.knowledge.settings["profile_exponent"]
    result: dict[int, Array] = {}
    for columns in network.profile:
        states = {c: case.state(network.findings[c]) for c in columns}
        yes = [c for c, state in states.items() if state is State.YES]
        for c in yes or [c for c, state in states.items() if state is State.NO]:
            share, background = network.probability[:, c], network.leak[c]
            ratio = share / background if yes else (1 - share) / (1 - background)
            log_ratio = exponent * np.log(np.maximum(ratio, 1e-3))
            result[c] = np.minimum(log_ratio, 0.0) if yes else log_ratio
    return result


def prior_odds(network: Network, case: Case) -> Array:
    """Return the odds (C,) of each cause from age, sex and lasting facts alone.

    A fact with ratio r and share q in the population multiplies the odds by r / (rq + 1 - q) when it is so and by
    1 / (rq + 1 - q) when it is not, so that the average over the population stays the prior.
    """
    odds = network.prior_odds.copy()
    if case.age is not None:
        odds *= network.age_factor[:, age_band(case.age)]
    if case.sex is not None:
        odds *= network.sex_factor[:, 0 if case.sex == "female" else 1]
    share, settings = network.risk_share, network.knowledge.settings
    groups = [network.knowledge.findings[name].group for name in network.risks]
    told = [groups[i] for i, name in enumerate(network.risks) if case.state(name) is State.YES]
    silence = settings[f"silence_of_risks_{network.setting}"]
    for index, name in enumerate(network.risks):
        state, ratio = case.state(name), network.risk_ratio[:, index]
        log_scale = np.log(ratio * share[index] + 1 - share[index])
        if state is State.YES:
            weight = told.count(groups[index]) ** (settings["present_exponent"] - 1.0)
            odds *= np.exp(weight * (np.log(ratio) - log_scale))
        elif state is State.NO:
            odds *= np.exp(-log_scale)
        elif state is None and silence > 0 and network.knowledge.findings[name].danger is None:
            odds *= np.exp(-silence * np.maximum(log_scale, 0.0))
    return odds


def evidence_of(network: Network, case: Case) -> Evidence:
    """Set a closed case (see `closure`) against a network."""
    in_profile = {column for columns in network.profile for column in columns}
    columns = {name: i for i, name in enumerate(network.findings)}
    states = {
        column: answer.state
        for answer in case.answers.values()
        if (column := columns.get(answer.finding)) is not None
        and (column not in in_profile or answer.state is State.YES)
    }
    present, absent = _without_repeats(network, states)
    weight = np.ones(len(network.findings))
    for part, scale in ((present, "present_exponent"), (absent, "absent_exponent")):
        weight[part] = _weights(network, part, network.knowledge.settings[scale])
    weight[list(in_profile)] = network.knowledge.settings["profile_exponent"]
    odds = prior_odds(network, case)
    for log_ratio in profile_log_ratio(network, case).values():
        odds = odds * np.exp(log_ratio)
    return Evidence(network, odds, present, absent, weight, _quiet(network, case))


def _without_repeats(network: Network, states: dict[int, State]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the present and absent columns, less those that say nothing new.

    A yes to the special finding makes the general one certain, and a no to the general makes the special ones
    certain noes: counting both would count one fact twice.
    """
    yes = {network.findings[i]: i for i, s in states.items() if s is State.YES}
    no = {network.findings[i]: i for i, s in states.items() if s is State.NO}
    findings = network.knowledge.findings
    implied = {general for name in yes for general in _all_implied(network.knowledge, name)}
    present = sorted(i for name, i in yes.items() if name not in implied)
    absent = sorted(i for name, i in no.items() if not any(g in no for g in findings[name].implies))
    return np.array(present, dtype=np.int64), np.array(absent, dtype=np.int64)


def _all_implied(knowledge: Knowledge, name: str) -> set[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        for general in knowledge.findings[pending.pop()].implies:
            if general not in found:
                found.add(general)
                pending.append(general)
    return found


def _quiet(network: Network, case: Case) -> Array:
    """Return the weight (F,) with which each finding nobody mentioned counts as absent.

    A published case tells what matters, so its silence says a little; at home nothing was asked yet, and silence says
    nothing. The silence about a sign of danger never counts.
    """
    weight = network.knowledge.settings[f"silence_{network.setting}"]
    quiet = np.where(network.is_danger, 0.0, weight)
    exams = [network.knowledge.findings[name].kind in ("exam", "self_test") for name in network.findings]
    quiet[np.array(exams)] = 0.0
    answered = [i for i, name in enumerate(network.findings) if name in case.answers]
    quiet[answered] = 0.0
    quiet[[column for columns in network.profile for column in columns]] = 0.0
    return quiet


def _weights(network: Network, columns: NDArray[np.int64], exponent: float) -> Array:
    """Return the discount of each finding: n of a group count together as n ** exponent.

    Signs of danger and findings that must never lower a cause are left out and count in full.
    """
    exempt = network.is_danger[columns] | network.always_raises[:, columns].any(axis=0)
    counts: dict[str, int] = {}
    for column, is_exempt in zip(columns, exempt, strict=True):
        if not is_exempt:
            counts[network.group[column]] = counts.get(network.group[column], 0) + 1
    own = network.knowledge.group_weights
    return np.array(
        [
            1.0 if is_exempt else counts[g] ** (own.get(g, exponent) - 1.0)
            for g, is_exempt in zip((network.group[c] for c in columns), exempt, strict=True)
        ]
    )
