"""A plan in lines of plain words, each with a style. All wording comes from `words.toml` and the remedies."""

from __future__ import annotations

from deepsix.diagnosis import wording
from deepsix.hip.positions import load_positions
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency
from deepsix.plan.plan import Plan, Task, Why

Line = tuple[str, str]
_WHOLE = 0.95  # of the way into a position: from here it is said as the whole way


class Cited:
    """Numbers the sources in the order in which they are cited, so that each is printed once at the end."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._keys: list[str] = []

    def mark(self, source: str) -> str:
        """Return the number of a source, or "our estimate"."""
        if source == ESTIMATE:
            return wording.source_words(self._knowledge, source)
        if source not in self._keys:
            self._keys.append(source)
        return str(self._keys.index(source) + 1)

    def lines(self) -> list[Line]:
        """Return the list of all sources cited so far."""
        if not self._keys:
            return []
        cites = [wording.source_words(self._knowledge, key) for key in self._keys]
        return [
            (self._knowledge.words["plan.sources"], "bold"),
            *((f" {number}. {cite}", "dim") for number, cite in enumerate(cites, start=1)),
        ]


def today(knowledge: Knowledge, plan: Plan, cited: Cited) -> list[Line]:
    """Return today's tasks."""
    words = knowledge.words
    if not plan.today:
        return [(words["plan.nothing_today"], "bold")] if plan.urgency >= Urgency.URGENT_SAME_DAY else []
    lines = [(words["plan.today"], "bold")]
    for number, task in enumerate(plan.today, start=1):
        lines += _task(knowledge, task, number, cited)
    if plan.only_if:
        lines.append((f"{words['plan.only_if']} {'; '.join(plan.only_if)}.", "yellow"))
    return lines


def _task(knowledge: Knowledge, task: Task, number: int, cited: Cited) -> list[Line]:
    words = knowledge.words
    lines = [(f"{number}. {task.title}", "bold")]
    if task.for_causes:
        names = "; ".join(knowledge.conditions[name].name for name in task.for_causes)
        lines.append((f"   ({words['plan.for_causes'].format(causes=names)})", "dim"))
    lines += [(f"   - {step}", "") for step in task.steps]
    if task.stretch is not None:
        whole = task.stretch.fraction >= _WHOLE
        key = "plan.how_far_whole" if whole else "plan.how_far"
        lines.append((f"   - {words[key].format(n=round(10 * task.stretch.fraction))}", ""))
    when = words["plan.when"].format(times=", ".join(task.times)) if task.times else ""
    if task.dose or when:
        lines.append((f"   {task.dose} {when}".rstrip(), "cyan"))
    if task.picture:
        lines.append((f"   {words['plan.picture'].format(name=load_positions()[task.picture].name)}", "dim"))
    lines += [(f"   {words['plan.care']}: {text}", "yellow") for text in task.cautions]
    lines += [(f"   {text}", "red") for text in task.stop_rules]
    return lines + _why(knowledge, task.why, cited)


def _why(knowledge: Knowledge, reasons: tuple[Why, ...], cited: Cited) -> list[Line]:
    words = knowledge.words
    return [
        (
            f"   {words['plan.why']} ({words[f'plan.strength_{why.strength}']}): {why.text} [{cited.mark(why.source)}]",
            "dim",
        )
        for why in reasons
    ]


def avoid(knowledge: Knowledge, plan: Plan, cited: Cited) -> list[Line]:
    """Return what to leave alone."""
    lines = [(knowledge.words["plan.avoid"], "bold")] if plan.avoid else []
    for entry in plan.avoid:
        lines.append((f" - {entry.title}. {' '.join(entry.steps)}", ""))
        lines += _why(knowledge, entry.why, cited)
    return lines


def hand_overs(knowledge: Knowledge, plan: Plan, cited: Cited) -> list[Line]:
    """Return whom to see, what to do until then, what to bring and what to ask."""
    words = knowledge.words
    later = plan.urgency is Urgency.SELF_CARE
    lines = [(words["plan.hand_over_later" if later else "plan.hand_over"], "bold")]
    for entry in plan.hand_overs:
        lines.append((f" {entry.title}: {entry.whom}", ""))
        for key, texts in (("until_seen", entry.until_seen), ("bring", entry.bring), ("ask", entry.ask)):
            lines.append((f"   {words[f'plan.{key}']}: {' '.join(texts)}", ""))
        lines += _why(knowledge, entry.why, cited)
    return lines


def see_if(knowledge: Knowledge, plan: Plan) -> list[Line]:
    """Return the signs to act on, the most urgent first."""
    lines = [(knowledge.words["plan.see_if"], "bold")]
    for entry in plan.see_someone_if:
        lines.append((f" - {entry.text} ({wording.urgency_title(knowledge, entry.level)})", ""))
    return lines


def stages(knowledge: Knowledge, plan: Plan) -> list[Line]:
    """Return how it goes on: what comes in when, and the gates."""
    words = knowledge.words
    lines = [(words["plan.stages"], "bold")] if plan.stages else []
    for stage in plan.stages:
        lines.append((f" {stage.title}. {stage.about}", "bold" if stage.stage == plan.stage else ""))
        names = "; ".join(knowledge.remedies[name].title for name in stage.remedies)
        if names:
            lines.append((f"   {names}", ""))
        for direction, key in (("on", "go_on"), ("back", "go_back"), ("see_someone", "go_see")):
            gates = " ".join(gate.text for gate in stage.gates if gate.direction == direction)
            if gates:
                lines.append((f"   {words[f'plan.{key}']}: {gates}", "dim"))
    return lines


def limits(knowledge: Knowledge, plan: Plan, cited: Cited) -> list[Line]:
    """Return how far to run by the training log, and the runs that were longer than usual."""
    if not plan.limits:
        return []
    spikes = [why for why in plan.reasons if why.source in {limit.source for limit in plan.limits} - {ESTIMATE}]
    return [
        (knowledge.words["plan.limits"], "bold"),
        *((f" - {limit.text} [{cited.mark(limit.source)}]", "") for limit in plan.limits),
        *((f" - {why.text} [{cited.mark(why.source)}]", "yellow") for why in spikes),
    ]


def unlock(knowledge: Knowledge, plan: Plan) -> list[Line]:
    """Return the questions that bring in what only waits for answers, each question once."""
    if not plan.unlock:
        return []
    words = knowledge.words
    questions = {q.finding: q.text for entry in plan.unlock for q in entry.questions}
    numbers = {finding: number for number, finding in enumerate(questions, start=1)}
    lines = [(words["plan.unlock"], "bold")]
    lines += [(f" {numbers[finding]}. {text} ({finding})", "") for finding, text in questions.items()]
    for entry in plan.unlock:
        needed = ", ".join(str(numbers[question.finding]) for question in entry.questions)
        lines.append((f"   {words['plan.unlock_for'].format(title=entry.title, numbers=needed)}", "dim"))
    first = next(iter(questions))
    return [*lines, (f"   {words['plan.unlock_how'].format(finding=first)}", "dim")]


def left_out(knowledge: Knowledge, plan: Plan) -> list[Line]:
    """Return what would fit but is not given, and why. Said once for all when someone has to be seen first."""
    shown = [entry for entry in plan.left_out if entry.cause != "urgency"]
    lines = [(knowledge.words["plan.left_out"], "bold")] if shown else []
    for entry in shown:
        named = () if entry.cause == "answer_first" else entry.because  # its text names them already
        because = "; ".join(_name(knowledge, name) for name in named)
        lines.append((f" - {entry.title}: {entry.text}{f' ({because})' if because else ''}", "dim"))
    return lines


def _name(knowledge: Knowledge, identity: str) -> str:
    if identity in knowledge.findings:
        return knowledge.findings[identity].name
    return knowledge.conditions[identity].name
