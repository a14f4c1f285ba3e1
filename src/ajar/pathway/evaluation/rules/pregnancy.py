"""Pregnancy and breast-feeding: CI-09 with LAB-1, CI-10."""

from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import BREAST_FEEDING, PREGNANCY_CODES, Evidence, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import NASAL, Setting
from ajar.pathway.evaluation.rules.rule import Rule, Stop, ruling_on
from ajar.pathway.evaluation.rules.ruling import defers, passes
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import (
    LabRecorded,
    Pregnancy,
    PregnancyMethod,
    PregnancyRecorded,
    Sex,
)

HCG_LOINC: Final = frozenset({"2106-3", "2118-8"})  # urine and serum, clinical.md 8.6, verify
POSITIVE: Final = frozenset({"positive", "detected", "pos", "reactive"})

YES: Final = "Pregnant: not recommended, and excluded here. This is the programme's policy."


def _pregnancy(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    latest = candidate.pregnancy[-1] if candidate.pregnancy else None
    if said := _says_pregnant(candidate, latest):
        datum, fact = said
        conflict = ""
        if latest is not None and latest is not fact:
            conflict = f"The latest pregnancy record says {_words(latest.payload)}."
        return (_ruling(Verdict.STOP, YES, datum, fact, "Until the pregnancy is over.", conflict),)
    if latest is None:
        return (_nothing_recorded(candidate, setting),)
    return (_from_record(latest, setting),)


def _says_pregnant(
    candidate: Candidate, latest: Fact[PregnancyRecorded] | None
) -> tuple[str, Fact[Payload]] | None:
    if latest is not None and latest.payload.status is Pregnancy.PREGNANT:
        return _words(latest.payload), latest
    tests = [fact for fact in candidate.labs if fact.payload.test.code in HCG_LOINC]
    if tests and _is_positive(tests[-1].payload):
        return f"{tests[-1].payload.test.display}: positive", tests[-1]
    coded = [fact for fact in candidate.conditions if PREGNANCY_CODES.match(fact.payload)]
    if coded:
        return f"{coded[-1].payload.condition.display} ({coded[-1].payload.status.value})", coded[-1]
    return None


def _is_positive(test: LabRecorded) -> bool:
    return test.value_text.strip().casefold() in POSITIVE


def _nothing_recorded(candidate: Candidate, setting: Setting) -> Ruling:
    if because := _not_expected(candidate, setting):
        return passes(because, "sex and age", strength=Strength.HARD_STOP)
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=Strength.HARD_STOP,
        because="Pregnancy status is not recorded.",
        datum="not recorded",
        until="Record a urine or serum hCG test, or that a pregnancy is not possible.",
    )


def _not_expected(candidate: Candidate, setting: Setting) -> str:
    """Why no test is asked for; empty where one is."""
    if candidate.person.sex is Sex.MALE:
        return "Administrative sex male. Record a pregnancy status if a pregnancy is possible."
    oldest = setting.policy.conception_to_age_years
    if candidate.age_on(setting.now.date()) > oldest:
        return f"Over {oldest}. Record a pregnancy status if a pregnancy is possible."
    return ""


def _is_old(fact: Fact[Payload], setting: Setting) -> bool:
    return setting.now - fact.happened_at > timedelta(days=setting.policy.pregnancy_test_holds_days)


def _test(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """A test of those who can conceive. Without one the treatment waits (LAB-1: missing defers)."""
    latest = candidate.pregnancy[-1] if candidate.pregnancy else None
    if latest is not None and latest.payload.status is Pregnancy.NOT_POSSIBLE:
        return (passes("A pregnancy is not possible.", _words(latest.payload), latest),)
    if latest is None and (because := _not_expected(candidate, setting)):
        return (passes(because, "sex and age"),)
    tests: list[Fact[Payload]] = [
        *(f for f in candidate.pregnancy if f.payload.method is not PregnancyMethod.STATED),
        *(f for f in candidate.labs if f.payload.test.code in HCG_LOINC),
    ]
    recent = [fact for fact in tests if not _is_old(fact, setting)]
    if recent:
        return (passes("An hCG test is recorded.", "hCG test", recent[-1]),)
    until = "Until a urine or serum hCG test is recorded, or that a pregnancy is not possible."
    because = f"No hCG test within {setting.policy.pregnancy_test_holds_days} days."
    return (defers(because, "hCG test: none in time", until, latest, Strength.HARD_STOP),)


def _from_record(latest: Fact[PregnancyRecorded], setting: Setting) -> Ruling:
    record, words = latest.payload, _words(latest.payload)
    if record.status is Pregnancy.NOT_POSSIBLE:
        return _ruling(Verdict.PASS, "A pregnancy is not possible.", words, latest)
    if record.status is Pregnancy.BREAST_FEEDING or record.method is PregnancyMethod.STATED:
        because = "A test is needed; a statement alone does not rule a pregnancy out."
        return _ruling(Verdict.NEEDS_INFORMATION, because, words, latest, "Record an hCG test.")
    if _is_old(latest, setting):
        because = f"The last test is older than {setting.policy.pregnancy_test_holds_days} days."
        return _ruling(Verdict.NEEDS_INFORMATION, because, words, latest, "Repeat the hCG test.")
    return _ruling(Verdict.PASS, "Not pregnant.", words, latest)


def _words(record: PregnancyRecorded) -> str:
    return f"{record.status.value.replace('_', ' ')}, {record.method.value.replace('_', ' ')}"


def _ruling(
    verdict: Verdict, because: str, datum: str, fact: Fact[Payload], until: str = "", conflict: str = ""
) -> Ruling:
    return Ruling(
        verdict=verdict,
        strength=Strength.HARD_STOP,
        effect=Outcome.CONTRAINDICATED if verdict is Verdict.STOP else Outcome.ELIGIBLE,
        because=because,
        datum=datum,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until=until,
        conflict=conflict,
    )


def _feeding(setting: Setting) -> Stop:
    return Stop(
        yes="Breast-feeding: not recommended, the drug passes into milk.",
        no="Not breast-feeding.",
        strength=Strength.SOFT_STOP,
        effect=Outcome.DEFER,
        until="Until breast-feeding has stopped.",
        standing=Standing.LABEL if setting.product in NASAL else Standing.POLICY,
    )


def _breast_feeding(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    evidence = BREAST_FEEDING.look_up(candidate, setting.now)
    feeding = [f for f in candidate.pregnancy if f.payload.status is Pregnancy.BREAST_FEEDING]
    answers = candidate.answers_to(BREAST_FEEDING.question_id)
    answered_since = bool(feeding and answers and answers[-1].happened_at > feeding[-1].happened_at)
    if feeding and evidence.holds is not Holds.YES and not answered_since:
        evidence = Evidence(
            holds=Holds.YES,
            datum=_words(feeding[-1].payload),
            happened_at=feeding[-1].happened_at,
            recorded_at=feeding[-1].recorded_at,
        )
    if evidence.holds is Holds.MISSING and candidate.person.sex is Sex.MALE:
        evidence = Evidence(holds=Holds.NO, datum="administrative sex male")
    return (ruling_on(evidence, BREAST_FEEDING, _feeding(setting)),)


RULES: Final = (
    Rule(
        id="CI-09",
        title="Pregnancy",
        source="[MPR]; [MEDNET]; [SEED]; test: LAB-1 [PMC10812090], its cadence a design default",
        reads=frozenset({"pregnancy", "labs", "conditions", "person"}),
        judge=_pregnancy,
        standing=Standing.POLICY,
    ),
    Rule(
        id="LAB-1",
        title="Pregnancy test",
        source="[PMC10812090]; cadence design default; missing: defer (clinical.md 3.5)",
        reads=frozenset({"pregnancy", "labs", "person"}),
        judge=_test,
        standing=Standing.DESIGN_DEFAULT,
    ),
    Rule(
        id="CI-10",
        title="Breast-feeding",
        source="[USPI19 §8.2]; [MEDNET]",
        reads=frozenset({"pregnancy", "answers", "conditions", "person"}),
        judge=_breast_feeding,
        standing=Standing.LABEL,
    ),
)
