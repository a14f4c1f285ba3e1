"""Why a forecast differs from the usual one."""

import pytest

from ajar.pharmacology.causes import Factor, Situation, decomposition, peaks_of
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.regimen import intravenous, nasal_devices

USUAL = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60)
STRONGER = intravenous(drug=Drug.RACEMATE, amount_mg=50.0, duration_h=40 / 60)
PEAKS = ("ketamine_venous_ng_ml", "cadss", "sbp_rise_mmhg")


def here(person: Person, *, session=USUAL, number: int = 1) -> Situation:
    return Situation(person=person, session=session, number=number)


def test_the_parts_add_up_to_the_whole():
    person = Person(weight_kg=95.0, age_years=70.0, hypertension=True)
    seen = decomposition(here(person, session=STRONGER, number=4), usual_session=USUAL)
    for peak in PEAKS:
        parts = sum(getattr(cause.change, peak) for cause in seen.causes)
        assert parts == pytest.approx(getattr(seen.here, peak) - getattr(seen.usual, peak), abs=1e-9)


def test_one_cause_alone_is_the_whole_difference():
    seen = decomposition(here(Person(weight_kg=100.0)), usual_session=USUAL)
    [cause] = seen.causes
    assert cause.factor is Factor.WEIGHT
    assert cause.change == seen.here - seen.usual
    assert cause.change.ketamine_venous_ng_ml < 0


def test_as_usual_has_no_causes():
    seen = decomposition(here(Person(weight_kg=70.0)), usual_session=USUAL)
    assert (seen.causes, seen.unchanged) == ((), tuple(Factor))
    assert seen.here == seen.usual


def test_two_causes_share_what_they_do_together_equally():
    """Worked from the four situations by hand: Shapley for two is the mean of adding first and last."""
    small = Person(weight_kg=50.0)
    seen = decomposition(here(small, session=STRONGER), usual_session=USUAL)
    alone = peaks_of(here(small)) - seen.usual
    last = seen.here - peaks_of(here(Person(weight_kg=70.0), session=STRONGER))
    expected = (alone.sbp_rise_mmhg + last.sbp_rise_mmhg) / 2
    [weight, dose] = seen.causes
    assert (weight.factor, dose.factor) == (Factor.WEIGHT, Factor.DOSE)
    assert weight.change.sbp_rise_mmhg == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("factor", "situation", "moves", "keeps"),
    [
        (Factor.SESSION, here(Person(weight_kg=70.0), number=3), {"cadss": -1}, {"sbp_rise_mmhg"}),
        (
            Factor.HYPERTENSION,
            here(Person(weight_kg=70.0, hypertension=True)),
            {"sbp_rise_mmhg": 1},
            {"cadss", "ketamine_venous_ng_ml"},
        ),
        (Factor.DOSE, here(Person(weight_kg=70.0), session=STRONGER), dict.fromkeys(PEAKS, 1), set()),
    ],
)
def test_a_cause_moves_what_it_should_and_nothing_else(factor, situation, moves, keeps):
    [cause] = decomposition(situation, usual_session=USUAL).causes
    assert cause.factor is factor
    for peak, sign in moves.items():
        assert getattr(cause.change, peak) * sign > 0
    for peak in keeps:
        assert getattr(cause.change, peak) == 0


def test_ancestry_counts_where_it_changes_uptake():
    spray = nasal_devices(devices=2)
    person = Person(weight_kg=70.0, ancestry=Ancestry.JAPANESE)
    [cause] = decomposition(here(person, session=spray), usual_session=spray).causes
    assert cause.factor is Factor.ANCESTRY


def test_sessions_are_counted_from_one():
    with pytest.raises(ValueError, match="counted from 1, got 0"):
        here(Person(weight_kg=70.0), number=0)
