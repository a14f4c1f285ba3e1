"""U1 against the reference outputs of pharmacology.md 6, as printed there.

Tolerance: 1 % (3 % for the slow chain), plus half a unit of the last printed digit, since what was printed is
rounded. A peak may lie one minute beside the printed one, where neighbours are all but equal.
"""

import numpy as np
import pytest

from ajar.pharmacology.nca import auc_ng_h_ml
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import repeated
from ajar.pharmacology.simulate import Circumstances, minutes, simulate
from ajar.pharmacology.u1.symptoms import Symptoms
from tests.pharmacology.scenarios import REGIMENS, SESSIONS

TYPICAL = Person(weight_kg=70.0)
FROM_33 = Circumstances(symptoms=Symptoms(madrs_baseline=33.0, response_e=1.0, placebo_share=0.0, stress=0.0))
DAY = minutes(hours=24.0)
FORTNIGHT = np.concatenate([DAY, [72.0, 168.0, 336.0]])
DROPS_AT_H = (40 / 60, 2.0, 4.0, 24.0, 72.0, 168.0, 336.0)

# venous, AUC0-24, arterial, norketamine, S effect site, CADSS, systolic, occupancy, MADRS drops
PRINTED = {
    "IV racemate 35 mg/40 min": (
        "210.3@44 413 284.4@40 104.4@67 119.8@42 18.4 11.1 .53 .8/2.9/4.7/11.2/8.0/3.7/1.2"
    ),
    "IV racemate 70 mg/40 min": (
        "420.5@44 826 568.8@40 208.8@67 239.7@42 27.6 16.8 .69 1.1/3.6/5.5/14.2/11.4/5.4/1.8"
    ),
    "IV esketamine 17.5 mg/40 min": (
        "101.8@44 197 137.8@40 52.8@67 119.8@42 15.8 10.0 .48 .7/2.8/4.6/10.2/7.2/3.3/1.1"
    ),
    "IM racemate 35 mg": (
        "213.1@24 385 411.1@9 100.3@51 131.6@20 20.0 11.8 .55 1.0/2.9/4.7/10.7/7.6/3.5/1.1"
    ),
    "IM racemate 70 mg": (
        "426.3@24 769 822.2@9 200.5@51 263.2@20 28.3 17.7 .71 1.3/3.5/5.3/13.8/10.8/5.2/1.7"
    ),
    "SL racemate 100 mg, hold 10": (
        "140.1@46 353 185.0@28 490.0@72 73.9@39 10.4 7.9 .42 .6/2.7/4.6/10.4/7.4/3.4/1.1"
    ),
    "SL racemate 200 mg, hold 20": (
        "390.1@48 970 532.9@26 907.6@81 213.9@40 26.6 15.9 .67 .9/3.7/5.7/14.8/12.2/5.8/1.9"
    ),
    "oral racemate 50 mg": "37.7@54 98 50.8@34 262.7@66 17.8@48 .7 2.4 .15 .1/1.3/3.1/5.4/3.5/1.5/.5",
    "nasal esketamine 28 mg": ("46.9@50 145 58.5@21 69.0@87 52.3@39 4.4 5.2 .29 .5/2.4/4.4/9.4/6.5/3.0/.9"),
    "nasal esketamine 56 mg": (
        "78.9@54 250 95.7@25 138.7@90 87.1@44 10.5 7.9 .40 .6/3.0/5.0/11.6/8.4/3.9/1.3"
    ),
    "nasal esketamine 84 mg": (
        "110.8@57 355 132.4@28 208.1@93 121.7@48 16.1 10.1 .48 .7/3.3/5.4/13.2/10.0/4.7/1.5"
    ),
}
PEAKS = {
    0: "ketamine_venous_ng_ml",
    2: "ketamine_arterial_ng_ml",
    3: "norketamine_ng_ml",
    4: "s_effect_site_ng_ml",
    5: "cadss",
    6: "sbp_rise_mmhg",
    7: "nmda_block",
}


def agrees(value, printed, *, within):
    digits = len(printed.partition(".")[2])
    return value == pytest.approx(float(printed), rel=0, abs=within * abs(float(printed)) + 0.5 * 10**-digits)


@pytest.fixture(scope="module")
def seen():
    return {
        name: simulate(regimen, TYPICAL, times_h=FORTNIGHT, circumstances=FROM_33)
        for name, regimen in REGIMENS.items()
    }


@pytest.mark.parametrize("column", PEAKS)
@pytest.mark.parametrize("scenario", PRINTED)
def test_peaks_and_their_times_are_the_printed_ones(seen, scenario, column):
    values = seen[scenario][PEAKS[column]][: len(DAY)]
    height, _, minute = PRINTED[scenario].split()[column].partition("@")
    assert agrees(values.max(), height, within=0.01)
    assert not minute or abs(int(values.argmax()) - int(minute)) <= 1


@pytest.mark.parametrize("scenario", PRINTED)
def test_the_day_s_venous_area_is_the_printed_one(seen, scenario):
    area = auc_ng_h_ml(DAY, seen[scenario]["ketamine_venous_ng_ml"][: len(DAY)])
    assert agrees(area, PRINTED[scenario].split()[1], within=0.01)


@pytest.mark.parametrize("scenario", PRINTED)
def test_symptoms_fall_as_printed(seen, scenario):
    drops = PRINTED[scenario].split()[8].split("/")
    rows = np.searchsorted(FORTNIGHT, DROPS_AT_H)
    for value, printed in zip(-seen[scenario]["madrs_change"][rows], drops, strict=True):
        assert agrees(value, printed, within=0.03)


TIME_COURSE = {
    10: "165.88, 39.53, 1.40, .12, 29.09, 1.83, 3.55",
    20: "231.10, 103.14, 11.82, 1.39, 69.21, 9.25, 7.40",
    40: "284.38, 203.82, 59.83, 8.79, 118.58, 18.24, 11.00",
    60: "84.73, 162.29, 101.74, 17.58, 72.85, 9.97, 7.68",
    80: "57.55, 102.40, 97.75, 20.38, 38.42, 3.22, 4.54",
    110: "45.86, 62.06, 71.95, 19.66, 24.10, 1.25, 3.01",
    230: "22.82, 25.80, 44.49, 18.06, 11.61, .26, 1.51",
    360: "12.24, 13.47, 33.78, 15.50, 6.18, .06, .82",
    1440: "1.70, 1.75, 4.98, 2.42, .82, 0, .11",
}
COURSE_COLUMNS = (
    "ketamine_arterial_ng_ml",
    "ketamine_venous_ng_ml",
    "norketamine_ng_ml",
    "hydroxynorketamine_ng_ml",
    "s_effect_site_ng_ml",
    "cadss",
    "sbp_rise_mmhg",
)


@pytest.mark.parametrize("minute", TIME_COURSE)
def test_the_time_course_of_an_infusion_is_the_printed_one(seen, minute):
    one = seen["IV racemate 35 mg/40 min"]
    for name, printed in zip(COURSE_COLUMNS, TIME_COURSE[minute].split(", "), strict=True):
        assert agrees(one[name][minute], printed, within=0.01), name


@pytest.mark.parametrize(
    ("scenario", "dosed_on", "asked_on", "printed"),
    [
        (
            "nasal esketamine 84 mg",
            (0, 3, 7, 10, 14, 17, 21, 24),
            (1, 8, 15, 27, 35, 42),
            "13.2/18.8/19.5/14.6/3.8/1.3",
        ),
        ("IV racemate 35 mg/40 min", (0, 2, 4, 7, 9, 11), (1, 5, 12, 19, 26), "11.2/18.3/20.0/5.9/2.0"),
    ],
)
def test_repeated_dosing_builds_up_and_fades_as_printed(scenario, dosed_on, asked_on, printed):
    regimen = repeated(SESSIONS[scenario], on_days=dosed_on)
    times_h = np.asarray(asked_on) * 24.0
    one = simulate(regimen, TYPICAL, times_h=times_h, circumstances=FROM_33)
    for value, expected in zip(-one["madrs_change"], printed.split("/"), strict=True):
        assert agrees(value, expected, within=0.03)
