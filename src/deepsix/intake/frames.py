"""Activities and what governs them: "hurts when I sit, squat or drive", "walking eases it", "fine on stairs".

An activity counts only when a worse-, ease- or fine-word governs it: the nearest such word, its own clause first. Plain
pain words ("my hip hurt") govern only by a link such as "when" or by being its verb ("sitting hurts").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deepsix.intake.clauses import Clauses
from deepsix.intake.patterns import Matcher, Phrase, Span, phrase_of
from deepsix.intake.text import word_set


class Cue(StrEnum):
    """What a governing word says of an activity."""

    WORSE = "worse_with"
    EASE = "eased_by"
    FINE = "fine"


# Denied, these say that an activity is all right ("walking isn't a problem"); the unable words do not.
_WORSE = """
    worse worsen aggravate flare flare_up brings_on brings_it_on bring_it_on bring_on brought_on sets_off
    sets_it_off set_it_off trigger provoke sets_me_off worst irritate intensify increase plays_up plays_it_up
    exacerbate bothers trouble problem issue murder torture a_killer kills killing catches catch stirs_it_up
    too_much makes_it_worse made_it_worse makes_it_hurt more_pain extra_pain bad_when worst_when set_off_by
    a_nightmare hell awful makes_me_wince painful_to sore_to uncomfortable_to agony_to does_me_in wrecks_me
    wreck_me is_hell are_hell leave_me_in_bits leaves_me_in_bits stirs cripples_me finishes_me suffer_for_it
    pay_for_it reminds_me angrier is_the_worst are_the_worst makes_it_flare lights_it_up hits_me does_for_me
"""
_UNABLE = """
    difficult difficulty hard_to hard struggle struggling unable cannot impossible awkward avoid avoiding
    limited limits limit stops_me_from tricky not_easy could_not can_not a_no_go no_go nigh_on_impossible
    given_up dread challenge barely hardly a_chore slow_to not_able no_good harder trickier
    out_of_the_question ages_to affects affected restricted tough no_chance refuses takes_me_ages takes_ages
    takes_three_goes both_hands not_possible cannot_abide help_me hauling haul had_to_give_up
"""
_PAIN = """
    hurt hurts hurting ache aches aching pain pains twinge stab stabbing sore tender sharp shoots shooting
    feel_it burns burning throbs pinch pinches nags flares comes_on came_on starts tightens catches spasm bad
    discomfort numb tingle pins_and_needles worse get_it gets_it grumbles seizes wince yelp scream jolt zing
    dart cramp niggle notice_it playing_up painful agony uncomfortable excruciating unbearable grabs bites
    biting jabs crippled in_ribbons throbbing in_bits raging nips stings jams goes_into_spasm screaming cry
    roar flinch
"""
_EASE = """
    ease eases eased relieve relieved relieves relief better best help helps helped improve improves improved
    settle settles soothe soothes soothed goes_off go_off goes_away go_away went_away disappears comfortable
    less_painful calms loosens_up loosens reduce reduces lessen lessens takes_the_edge_off alleviate
    alleviates subsides vanishes soothing easier stops_when gone_when quit takes_it_away makes_it_better
    control controls controlled dulls numbs respite got_me_through only_thing peace bliss heaven godsend sorts
    sorts_me_out lifts keeps_it_at_bay at_bay frees_me frees_it freer drains_away dies_away dies_down is_gone
    it_gone gone_inside fades does_the_job saves_me keep_it_quiet keeps_it_quiet takes_the_pressure_off
    loosen_up shifts_it at_my_best does_the_trick works_wonders
"""
_FINE = """
    no_problem without_a_problem without_any_problem without_difficulty without_trouble without_pain
    no_trouble no_pain fine ok okay not_a_problem painless pain_free does_not_hurt does_not_bother no_bother
    not_painful do_not_hurt is_not_worse not_worse without_any_pain does_not_bring does_not_make
    does_not_affect grand no_issue no_issues without_issue without_a_hitch hunky-dory not_an_issue
    does_not_cause is_not_sore does_not_worsen does_not_aggravate no_difficulty no_effort_at_all alright
    all_right no_worse did_not_hurt was_not_painful with_no_pain nothing_when with_ease feels_good
    without_any_trouble without_discomfort
"""
_USELESS = """
    did_nothing does_nothing do_nothing made_no_difference makes_no_difference no_difference no_help no_use
    useless did_not_touch does_not_touch nothing_for no_effect did_not_work does_not_work no_good no_relief
    little_difference help_very_little very_little_help have_not_worked not_helped
"""
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
_PAIN_CUES = """
    pain ache hurt sore agony twinge discomfort tender niggle throb burn cramp spasm stab tight stiff spread
    radiate travel shoot run_down runs_down goes_down go_down goes_into go_into goes_from worst swell bruise
    sharp dull symptom bother trouble pinch pull tear tearing knot tenderness sensation sciatica injury
    injured strain press wraps comes_from located point_to mainly mostly tendinitis tendonitis niggly killing
    grumbling jab zing affects problem complaint painful awful terrible in_bits wrecked banjaxed at_me gyp raw
    flare flared seized stings zaps needles
"""


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase_of(part) for part in text.split()))


WORSE, UNABLE, PAIN = _phrases(_WORSE), _phrases(_UNABLE), _phrases(_PAIN)
EASE, FINE, PAIN_CUES, USELESS = _phrases(_EASE), _phrases(_FINE), _phrases(_PAIN_CUES), _phrases(_USELESS)
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
