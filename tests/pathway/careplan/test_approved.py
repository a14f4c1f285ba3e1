"""What the plan of care says, word by word and source by source, beside a text that a person has read."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ajar.pathway.careplan.adjustment import AfterSession, suggested
from ajar.pathway.careplan.dose import Body, advised_basis, calculated_dose, opening_mg, weight_guard
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.equivalence import equivalents
from ajar.pathway.careplan.guard import Guard, Liver, PlannedDose
from ajar.pathway.careplan.guards import guards
from ajar.pathway.careplan.home import risk_at_home, why_not_home
from ajar.pathway.careplan.ordering import OrderedCourse, course_guards
from ajar.pathway.careplan.plan import Given
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY
from ajar.pathway.careplan.populations import cautions, watched_for_the_liver
from ajar.pathway.careplan.regimens import REGIMENS, SPRAVATO_TRD
from ajar.pathway.careplan.review import continuing_guard, frequency_alarm, review_guard, step_back
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.products import Indication, Jurisdiction
from ajar.pathway.instruments.outcome import Level
from ajar.pathway.patients.facts import Sex
from tests.pathway.careplan.test_adjustment import ROWS
from tests.pathway.careplan.test_home_and_review import HOME, LONG_AGO, NOW, READY, plan, reviewed
from tests.pathway.careplan.test_rails import HOME as AT_HOME
from tests.pathway.careplan.test_rails import IM, IN, IV, PO, SC, SL, planned
from tests.support.approved import assert_approved

APPROVED = Path(__file__).parent / "approved"
EU = {"jurisdiction": Jurisdiction.EU}
OLDER = {"age_years": 65, **EU}
CRISIS = {"indication": Indication.MDSI}

SPRAYS = {
    "first 56 mg": planned(IN, 56),
    "first 84 mg": planned(IN, 84),
    "first 28 mg": planned(IN, 28),
    "28 mg after 56 mg": planned(IN, 28, after=56),
    "84 mg after 28 mg, 65 years, EU": planned(IN, 84, after=28, **OLDER),
    "first 56 mg, 64 years, EU": planned(IN, 56, age_years=64, **EU),
    "first 56 mg, 65 years, EU": planned(IN, 56, **OLDER),
    "first 57 mg, 65 years, EU": planned(IN, 57, **OLDER),
    "first 84 mg, acute suicidality": planned(IN, 84, **CRISIS),
    "first 56 mg, acute suicidality": planned(IN, 56, **CRISIS),
    "first 56 mg, 17 years": planned(IN, 56, age_years=17),
    "first 56 mg, 18 years": planned(IN, 56, age_years=18),
    "first 56 mg, severe liver disease": planned(IN, 56, liver=Liver.SEVERE),
}
INJECTIONS = {
    "first infusion of 0.5 mg/kg": planned(IV, 0.5),
    "first infusion of 0.501 mg/kg": planned(IV, 0.501),
    "infusion of unknown dose per kg": replace(planned(IV, 0.5), dose_mg_per_kg=None),
    "injection into a muscle of unknown dose per kg": replace(planned(IM, 0.5), dose_mg_per_kg=None),
    "infusion of 0.75 mg/kg after 0.5": planned(IV, 0.75, after=0.5),
    "infusion of 0.751 mg/kg after 0.5": planned(IV, 0.751, after=0.5),
    "infusion of 0.751 mg/kg after 0.75": planned(IV, 0.751, after=0.75),
    "infusion of 1.001 mg/kg after 1": planned(IV, 1.001, after=1),
    "infusion of 100 mg": replace(planned(IV, 0.5), amount_mg=100),
    "infusion of 100.1 mg": replace(planned(IV, 0.5), amount_mg=100.1),
    "infusion over 1.9 min": planned(IV, 0.5, duration_min=1.9),
    "infusion over 2 min": planned(IV, 0.5, duration_min=2),
    "infusion over 100 min": planned(IV, 0.5, duration_min=100),
    "infusion over 100.1 min": planned(IV, 0.5, duration_min=100.1),
    "first injection into a muscle of 0.501 mg/kg": planned(IM, 0.501),
    "injection into a muscle of 1.001 mg/kg after 1": planned(IM, 1.001, after=1),
    "injection into a muscle of 1.501 mg/kg after 1.4": planned(IM, 1.501, after=1.4),
    "first injection under the skin of 0.251 mg/kg": planned(SC, 0.251),
    "injection under the skin of 0.5 mg/kg 6.9 days after 0.25": planned(SC, 0.5, after=0.25, days=6.9),
    "injection under the skin of 0.501 mg/kg after 0.25": planned(SC, 0.501, after=0.25),
    "infusion of 0.6 mg/kg over 101 min, 17 years, severe liver disease": planned(
        IV, 0.6, after=0.5, age_years=17, liver=Liver.SEVERE, duration_min=101
    ),
    "first infusion of 0.5 mg/kg, severe liver disease": planned(IV, 0.5, liver=Liver.SEVERE),
}
BY_MOUTH = {
    "first lozenge of 100 mg": planned(SL, 100),
    "first lozenge of 150 mg": planned(SL, 150),
    "first lozenge of 50 mg": planned(SL, 50),
    "lozenge of 50 mg after 100 mg": planned(SL, 50, after=100),
    "lozenge of 49 mg after 100 mg": planned(SL, 49, after=100),
    "lozenge of 75 mg after 100 mg": planned(SL, 75, after=100),
    "lozenge of 250 mg after 100 mg": planned(SL, 250, after=100),
    "lozenge of 400 mg after 400 mg": planned(SL, 400, after=400),
    "lozenge of 401 mg after 400 mg": planned(SL, 401, after=400),
    "first lozenge at home of 100 mg": planned(AT_HOME, 100),
    "lozenge at home of 150 mg after 100 mg": planned(AT_HOME, 150, after=100),
    "first swallowed dose of 125 mg": planned(PO, 125),
    "swallowed dose of 24 mg after 25 mg": planned(PO, 24, after=25),
    "swallowed dose of 175 mg after 100 mg": planned(PO, 175, after=100),
    "swallowed dose of 301 mg after 300 mg": planned(PO, 301, after=300),
    "swallowed dose of 7.001 mg/kg": replace(planned(PO, 300, after=300), dose_mg_per_kg=7.001),
}


def rails(doses: dict[str, PlannedDose]) -> dict[str, list[Guard]]:
    return {name: guards(dose) for name, dose in doses.items()}


def test_what_the_rails_say_of_a_spray():
    ours = replace(DEFAULT_DOSE_POLICY, populations=Populations(ancestry_eu_start_28_mg=True))
    by_ancestry = {"first 56 mg, EU, where ancestry is asked": guards(planned(IN, 56, **EU), ours)}
    assert_approved(APPROVED / "rails_nasal.json", rails(SPRAYS) | by_ancestry)


def test_what_the_rails_say_of_what_is_injected():
    assert_approved(APPROVED / "rails_injected.json", rails(INJECTIONS))


def test_what_the_rails_say_of_what_is_taken_by_mouth():
    assert_approved(APPROVED / "rails_by_mouth.json", rails(BY_MOUTH))


def test_what_is_said_of_a_person():
    people = {
        "24 years": {"age_years": 24},
        "25 years": {"age_years": 25},
        "64 years": {"age_years": 64},
        "65 years": {"age_years": 65},
        "no liver disease": {"liver": Liver.NO_DISEASE},
        "moderate liver disease": {"liver": Liver.MODERATE},
        "severe liver disease": {"liver": Liver.SEVERE},
    }
    said: dict[str, object] = {name: cautions(planned(IV, 0.5, **who)) for name, who in people.items()}
    longer = {liver: watched_for_the_liver(SPRAVATO_TRD, liver).length for liver in Liver}
    said |= {f"Spravato, liver {liver}": length for liver, length in longer.items()}
    assert_approved(APPROVED / "people.json", said)


def body(weight_kg: float, height_cm: float = 200, sex: Sex = Sex.MALE) -> Body:
    return Body(weight_kg=weight_kg, height_cm=height_cm, sex=sex)


BODIES = {
    "BMI 29.98": (body(119.9), None),
    "BMI 30": (body(120), None),
    "BMI 18.5": (body(74), None),
    "BMI 18.48": (body(73.9), None),
    "BMI 24, eating disorder": (body(70, 170, Sex.FEMALE), Indication.EATING),
    "60 inches and under, at ideal weight, eating disorder": (body(50, 140), Indication.EATING),
    "another sex, BMI 30": (body(120, sex=Sex.OTHER), None),
    "another sex, BMI 18.5, eating disorder": (body(74, sex=Sex.OTHER), Indication.EATING),
    "another sex, BMI 18.48": (body(73.9, sex=Sex.OTHER), None),
}


def test_how_a_dose_is_calculated_and_on_which_weight():
    said: dict[str, object] = {}
    for name, (who, indication) in BODIES.items():
        said[f"{name}: advised"] = advised_basis(who, indication)
        for basis in (WeightBasis.ACTUAL, WeightBasis.IDEAL):
            said[f"{name}: {basis} weight is held back by"] = weight_guard(who, basis, indication)
            if basis is WeightBasis.ACTUAL or who.sex is not Sex.OTHER:
                words = {"dose_mg_per_kg": 0.5, "body": who, "basis": basis, "indication": indication}
                said[f"{name}: 0.5 mg/kg on {basis} weight"] = calculated_dose(**words)
    assert_approved(APPROVED / "doses.json", said)


def test_an_opening_climbs_below_the_dose_and_loses_no_tenth_of_a_milligram():
    one = calculated_dose(dose_mg_per_kg=1.0, body=body(70, 170), basis=WeightBasis.ACTUAL)
    half = calculated_dose(dose_mg_per_kg=0.5, body=body(70, 170), basis=WeightBasis.ACTUAL)
    assert opening_mg(one, (0.25, 0.5)) == (17.5, 35.0)
    assert opening_mg(half, (0.25, 0.5)) == (17.5,)


def test_what_stands_beside_a_dose_into_a_vein():
    assert_approved(APPROVED / "equivalents.json", {"35 mg": equivalents(35), "0.7 mg": equivalents(0.7)})


def test_what_the_next_step_is():
    def name(after: AfterSession) -> str:
        last, told = after.last, after.fall_percent
        weight = "" if after.dose_weight_kg or last.dose_mg_per_kg is None else ", weight not known"
        weight += ", mg/kg not known" if after.dose_weight_kg and last.dose_mg_per_kg is None else ""
        end = ", the end of the series" if after.end_of_induction else ""
        fell = "no score" if told is None else f"{told:g} % less"
        return (
            f"{last.product}, {last.amount_mg:g} mg, session {after.session}, "
            f"{after.tolerability}, {fell}{end}{weight}"
        )

    said = {name(after): suggested(after) for after, *_ in ROWS}
    assert len(said) == len(ROWS)
    assert_approved(APPROVED / "next_steps.json", said)


def test_what_is_said_of_a_lozenge_at_home():
    said: dict[str, object] = {
        ", ".join(f"{name} {value}" for name, value in changes.items()) or "all is ready": why_not_home(
            replace(READY, **changes), now=NOW
        )
        for changes, _ in HOME
    }
    said |= {f"a day at home, C-SSRS {level}": risk_at_home(level) for level in (None, *Level)}
    assert_approved(APPROVED / "home.json", said)


def test_what_is_said_of_a_course_under_way():
    infused = plan("KETAMINE_IV_CONSOLIDATION", [0], [35])
    nasal = plan("SPRAVATO_MAINTENANCE", [0], [84])
    busy = plan("KETAMINE_IV_THRICE", [0, 2, 4], [35, 35, 35], before=LONG_AGO)
    said = {
        "session 9, not reviewed": review_guard(SPRAVATO_TRD, (), number=9),
        "session 9, reviewed: not to go on": review_guard(SPRAVATO_TRD, (reviewed(goes_on=False),), number=9),
        "infusion 7, not reviewed": review_guard(REGIMENS["KETAMINE_IV_INDUCTION"], (), number=7),
        "three infusions a week after two months": frequency_alarm(busy),
        "weekly infusions without doses before": continuing_guard(infused, 60),
        "weekly infusions, no score": continuing_guard(replace(infused, before=LONG_AGO), None),
        "weekly infusions, 49.6 % less": continuing_guard(replace(infused, before=LONG_AGO), 49.6),
        "Spravato maintenance without doses before": continuing_guard(nasal, 60),
        "Spravato session 13, 1 missed and worse": step_back(
            SPRAVATO_TRD, number=13, missed=1, worsened=True
        ),
        "Spravato session 9, 2 missed and worse": step_back(SPRAVATO_TRD, number=9, missed=2, worsened=True),
    }
    assert_approved(APPROVED / "under_way.json", said)


def test_what_is_held_against_a_course_in_the_order_it_is_told():
    light, heavy = body(74), body(120)
    weekly = plan("KETAMINE_IV_CONSOLIDATION", [0], [35], before=LONG_AGO)
    home = plan("KETAMINE_SL_HOME", [0], [150], before=(Given(at=NOW - timedelta(days=7), amount_mg=100),))
    one = plan("KETAMINE_IV_INDUCTION", [0], [35])
    orders = {
        "a psychosis": OrderedCourse(plan=one, condition=Indication.PSYCHOSIS),
        "weekly, 49 % less": OrderedCourse(plan=weekly, condition=None, fall_percent=49),
        "weekly, 60 % less": OrderedCourse(plan=weekly, condition=None, fall_percent=60),
        "too often": OrderedCourse(
            plan=plan("KETAMINE_IV_THRICE", [0, 2, 4], [35, 35, 35], before=LONG_AGO), condition=None
        ),
        "a lozenge at home of which nothing is known": OrderedCourse(plan=home, condition=None),
        "actual weight at BMI 30": OrderedCourse(
            plan=one, condition=None, body=heavy, basis=WeightBasis.ACTUAL
        ),
        "ideal weight at BMI 30": OrderedCourse(
            plan=one, condition=None, body=heavy, basis=WeightBasis.IDEAL
        ),
        "fixed dose at BMI 30": OrderedCourse(plan=one, condition=None, body=heavy, basis=WeightBasis.FIXED),
        "no body, actual weight": OrderedCourse(plan=one, condition=None, basis=WeightBasis.ACTUAL),
        "ideal weight above the actual, eating disorder": OrderedCourse(
            plan=one,
            condition=None,
            body=light,
            basis=WeightBasis.IDEAL,
            weight_indication=Indication.EATING,
        ),
    }
    assert_approved(
        APPROVED / "courses.json", {name: course_guards(order, now=NOW) for name, order in orders.items()}
    )
