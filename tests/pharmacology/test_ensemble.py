"""All models for one question, side by side."""

from itertools import pairwise

import numpy as np
import pytest

from ajar.pharmacology.ensemble import ONE_NORKETAMINE, U1_UNDER_ANAESTHESIA, ensemble
from ajar.pharmacology.models import MODELS, Product
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person, Sex
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import (
    AfterHold,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    sublingual,
)
from ajar.pharmacology.simulate import minutes, simulate

PERSON = Person(weight_kg=70.0, age_years=30.0, sex=Sex.MALE, ancestry=Ancestry.OTHER)
TIMES_H = minutes(hours=6)


def racemic_infusion(amount_mg=35.0):
    return course(intravenous(drug=Drug.RACEMATE, amount_mg=amount_mg, duration_h=40 / 60))


def esketamine_infusion():
    return course(intravenous(drug=Drug.ESKETAMINE, amount_mg=17.5, duration_h=40 / 60))


def film(hold_min=10.0):
    held = sublingual(
        drug=Drug.ESKETAMINE, amount_mg=50.0, hold_h=hold_min / 60, after_hold=AfterHold.SWALLOWED
    )
    return course(held)


def asked(regimen, product, **more):
    return ensemble(regimen, PERSON, product=product, times_h=TIMES_H, **more)


def answering(seen):
    return [member.model for member in seen.members]


CASES = [
    (course(nasal_devices(devices=3)), Product.ESKETAMINE_NASAL, ["u1", "perez_ruixo_2021"]),
    (
        course(oral(drug=Drug.ESKETAMINE, amount_mg=50.0)),
        Product.ESKETAMINE_ORAL,
        ["u1", "perez_ruixo_2021"],
    ),
    (film(), Product.ESKETAMINE_FILM, ["u1", "simons_2022"]),
    (film(), Product.ESKETAMINE_LOZENGE, ["u1"]),
    (film(hold_min=20.0), Product.ESKETAMINE_FILM, ["u1"]),
    (course(oral(drug=Drug.RACEMATE, amount_mg=50.0)), Product.KETAMINE_ORAL, ["u1"]),
    (
        racemic_infusion(),
        Product.KETAMINE_INJECTION,
        ["u1", "kamp_2020", "clements_1981", "domino_1982"],
    ),
    (course(intramuscular(drug=Drug.RACEMATE, amount_mg=35.0)), Product.KETAMINE_INJECTION, ["u1"]),
    (
        esketamine_infusion(),
        Product.ESKETAMINE_INJECTION,
        ["u1", "simons_2022", "fanta_2015", "otto_2021"],
    ),
]


@pytest.mark.parametrize(("regimen", "product", "expected"), CASES)
def test_u1_and_every_admissible_model_answer_and_each_other_one_says_why_not(regimen, product, expected):
    seen = asked(regimen, product)
    assert answering(seen) == expected
    assert {each.model for each in seen.declined} == {*MODELS, "u1"} - set(expected)
    assert all(each.because for each in seen.declined)
    assert all(member.source and member.known_problems for member in seen.members)


@pytest.mark.parametrize(("regimen", "product", "expected"), CASES)
def test_a_group_holds_one_analyte_from_one_site_and_its_spread_holds_its_levels(regimen, product, expected):
    for group in asked(regimen, product).groups:
        assert {(level.analyte, level.site) for level in group.levels} == {(group.analyte, group.site)}
        if group.spread is None:
            assert sum(level.counted for level in group.levels) < 2
            continue
        for level in (level for level in group.levels if level.counted):
            assert level.model in group.spread.models
            assert (group.spread.lowest_ng_ml <= level.values_ng_ml).all()
            assert (level.values_ng_ml <= group.spread.highest_ng_ml).all()
            assert group.spread.lowest_peak_ng_ml <= level.values_ng_ml.max()
            assert level.values_ng_ml.max() <= group.spread.highest_peak_ng_ml


def test_arterial_and_venous_and_unsaid_plasma_are_three_groups():
    seen = asked(racemic_infusion(), Product.KETAMINE_INJECTION)
    by_site = {site: seen.group(Analyte.KETAMINE, site) for site in Site}
    models = {site: [level.model for level in group.levels] for site, group in by_site.items()}
    assert models == {
        Site.ARTERIAL: ["u1", "kamp_2020"],
        Site.VENOUS: ["u1", "clements_1981"],
        Site.PLASMA: ["domino_1982"],
    }


def test_the_racemate_is_never_in_a_group_with_its_halves():
    seen = asked(racemic_infusion(), Product.KETAMINE_INJECTION)
    both, s, r = (
        seen.group(analyte, Site.VENOUS).levels[0].values_ng_ml
        for analyte in (Analyte.KETAMINE, Analyte.ESKETAMINE, Analyte.ARKETAMINE)
    )
    assert both == pytest.approx(s + r)
    assert both.max() > 1.5 * s.max()


@pytest.mark.parametrize(
    ("analyte", "site", "curve"),
    [
        (Analyte.KETAMINE, Site.ARTERIAL, "ketamine_arterial_ng_ml"),
        (Analyte.KETAMINE, Site.VENOUS, "ketamine_venous_ng_ml"),
        (Analyte.ESKETAMINE, Site.VENOUS, "s_ketamine_venous_ng_ml"),
        (Analyte.NORKETAMINE, Site.ARTERIAL, "norketamine_ng_ml"),
        (Analyte.HYDROXYNORKETAMINE, Site.ARTERIAL, "hydroxynorketamine_ng_ml"),
    ],
)
def test_u1_answers_here_as_it_does_alone(analyte, site, curve):
    alone = simulate(racemic_infusion(), PERSON, times_h=TIMES_H)[curve]
    level = asked(racemic_infusion(), Product.KETAMINE_INJECTION).group(analyte, site).levels[0]
    assert level.values_ng_ml == pytest.approx(alone, rel=1e-9, abs=1e-9)


def test_a_published_model_answers_here_as_it_does_alone():
    alone = MODELS["kamp_2020"].concentrations(PERSON, racemic_infusion(), TIMES_H)
    level = asked(racemic_infusion(), Product.KETAMINE_INJECTION).group(Analyte.KETAMINE, Site.ARTERIAL)
    assert level.levels[1].values_ng_ml == pytest.approx(alone["ketamine_arterial_ng_ml"])


def test_ottos_esketamine_is_fantas_and_counts_once():
    seen = asked(esketamine_infusion(), Product.ESKETAMINE_INJECTION)
    group = seen.group(Analyte.ESKETAMINE, Site.VENOUS)
    assert [(level.model, level.counted) for level in group.levels] == [
        ("u1", True),
        ("fanta_2015", True),
        ("otto_2021", False),
    ]
    assert group.levels[2].note == "that of fanta_2015, which is counted"
    assert group.spread is not None
    assert group.spread.models == ("u1", "fanta_2015")
    assert all(level.counted for level in seen.group(Analyte.NORKETAMINE, Site.VENOUS).levels)


def test_u1s_norketamine_beside_venous_levels_says_so():
    seen = asked(course(nasal_devices(devices=1)), Product.ESKETAMINE_NASAL)
    venous = seen.group(Analyte.NORKETAMINE, Site.VENOUS).levels
    assert [(level.model, level.note) for level in venous] == [
        ("u1", ONE_NORKETAMINE),
        ("perez_ruixo_2021", ""),
    ]
    assert seen.group(Analyte.NORKETAMINE, Site.ARTERIAL).levels[0].note == ""


def test_the_geometric_spread_is_a_factor_and_unknown_where_nothing_is_there_yet():
    seen = asked(course(nasal_devices(devices=3)), Product.ESKETAMINE_NASAL)
    spread = seen.group(Analyte.ESKETAMINE, Site.VENOUS).spread
    assert spread is not None
    assert np.isnan(spread.geometric_sd[0]), "no logarithm of zero"
    ratio = np.log(spread.highest_ng_ml[60] / spread.lowest_ng_ml[60])
    assert spread.geometric_sd[60] == pytest.approx(np.exp(ratio / np.sqrt(2)))
    at_peaks = np.log(spread.highest_peak_ng_ml / spread.lowest_peak_ng_ml)
    assert spread.geometric_sd_of_peaks == pytest.approx(np.exp(at_peaks / np.sqrt(2)))
    assert 1.0 < spread.geometric_sd_of_peaks < 1.6, "studies differ by 1.3 to 1.6 (pharmacology.md 5.2)"


def test_the_summary_has_a_row_a_level_with_peak_and_area():
    seen = asked(course(nasal_devices(devices=3)), Product.ESKETAMINE_NASAL)
    rows = {(row.model, row.analyte, row.site): row for row in seen.summary()}
    assert len(rows) == sum(len(group.levels) for group in seen.groups)
    published = rows["perez_ruixo_2021", Analyte.ESKETAMINE, Site.VENOUS]
    assert published.cmax_ng_ml == pytest.approx(101.0, rel=0.01)
    assert 0.5 < published.tmax_h < 1.0
    assert 0.0 < published.auc_ng_h_ml < 362.2
    assert published.counted
    assert published.note == ""


def test_a_group_comes_in_the_order_of_the_members():
    groups = asked(esketamine_infusion(), Product.ESKETAMINE_INJECTION).groups
    order = ["u1", "simons_2022", "fanta_2015", "otto_2021"]
    for group in groups:
        assert all(order.index(a.model) < order.index(b.model) for a, b in pairwise(group.levels))


def test_a_dose_above_the_one_studied_is_a_caution_of_that_model():
    cautions = {m.model: m.cautions for m in asked(racemic_infusion(), Product.KETAMINE_INJECTION).members}
    assert cautions["clements_1981"] == (
        "0.5 mg/kg is above the 0.25 mg/kg studied; linear kinetics are assumed",
    )
    assert cautions["u1"] == ()


def test_u1_declines_what_it_does_not_know_and_the_others_still_answer():
    seen = asked(racemic_infusion(amount_mg=175.0), Product.KETAMINE_INJECTION)
    assert seen.declined[0].model == "u1"
    assert "2 mg/kg a session" in seen.declined[0].because[0]
    assert answering(seen) == ["kamp_2020", "clements_1981", "domino_1982"]


def test_in_intensive_care_only_its_own_model_answers():
    seen = asked(racemic_infusion(), Product.KETAMINE_INJECTION, setting=Setting.INTENSIVE_CARE)
    assert answering(seen) == ["hijazi_2003"]
    assert "critical illness" in seen.declined[0].because[0]


def test_under_anaesthesia_u1_answers_with_a_caution():
    seen = asked(racemic_infusion(), Product.KETAMINE_INJECTION, setting=Setting.ANAESTHESIA)
    assert seen.members[0].cautions == (U1_UNDER_ANAESTHESIA,)


def test_where_nobody_answers_there_are_no_groups_and_every_reason():
    seen = ensemble(
        course(oral(drug=Drug.RACEMATE, amount_mg=500.0)),
        PERSON,
        product=Product.KETAMINE_ORAL,
        times_h=TIMES_H,
    )
    assert seen.members == seen.groups == seen.summary() == ()
    with pytest.raises(KeyError, match="there is: nothing"):
        seen.group(Analyte.KETAMINE, Site.VENOUS)


def test_a_group_that_is_not_there_is_answered_with_those_that_are():
    seen = asked(film(), Product.ESKETAMINE_FILM)
    with pytest.raises(KeyError, match=r"gives arketamine, venous plasma; there is: esketamine, arterial"):
        seen.group(Analyte.ARKETAMINE, Site.VENOUS)


@pytest.mark.parametrize(
    ("regimen", "product", "reason"),
    [
        (racemic_infusion(), Product.KETAMINE_ORAL, "is given by the oral route, not the intravenous route"),
        (racemic_infusion(), Product.ESKETAMINE_INJECTION, "is esketamine, and the regimen gives racemic"),
        (
            course(
                intravenous(drug=Drug.RACEMATE, amount_mg=20.0, duration_h=0.5),
                intramuscular(drug=Drug.RACEMATE, amount_mg=20.0, start_h=24.0),
            ),
            Product.KETAMINE_INJECTION,
            "one route at a time, got intramuscular and intravenous",
        ),
    ],
)
def test_a_regimen_that_is_not_of_the_product_is_refused(regimen, product, reason):
    with pytest.raises(ValueError, match=reason):
        asked(regimen, product)


def test_levels_cannot_be_changed():
    level = asked(film(), Product.ESKETAMINE_FILM).members[0].levels[0]
    with pytest.raises(ValueError, match="read-only"):
        level.values_ng_ml[0] = 1.0
