import numpy as np
import pytest

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.domain import OutsideDomain
from ajar.pharmacology.published.simons_2022 import MODEL
from ajar.pharmacology.regimen import AfterHold, course, intravenous, oral, sublingual
from tests.pharmacology.plasma import area, grid, judged, peak

TYPICAL = Person(weight_kg=70.0, age_years=24.0)
ESKETAMINE = "esketamine_arterial_ng_ml"
NORKETAMINE = "norketamine_arterial_ng_ml"
HYDROXYNORKETAMINE = "hydroxynorketamine_arterial_ng_ml"
MINUTE_H = 1 / 60


def film(amount_mg=50.0, hold_min=10.0, after_hold=AfterHold.SWALLOWED):
    return sublingual(drug=Drug.ESKETAMINE, amount_mg=amount_mg, hold_h=hold_min / 60, after_hold=after_hold)


def infusion(start_h=0.0, amount_mg=20.0):
    return intravenous(drug=Drug.ESKETAMINE, amount_mg=amount_mg, duration_h=20 / 60, start_h=start_h)


# Table 2 is of 19 people's own peaks and areas; a typical person's curve has a lower and earlier one.
@pytest.mark.parametrize(
    ("analyte", "cmax_ng_ml", "tmax_min", "auc_ng_min_ml", "within"),
    [
        (ESKETAMINE, 96.0, 18.8, 8363.0, 0.11),
        (NORKETAMINE, 276.0, 61.0, 38497.0, 0.10),
        (HYDROXYNORKETAMINE, 101.0, 81.0, 24087.0, 0.07),
    ],
)
def test_a_film_of_50_mg_gives_table_2_as_nearly_as_a_typical_person_can(
    analyte, cmax_ng_ml, tmax_min, auc_ng_min_ml, within
):
    times_h = grid(6.0)
    given = MODEL.concentrations(TYPICAL, course(film()), times_h)[analyte]
    highest, at_h = peak(times_h, given)
    assert highest == pytest.approx(cmax_ng_ml, rel=within)
    assert at_h * 60 == pytest.approx(tmax_min, rel=0.09)
    assert area(times_h, given) * 60 == pytest.approx(auc_ng_min_ml, rel=within + 0.005)


def test_the_infusion_after_the_film_peaks_at_the_published_273():
    times_h = np.linspace(6.0, 7.0, 361)
    given = MODEL.concentrations(TYPICAL, course(film(), infusion(start_h=6.0)), times_h)[ESKETAMINE]
    assert given[0] == pytest.approx(5.0, rel=0.05), "what is left of the film, about 5 ng/mL"
    assert given.max() == pytest.approx(273.0, rel=0.01)


def test_what_is_swallowed_never_is_esketamine_in_the_blood():
    times_h = grid(400.0, step_s=60.0)
    from_film = area(times_h, MODEL.concentrations(TYPICAL, course(film()), times_h)[ESKETAMINE])
    from_vein = area(times_h, MODEL.concentrations(TYPICAL, course(infusion()), times_h)[ESKETAMINE])
    assert (from_film / 50) / (from_vein / 20) == pytest.approx(0.263, rel=1e-3)


def test_the_volume_at_steady_state_is_the_published_225_litres():
    volumes_l = [MODEL.parameters[name].value for name in ("central_l", "tissue_1_l", "tissue_2_l")]
    assert sum(volumes_l) == pytest.approx(225, abs=0.5)


def test_a_heavier_person_has_a_lower_level():
    times_h = np.array([1 / 3])
    light, heavy = (
        MODEL.concentrations(Person(weight_kg=kg), course(infusion()), times_h)[ESKETAMINE][0]
        for kg in (55.0, 90.0)
    )
    assert heavy < light


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        (film(amount_mg=75.0), "films of 50 or 100 mg were studied, not 75 mg"),
        (film(hold_min=20.0), "held for 10 min, not 20 min"),
        (film(after_hold=AfterHold.SPAT_OUT), "what was left was swallowed, not spat out"),
        (oral(drug=Drug.ESKETAMINE, amount_mg=50.0), "not the oral route"),
    ],
)
def test_another_use_is_refused_and_the_refusal_says_why(session, reason):
    with pytest.raises(OutsideDomain, match=reason):
        MODEL.concentrations(TYPICAL, course(session), np.array([1.0]))


def test_a_higher_infused_dose_is_a_caution_and_not_a_refusal():
    assert MODEL.dose_cautions(TYPICAL, course(infusion(), infusion(start_h=2.0))) == ()
    assert MODEL.dose_cautions(TYPICAL, course(film(), infusion(start_h=6.0, amount_mg=35.0))) == (
        "35 mg is above the 20 mg studied; linear kinetics are assumed",
    )


def by_hand(t, y):
    """The model of table 4 in the paper's own minutes, written out with its numbers; a film of 50 mg."""
    muc, gut, delay, k, k2, k3, m1, m2, n, n2, d1, d2, h, h2 = y
    to_nk, to_hnk = 2 / 20.1, 2 / 1.12
    return [
        (50 * 0.263 / 13.1 if t < 13.1 else 0) - 0.040 * muc,
        (50 * 1.16 / 29.9 if t < 29.9 else 0) - 0.049 * gut,
        0.049 * gut - delay / 10.7,
        0.040 * muc - (1.48 + 2.43 + 1.21) / 11.6 * k + 2.43 / 39 * k2 + 1.21 / 174 * k3,
        2.43 * (k / 11.6 - k2 / 39),
        1.21 * (k / 11.6 - k3 / 174),
        1.48 / 11.6 * k + delay / 10.7 - to_nk * m1,
        to_nk * (m1 - m2),
        0.8 * to_nk * m2 - (1.00 + 2.63) / 11.6 * n + 2.63 / 221 * n2,
        2.63 * (n / 11.6 - n2 / 221),
        1.00 / 11.6 * n - to_hnk * d1,
        to_hnk * (d1 - d2),
        0.7 * to_hnk * d2 - (0.933 + 1.70) / 4.4 * h + 1.70 / 87.5 * h2,
        1.70 * (h / 4.4 - h2 / 87.5),
    ]


def test_a_general_solver_finds_the_same_curves():
    times_min = np.linspace(0.0, 720.0, 145)
    plain = judged(by_hand, given={0.0: [0.0] * 14}, breaks=[13.1, 29.9], times=times_min)[1:]
    exact = MODEL.concentrations(TYPICAL, course(film()), times_min[1:] * MINUTE_H)
    assert exact[ESKETAMINE] == pytest.approx(plain[:, 3] / 11.6 * 1000, rel=1e-6)
    assert exact[NORKETAMINE] == pytest.approx(plain[:, 8] / 11.6 * 1000 * 223.70 / 237.73, rel=1e-6)
    assert exact[HYDROXYNORKETAMINE] == pytest.approx(plain[:, 12] / 4.4 * 1000 * 239.70 / 237.73, rel=1e-6)
