"""What a rule says of a single result, word by word, at and beside each of its limits."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ajar.pathway.evaluation.rulebook import RULEBOOK
from ajar.pathway.governance.plain import text_of
from tests.pathway.evaluation.test_baseline_tests import DAY, OLD, PREGNANCY_TESTS, RESULTS, aged, without
from tests.pathway.evaluation.test_purpose import (
    AT_HOME,
    EVENTS,
    HOME,
    MDSI,
    NO_ANSWER,
    PAYERS,
    TRD,
    VISITS,
    ended,
    infarction,
)
from tests.pathway.evaluation.test_rules import ELEVATED, PREGNANCY, TRIALS
from tests.support.approved import assert_approved
from tests.support.candidates import (
    MAN,
    WELL,
    WOMAN,
    allergy,
    answer,
    candidate,
    condition,
    in_words,
    lab,
    measured,
    medicine,
    pregnancy,
    pressure,
    reported,
    setting,
    trial,
    value,
)
from tests.support.medicines import taking

APPROVED = Path(__file__).parent / "approved"
YES = {"minutes_ago": 1}


def said_of(facts, ids, person=WOMAN, **where):
    """What these rules say, and no other is asked."""
    wanted, here, somebody = ids.split(), setting(**where), candidate(facts, person)
    return [
        f"{rule.id}: {text_of(ruling)}"
        for rule in RULEBOOK
        if rule.id in wanted and rule.applies(here)
        for ruling in rule.judge(somebody, here)
    ]


def of(fact):
    """A made-up fact in one line."""
    return f"{type(fact.payload).__name__} {text_of(fact.payload)}, at {fact.happened_at:%m-%d %H:%M}"


def results():
    """A chart in which all is well, with one more result."""
    for fact, rule_id, _ in RESULTS:
        yield f"{rule_id}; {of(fact)}", said_of([*WELL, fact], rule_id)
    for name, fact, rule_id in OLD:
        yield f"{rule_id} alone; {of(fact)}", said_of([*without(name), fact], rule_id)
    at_limits = (
        (value("1742-6", 20, "U/L", upper=40, minutes_ago=180 * DAY), "1742-6", "LAB-3 CA-10"),
        (value("2823-3", 4, "mmol/L", minutes_ago=365 * DAY), "2823-3", "LAB-4"),
        (value("3016-3", 2, "mIU/L", minutes_ago=366 * DAY), "", "LAB-6"),
        (in_words("Urinalysis", "negative", minutes_ago=90 * DAY), "Urinalysis", "LAB-7"),
        (reported("icsi", 2, minutes_ago=90 * DAY), "bpic-ss", "LAB-7"),
        (reported("stop-bang", 2, minutes_ago=365 * DAY), "stop-bang", "LAB-8"),
        (reported("moca", 27, minutes_ago=180 * DAY), "mmse", "LAB-10"),
        (measured(weight_kg=70, height_cm=172, minutes_ago=30 * DAY), "vitals", "LAB-9 POP-10"),
        (measured(height_cm=172), "vitals", "LAB-9 POP-10 CA-14"),
    )
    for fact, name, ids in at_limits:
        yield f"{ids} alone; {of(fact)}", said_of([*without(name), fact], ids, aged(60))


def combinations():
    """Where two facts, an age or another product decide."""
    lungs, eating = answer("lung_disease", "yes", **YES), answer("eating_disorder", "yes", **YES)
    thyroid = answer("thyroid_history", "yes", **YES)
    old_weight = measured(weight_kg=70, height_cm=172, minutes_ago=31 * DAY)
    yield "lungs, SpO2 93", said_of([*WELL, lungs, measured(spo2_percent=93, **YES)], "CA-07")
    yield "lungs, SpO2 94", said_of([*WELL, lungs, measured(spo2_percent=94, **YES)], "CA-07")
    yield "lungs, no SpO2", said_of([*without("vitals"), lungs], "CA-07")
    yield (
        "lungs, old SpO2",
        said_of([*without("vitals"), lungs, measured(spo2_percent=98, minutes_ago=31 * DAY)], "CA-07"),
    )
    yield "eating disorder, nothing known", said_of([*without("8636-3", "2823-3", "vitals"), eating], "CA-14")
    yield "eating disorder, a month", said_of([*WELL, eating], "LAB-4 CA-14")
    yield "treated for an eating disorder", said_of(WELL, "LAB-4 CA-14", indication="eating_disorder")
    yield "weight changed by 5 %", said_of([*WELL, measured(weight_kg=66.5, **YES)], "LAB-9")
    yield "weight changed by less", said_of([*WELL, measured(weight_kg=73.4, **YES)], "LAB-9")
    yield "old weight", said_of([*without("vitals"), old_weight], "LAB-9")
    for level in (0.39, 0.4, 4.5, 4.6):
        yield (
            f"thyroid disease, TSH {level:g}",
            said_of([*WELL, thyroid, value("3016-3", level, "mU/L", upper=4.5)], "LAB-6"),
        )
    yield "thyroid disease, TSH in words", said_of([*WELL, thyroid, lab("3016-3", "fine")], "LAB-6")
    yield "pulse 110", said_of([*WELL, pressure(120, 80, rate=110, **YES)], "LAB-6 ELG-BP7")
    yield "pulse 111", said_of([*WELL, pressure(120, 80, rate=111, **YES)], "LAB-6 ELG-BP7")
    yield "pulse 50", said_of([*WELL, pressure(120, 80, rate=50, **YES)], "ELG-BP7")
    yield "pulse 49", said_of([*WELL, pressure(120, 80, rate=49, **YES)], "ELG-BP7 CA-14")
    yield (
        "old pulse",
        said_of([*without("vitals"), pressure(120, 80, minutes_ago=31 * DAY)], "ELG-BP7 ELG-BP3"),
    )
    icsi = [reported("icsi", 5, minutes_ago=300), reported("icsi", 3, minutes_ago=200)]
    yield "ICSI rose by 4", said_of([*WELL, *icsi, reported("icsi", 7, **YES)], "CA-15")
    yield "ICSI rose by 3", said_of([*WELL, *icsi, reported("icsi", 6, **YES)], "CA-15")


def who_is_tested():
    """By age, by history and at home."""
    for person in (aged(17), aged(18), aged(24), aged(25), aged(49), aged(50), aged(59), aged(60), aged(65)):
        born = person.birth_date.year
        ids = "CI-18 POP-2 POP-3 CA-12 LAB-5 LAB-10"
        yield f"born in {born}", said_of(without("8636-3", "mmse"), ids, person)
    seen = [in_words("ECG", "see letter", **YES)]
    yield "ECG that says nothing", said_of([*without("8636-3"), *seen], "LAB-5", aged(50))
    yield "ECG in words", said_of([*without("8636-3"), in_words("ECG", "normal")], "LAB-5", aged(50))
    yield "QTc alone", said_of(WELL, "LAB-5", aged(50))
    yield (
        "old ECG",
        said_of([*without("8636-3"), in_words("ECG", "normal", minutes_ago=366 * DAY)], "LAB-5", aged(50)),
    )
    for question in ("heart_risk", "treated_hypertension", "stroke_or_tia"):
        yield f"ECG with {question}", said_of([*without("8636-3"), answer(question, "yes", **YES)], "LAB-5")
    remitted = answer("substance_use_remission", "yes", **YES)
    screens = (
        ("none", []),
        ("that says nothing", [in_words("Urine drug screen", "see letter")]),
        ("old", [in_words("Urine drug screen", "negative", minutes_ago=91 * DAY)]),
        ("at its limit", [in_words("Urine drug screen", "negative", minutes_ago=90 * DAY)]),
        ("positive", [in_words("Urine drug screen", "Positive for opioids")]),
    )
    for words, facts in screens:
        others = [*without("Urine drug screen"), remitted, *facts]
        yield f"drug screen {words}", said_of(others, "LAB-2 CA-06")
    yield "drug screen at home", said_of(without("Urine drug screen"), "LAB-2", product=HOME)
    yield "complaint, no test", said_of([*without("mmse"), answer("cognitive_impairment", "yes")], "LAB-10")
    yield "mmse 24", said_of([*WELL, reported("mmse", 24, **YES)], "LAB-10")
    yield (
        "moca 26, old",
        said_of([*without("mmse"), reported("moca", 26, minutes_ago=181 * DAY)], "LAB-10", aged(60)),
    )


def pressures():
    """Blood pressures by law, visit and what is known already."""
    others = without("vitals")
    for readings, law, _ in ELEVATED:
        facts = [pressure(s, d, minutes_ago=ago) for s, d, ago in readings]
        name = ", ".join(f"{s}/{d} {ago} min ago" for s, d, ago in readings)
        yield f"{law}: {name}", said_of([*others, *facts], "ELG-BP1", jurisdiction=law)
    for readings, ids, _ in VISITS:
        facts = [pressure(s, d, minutes_ago=ago) for s, d, ago in readings]
        name = ", ".join(f"{s}/{d} {ago} min ago" for s, d, ago in readings)
        yield f"{ids}: {name}", said_of([*others, *facts], ids)
    for systolic, diastolic in (
        (159, 99),
        (160, 80),
        (120, 100),
        (180, 80),
        (150, 110),
        (90, 50),
        (89, 60),
        (100, 49),
    ):
        found = said_of([*WELL, pressure(systolic, diastolic, **YES)], "ELG-BP3 ELG-BP4 ELG-BP6")
        yield f"{systolic}/{diastolic}", found
    known = answer("treated_hypertension", "yes", **YES)
    yield "known and 141/80", said_of([*others, known, pressure(141, 80)], "CI-11 CA-01")
    yield "known and 140/90", said_of([*others, known, pressure(140, 90)], "CI-11 CA-01")
    twelve = [pressure(162, 92, minutes_ago=750), pressure(161, 92, minutes_ago=30)]
    yield "twelve hours apart", said_of([*others, *twelve], "CI-11 ELG-BP5")
    a_minute_more = [pressure(162, 92, minutes_ago=751), pressure(161, 92, minutes_ago=30)]
    yield "twelve hours and a minute", said_of([*others, *a_minute_more], "CI-11 ELG-BP5")
    older = aged(65)
    for facts in ([pressure(150, 90, **YES)], [pressure(151, 90, **YES)]):
        name = f"from 65 in the EU: {of(facts[0])}"
        yield name, said_of([*others, *facts], "ELG-BP1 ELG-BP2 POP-4", older, jurisdiction="EU")


def pregnancies():
    """Tests, statements, codes; who need not be asked."""
    others = without("pregnancy")
    for records, _ in PREGNANCY:
        name = "; ".join(map(of, records)) or "nothing recorded"
        yield name, said_of([*others, *records], "CI-09 CI-10 LAB-1")
    for person, records, _ in PREGNANCY_TESTS:
        name = f"{person.sex}, {person.birth_date.year}: " + (
            "; ".join(map(of, records)) or "nothing recorded"
        )
        yield name, said_of([*others, *records], "CI-09 LAB-1", person)
    at_limit = pregnancy("not_pregnant", minutes_ago=30 * DAY)
    yield "a month old", said_of([*others, at_limit], "CI-09 LAB-1")
    contradicted = [pregnancy("not_pregnant"), condition("Z33.1")]
    yield "a code against a test", said_of([*others, *contradicted], "CI-09")
    feeding = pregnancy("breast_feeding", "stated", minutes_ago=9)
    unasked = without("breast_feeding", "pregnancy")
    yield "feeding, not asked", said_of([*unasked, feeding], "CI-10 CI-09")
    yield "feeding, asked since", said_of([*others, feeding, answer("breast_feeding", "no", **YES)], "CI-10")
    yield "feeding, asked before", said_of([*others, feeding], "CI-10", product="ketamine_iv")
    yield "a man, not asked", said_of(unasked, "CI-09 CI-10 LAB-1", MAN)


def histories():
    """Codes, dates and allergies beside the answers."""
    yield "I71.4", said_of([*WELL, condition("I71.4")], "CI-01")
    yield (
        "yes, then no",
        said_of([*WELL, answer("aneurysm", "yes"), answer("aneurysm", "no", **YES)], "CI-01"),
    )
    yield "yes lately", said_of([*WELL, answer("mania_now", "yes", **YES)], "CI-08")
    for days in (90, 91):
        facts = [*without("mania_now"), answer("mania_now", "no", minutes_ago=days * DAY)]
        yield f"no, {days} days ago", said_of(facts, "CI-08")
    for code, months in (("F29", 5), ("F29", 6), ("F29", 7), ("F10.21", 2), ("F10.21", 3), ("F10.21", 4)):
        yield f"{code} over for {months} months", said_of([*WELL, ended(code, months)], "CA-03 CA-06")
    a_day_less = ended("F29", 6)
    day = a_day_less.payload.abated_on + timedelta(days=1)
    a_day_less = replace(a_day_less, payload=replace(a_day_less.payload, abated_on=day))
    yield "F29 over for 6 months less a day", said_of([*WELL, a_day_less], "CA-03")
    for number, (facts, law, _, _) in enumerate(EVENTS, start=1):
        yield f"infarction {number}, {law}", said_of(facts, "CI-06", jurisdiction=law)
    for onset in (date(2026, 1, 20), date(2026, 1, 21)):
        yield f"infarction on {onset}", said_of([*NO_ANSWER, infarction(onset)], "CI-06")
    yield "infarction without a day, not asked", said_of([*NO_ANSWER, infarction(None)], "CI-06")
    yield "infarction resolved, answered no", said_of([*WELL, infarction(None, "resolved")], "CI-06")
    for record in (allergy("Ketamine"), allergy("salt", code="6130", system="rxnorm"), allergy("Peanut")):
        yield of(record), said_of([*WELL, record], "CI-04")
        others = without("ketamine_hypersensitivity")
        yield f"not asked; {of(record)}", said_of([*others, record], "CI-04", product="ketamine_po")
    text = condition("", system="text")
    for display in ("unheard-of", "epilepsi", "Epilepsy"):
        named = replace(text.payload, condition=replace(text.payload.condition, display=display))
        yield f"diagnosis {display}", said_of([*WELL, replace(text, payload=named)], "DX-1 CA-08")
    yield (
        "complete list, 30 days",
        said_of(
            [*without("medicines_complete"), answer("medicines_complete", "yes", minutes_ago=30 * DAY)],
            "MED-1",
        ),
    )
    yield (
        "complete list, 31 days",
        said_of(
            [*without("medicines_complete"), answer("medicines_complete", "yes", minutes_ago=31 * DAY)],
            "MED-1",
        ),
    )


def purposes():
    """What it is for, at home, for which payer, on which trials."""
    for extra, rule_id, _, _ in AT_HOME:
        yield f"{rule_id}; " + "; ".join(map(of, extra)), said_of([*WELL, *extra], rule_id, product=HOME)
    home = (
        ("no C-SSRS", without("c-ssrs"), "IND-7"),
        (
            "C-SSRS, 30 days",
            [*without("c-ssrs"), reported("c-ssrs", level="none", minutes_ago=30 * DAY)],
            "IND-7",
        ),
        (
            "C-SSRS, 31 days",
            [*without("c-ssrs"), reported("c-ssrs", level="none", minutes_ago=31 * DAY)],
            "IND-7",
        ),
        ("no scores", without("phq-9", "gad-7"), "SL-08"),
        ("one score", [*without("phq-9", "gad-7"), reported("phq-9", 4)], "SL-08"),
        ("at 10", [*without("phq-9", "gad-7"), reported("phq-9", 4), reported("gad-7", 10)], "SL-08"),
        ("old score", [*without("phq-9", "gad-7"), reported("gad-7", 12, minutes_ago=31 * DAY)], "SL-08"),
        ("no pressure", without("vitals"), "SL-07"),
        ("old pressure", [*without("vitals"), pressure(120, 80, minutes_ago=31 * DAY)], "SL-07"),
        ("140/90", [*without("vitals"), pressure(140, 90)], "SL-07"),
        ("140/91", [*without("vitals"), pressure(140, 91)], "SL-07"),
    )
    for name, facts, ids in home:
        yield f"at home, {name}", said_of(facts, ids, product=HOME)
    no_trials = [fact for fact in WELL if not hasattr(fact.payload, "weeks")]
    for payer, extra, ids, _ in PAYERS:
        name = "; ".join(f"{f.payload.drug} {f.payload.weeks:g}" for f in extra if hasattr(f.payload, "drug"))
        yield (
            f"{payer or 'label'}, {ids}: {name}; {of(extra[-1])}",
            said_of([*no_trials, *extra], ids, payer=payer),
        )
    for trials, _ in TRIALS:
        name = "; ".join(text_of(fact.payload) for fact in trials) or "no trial"
        yield name, said_of([*no_trials, *trials], "TRD-1 TRD-3")
    one = [*no_trials, trial("sertraline")]
    yield "one trial, infusion", said_of(one, "TRD-1", product="ketamine_iv", indication=TRD)
    old = [*WELL, reported("phq-9", 20, minutes_ago=31 * DAY)]
    yield "VA, old PHQ-9", said_of([*old[:-1], old[-1]], "TRD-2", payer="VA")
    for score in (14, 15):
        yield f"VA, PHQ-9 of {score}", said_of([*WELL, reported("phq-9", score, **YES)], "TRD-2", payer="VA")
    yield "bipolar known", said_of([*without("mdq"), answer("bipolar", "yes", **YES)], "TRD-4")
    for with_ in ([], [medicine("sertraline")], [medicine("bupropion")], [medicine("lithium")]):
        name = "; ".join(fact.payload.medicine.display for fact in with_) or "nothing"
        for law, purpose in (("US", MDSI), ("EU", TRD), ("ANZ", TRD)):
            ids = "SPR-S4 SPR-S5 SPR-T7"
            yield (
                f"{law}, {purpose}, taking {name}",
                said_of([*WELL, *with_], ids, jurisdiction=law, indication=purpose),
            )
    not_complete = [*WELL, answer("medicines_complete", "no", **YES)]
    yield "taking nothing, list not complete", said_of(not_complete, "SPR-S4", indication=MDSI)


MEDICINES = (
    ("lorazepam", "1 mg at night", "", "esketamine_in"),
    ("lorazepam", "1 mg qid", "", "esketamine_in"),
    ("diazepam", "4 mg twice daily", "", "ketamine_iv"),
    ("diazepam", "5 mg twice daily prn", "", "ketamine_iv"),
    ("lorazepam", "some", "", "esketamine_in"),
    ("midazolam", "5 mg at night", "", "esketamine_in"),
    ("theophylline", "", "", "ketamine_iv"),
    ("clarithromycin", "", "", "ketamine_po"),
    ("clarithromycin", "", "", "ketamine_iv"),
    ("clarithromycin", "", "", "esketamine_in"),
    ("rifampin", "", "", "ketamine_im"),
    ("phenytoin", "", "", "ketamine_iv"),
    ("sertraline", "", "", "esketamine_in"),
    ("phenylephrine", "", "ophthalmic", "ketamine_iv"),
    ("phenylephrine", "", "by mouth", "ketamine_iv"),
    ("budesonide", "", "", "esketamine_in"),
    ("Flonase", "", "", "esketamine_in"),
    ("sertaline", "", "", "esketamine_in"),
    ("Amoxicillin / Frobnicate 5 MG", "", "", "esketamine_in"),
    ("zzz", "", "", "esketamine_in"),
)


OF_MEDICINES = " ".join(rule.id for rule in RULEBOOK if rule.id.startswith(("DDI", "MED-2", "CA-11")))


def medicines():
    """What stands out of a list of one medicine; and of several."""
    for name, dose, route, product in MEDICINES:
        told = said_of([*WELL, taking(name, dose, route)], OF_MEDICINES, product=product)
        yield f"{name} {dose} {route}, {product}", [line for line in told if "medicine recorded" not in line]
    several = [
        taking("lorazepam", "0.5 mg at night"),
        taking("diazepam", "2 mg twice daily prn"),
        taking("lorazepm"),
    ]
    yield "several", said_of([*WELL, *several], "CA-11 DDI-03 DDI-09 MED-2")
    part = [taking("diazepam", "10 mg daily"), taking("lorazepam", "some"), taking("midazolam", "5 mg daily")]
    yield "one known, one not", said_of([*WELL, *part], "CA-11 DDI-03")
    small = [taking("diazepam", "2 mg daily"), taking("lorazepam", "some")]
    yield "a small part known", said_of([*WELL, *small], "CA-11 DDI-03")
    yield "code and name differ", said_of([*WELL, taking("Sertraline 50 MG", rxnorm="3322")], "MED-2")


TOLD = {
    each.__name__: each
    for each in (results, combinations, who_is_tested, pressures, pregnancies, histories, purposes, medicines)
}


@pytest.mark.parametrize("name", TOLD)
def test_of_each_result_a_rule_says_what_was_approved(name):
    rows = list(TOLD[name]())
    said = dict(rows)
    assert len(said) == len(rows), "two cases have one name"
    assert_approved(APPROVED / f"{name}.json", said)
