"""Places, activities and what governs them: "hurts when I sit, squat or drive", "walking eases it", "fine on stairs".

A place counts when its sentence is about pain. An activity counts when a worse-, ease- or fine-word governs it: the
nearest such word in the sentence, and for plain pain words ("my hip hurt") only with a link such as "when" or "after".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deepsix.intake.patterns import Matcher, Phrase, Span, _phrase
from deepsix.intake.text import Sentence


class Cue(StrEnum):
    WORSE = "worse_with"
    EASE = "eased_by"
    FINE = "fine"


_STRONG_WORSE = """worse worsen worsens aggravate flare flares brings_on brings_it_on bring_it_on bring_on brought_on sets_off
 sets_it_off set_it_off trigger provoke difficult difficulty hard_to struggle unable cannot unbearable worst irritates intensify
 increases increased plays_up plays_it_up makes_me_wince murder torture impossible problem problematic awkward avoid sore excruciating
 a_nightmare kills killing bothers painful agony agonising limited limits limit stops_me trouble catches uncomfortable makes_it"""
_WEAK_WORSE = "hurt hurts hurting ache aches pain pains twinge stab stabbing sore bad tender sharp worse shoots shooting feel_it"
_EASE = """ease eases eased relieve relieved relieves relief better help helps helped improve improves improved settle settles
 soothe soothes soothed goes_off go_off goes_away go_away disappears comfortable less_painful calms loosens_up loosens reduce
 reduces lessen lessens takes_the_edge_off alleviate alleviates subsides vanishes soothing easier"""
_FINE = """no_problem without_a_problem without_any_problem without_difficulty without_trouble without_pain no_trouble no_pain fine ok okay
 not_a_problem painless pain_free does_not_hurt does_not_bother no_bother not_painful do_not_hurt is_not_worse not_worse without_any_pain
 does_not_bring does_not_make"""
_LINKS = frozenset("when whenever while if with during after on by from every once as doing upon trying try".split())
_PAIN_CUES = """pain ache hurt sore agony twinge discomfort tender niggle throb burn cramp spasm stab tight stiff tingle spread
 radiate travel shoot run_down runs_down goes_down go_down goes_into go_into goes_from felt feel worst swell bruise sharp dull
 stays moves_to symptom bother trouble catch pinch pull pop tear tearing knot tenderness numb sensation sciatica spasm injury
 strain press wraps comes_from located point_to mainly mostly"""


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(_phrase(part) for part in text.split()))


STRONG_WORSE, WEAK_WORSE = _phrases(_STRONG_WORSE), _phrases(_WEAK_WORSE)
EASE, FINE, PAIN_CUES = _phrases(_EASE), _phrases(_FINE), _phrases(_PAIN_CUES)
_BREAKS = frozenset({"but", "although", "though", "however", "whereas", ";"})
_NEGATIONS = frozenset({"no", "not", "never", "without", "nothing", "little", "neither", "hardly", "barely", "none"})
_REACH = 14  # words between an activity and what governs it; lists of activities are long


@dataclass(frozen=True, slots=True)
class Governed:
    """An activity with what governs it, and whether that is negated ("ibuprofen did not help")."""

    cue: Cue
    negated: bool


class Frames:
    """The cues of one sentence, found once."""

    def __init__(self, sentence: Sentence, matcher: Matcher) -> None:
        self.words = [token.word for token in sentence.tokens]
        fine = matcher.spans(FINE)
        inside_fine = {i for s, e in fine for i in range(s, e)}

        def free(spans: list[Span]) -> list[Span]:
            return [span for span in spans if not any(i in inside_fine for i in range(*span))]

        self.strong = free(matcher.spans(STRONG_WORSE))
        self.weak = free(matcher.spans(WEAK_WORSE))
        self.ease = free(matcher.spans(EASE))
        self.fine = fine
        self.about_pain = bool(matcher.spans(PAIN_CUES))

    def governs(self, activity: Span) -> Governed | None:
        """Return what governs an activity, or None when nothing does."""
        best: tuple[float, Cue, Span] | None = None
        for cue, spans in ((Cue.WORSE, self.strong), (Cue.EASE, self.ease), (Cue.FINE, self.fine)):
            for span in spans:
                best = self._nearer(best, cue, span, activity)
        for span in self.weak:
            if self._linked(span, activity):
                best = self._nearer(best, Cue.WORSE, span, activity)
        if best is None:
            return None
        _, cue, span = best
        return Governed(cue, cue is not Cue.FINE and self._negated(span))

    def _nearer(
        self, best: tuple[float, Cue, Span] | None, cue: Cue, span: Span, activity: Span
    ) -> tuple[float, Cue, Span] | None:
        if span[0] < activity[1] and activity[0] < span[1]:
            distance = 0.0
        else:
            low, high = (span[1], activity[0]) if span[1] <= activity[0] else (activity[1], span[0])
            between = self.words[low:high]
            distance = float(len(between))
            if any(word in _BREAKS for word in between):
                distance += _REACH
        if distance > _REACH or (best is not None and best[0] <= distance):
            return best
        return distance, cue, span

    def _linked(self, pain: Span, activity: Span) -> bool:
        """True for "hurts when I sit", "pain after long sitting", "sitting hurts"; not for "I run and my hip hurts"."""
        if pain[1] <= activity[0]:
            between = self.words[pain[1] : activity[0]]
            return any(word in _LINKS for word in between)
        between = self.words[activity[1] : pain[0]]
        opener = self.words[max(0, activity[0] - 3) : activity[0]]
        return (
            len(between) <= 4 and not any(word in ("and", ",", "so", "then", "my") for word in between)
        ) or any(word in ("when", "whenever", "if", "after", "every", "while", "during") for word in opener)

    def _negated(self, span: Span) -> bool:
        before = self.words[max(0, span[0] - 4) : span[0]]
        for index, word in enumerate(before):
            if word in _NEGATIONS and before[index + 1 : index + 2] != ["only"]:
                return True
        return False
