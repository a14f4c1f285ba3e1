"""What every rule says of a few whole charts, word by word, under each product, law, purpose and policy.

The first chart is told in full; of every further setting and chart only what has not been said before.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.policy import DEFAULT_POLICY, Exclusion, WhoIsTested
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.products import Indication
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.governance.plain import plain, text_of
from tests.support.approved import assert_approved
from tests.support.candidates import (
    WELL,
    answer,
    candidate,
    judged,
    medicine,
    pressure,
    setting,
)

APPROVED = Path(__file__).parent / "approved"

PRODUCTS = [
    {"product": product, "jurisdiction": law}
    for product, law in (
        ("esketamine_in", "US"),
        ("esketamine_in", "EU"),
        ("esketamine_in", "CA"),
        ("ketamine_iv", "US"),
        ("ketamine_po", "EU"),
        ("ketamine_sl_home", "US"),
    )
]
PURPOSES = [
    {"product": product, "indication": purpose}
    for product in ("esketamine_in", "ketamine_iv")
    for purpose in (None, *(one.value for one in Indication))
]
PAYERS = [{"payer": "VA"}, {"payer": "commercial"}, {"payer": "Blue"}]
MDSI = {"indication": "depression_with_acute_suicidality"}
EATING = {"product": "ketamine_iv", "indication": "eating_disorder"}


def where_sources_disagree(how):
    return replace(DEFAULT_POLICY, psychosis=how, family_psychosis=how, bipolar=how)


POLICIES = [
    {"policy": where_sources_disagree(how), "product": product, "indication": purpose}
    for how in Exclusion
    for product, purpose in (
        ("esketamine_in", "treatment_resistant_depression"),
        ("ketamine_iv", "psychosis"),
    )
]
POLICIES.append({"policy": replace(DEFAULT_POLICY, resting_spo2_percent=92, bladder_pain_at_least=15)})
ALL_TESTED = {"policy": replace(DEFAULT_POLICY, ecg=WhoIsTested.ALL, drug_screen=WhoIsTested.ALL)}
LONG_AGO = 3000 * 24 * 60

CHARTS = {
    "well": (WELL, [*PRODUCTS, *PURPOSES, *PAYERS]),
    "empty": ([], [*PRODUCTS, MDSI, EATING, *PAYERS, ALL_TESTED]),
    "yes": (
        [*WELL, *(answer(each.id, "yes", minutes_ago=1) for each in QUESTIONS)],
        [*PRODUCTS, MDSI, EATING, *POLICIES],
    ),
    "no": (
        [answer(each.id, "no") for each in QUESTIONS if each.good is Answer.YES],
        [{"product": "ketamine_sl_home"}, MDSI, EATING],
    ),
    "unknown": ([answer(each.id, "unknown") for each in QUESTIONS], [{}]),
    "long ago": ([answer(each.id, each.good, minutes_ago=LONG_AGO) for each in QUESTIONS], [{}]),
}


def named(where):
    policy = where.get("policy", DEFAULT_POLICY)
    set_by_clinic = {
        name: value for name, value in plain(policy).items() if plain(DEFAULT_POLICY)[name] != value
    }
    words = [str(value) for name, value in where.items() if name != "policy"]
    return ", ".join([*words, *(f"{name} {value}" for name, value in set_by_clinic.items())]) or "as usual"


@cache
def told():
    """Of each chart, what is said under each setting and was not said before."""
    seen, said = set(), {}
    for name, (facts, settings) in CHARTS.items():
        chart = said[name] = {}
        for where in settings:
            lines = [f"{one.rule_id}: {text_of(one.ruling)}" for one in judged(facts, **where).findings]
            if new := [line for line in lines if line not in seen]:
                chart[named(where)] = new
            seen.update(lines)
    return said


@pytest.mark.parametrize("name", CHARTS)
def test_of_a_chart_every_rule_says_what_was_approved(name):
    assert_approved(APPROVED / f"{name.replace(' ', '_')}.json", told()[name])


def test_a_finding_and_a_judgement_carry_what_was_approved():
    facts = [*WELL, pressure(165, 90, minutes_ago=1), medicine("diazepam"), medicine("unheard-of")]
    judgement = judged(facts, product="ketamine_iv", payer="VA")
    ids = ("ELG-BP3", "DDI-01", "MED-2", "CI-07", "IND-1")
    findings = {
        f"{one.rule_id} ({one.verdict})": {
            **plain(one),
            "produced by": one.produced_by,
            "effect": one.effect.label,
            "datum key": one.datum_key,
            "order": str(one.page_order),
            "shown only, counts, stands": text_of((one.is_shown_only, one.counts, one.stands)),
            "acceptable, hard, unchecked": text_of((one.acceptable, one.is_hard_stop, one.needs_checking)),
        }
        for one in judgement.findings
        if one.rule_id in ids
    }
    whole = {
        **plain(replace(judgement, findings=())),
        "produced by": judgement.produced_by,
        "outcome": judgement.outcome.label,
        "standing": text_of([one.rule_id for one in judgement.standing]),
        "stops": text_of([one.rule_id for one in judgement.stops]),
        "missing": text_of([one.rule_id for one in judgement.missing]),
        "remarks": text_of([one.rule_id for one in judgement.remarks]),
        "to accept": text_of([one.rule_id for one in judgement.to_accept]),
        "why not signable": judgement.why_not_signable,
        "summary": judgement.summary(),
    }
    said = {"judgement": whole, **findings}
    assert_approved(
        APPROVED / "findings.json",
        {name: [f"{key}: {text}" for key, text in rows.items()] for name, rows in said.items()},
    )


POPULATIONS = {
    "28 mg not followed": Populations(older_eu_start_28_mg=False, older_from_years=39),
    "ancestry is binding": Populations(ancestry_eu_start_28_mg=True, older_from_years=39),
}


@pytest.mark.parametrize("name", POPULATIONS)
def test_who_is_dosed_otherwise_is_said_as_approved(name):
    here = replace(setting(jurisdiction="EU"), populations=POPULATIONS[name])
    charts = {"asked": CHARTS["yes"][0], "not asked": []}
    ids = ("POP-3", "POP-4", "POP-6", "ELG-BP1", "ELG-BP2")
    said = {
        chart: [
            f"{one.rule_id}: {text_of(one.ruling)}"
            for one in judge(candidate(facts), here).findings
            if one.rule_id in ids
        ]
        for chart, facts in charts.items()
    }
    assert_approved(APPROVED / f"populations_{list(POPULATIONS).index(name)}.json", said)
