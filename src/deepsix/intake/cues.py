"""The words that govern an activity, and the words by which a sentence is about pain: `frames` says how they govern."""

from __future__ import annotations

from deepsix.intake.patterns import Phrase, phrase_of

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
    beyond_me too_far can_hardly can_barely can_scarcely scarcely i_have_given_up have_had_to_stop stopped
    needs_planning a_performance a_palaver a_production a_struggle a_battle takes_two_goes takes_me_two_goes
    no_longer have_to_stop given_it_up is_tight given_up_on
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
    loosen_up shifts_it at_my_best does_the_trick works_wonders is_lovely is_the_only a_comfort calms_it calm_it
    calm quietens quiets settles_it lets_it_settle let_it_settle is_away it_is_away clears clear_it melts
    takes_it_down brings_it_down get_me_through gets_me_through gives_peace lets_go lets_it_go is_magic magic is_bliss
    is_best happiest comfiest least_bad is_kinder kinder wears_off takes_the_sting is_quiet quiet eases_off frees
    goes_off_when makes_a_difference big_difference made_a_big_difference does_more do_more good_for_an_hour
"""
_FINE = """
    no_problem without_a_problem without_any_problem without_difficulty without_trouble without_pain
    no_trouble no_pain fine ok okay not_a_problem painless pain_free does_not_hurt does_not_bother no_bother
    not_painful do_not_hurt is_not_worse not_worse without_any_pain does_not_bring does_not_make
    does_not_affect grand no_issue no_issues without_issue without_a_hitch hunky-dory not_an_issue
    does_not_cause is_not_sore does_not_worsen does_not_aggravate no_difficulty no_effort_at_all alright
    all_right no_worse did_not_hurt was_not_painful with_no_pain nothing_when with_ease feels_good
    without_any_trouble without_discomfort makes_no_odds make_no_odds made_no_odds no_odds does_nothing_to
    changed_nothing changes_nothing does_not_trouble do_not_trouble no_bother_at_all is_free are_free okay_if is_nothing
    i_could_go_for_miles for_miles is_pain_free are_pain_free is_painless are_painless does_not_set does_not_start
    not_bothered_by is_bearable does_not_trigger feels_normal is_normal easy with_no_bother is_easy are_easy
"""
_USELESS = """
    did_nothing does_nothing do_nothing made_no_difference makes_no_difference no_difference no_help no_use
    useless did_not_touch does_not_touch nothing_for no_effect did_not_work does_not_work no_good no_relief
    little_difference help_very_little very_little_help have_not_worked not_helped
"""
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
