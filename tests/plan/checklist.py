"""What a careful physiotherapist looks for in a plan: a checklist written from guidelines, not from our code.

Each item says what it asks, why, and on whose word. Items look only at the finished plan and at what is said to be
wrong with the person, never at how the plan came about. `check` returns the items that a plan fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from deepsix.knowledge import Knowledge, Urgency
from deepsix.plan import Plan

EXERCISE = {"press", "stretch", "move", "load", "strength"}
STRAINS = {
    "hamstring_strain", "adductor_strain", "rectus_femoris_strain", "gluteus_maximus_strain", "tfl_strain",
    "gemelli_strain", "quadratus_femoris_strain", "obturator_externus_strain",
}  # fmt: skip
SIDE_TENDONS = {"gluteal_tendinopathy", "trochanteric_bursitis"}
BACK = {"nonspecific_low_back_pain", "lumbar_facet_pain", "discogenic_pain"}
ROOT = {"radiculopathy_l5", "radiculopathy_s1", "radiculopathy_upper_lumbar"}
BONE = {
    "femoral_neck_stress_fracture", "femoral_shaft_stress_fracture", "atypical_femoral_fracture",
    "pubic_stress_fracture", "sacral_stress_fracture", "sacral_insufficiency_fracture",
    "pelvic_insufficiency_fracture", "subchondral_insufficiency_fracture", "transient_osteoporosis_hip",
    "avascular_necrosis", "hip_fracture", "pelvic_fracture", "vertebral_fracture", "apophyseal_avulsion",
    "slipped_capital_femoral_epiphysis", "perthes_disease", "osteomalacia",
}  # fmt: skip
PRESSING_HARMS = {
    "deep_vein_thrombosis", "muscle_haematoma", "gluteal_artery_pseudoaneurysm", "gluteal_compartment_syndrome",
    "acute_limb_ischaemia", "heterotopic_ossification", "morel_lavallee", "contusion",
}  # fmt: skip
SELF_CARE_SPECIFIC = {
    "ischial_bursitis", "trochanteric_bursitis", "adductor_strain", "adductor_tendinopathy", "deep_rotator_overload",
    "gemelli_strain", "gluteal_tendinopathy", "gluteus_maximus_strain", "gluteus_maximus_trigger_points",
    "gluteus_medius_trigger_points", "gluteus_minimus_trigger_points", "hamstring_strain", "iliopsoas_tendinopathy",
    "iliotibial_band_proximal", "normal_muscle_soreness", "proximal_hamstring_tendinopathy",
    "quadratus_femoris_strain", "rectus_femoris_strain", "snapping_hip_external", "tfl_strain", "tfl_trigger_points",
    "meralgia_paraesthetica", "discogenic_pain", "lumbar_facet_pain", "nonspecific_low_back_pain", "contusion",
}  # fmt: skip
CROSSING = {
    "stretch_leg_across_standing", "stretch_leg_across_lying", "stretch_leg_across_on_back", "stretch_lying_twist",
    "stretch_knee_to_shoulder", "stretch_seated_glute", "stretch_pigeon",
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A plan as the reader of the checklist sees it: what it holds, for whom, and what is the matter."""

    knowledge: Knowledge
    plan: Plan
    causes: frozenset[str]
    age: int | None

    def all_kinds(self) -> set[str]:
        return {self.knowledge.remedies[name].kind for name in self.plan.remedies()}

    def holds(self, *names: str) -> bool:
        return any(name in names for name in self.plan.remedies())

    def of_kind(self, kind: str) -> list[str]:
        return [name for name in self.plan.remedies() if self.knowledge.remedies[name].kind == kind]

    def gates(self, measure: str, direction: str) -> list[float]:
        gates = [gate for stage in self.plan.stages for gate in stage.gates]
        return [gate.value for gate in gates if gate.measure == measure and gate.direction == direction]

    @property
    def seen_first(self) -> bool:
        return self.plan.urgency >= Urgency.URGENT_SAME_DAY

    @property
    def cannot_wait(self) -> frozenset[str]:
        """Those of the causes that by themselves need somebody as soon as the plan says, or sooner.

        When a sign makes it more urgent than the cause is, the helper for the sign is the right one.
        """
        level = max(self.plan.urgency, Urgency.CLINICIAN_SOON)
        return frozenset(c for c in self.causes if self.knowledge.conditions[c].urgency >= level)

    @property
    def adult_at_home(self) -> bool:
        return not self.seen_first and (self.age is None or self.age >= 16)


@dataclass(frozen=True)
class Item:
    """One question to a plan. It is asked only when `when` holds."""

    id: str
    asks: str
    source: str
    when: Callable[[Seen], bool]
    holds: Callable[[Seen], bool]


def _always(seen: Seen) -> bool:
    return True


def _only(causes: set[str]) -> Callable[[Seen], bool]:
    """Ask when one of these is the matter and the person can look after it at home for now."""
    return lambda seen: seen.adult_at_home and bool(causes & seen.causes)


def _sound(causes: set[str]) -> Callable[[Seen], bool]:
    """As `_only`, but not while a bone injury is among the likely causes: then load rightly waits."""
    return lambda seen: _only(causes)(seen) and not BONE & set(seen.plan.causes)


def _any(causes: set[str]) -> Callable[[Seen], bool]:
    return lambda seen: bool(causes & seen.causes)


CHECKLIST = (
    Item(
        "safety_net",
        "names signs to act on, among them loss of feeling between the legs, fever, and not bearing weight",
        "NICE NG59; good practice of safety-netting",
        _always,
        lambda seen: all(
            any(word in entry.text for entry in seen.plan.see_someone_if)
            for word in ("between the legs", "fever", "weight on the leg", "no better")
        ),
    ),
    Item(
        "whom_to_see",
        "says whom to see, what to do until then, what to bring and what to ask",
        "good practice of handing over",
        _always,
        lambda seen: bool(seen.plan.hand_overs)
        and all(h.whom and h.until_seen and h.bring and h.ask for h in seen.plan.hand_overs),
    ),
    Item(
        "right_helper",
        "names a helper for this very condition when it is not one to look after alone",
        "good practice of handing over",
        lambda seen: bool(seen.cannot_wait),
        lambda seen: seen.cannot_wait
        <= {name for h in seen.plan.hand_overs for name in seen.knowledge.remedies[h.remedy].conditions},
    ),
    Item(
        "until_seen",
        "gives at least two things to do made for the condition until the visit, when that is days away",
        "care until the visit should be offered, not only the visit",
        lambda seen: seen.plan.urgency == Urgency.CLINICIAN_SOON and bool(seen.cannot_wait),
        lambda seen: sum(bool(set(task.for_causes) & seen.causes) for task in seen.plan.today) >= 2,
    ),
    Item(
        "own_words_to_ask",
        "brings at least two things and asks at least two, so that a short visit is used well",
        "good practice of handing over",
        lambda seen: seen.plan.urgency >= Urgency.CLINICIAN_SOON,
        lambda seen: all(len(h.bring) >= 2 and len(h.ask) >= 2 for h in seen.plan.hand_overs),
    ),
    Item(
        "no_exercise_before_seen",
        "gives no exercise when someone has to be seen today",
        "good practice: first do no harm",
        lambda seen: seen.seen_first,
        lambda seen: not EXERCISE & seen.all_kinds() and not seen.plan.today,
    ),
    Item(
        "no_home_remedy_under_16",
        "gives a child no exercises before a doctor has looked",
        "slipped growth plates are missed at half of first visits",
        lambda seen: seen.age is not None and seen.age < 16,
        lambda seen: not EXERCISE & seen.all_kinds() and bool(seen.plan.notices),
    ),
    Item(
        "dose_and_stop",
        "each exercise says how often, and when to stop",
        "exercise prescription: frequency, intensity, time, and stopping rules",
        _always,
        lambda seen: all(
            task.dose and task.stop_rules for task in seen.plan.today if task.kind in EXERCISE
        ),
    ),
    Item(
        "reasons",
        "each task says why and on what it rests",
        "shared decisions need reasons",
        _always,
        lambda seen: all(task.why for task in seen.plan.today),
    ),
    Item(
        "few_enough",
        "asks for no more than four exercises a day",
        "people do fewer the more they are given",
        _always,
        lambda seen: sum(task.kind in EXERCISE for task in seen.plan.today) <= 4,
    ),
    Item(
        "pain_gates",
        "goes on by pain during (5 or less), pain next morning and what the person can do, and back when it flares",
        "Silbernagel 2007 pain-monitoring; criteria-based progression (Serner 2020)",
        lambda seen: not seen.seen_first,
        lambda seen: bool(seen.gates("pain_during", "on"))
        and max(seen.gates("pain_during", "on")) <= 5
        and bool(seen.gates("morning_rise", "on"))
        and bool(seen.gates("function", "on"))
        and bool(seen.gates("morning_rise", "back")),
    ),
    Item(
        "way_out",
        "ends in seeing someone when a stage does not work within 12 weeks",
        "failure of self-care is a reason to be seen",
        lambda seen: not seen.seen_first,
        lambda seen: len(seen.gates("days", "see_someone")) == 4 and max(seen.gates("days", "see_someone")) <= 84,
    ),
    Item(
        "something_to_do",
        "gives care made for the condition, not only what suits everybody",
        "care a person can do alone should be offered",
        _only(SELF_CARE_SPECIFIC),
        lambda seen: any(set(task.for_causes) & seen.causes for task in seen.plan.today),
    ),
    Item(
        "painless_pressure",
        "says that pressure must not hurt wherever it gives pressure",
        "founding statement A15",
        lambda seen: bool(seen.of_kind("press")),
        lambda seen: all(
            "painful" in " ".join(seen.knowledge.remedies[name].steps) for name in seen.of_kind("press")
        ),
    ),
    Item(
        "side_tendon_strength",
        "gives strength work, and takes the squeeze off the tendon",
        "LEAP trial (Mellor 2018); Grimaldi and Fearon 2015",
        _sound(SIDE_TENDONS),
        lambda seen: seen.holds("strength_side_hip") and seen.holds("spare_the_side_of_the_hip"),
    ),
    Item(
        "side_tendon_no_crossing",
        "gives no stretch that draws the leg across",
        "Grimaldi and Fearon 2015",
        _any(SIDE_TENDONS | {"gluteal_tendon_tear"}),
        lambda seen: not seen.holds(*CROSSING),
    ),
    Item(
        "hamstring_tendon",
        "gives strength work and no hamstring stretch",
        "Beatty 2017",
        _sound({"proximal_hamstring_tendinopathy"}),
        lambda seen: seen.holds("strength_hamstring") and seen.holds("no_hamstring_stretch"),
    ),
    Item(
        "groin_tendon",
        "gives active strength work for the inner thigh",
        "Holmich 1999",
        _sound({"adductor_tendinopathy"}),
        lambda seen: seen.holds("strength_groin"),
    ),
    Item(
        "worn_hip",
        "gives strength work and moving, and says nothing of wearing it out",
        "NICE NG226: therapeutic exercise for all",
        _sound({"hip_osteoarthritis"}),
        lambda seen: seen.holds("strength_hip_joint") and bool(seen.of_kind("move")),
    ),
    Item(
        "back_pain",
        "says to stay active and not to stay in bed",
        "NICE NG59",
        _only(BACK | ROOT),
        lambda seen: seen.holds("no_long_rest") and bool(seen.of_kind("move")),
    ),
    Item(
        "root_pain",
        "gives no pressing and no hard pull on the nerve",
        "NICE NG59; caution with irritable nerves",
        _any(ROOT),
        lambda seen: not seen.of_kind("press"),
    ),
    Item(
        "fresh_strain",
        "protects it first, gives no pressing or stretching, and builds strength later",
        "Dubois and Esculier 2020; Serner 2020",
        _sound(STRAINS),
        lambda seen: seen.holds("protect_a_fresh_strain")
        and not seen.of_kind("press")
        and not seen.of_kind("stretch")
        and seen.holds("strength_after_a_strain"),
    ),
    Item(
        "bone",
        "gives no running, pressing or stretching, and says not to run",
        "Liem 2013; Robertson and Wood 2017",
        _any(BONE),
        lambda seen: not {"load", "press", "stretch"} & seen.all_kinds()
        and seen.holds("no_running_on_a_sore_bone", "no_play_for_the_child"),
    ),
    Item(
        "nothing_pressed",
        "gives no pressing or heat where there may be a clot, a bleed or new bone, and warns of it",
        "Bartsch 2021",
        _any(PRESSING_HARMS),
        lambda seen: not {"press", "heat_cold"} & seen.all_kinds()
        and seen.holds("no_massage_of_a_swollen_leg", "no_rubbing_a_fresh_injury"),
    ),
    Item(
        "overload_order",
        "gives no strength work in the first two stages",
        "founding statement A16",
        _only({"deep_rotator_overload"}),
        lambda seen: not any(
            seen.knowledge.remedies[name].kind == "strength"
            for stage in seen.plan.stages[:2]
            for name in stage.remedies
        ),
    ),
    Item(
        "narrow_artery",
        "gives walking with rests and sends to a doctor",
        "RACGP 2013",
        lambda seen: not seen.seen_first and bool({"aortoiliac_claudication", "gluteal_claudication"} & seen.causes),
        lambda seen: seen.holds("walk_rest_walk") and seen.holds("see_narrow_artery"),
    ),
    Item(
        "skin_nerve",
        "takes belts and tight clothes off the nerve",
        "patient guidance on meralgia",
        _only({"meralgia_paraesthetica"}),
        lambda seen: seen.holds("loosen_the_waist"),
    ),
    Item(
        "pregnant_pelvis",
        "keeps the pelvis level and names the midwife",
        "NHS leaflets on pelvic girdle pain",
        lambda seen: not seen.seen_first and "pelvic_girdle_pain_pregnancy" in seen.causes,
        lambda seen: seen.holds("ease_the_pelvis") and any("midwife" in h.whom for h in seen.plan.hand_overs),
    ),
)  # fmt: skip


def check(seen: Seen) -> tuple[list[str], list[str]]:
    """Return the ids of the items asked, and of those that failed."""
    asked = [item for item in CHECKLIST if item.when(seen)]
    return [item.id for item in asked], [item.id for item in asked if not item.holds(seen)]
