"""deepsix beside pyAgrum and pgmpy: the same noisy-OR network, the same questions, one run, one core.

    python benchmarks/inference/compare.py [--stop-after 120] [--quick]

The network is synthetic and fixed by a seed: 40 causes x 220 findings, noisy-OR with leak, 6 parents a finding, priors
0.5-10%; 25 findings answered, 10 of them present, 195 left. Four jobs: the posterior of one case, the next question
over the 195 findings left, 10,000 cases, and 200 parameter draws on one case.

The fair peer is pyAgrum with the absent findings folded into the priors by hand: the trick anyone who knows noisy-OR
would use, which leaves it a network of the causes and the present findings only. pyAgrum as it comes, and pgmpy, get
the network of all 25 answered findings. A figure marked ~ is scaled from a smaller number, which is stated. A peer that
is not done after `--stop-after` seconds is stopped; each runs in a process of its own so that this is possible.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core; read when the libraries are imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import itertools
import logging
import multiprocessing
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from time import perf_counter
from typing import Any

import numpy as np

from deepsix.diagnosis import exact

CAUSES, FINDINGS, PARENTS, ANSWERED, PRESENT = 40, 220, 6, 25, 10
CASES, DRAWS = 10_000, 200
AT_ONCE = 200  # cases made and answered together, so that they stay in the processor's cache
PEER_CASES, PEER_QUESTIONS, PEER_DRAWS = 30, 20, 20
SEED = 6


@dataclass(frozen=True)
class Noisy:
    """A plain two-layer network: priors (C,), strengths (C, F), leaks (F,)."""

    prior: np.ndarray
    strength: np.ndarray
    leak: np.ndarray

    @cached_property
    def prior_odds(self) -> np.ndarray:
        return self.prior / (1 - self.prior)

    @cached_property
    def kept(self) -> np.ndarray:
        """What an absent finding leaves of each cause's odds (F, C)."""
        return np.ascontiguousarray(1 - self.strength.T)

    @cached_property
    def no_arrow(self) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros(len(self.prior), dtype=bool), np.zeros(len(self.prior))

    def problem(self, present: np.ndarray, absent: np.ndarray) -> exact.Sum:
        """Return the exact problem of a case, absent findings folded into the odds."""
        factor = self.kept[absent].prod(axis=0)
        odds = self.prior_odds * factor
        return exact.Sum(odds, factor, self.strength[:, present], self.leak[present], *self.no_arrow)


@dataclass(frozen=True)
class Case:
    """The findings answered yes and no."""

    present: np.ndarray
    absent: np.ndarray


@dataclass(frozen=True)
class Figure:
    """Seconds for a job, from how many of its parts that was scaled (0 = all done), and the marginals found."""

    seconds: float
    scaled_from: int = 0
    marginal: Any = None


def make_network(rng: np.random.Generator, causes: int, findings: int, parents: int) -> Noisy:
    prior = np.exp(rng.uniform(np.log(0.005), np.log(0.1), causes))
    strength = np.zeros((causes, findings))
    for f in range(findings):
        strength[rng.choice(causes, parents, replace=False), f] = rng.uniform(0.1, 0.9, parents)
    return Noisy(prior, strength, rng.uniform(0.01, 0.1, findings))


def make_case(rng: np.random.Generator, network: Noisy, answered: int, present: int) -> Case:
    """Return a case: two causes are on, and the findings they explain best are the ones present."""
    findings = rng.permutation(network.strength.shape[1])[: 4 * answered]
    on = rng.choice(len(network.prior), 2, replace=False)
    chance = 1 - (1 - network.leak[findings]) * np.prod(1 - network.strength[on][:, findings], axis=0)
    seen = findings[rng.random(len(findings)) < chance][:present]
    rest = np.setdiff1d(findings, seen, assume_unique=True)[: answered - len(seen)]
    return Case(np.sort(seen), np.sort(rest))


def make_cases(network: Noisy, count: int) -> list[Case]:
    rng = np.random.default_rng(SEED + 1)
    return [make_case(rng, network, ANSWERED, PRESENT) for _ in range(count)]


def full_case(network: Noisy) -> Case:
    """Return the one case of the first two jobs: the first with all 10 findings present."""
    return next(case for case in make_cases(network, 1000) if len(case.present) == PRESENT)


def drawn(network: Noisy, count: int) -> list[Noisy]:
    """Return networks with all parameters moved within some uncertainty."""
    rng = np.random.default_rng(SEED + 2)

    def moved(p: np.ndarray, sd: float) -> np.ndarray:
        odds = p / (1 - p) * np.exp(sd * rng.standard_normal(p.shape))
        return odds / (1 + odds)

    return [
        Noisy(moved(network.prior, 0.5), moved(network.strength, 0.4), moved(network.leak, 0.3)) for _ in range(count)
    ]


def best_of(job: Callable[[], Any], times: int) -> tuple[float, Any]:
    shortest, result = np.inf, None
    for _ in range(times):
        started = perf_counter()
        result = job()
        shortest = min(shortest, perf_counter() - started)
    return float(shortest), result


def best_in_parts(job: Callable[[list[Any]], list[Any]], items: list[Any], part: int, times: int) -> tuple[float, Any]:
    """Do a long job part by part, each so many times, and add up the shortest: other work here counts less."""
    seconds, results = 0.0, []
    for first in range(0, len(items), part):
        some = items[first : first + part]
        shortest, result = best_of(lambda some=some: job(some), times)
        seconds += shortest
        results += result
    return seconds, np.array(results)


# --- deepsix ---------------------------------------------------------------------------------------------------------


def deepsix_figures(network: Noisy, compiled: bool, quick: bool) -> dict[str, Figure]:
    """Return the figures of the NumPy path, or of the compiled one; compiling itself is not counted."""
    exact.WORTH_COMPILING = 1 if compiled else 1 << 60
    case, cases, draws = full_case(network), make_cases(network, 500 if quick else CASES), drawn(network, DRAWS)
    left = np.setdiff1d(np.arange(FINDINGS), np.concatenate([case.present, case.absent]))

    def one() -> Any:
        return exact.posteriors([network.problem(case.present, case.absent)])[0].marginal

    def question() -> Any:
        problem = network.problem(case.present, case.absent)
        return exact.what_answers_do(problem, network.strength[:, left], network.leak[left]).if_yes

    def batch(some: list[Case]) -> list[Any]:
        problems = [network.problem(each.present, each.absent) for each in some]
        return [result.marginal for result in exact.posteriors(problems)]

    def parameters() -> Any:
        problems = [each.problem(case.present, case.absent) for each in draws]
        stack = replace(
            problems[0],
            **{name: np.array([getattr(p, name) for p in problems]) for name in ("odds", "absent", "strength", "leak")},
        )
        return exact.posterior_stack(stack)[0]

    for job in (one, parameters):  # compile, or load what was compiled before
        job()
    figures = {}
    for name, job, times in (("posterior", one, 50), ("next question", question, 10), ("draws", parameters, 10)):
        seconds, marginal = best_of(job, times)
        figures[name] = Figure(seconds, 0, marginal)
    seconds, marginal = best_in_parts(batch, cases, AT_ONCE, 3)
    figures["batch"] = Figure(seconds * CASES / len(cases), len(cases) if quick else 0, marginal)
    return figures


# --- pyAgrum ---------------------------------------------------------------------------------------------------------


def agrum_network(network: Noisy, odds: np.ndarray, findings: np.ndarray) -> Any:
    """Return a pyAgrum network of the causes with these odds and of these findings."""
    import pyagrum as gum

    net = gum.BayesNet()
    for c, value in enumerate(odds):
        node = net.add(gum.LabelizedVariable(f"c{c}", "", 2))
        net.cpt(node).fillWith([1 / (1 + value), value / (1 + value)])
    for f in findings:
        node = net.addNoisyORNet(gum.LabelizedVariable(f"f{f}", "", 2), float(network.leak[f]))
        for c in np.flatnonzero(network.strength[:, f]):
            net.addWeightedArc(net.idFromName(f"c{c}"), node, float(network.strength[c, f]))
    return net


def agrum_posterior(network: Noisy, case: Case, fold: bool) -> np.ndarray:
    """Return P(cause) (C,) from pyAgrum."""
    import pyagrum as gum

    odds = network.prior / (1 - network.prior)
    if fold:
        odds = odds * np.prod(1 - network.strength[:, case.absent], axis=1)
    findings = case.present if fold else np.concatenate([case.present, case.absent])
    kind = gum.ShaferShenoyInference if fold else gum.LazyPropagation  # the faster of the exact engines for each
    engine = kind(agrum_network(network, odds, findings))
    engine.setEvidence({f"f{f}": int(f in case.present) for f in findings})
    engine.setTargets({f"c{c}" for c in range(len(odds))})
    engine.makeInference()
    return np.array([engine.posterior(f"c{c}")[1] for c in range(len(odds))])


def agrum_figures(network: Noisy, fold: bool, report: Callable[[str, Figure], None]) -> None:
    """Report the figures as they come. Building the network counts: it changes with each case's folded priors."""
    case = full_case(network)
    seconds, marginal = best_of(lambda: agrum_posterior(network, case, fold), 10 if fold else 2)
    report("posterior", Figure(seconds, 0, marginal))
    left = np.setdiff1d(np.arange(FINDINGS), np.concatenate([case.present, case.absent]))
    some = left[:: len(left) // PEER_QUESTIONS][: PEER_QUESTIONS if fold else 1]

    def question(some: list[Any]) -> list[Any]:
        # A no to each, folded; the yes follows from it and the posterior.
        return [agrum_posterior(network, Case(case.present, np.append(case.absent, f)), fold) for f in some]

    seconds, _ = best_in_parts(question, list(some), 1, 3 if fold else 1)
    report("next question", Figure(seconds * len(left) / len(some), len(some)))
    cases = make_cases(network, CASES)[: PEER_CASES if fold else 3]

    def batch(some: list[Case]) -> list[Any]:
        return [agrum_posterior(network, each, fold) for each in some]

    seconds, marginal = best_in_parts(batch, cases, 1, 3 if fold else 1)
    report("batch", Figure(seconds * CASES / len(cases), len(cases), marginal))
    draws = drawn(network, DRAWS)[: PEER_DRAWS if fold else 1]

    def parameters(some: list[Noisy]) -> list[Any]:
        return [agrum_posterior(each, case, fold) for each in some]

    seconds, marginal = best_in_parts(parameters, draws, 1, 3 if fold else 1)
    report("draws", Figure(seconds * DRAWS / len(draws), len(draws), marginal))


# --- pgmpy -----------------------------------------------------------------------------------------------------------


def pgmpy_figures(network: Noisy, report: Callable[[str, Figure], None]) -> None:
    """Report pgmpy's posterior: variable elimination, one query for each cause, on the 25 answered findings."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    case = full_case(network)
    findings = np.concatenate([case.present, case.absent])
    parents = {f: np.flatnonzero(network.strength[:, f]) for f in findings}
    model = DiscreteBayesianNetwork([(f"c{c}", f"f{f}") for f in findings for c in parents[f]])
    used = sorted({int(c) for f in findings for c in parents[f]})
    for c in used:
        model.add_cpds(TabularCPD(f"c{c}", 2, [[1 - network.prior[c]], [network.prior[c]]]))
    for f in findings:
        states = np.array(list(itertools.product((0, 1), repeat=len(parents[f]))))
        off = (1 - network.leak[f]) * np.prod(1 - states * network.strength[parents[f], f], axis=1)
        cpd = TabularCPD(f"f{f}", 2, [off, 1 - off], [f"c{c}" for c in parents[f]], [2] * len(parents[f]))
        model.add_cpds(cpd)
    started = perf_counter()
    engine = VariableElimination(model)
    evidence = {f"f{f}": int(f in case.present) for f in findings}
    marginal = network.prior.copy()
    for c in used:
        marginal[c] = engine.query([f"c{c}"], evidence, show_progress=False).values[1]
    report("posterior", Figure(perf_counter() - started, 0, marginal))


# --- the run ---------------------------------------------------------------------------------------------------------


def _child(job: Callable[..., None], arguments: tuple[Any, ...], pipe: Any) -> None:
    job(*arguments, lambda name, figure: pipe.send((name, figure)))
    pipe.send(None)


def bounded(job: Callable[..., None], arguments: tuple[Any, ...], stop_after_s: float) -> tuple[dict[str, Figure], str]:
    """Run a peer in a process of its own; return what it reported, and a note when it was stopped or failed."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_child, args=(job, arguments, there))
    process.start()
    there.close()
    figures: dict[str, Figure] = {}
    end, note = perf_counter() + stop_after_s, ""
    while True:
        if not here.poll(max(end - perf_counter(), 0)):
            note = f"stopped after {stop_after_s:.0f} s"
            break
        try:
            message = here.recv()
        except EOFError:
            note = "ended early"
            break
        if message is None:
            break
        figures[message[0]] = message[1]
    process.terminate()
    process.join()
    return figures, note


def brute_force(problem: exact.Sum) -> np.ndarray:
    """Return P(cause) (C,) by going through all 2^C sets of causes one by one."""
    total, marginal = 0.0, np.zeros(len(problem.odds))
    for on in itertools.product((0, 1), repeat=len(problem.odds)):
        mask = np.array(on, dtype=bool)
        explained = 1 - (1 - problem.leak) * np.prod(1 - problem.strength[mask], axis=0)
        weight = float(np.prod(problem.odds[mask]) * np.prod(explained))
        total += weight
        marginal += weight * mask
    return marginal / total


def largest_error_from_brute_force() -> dict[str, float]:
    rng = np.random.default_rng(SEED + 3)
    network = make_network(rng, 12, 40, 4)
    worst = {"NumPy": 0.0, "compiled": 0.0}
    for _ in range(5):
        case = make_case(rng, network, 15, 8)
        problem = network.problem(case.present, case.absent)
        truth = brute_force(problem)
        for name, worth in (("NumPy", 1 << 60), ("compiled", 1)):
            exact.WORTH_COMPILING = worth
            difference = np.abs(exact.posteriors([problem])[0].marginal - truth).max()
            worst[name] = max(worst[name], float(difference))
    return worst


JOBS = ("posterior", "next question", "batch", "draws")
TITLES = ("posterior", f"next question of {FINDINGS - ANSWERED}", f"{CASES:,} cases", f"{DRAWS} draws")


def shown(seconds: float) -> str:
    if seconds < 1:
        return f"{1e3 * seconds:.3g} ms"
    if seconds < 600:
        return f"{seconds:.3g} s"
    return f"{seconds / 3600:.2g} h"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stop-after", type=float, default=120.0, help="seconds a peer may take")
    parser.add_argument("--quick", action="store_true", help="500 cases, scaled, and no peer but the fair one")
    arguments = parser.parse_args()
    network = make_network(np.random.default_rng(SEED), CAUSES, FINDINGS, PARENTS)
    case = full_case(network)
    print(f"{CAUSES} causes, {FINDINGS} findings, {len(case.present)} present and {len(case.absent)} absent answers")
    print(f"this machine has {os.cpu_count()} cores; one is used\n")

    rows: dict[str, dict[str, Figure]] = {}
    notes: dict[str, str] = {}
    fair = "pyAgrum, absent findings folded"
    peers: list[tuple[str, str, Callable[..., None], tuple[Any, ...]]] = [
        (fair, "pyagrum", agrum_figures, (network, True)),
        ("pyAgrum as it comes", "pyagrum", agrum_figures, (network, False)),
        ("pgmpy", "pgmpy", pgmpy_figures, (network,)),
    ]
    for name, package, job, given in peers[:1] if arguments.quick else peers:
        if find_spec(package) is None:
            rows[name], notes[name] = {}, "not installed"
        else:
            rows[name], notes[name] = bounded(job, given, arguments.stop_after)
    rows["deepsix, NumPy"] = deepsix_figures(network, False, arguments.quick)
    if exact.can_compile():
        rows["deepsix, compiled"] = deepsix_figures(network, True, arguments.quick)

    print(f"{'':<34}" + "".join(f"{title:>24}" for title in TITLES))
    for name, figures in rows.items():
        cells = [_cell(figures.get(job)) for job in JOBS]
        print(f"{name:<34}" + "".join(f"{cell:>24}" for cell in cells) + f"  {notes.get(name, '')}")
    print(f"~n: scaled from n\n\nhow many times faster than the fair peer ({fair})")
    for name, figures in rows.items():
        if name != fair and rows[fair]:
            ratios = [
                f"{rows[fair][job].seconds / figures[job].seconds:.3g}x" if job in figures else "-" for job in JOBS
            ]
            print(f"{name:<34}" + "".join(f"{ratio:>24}" for ratio in ratios))

    print("\nlargest difference from brute force, 12 causes x 40 findings, 8 present, 5 cases (goal 1e-9)")
    for name, error in largest_error_from_brute_force().items():
        if name == "NumPy" or exact.can_compile():
            print(f"{'deepsix, ' + name:<34}{error:>24.1e}")
    print("\nlargest difference from deepsix, NumPy, on the network above")
    for name, figures in rows.items():
        if name != "deepsix, NumPy":
            cells = [_difference(figures.get(job), rows["deepsix, NumPy"][job]) for job in JOBS]
            print(f"{name:<34}" + "".join(f"{cell:>24}" for cell in cells))


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    return shown(figure.seconds) + (f" ~{figure.scaled_from}" if figure.scaled_from else "")


def _difference(figure: Figure | None, ours: Figure) -> str:
    if figure is None or figure.marginal is None:
        return "-"
    return f"{np.abs(ours.marginal[: len(figure.marginal)] - figure.marginal).max():.1e}"


if __name__ == "__main__":
    main()
