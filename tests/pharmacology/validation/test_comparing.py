"""Numbers in print beside numbers of a model."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.calibration.datum import Computation, Provenance, Use
from ajar.pharmacology.calibration.tables import calibration_data
from ajar.pharmacology.u1.parameters import VERSION
from ajar.pharmacology.u1.slow_table import PLACEBO_SHARE
from ajar.pharmacology.validation.compare import Bench, Verdict, counts, in_words, model_label
from ajar.pharmacology.validation.crowd import cuff_rises
from ajar.pharmacology.validation.plasma import plasma_scenario, run_of
from ajar.pharmacology.validation.trials import READ_H

DATA = {datum.name: datum for data in calibration_data().values() for datum in data}
ANY = Computation(scenario="", output="", reading="", models=())
SMALL = Bench(people=8, trial_people=60)


def compared(name, bench=SMALL):
    return {each.model: each for each in bench.compared(DATA[name])}


def made(name, **changed):
    return SMALL.compared(replace(DATA[name], **changed))[0]


LONG_ARMS = ("induction_28", "induction_56", "transform_3", "singh_twice")
"""Weeks of sessions, each a second or two: their like is here in karma, induction_84 and singh_thrice."""


@pytest.mark.parametrize(
    "name", [name for name, datum in DATA.items() if (datum.computed or ANY).scenario not in LONG_ARMS]
)
def test_every_datum_that_says_how_is_computed_by_each_model_it_names(name):
    found = compared(name)
    how = DATA[name].computed
    assert set(found) == set(how.models if how else ())
    assert all(np.isfinite(each.value) for each in found.values())


# pharmacology.md 6, "Agreement of U1 with its calibration data", for subjects of 73 or 75 kg.
@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("kamp_s_2h", 0.89, 1.12),
        ("kamp_s_4h", 0.89, 1.12),
        ("kamp_r_3h", 0.88, 1.21),
        ("kamp_r_5h", 0.88, 1.21),
        ("simons_iv_peak", 0.90, 0.93),
        ("simons_film_norketamine_auc", 0.84, 0.87),
        ("simons_film_hydroxynorketamine_cmax", 0.45, 0.48),
        ("perez_28_auc", 0.93, 0.99),
        ("zarate_2006_peak", 1.10, 1.14),
    ],
)
def test_u1_agrees_with_its_data_as_the_knowledge_base_says(name, lowest, highest):
    assert lowest <= compared(name)["u1"].ratio <= highest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("grant_im_f", 93.0),
        ("rolan_f", 100 * (0.1597 + 0.8403 * (0.14 + 0.19) / 2)),
        ("hasan_oral_s_f", 14.0),
        ("label_nasal_f", 37.5),
        ("label_clearance", 83.5),
    ],
)
def test_what_is_read_off_the_curves_is_what_the_parameters_say(name, expected):
    assert compared(name)["u1"].value == pytest.approx(expected, rel=0.005)


def test_the_venous_volume_at_steady_state_holds_the_venous_delay_as_well():
    at_70_kg = 35.0 + 122.0 + 270.0
    assert compared("label_vss")["u1"].value == pytest.approx(at_70_kg + 83.5 / 2.9, rel=0.01)
    assert compared("kamp_meta_volume")["kamp_2020"].value == pytest.approx(25 + 56 + 157, rel=0.01)


def test_a_concentration_is_compared_in_the_unit_of_its_datum():
    in_nmol = compared("kamp_s_2h")["u1"].value
    assert made("kamp_s_2h", unit="ng/mL").value == pytest.approx(in_nmol * 237.73)


@pytest.mark.parametrize(
    ("value", "low", "high", "verdict"),
    [(100.0, 90.0, 110.0, "below"), (20.0, 10.0, 30.0, "above"), (44.0, 40.0, 50.0, "inside")],
)
def test_where_the_model_lies_is_told_by_the_interval(value, low, high, verdict):
    each = made("perez_28_cmax", value=value, low=low, high=high, interval="95 % CI")
    assert each.verdict is Verdict(verdict)


def test_the_error_is_told_in_half_widths_of_the_side_it_lies_on():
    each = made("perez_28_cmax", value=40.0, low=20.0, high=42.0, interval="95 % CI")
    assert each.half_widths == pytest.approx(each.difference / 2.0)
    lower = made("perez_28_cmax", value=50.0, low=40.0, high=90.0, interval="95 % CI")
    assert lower.half_widths == pytest.approx(lower.difference / 10.0)
    no_width = made("perez_28_cmax", value=40.0, low=10.0, high=40.0, interval="95 % CI")
    assert no_width.half_widths is None
    assert compared("perez_28_cmax")["u1"].half_widths is None, "without an interval"


def test_without_an_interval_near_is_from_0_8_to_1_25_times():
    each = compared("perez_28_cmax")["u1"]
    assert (each.low, each.high) == pytest.approx((0.8 * 43.8, 1.25 * 43.8))
    fall = compared("lii_placebo")["u1"]
    assert (fall.low, fall.high) == pytest.approx((1.25 * -13.5, 0.8 * -13.5))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("perez_28_cmax", "inside (0.8-1.25 times the observed)"),
        ("kamp_r_1h", "not judged: in brackets in the source, an outlier"),
        ("grant_im_tmax", "not judged: general knowledge, not re-read"),
    ],
)
def test_what_the_numbers_say_is_said_in_words(name, words):
    assert in_words(compared(name)["u1"]) == words


def test_where_the_model_is_off_it_says_so_and_by_how_much():
    assert in_words(compared("fanta_oral_f")["u1"]) == (
        "**off**, above (0.8-1.25 times the observed): 1.75 times the observed"
    )
    simons = in_words(compared("simons_iv_peak")["u1"])
    assert simons.startswith("**off**, below (95 % CI): 0.92 times the observed, 1.")
    assert simons.endswith("half-widths away")


def test_a_change_of_symptoms_is_a_larger_or_smaller_fall_and_never_above_or_below():
    too_much = in_words(compared("aspire_1_24h_single")["u1"])
    too_little = in_words(compared("daly_84_2h")["u1"])
    assert too_much.startswith("**off**, a larger fall (95 % CI)")
    assert too_little.startswith("**off**, a smaller fall")
    assert "of the other sign" in in_words(compared("takahashi_84")["u1"])


def test_only_what_is_judged_counts():
    every = [
        each for name in ("kamp_s_0.25h", "kamp_s_2h", "fanta_oral_f") for each in compared(name).values()
    ]
    assert counts(every) == {"u1": (2, 1)}
    assert model_label("u1") == f"u1 {VERSION}"
    assert model_label("kamp_2020") == "kamp_2020"


def test_a_population_says_how_many_and_which_seed_and_a_typical_person_does_not():
    crowd, person = compared("vankawala_sbp")["u1"], compared("perez_28_cmax")["u1"]
    assert (crowd.people, crowd.seed) == (8, SMALL.seed)
    assert (person.people, person.seed) == (None, None)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    first, again, other = (
        Bench(people=4, trial_people=40, seed=seed).compared(DATA[name])[0].value
        for name in ("vankawala_sbp",)
        for seed in (5, 5, 6)
    )
    assert first == again != other


def test_few_people_are_the_first_of_more_people():
    few, more = (Bench(trial_people=n).trial("daly_84").drug.expected for n in (5, 9))
    assert np.array_equal(few, more[:5])


def test_the_placebo_arm_falls_by_the_published_mean_share():
    scores = Bench(trial_people=2000).trial("daly_0").placebo
    fallen = 1.0 - scores.expected[:, -1] / scores.baseline
    assert fallen.mean() == pytest.approx(PLACEBO_SHARE.value, abs=0.01)
    assert fallen.std() == pytest.approx(PLACEBO_SHARE.between_subject_sd, abs=0.01)


def test_a_larger_e_scale_is_a_larger_difference_and_the_placebo_is_the_same():
    single, phase_3 = SMALL.trial("karma"), SMALL.trial("karma_phase_3")
    assert (single.drug.expected <= phase_3.drug.expected + 1e-9).all()
    assert np.array_equal(single.placebo.expected, phase_3.placebo.expected)


def test_a_higher_dose_on_day_8_is_a_larger_fall():
    falls = [compared(f"daly_{mg}_168h")["u1"].value for mg in (0, 28, 56, 84)]
    assert falls == sorted(falls, reverse=True), "target T7 of evidence.md 2.13"


def test_scores_stay_on_their_scale():
    for arm in ("salloum_0.1", "daly_84"):
        scores = SMALL.trial(arm).drug
        assert scores.observed.min() >= 0.0
        assert scores.observed.max() <= 60.0
        assert scores.observed.shape == (60, len(READ_H))


def test_a_cuff_finds_the_drugs_rise_less_what_being_about_to_be_dosed_had_added():
    crowd = SMALL.crowd("nasal_84")
    systolic, diastolic = cuff_rises(crowd)
    assert systolic.shape == diastolic.shape == (8, 8, 2)
    drug = crowd.curves("dbp_rise_mmhg")[:, [8, 18]].mean()
    assert diastolic.mean() == pytest.approx(drug, abs=2.5)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda: plasma_scenario("on the moon"), "no scenario 'on the moon'; there are: kamp_steps"),
        (lambda: SMALL.trial("a dream"), "no arm 'a dream'; there are: daly_0"),
        (lambda: SMALL.trial("daly_0").drug.at(25.0), "Scores are kept at .* not at 25 h"),
        (
            lambda: run_of(plasma_scenario("nasal_84"), "u1").curve("gold"),
            "u1 gives no 'gold'; it gives: ket",
        ),
        (lambda: run_of(plasma_scenario("nasal_84"), "nobody_1999"), "no model 'nobody_1999'"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(ask, reason):
    with pytest.raises(ValueError, match=reason):
        ask()


@pytest.mark.parametrize(
    ("reading", "models", "reason"),
    [
        ("mean_peak", ("perez_ruixo_2021",), "only u1 gives 'mean_peak', not perez_ruixo_2021"),
        ("taste", ("u1",), "there is no reading 'taste'"),
    ],
)
def test_a_reading_that_a_model_does_not_give_is_refused(reading, models, reason):
    how = Computation(scenario="nasal_84", output="cadss", reading=reading, models=models)
    with pytest.raises(ValueError, match=reason):
        made("perez_84_cmax", computed=how)


def test_each_person_of_a_crowd_improves_by_their_own_response():
    crowd = SMALL.crowd("iv_racemate_half")
    late = crowd.curves("drug_improvement_share")[:, -1]
    assert late.std() / late.mean() > 0.3, "E has a CV of 60 %, and a third answer little"


def test_a_recalled_number_is_shown_and_says_so():
    each = made("perez_28_cmax", tag=Provenance.G, use=Use.SHOWN)
    assert in_words(each) == "not judged: recalled, not re-read"
    assert not each.judged
