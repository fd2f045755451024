"""Activities and what governs them: "hurts when I sit, squat or drive", "walking eases it", "fine on stairs".

An activity counts only when a worse-, ease- or fine-word governs it: the nearest such word, its own clause first. Plain
pain words ("my hip hurt") govern only by a link such as "when" or by being its verb ("sitting hurts").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deepsix.intake.clauses import Clauses
from deepsix.intake.cues import EASE, FINE, PAIN, PAIN_CUES, UNABLE, USELESS, WORSE
from deepsix.intake.patterns import Matcher, Phrase, Span
from deepsix.intake.text import word_set


class Cue(StrEnum):
    """What a governing word says of an activity."""

    WORSE = "worse_with"
    EASE = "eased_by"
    FINE = "fine"


_LINKS = word_set(
    """
    when whenever while if with during after on by from every once as doing upon trying try each anytime
    """
)
_OPENERS = word_set("when whenever if after every while during once with as each")
_LISTED = word_set(
    """
    , and or stairs hills steps squats lunges up down on off in of bed the my over long all both
    """
)
_FILLERS = word_set("itself themselves really at all quite perfectly absolutely completely totally all feels feel just")
_BE = word_set("is are was were feels looks seems")
_WELL = word_set("fine grand ok okay good free perfect alright painless great clear normal pain-free unaffected quiet")
_AILING = word_set("hurt hurts ache aches sore bother bothers painful tender affected trouble troubles been")
_NEGATIONS = word_set("no not never without nothing neither hardly barely none cannot nor")
_GETTING = word_set("get gets getting got gotten")
_ONE_TIME = word_set("yesterday ago monday tuesday wednesday thursday friday saturday sunday")
_OPERATIONS = word_set("operation operations surgery replaced replacement repair repaired x-ray xray mri scan scanned")
_TURNS = word_set("but although though however whereas ;")
_REACH = 14  # words between an activity and what governs it; lists of activities are long
_BORDER = 7  # what a clause border adds to the distance


@dataclass(frozen=True, slots=True)
class Governed:
    """What governs an activity, whether that is denied ("ibuprofen did not help"), and where it stands."""

    cue: Cue
    denied: bool
    span: Span


class Frames:
    """The cues of one sentence, found once."""

    def __init__(self, clauses: Clauses, matcher: Matcher) -> None:
        self.clauses = clauses
        self.words = clauses.words
        fine = matcher.spans(FINE)
        inside_fine = {i for s, e in fine for i in range(s, e)}

        def free(phrases: tuple[Phrase, ...]) -> list[Span]:
            return [span for span in matcher.spans(phrases) if not any(i in inside_fine for i in range(*span))]

        self.fine = [span for span in fine if not self._turned(span)]
        self.useless = free(USELESS)
        self.worse, self.unable, self.pain = free(WORSE), free(UNABLE), free(PAIN)
        # "has got better" tells the course, not what eases
        of_no_use = {i for low, high in self.useless for i in range(low, high)}
        self.ease = [
            span
            for span in free(EASE)
            if self.words[max(0, span[0] - 1)] not in _GETTING and not of_no_use.intersection(range(*span))
        ]
        self.pain_cues = matcher.spans(PAIN_CUES)
        self.about_pain = bool(self.pain_cues)

    def governs(self, activity: Span) -> Governed | None:
        """Return what governs an activity, or None when nothing does."""
        if self._is_exception(activity):
            return Governed(Cue.WORSE, False, activity)
        best: tuple[float, Cue, Span, bool] | None = None
        for cue, spans, strength in (
            (Cue.FINE, self.fine, 0.0),
            (Cue.WORSE, self.worse, 0.0),
            (Cue.EASE, self.ease, 0.0),
            (Cue.EASE, self.useless, 0.0),
            (Cue.WORSE, self.unable, 0.5),
            (Cue.WORSE, self.pain, 0.5),
        ):
            for span in spans:
                if spans is self.pain and (not self._linked(span, activity) or self._once(activity)):
                    continue
                if spans is self.unable and not self._hinders(span, activity):
                    continue
                if cue is Cue.EASE and not self._may_ease(span, activity):
                    continue
                distance = self._distance(span, activity) + strength
                if distance <= _REACH and (best is None or distance < best[0]):
                    best = distance, cue, span, spans is self.unable
        if best is None:
            return None
        _, cue, span, is_unable = best
        denied = span in self.useless or (cue is not Cue.FINE and self._denied(span))
        if denied and is_unable:
            return None  # "it doesn't stop me running" leaves open whether running hurts
        return Governed(cue, denied, span)

    def _is_exception(self, activity: Span) -> bool:
        """True for "the bike is fine, running isn't"."""
        after = self.words[activity[1] : activity[1] + 3]
        return (
            bool(self.fine)
            and after[:1] in (("is",), ("are",))
            and after[1:2] == ("not",)
            and after[2:3] in ((), (",",), ("and",), ("or",), (";",))
        )

    def _distance(self, cue: Span, activity: Span) -> float:
        if cue[0] < activity[1] and activity[0] < cue[1]:
            return 0.0
        low, high = (cue[1], activity[0]) if cue[1] <= activity[0] else (activity[1], cue[0])
        between = self.words[low:high]
        if any(word in _TURNS for word in between):
            return 2.0 * _REACH
        parted = _BORDER * self.clauses.apart(cue, activity)
        return float(high - low) + (parted or (_BORDER if cue[1] <= activity[0] and between[:1] == (",",) else 0))

    def _linked(self, pain: Span, activity: Span) -> bool:
        """True for "hurts when I sit", "pain after long sitting", "sitting hurts"; not for "I run and my hip hurts"."""
        if pain[0] < activity[1] and activity[0] < pain[1]:
            return True
        if pain[1] <= activity[0]:
            between = self.words[pain[1] : activity[0]]
            linking = self.words[pain[1] : activity[0] + 1]  # "after a match" brings its own link
            if self.words[activity[0]] == "at":
                return len(between) <= 3
            return any(word in _LINKS for word in linking) or between in (("to",), ("in",))
        between = self.words[activity[1] : pain[0]]
        if between[:1] in ((",",), ("and",)) and all(word in _LISTED or word.endswith("ing") for word in between):
            return True  # "sitting, squatting and stairs hurt"
        opener = self.words[max(self.clauses.starts[activity[0]], activity[0] - 5) : activity[0]]
        if any(word in _OPENERS for word in opener):
            return self.clauses.apart(pain, activity) <= 1
        if any(word in ("made", "makes", "make", "making") for word in between):
            return True
        return len(between) <= 4 and not any(
            word in ("and", ",", "so", "then", "my", "or", "i", "the", "a") for word in between
        )

    def _once(self, activity: Span) -> bool:
        """True for a single time: "after my run yesterday it hurt" tells how it began, not what makes it worse."""
        low, high = max(0, activity[0] - 2), min(len(self.words), activity[1] + 2)
        return "after" in self.words[low : activity[1]] and any(w in _ONE_TIME for w in self.words[low:high])

    def hurts_at(self, place: Span) -> bool:
        """True when a pain word stands on the same side of "but" as a place, and no operation or scan is told of it."""
        low = max((i for i in range(place[0]) if self.words[i] in _TURNS), default=0)
        high = min((i for i in range(place[1], len(self.words)) if self.words[i] in _TURNS), default=len(self.words))
        start, end = self.clauses.around(place)
        if any(word in _OPERATIONS for word in self.words[start:end]):
            return False
        return any(low <= cue[0] < high for cue in self.pain_cues)

    def is_well(self, place: Span) -> bool:
        """True when a place itself is said to be all right: "my groin is fine", "the back doesn't hurt"."""
        end = self.clauses.ends[place[1] - 1]
        after = tuple(w for w in self.words[place[1] : min(place[1] + 8, end)] if w not in _FILLERS)
        if after[:1] and after[0] in _BE:
            after = after[1:]
        if after[:1] == ("is",):
            after = after[1:]
        if after[:1] and after[0] in _WELL:
            return after[1:2] not in (("until",), ("till",), ("when",), ("if",), ("but",), ("with",))
        if after[:1] and after[0] in ("do", "does", "did", "has", "have", "is", "are", "was", "were"):
            after = after[1:]
        if after[:1] and after[0] in ("not", "never", "hardly"):
            return any(word in _AILING for word in after[1:3]) and not any(
                word in ("much", "too", "as", "any") for word in after[1:5]
            )
        return False

    def _may_ease(self, ease: Span, activity: Span) -> bool:
        """True within a clause, and for "when I walk about, it eases"."""
        apart = self.clauses.apart(ease, activity)
        return apart == 0 or (apart == 1 and activity[1] <= ease[0])

    def _hinders(self, unable: Span, activity: Span) -> bool:
        """True when an unable-word stands just before its activity or says it of the activity just before."""
        if self.clauses.apart(unable, activity) or self.words[activity[1] : activity[1] + 1] == ("without",):
            return False
        if unable[1] <= activity[0]:
            return not any(word in ("because", "for", "when") for word in self.words[unable[1] : activity[0]])
        return activity[1] > unable[0] or not any(
            word in ("i", "we", "he", "she") for word in self.words[activity[1] : unable[0]]
        )

    def _denied(self, span: Span) -> bool:
        low = max(self.clauses.starts[span[0]], span[0] - 4)
        before = self.words[low : span[0]]
        return any(
            word in _NEGATIONS and before[index + 1 : index + 2] not in (("only",), ("just",))
            for index, word in enumerate(before)
        )

    def _turned(self, span: Span) -> bool:
        """True for "not fine", "not ok" and for "cannot ... without pain"."""
        before = self.words[max(self.clauses.starts[span[0]], span[0] - 6) : span[0]]
        if self.words[span[0]] == "without":
            return "cannot" in before or "not" in before or "never" in before
        return before[-1:] == ("not",) or before[-2:] in (("not", "feel"), ("not", "quite"), ("was", "until"))
