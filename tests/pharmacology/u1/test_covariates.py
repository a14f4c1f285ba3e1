"""The liver and other medicines: what the sources print is met, and what they do not is said."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.nca import auc_to_infinity_ng_h_ml
from ajar.pharmacology.person import ChildPugh, InteractingMedicine, Person
from ajar.pharmacology.regimen import (
    AfterHold,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    subcutaneous,
    sublingual,
)
from ajar.pharmacology.simulate import Circumstances, OutsideDomain, minutes, simulate
from ajar.pharmacology.u1.absorption import typical_uptake
from ajar.pharmacology.u1.covariates import EXPECTED, INTERACTIONS, interaction_of
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import SUBCUTANEOUS_NOTE
from ajar.pharmacology.u1.parameters import INTRAMUSCULAR, SUBCUTANEOUS
from ajar.pharmacology.u1.population import draw

TYPICAL = Person(weight_kg=70.0)
TIMES_H = np.concatenate([minutes(hours=24.0), np.arange(25.0, 145.0)])
SWALLOWED = oral(drug=Drug.ESKETAMINE, amount_mg=25.0)
INFUSED = intravenous(drug=Drug.ESKETAMINE, amount_mg=17.5, duration_h=40 / 60)
BY_NOSE = nasal_devices(devices=3)

# clinical.md DDI-13 to DDI-18, as printed: area of swallowed S-ketamine, and of infused where there is one.
PRINTED = {
    InteractingMedicine.CLARITHROMYCIN: (2.6, 1.0),
    InteractingMedicine.ITRACONAZOLE: (1.0, 1.0),
    InteractingMedicine.TICLOPIDINE: (2.4, 1.0),
    InteractingMedicine.GRAPEFRUIT_JUICE: (3.0, 1.0),
    InteractingMedicine.RIFAMPICIN: (1 - 0.86, 1 - 0.14),
    InteractingMedicine.ST_JOHNS_WORT: (1 - 0.58, 1.0),
}


def taking(*medicines):
    return replace(TYPICAL, interacting_medicines=frozenset(medicines))


def area(session, person, **circumstances):
    one = simulate(course(session), person, times_h=TIMES_H, circumstances=Circumstances(**circumstances))
    return auc_to_infinity_ng_h_ml(TIMES_H, one["s_ketamine_venous_ng_ml"], from_h=100.0)


@pytest.mark.parametrize("medicine", PRINTED)
def test_a_medicine_changes_the_area_by_the_printed_ratio_of_its_route(medicine):
    for session, expected in zip((SWALLOWED, INFUSED), PRINTED[medicine], strict=True):
        ratio = area(session, taking(medicine)) / area(session, TYPICAL)
        assert ratio == pytest.approx(expected, rel=5e-3)


def test_every_medicine_has_a_printed_size_or_a_direction():
    assert set(PRINTED) == set(INTERACTIONS)
    assert set(INTERACTIONS) | set(EXPECTED) == set(InteractingMedicine)
    assert not set(INTERACTIONS) & set(EXPECTED)


def test_an_inhibitor_matters_by_mouth_and_hardly_otherwise():
    """By nose and by injection inhibitors do little (pharmacology.md 1.4): here nothing."""
    person = taking(InteractingMedicine.CLARITHROMYCIN)
    for session in (BY_NOSE, INFUSED, intramuscular(drug=Drug.RACEMATE, amount_mg=35.0)):
        assert area(session, person) == area(session, TYPICAL)
    held = {
        end: sublingual(drug=Drug.ESKETAMINE, amount_mg=50.0, hold_h=1 / 6, after_hold=end)
        for end in (AfterHold.SWALLOWED, AfterHold.SPAT_OUT)
    }
    assert area(held[AfterHold.SPAT_OUT], person) == area(held[AfterHold.SPAT_OUT], TYPICAL)
    ratio = area(held[AfterHold.SWALLOWED], person) / area(held[AfterHold.SWALLOWED], TYPICAL)
    assert 1.0 < ratio < 2.6


def test_an_inducer_of_clearance_serves_every_route():
    person = taking(InteractingMedicine.RIFAMPICIN)
    for session in (BY_NOSE, subcutaneous(drug=Drug.ESKETAMINE, amount_mg=35.0)):
        assert area(session, person) / area(session, TYPICAL) == pytest.approx(0.86, rel=5e-3)


@pytest.mark.parametrize("medicine", InteractingMedicine)
def test_the_r_enantiomer_nobody_measured_is_left_alone(medicine):
    body, usual = typical_individual(taking(medicine)), typical_individual(TYPICAL)
    assert body.r == usual.r
    assert body.uptakes[0].escapes_liver(Enantiomer.R) == usual.uptakes[0].escapes_liver(Enantiomer.R)


@pytest.mark.parametrize("medicine", EXPECTED)
def test_a_direction_without_a_size_changes_nothing_and_is_said(medicine):
    person = taking(medicine)
    assert typical_individual(person).s == typical_individual(TYPICAL).s
    assert typical_uptake(person) == typical_uptake(TYPICAL)
    (note,) = (note for note in notes_of(person) if note.lower().startswith(medicine))
    assert f"expected to {EXPECTED[medicine]} ketamine" in note
    assert "no size, and nothing is adjusted" in note


def notes_of(person, session=SWALLOWED):
    return simulate(course(session), person, times_h=minutes(hours=1.0)).notes


def test_what_was_adjusted_is_said_with_its_route_and_source():
    wort, rifampicin = (
        notes_of(taking(each))[-1]
        for each in (InteractingMedicine.ST_JOHNS_WORT, InteractingMedicine.RIFAMPICIN)
    )
    assert wort.startswith("St John's wort: area of swallowed S-ketamine x0.42; any other way the sources")
    assert "R-ketamine was not measured and is not adjusted (clinical.md DDI-18" in wort
    assert "x0.14; any other way x0.86" in rifampicin


def test_nothing_known_and_nothing_taken_are_the_same_and_need_no_note():
    assert notes_of(TYPICAL) == notes_of(taking())


def test_two_medicines_of_known_size_together_are_outside_the_domain():
    both = taking(InteractingMedicine.RIFAMPICIN, InteractingMedicine.CLARITHROMYCIN)
    words = "clarithromycin and rifampicin together is not in the sources"
    with pytest.raises(OutsideDomain, match=words):
        notes_of(both)
    with pytest.raises(ValueError, match=words):
        interaction_of(both)
    with_a_direction = taking(InteractingMedicine.RIFAMPICIN, InteractingMedicine.SERTRALINE)
    assert interaction_of(with_a_direction) == INTERACTIONS[InteractingMedicine.RIFAMPICIN]
    assert [note.partition(":")[0] for note in notes_of(with_a_direction)[-2:]] == [
        "Rifampicin",
        "Sertraline",
    ]


@pytest.mark.parametrize(
    ("child_pugh", "words"),
    [(ChildPugh.A, "print nothing for it"), (ChildPugh.B, "area and half-life are higher")],
)
def test_an_impaired_liver_is_said_and_nothing_is_made_up_for_it(child_pugh, words):
    person = replace(TYPICAL, child_pugh=child_pugh)
    assert words in notes_of(person)[-1]
    assert typical_individual(person).s == typical_individual(TYPICAL).s


def test_a_liver_nobody_studied_is_outside_the_domain():
    with pytest.raises(OutsideDomain, match="Child-Pugh C was not studied"):
        notes_of(replace(TYPICAL, child_pugh=ChildPugh.C))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"child_pugh": "B"}, "class of liver impairment 'B' is not known; there are: Child-Pugh A"),
        ({"interacting_medicines": {InteractingMedicine.RIFAMPICIN}}, "are a frozenset, or None"),
        (
            {"interacting_medicines": frozenset({"aspirin"})},
            "interacting medicine 'aspirin' is not known; there are: clarithromycin",
        ),
    ],
)
def test_livers_and_medicines_that_are_none_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        Person(weight_kg=70.0, **wrong)


@pytest.mark.parametrize(("age_years", "ratio"), [(40.0, 1.0), (60.0, 1.0), (70.0, 1.085)])
def test_past_60_the_nasal_area_grows_as_printed_when_asked(age_years, ratio):
    """+8-9 % at 70 years (pharmacology.md 1.4)."""
    person = replace(TYPICAL, age_years=age_years)
    asked = {"options": frozenset({Option.AGE_ON_CLEARANCE})}
    assert area(BY_NOSE, person, **asked) / area(BY_NOSE, person) == pytest.approx(ratio, rel=2e-3)
    assert typical_individual(person, **asked).r == typical_individual(TYPICAL).r


def test_age_is_needed_where_it_is_asked_for():
    with pytest.raises(ValueError, match="the person's age is needed and not known"):
        typical_individual(TYPICAL, options=frozenset({Option.AGE_ON_CLEARANCE}))


def test_people_drawn_around_someone_with_a_medicine_spread_around_that_person():
    person = taking(InteractingMedicine.GRAPEFRUIT_JUICE)
    people = [draw(person, seed=2, index=index, sessions=1).individual for index in range(400)]
    shares = [one.uptakes[0].escapes_liver_s for one in people]
    assert np.median(shares) == pytest.approx(3.0 * 0.14, abs=0.03)
    assert max(shares) < 1.0


def test_under_the_skin_is_absorbed_like_into_muscle_and_the_course_says_that_it_is_not_sourced():
    skin, muscle = (
        simulate(course(route(drug=Drug.RACEMATE, amount_mg=35.0)), TYPICAL, times_h=minutes(hours=6.0))
        for route in (subcutaneous, intramuscular)
    )
    assert all(np.array_equal(skin[name], muscle[name]) for name in muscle.curves)
    assert set(skin.notes) - set(muscle.notes) == {SUBCUTANEOUS_NOTE}
    assert "absorption is not sourced" in SUBCUTANEOUS_NOTE
    for name, stand_in in SUBCUTANEOUS.items():
        assert (stand_in.value, stand_in.tag.name) == (INTRAMUSCULAR[name].value, "H")
        assert stand_in.between_subject_cv == INTRAMUSCULAR[name].between_subject_cv
        assert stand_in.between_subject_logit_sd == INTRAMUSCULAR[name].between_subject_logit_sd
