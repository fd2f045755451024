"""Retold examinations and self-tests: "she bent my knee up and turned it in, and that nipped".

Patterns name only what was done: a movement, or a place that was pressed. Here its result is found: the nearest word of
pain, weakness or stiffness, or of its absence, in the same sentence. Without a result nothing is read, and a doctor's
finding is read only where somebody examines: in the same sentence or the one before.
"""

from __future__ import annotations

from deepsix.intake.clauses import Clauses
from deepsix.intake.cues import PAIN
from deepsix.intake.patterns import Matcher, Phrase, Span, phrase_of
from deepsix.intake.scope import Reading
from deepsix.intake.text import word_set

PRESSED, HURTS, WEAK, LIMITED = "pressed", "test_hurts", "test_weak", "test_limited"
EXAM_FRAMES = frozenset({PRESSED, HURTS, WEAK, LIMITED})
_REACH = 10  # words between what was done and its result
_NOTICE_REACH = 5  # a result told first: "it hurt when she bent the knee up"

_HURT = """
    positive reproduce reproduced recreated set_off sets_off set_it_off sets_it_off set_it_all_off set_the brought_on
    brought_it_on brings_it_on brings_on came_on comes_on jumped jump leapt leap hit_the_ceiling hit_the_roof
    through_the_roof off_the_couch off_the_table kicked_him kicked_her ouch ow nipped nip stung grabbed caught lit_up
    lights_up lights_it_up there_it_was got_me gets_me my_pain the_pain that_pain very_pain exactly same_pain
    my_exact_pain begged had_to_stop made_it_worse worse zinged shot fired raw swore screamed yelled yelled_out
    cried cried_out squealed gasped tender tenderness sore_spot mean_spot the_spot gave_me_a does_it did_it that_did_it
    unpleasant nasty horrible awful reproduces twinged bit flinched winced yelped my_symptoms brought_tears lightning
    electric buzz familiar
"""
_FINE = """
    painless pain_free fine ok okay normal negative clear no_bother no_problem no_trouble did_not_bother
    does_not_bother not_bothered nothing easily comfortably comfortable freely perfect good great not_a_thing
    no_different not_a_bother grand perfectly alright all_right no_reaction
"""
_WEAK = """
    weak weaker weakness feeble no_strength no_power less_power less_strength lost_power lost_strength could_not_hold
    cannot_hold could_not_keep cannot_keep could_not_stop no_match gave_way gives_way give_way dropped drops
    could_not_resist could_not_push could_not_lift cannot_lift could_not_do_it half_the_strength half_as_strong
    not_as_strong down_on_the shook shaky sagged wobbled buckled collapsed went_down could_not_manage i_could_not
    not_strong poor
"""
_STRONG = "strong strength_is full_strength full_power good normal equal fine well powerful same_as_the_other perfectly"
_LIMITED = """
    stiff limited restricted reduced short would_not_go will_not_go does_not_go did_not_go would_not_move barely_moves
    barely_moved hardly_moves hardly_moved hardly_any barely_any blocked stuck tight less not_as_far not_so_far
    only_went only_goes only_half half_as_far stopped_short stopped_dead jammed lacking no_movement would_not_turn
    does_not_turn will_not_turn would_not_bend would_not would_not_budge will_not no_give hit_a_wall nowhere_near
    solid cannot could_not
"""
_FREE = """
    full freely free normal fine easily loose supple any_way whichever_way good great perfect same_as_the_other wide
    all_the_way equal moves_well very_mobile no_restriction
"""
_EXAMINERS = word_set(
    """
    doctor doctors gp physio physiotherapist consultant specialist surgeon chiropractor osteopath therapist nurse
    registrar trainer examiner neurologist rheumatologist midwife locum paramedic clinician examined examining exam
    examination examine tested testing tests osteo chiro medic intern resident orthopod podiatrist masseuse
    resistance clinic couch
    """
)
_HANDS = word_set("hand hands palm fist resistance pressure")
_PRESS = """
    press presses pressed pressing prod prods prodded poke pokes poked dig digs dug digging touch touches touched
    touching thumb finger fingers fingertip palpate palpated palpation tap taps tapped tapping push_on pushed_on
    pushes_on pushing_on pushed_into pushing_into pushed_in felt_along lean_on leaned_on pressure poking prodding
    put_a_finger put_a_thumb knuckle rub rubbed rolled_the_skin squeeze squeezed
"""
_TENDER = "tender tenderness sore_to_touch sore_to_the_touch sore_to_press painful_to_touch painful_to_press"
_NEGATIONS = word_set("no not never without hardly barely nor neither none cannot isn't")
_TURNS = word_set("but although though whereas however ; :")


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase_of(part) for part in text.split()))


_RESULTS = {
    HURTS: (_phrases(_HURT) + PAIN, _phrases(_FINE)),
    WEAK: (_phrases(_WEAK), _phrases(_STRONG)),
    LIMITED: (_phrases(_LIMITED), _phrases(_FREE)),
}
_RESULTS[PRESSED] = _RESULTS[HURTS]
_PRESSING, _TENDERNESS = _phrases(_PRESS), _phrases(_TENDER)


class Examination:
    """What one sentence tells of an examination. `goes_on`: the sentence before spoke of an examiner."""

    def __init__(self, clauses: Clauses, matcher: Matcher, goes_on: bool) -> None:
        self.clauses, self.matcher, self.words = clauses, matcher, clauses.words
        self.by_another = goes_on or speaks_of_examiner(self.words)
        self._found: dict[str, list[tuple[Span, bool]]] = {}

    def reading(self, done: Span, frame: str, *, needs_examiner: bool) -> tuple[Reading, Span] | None:
        """Return how a test came out, with the words from what was done to its result; None when nothing says so."""
        if needs_examiner and not self.by_another:
            return None
        span = done if frame != PRESSED else self._with_press(done)
        if span is None:
            return None
        best: tuple[float, Span, bool] | None = None
        for result, is_so in self._results(frame):
            distance = self._distance(span, result)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, result, is_so
        if best is None:
            return None
        _, result, is_so = best
        return (Reading.PRESENT if is_so else Reading.ABSENT), (min(span[0], result[0]), max(span[1], result[1]))

    def _results(self, frame: str) -> list[tuple[Span, bool]]:
        """Return every result in the sentence, and whether it says that the finding is there."""
        if frame not in self._found:
            bad, good = _RESULTS[frame]
            fine = self.matcher.spans(good)
            covered = {i for low, high in fine if high - low > 1 for i in range(low, high)}
            found = [(span, self._denied(span)) for span in fine]
            found += [
                (span, not self._denied(span))
                for span in self.matcher.spans(bad)
                if not covered.intersection(range(*span))
            ]
            self._found[frame] = found
        return self._found[frame]

    def _distance(self, done: Span, result: Span) -> float | None:
        """Return how far a result is from what was done; one told first counts only when "when" or "if" joins them."""
        if result[0] >= done[1]:
            between = self.words[done[1] : result[0]]
            return float(len(between)) if len(between) <= _REACH and not _turns(between) else None
        if result[1] <= done[0]:
            between = self.words[result[1] : done[0]]
            joined = any(word in ("when", "if", "as", "on", "with", "to", "while", "by", "from") for word in between)
            return len(between) + 2.5 if joined and len(between) <= _NOTICE_REACH and not _turns(between) else None
        return 0.0

    def _with_press(self, place: Span) -> Span | None:
        """Return a place joined with the pressing of it, or with "tender" beside it."""
        near = [
            span
            for span in self.matcher.spans(_PRESSING)
            if self._gap(span, place) <= 6 and not _turns(self.words[min(span[1], place[1]) : max(span[0], place[0])])
        ]
        if near:
            nearest = min(near, key=lambda span: self._gap(span, place))
            return min(place[0], nearest[0]), max(place[1], nearest[1])
        tender = [span for span in self.matcher.spans(_TENDERNESS) if self._gap(span, place) <= 5]
        return place if any(not self.clauses.apart(span, place) for span in tender) else None

    @staticmethod
    def _gap(one: Span, other: Span) -> int:
        return max(0, other[0] - one[1], one[0] - other[1])

    def _denied(self, span: Span) -> bool:
        low = max(self.clauses.starts[span[0]], span[0] - 4)
        return any(word in _NEGATIONS for word in self.words[low : span[0]])


def speaks_of_examiner(words: tuple[str, ...]) -> bool:
    """True when a sentence names somebody who examines, or a push against a hand."""
    if any(word in _EXAMINERS for word in words):
        return True
    return any(word == "against" and any(w in _HANDS for w in words[i : i + 4]) for i, word in enumerate(words))


def _turns(words: tuple[str, ...]) -> bool:
    return any(word in _TURNS for word in words)
