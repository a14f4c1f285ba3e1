"""The criteria themselves: one function each, and the table in which they are asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ajar.pathway.discharge.criteria import Criterion, Evidence, Finding, Judgement, Verdict
from ajar.pathway.discharge.entries import DischargeAssessed, InstructionsGiven
from ajar.pathway.discharge.policy import AldreteUnit, DischargePolicy, Stay, stay_of
from ajar.pathway.discharge.series import (
    Point,
    Pressure,
    Reader,
    V,
    after,
    dissociation,
    episode,
    last_before,
    pressure,
    sedation,
    series,
    vital,
)
from ajar.pathway.discharge.stay import Clock, minutes_until
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import DissociationRated

ALERT: Final = 5
"""MOAA/S when alert (clinical.md 4.4): sedation is resolved at 5, whatever a clinic's policy."""
GIVEN_TO: Final = frozenset({"patient", "escort"})
"""Who gets the instructions in writing: [RCEM]; [NERVANA]."""


def _met(words: str, point: Point[V] | None = None, datum: str = "") -> Finding:
    return _say(Verdict.MET, words, point, datum)


def _not_met(words: str, point: Point[V] | None = None, datum: str = "") -> Finding:
    return _say(Verdict.NOT_MET, words, point, datum)


def _unknown(words: str, point: Point[V] | None = None, datum: str = "") -> Finding:
    return _say(Verdict.UNKNOWN, words, point, datum)


def _say(verdict: Verdict, words: str, point: Point[V] | None, datum: str) -> Finding:
    if point is None:
        return Finding(verdict=verdict, words=words, datum=datum)
    return Finding(verdict=verdict, words=words, datum=datum, at=point.at, entry_id=point.entry.id)


def _since_drug(evidence: Evidence, read: Reader[V]) -> tuple[Point[V], ...]:
    return after(series(evidence.observations, read), evidence.session.first_dose_at)


def _before_drug(evidence: Evidence, read: Reader[V]) -> Point[V] | None:
    return last_before(series(evidence.observations, read), evidence.session.first_dose_at)


def _fresh(evidence: Evidence, point: Point[V]) -> bool:
    return evidence.now - point.at <= timedelta(minutes=evidence.policy.fresh_min)


def _stale(evidence: Evidence, points: Sequence[Point[V]], what: str) -> Finding | None:
    """What to say when there is no current value."""
    if not points:
        return _unknown(f"{what} has not been recorded since the drug was given.")
    if not _fresh(evidence, points[-1]):
        return _unknown(
            f"{what} is older than {evidence.policy.fresh_min} minutes; record it again.", points[-1]
        )
    return None


# -- Gate A ---------------------------------------------------------------------------------------------


def circulation_points(before: Pressure, now: Pressure, policy: DischargePolicy) -> int:
    """Aldrete circulation from systolic pressure, in the policy's unit: within 20, within 50, or beyond."""
    away = abs(now.systolic_mmhg - before.systolic_mmhg)
    if policy.aldrete_unit is AldreteUnit.PERCENT:
        away = away / before.systolic_mmhg * 100
    return 2 - sum(away > bound for bound in policy.circulation_within)


def _circulation_now(evidence: Evidence) -> int | None:
    before, since = _before_drug(evidence, pressure), _since_drug(evidence, pressure)
    return circulation_points(before.value, since[-1].value, evidence.policy) if before and since else None


def _assessed(evidence: Evidence) -> DischargeAssessed | Finding:
    """The assessment if it is of now, otherwise what to do."""
    assessed, given = evidence.assessment, evidence.session.last_drug_at
    if assessed is None or given is None or assessed.at <= given:
        return _unknown("Not assessed since the drug was given.")
    if evidence.now - assessed.at > timedelta(minutes=evidence.policy.fresh_min):
        return Finding(
            verdict=Verdict.UNKNOWN,
            words=f"The assessment is older than {evidence.policy.fresh_min} minutes; assess again.",
            at=assessed.at,
            entry_id=assessed.entry_id,
        )
    return assessed.said


def _of_assessment(evidence: Evidence, verdict: Verdict, words: str, datum: str) -> Finding:
    assessed = evidence.assessment
    return Finding(
        verdict=verdict,
        words=words,
        datum=datum,
        at=assessed.at if assessed else None,
        entry_id=assessed.entry_id if assessed else None,
    )


def aldrete(evidence: Evidence) -> Finding:
    """At the pass mark; circulation counts no more than the recorded pressures allow, in one unit."""
    said, policy = _assessed(evidence), evidence.policy
    if isinstance(said, Finding):
        return said
    if said.aldrete_version != policy.aldrete_unit.version:
        words = (
            f"Scored as {said.aldrete_version}; circulation counts in {policy.aldrete_unit}. Assess again."
        )
        return _of_assessment(evidence, Verdict.UNKNOWN, words, "")
    computed = _circulation_now(evidence)
    circulation = said.circulation if computed is None else min(said.circulation, computed)
    total = said.aldrete - said.circulation + circulation
    verdict = Verdict.MET if total >= policy.aldrete_pass else Verdict.NOT_MET
    words = f"{total} of 10; {policy.aldrete_pass} is needed."
    if circulation < said.circulation:
        words += f" Circulation counts {circulation}: the pressure is too far from the one before the drug."
    return _of_assessment(evidence, verdict, words, f"Aldrete {total}")


def no_zero(evidence: Evidence) -> Finding:
    """No zero in respiration or saturation, whatever the total."""
    said = _assessed(evidence)
    if isinstance(said, Finding):
        return said
    datum = f"respiration {said.respiration}, saturation {said.saturation}"
    if said.respiration == 0 or said.saturation == 0:
        return _of_assessment(evidence, Verdict.NOT_MET, "A zero in breathing or oxygen.", datum)
    return _of_assessment(evidence, Verdict.MET, "No zero in breathing or oxygen.", datum)


# -- Gate B ---------------------------------------------------------------------------------------------


def stay(evidence: Evidence) -> Finding:
    """The product's minimum stay under this law is over, with what a sick liver adds (POP-7)."""
    session = evidence.session
    asked_for = stay_of(session, evidence.around, evidence.policy)
    if asked_for is None:
        return _unknown(f"No minimum stay is known for {session.product}.")
    ends_at = asked_for.ends_at(session)
    if ends_at is None:
        return _unknown("The end of the dose has not been recorded.")
    datum = _stay_datum(asked_for, evidence)
    if evidence.now < ends_at:
        left = minutes_until(ends_at, now=evidence.now)
        return Finding(verdict=Verdict.NOT_MET, words=f"{left} min to go.", datum=datum, due_at=ends_at)
    words = "Stayed long enough" if asked_for.minutes else "No fixed time: until clinically stable"
    return Finding(verdict=Verdict.MET, words=words, datum=datum, since=ends_at)


def _stay_datum(asked_for: Stay, evidence: Evidence) -> str:
    session, rule = evidence.session, asked_for.rule
    parts = [f"{rule.id}: {rule.minutes} min from {asked_for.clock}"]
    if asked_for.extra_min:
        parts.append(f"POP-7: {asked_for.extra_min} min more for the liver")
    if rule.clock is Clock.SPRAY and session.first_dose_at and session.last_drug_at:
        between = int((session.last_drug_at - session.first_dose_at).total_seconds() // 60)
        parts.append(f"first and last device {between} min apart")
    return "; ".join(parts)


def awake(evidence: Evidence) -> Finding:
    """MOAA/S is 5 now."""
    points = _since_drug(evidence, sedation)
    if (stale := _stale(evidence, points, "Sedation (MOAA/S)")) is not None:
        return stale
    last = points[-1]
    datum = f"MOAA/S {last.value}"
    if last.value < ALERT:
        return _not_met("Still sedated.", last, datum)
    return _resolved("No sedation was seen.", "Sedation resolved", points, lambda value: value < ALERT, datum)


def _resolved(
    never: str, resolved: str, points: Sequence[Point[V]], wrong: Callable[[V], bool], datum: str
) -> Finding:
    """Met: it never came, or it came and is over since a moment."""
    last, seen = points[-1], episode(points, wrong)
    return Finding(
        verdict=Verdict.MET,
        words=never if seen is None else resolved,
        datum=datum,
        at=last.at,
        entry_id=last.entry.id,
        since=seen.resolved.at if seen and seen.resolved else None,
    )


def cadss_ceiling(evidence: Evidence) -> int:
    """The highest CADSS-6 total that counts as back to baseline.

    Without a baseline it is the strictest that any baseline could give: a baseline of 0.
    """
    before = _before_drug(evidence, dissociation)
    return (before.value.total if before else 0) + evidence.policy.cadss_rise


def present(evidence: Evidence) -> Finding:
    """CADSS-6 is back to baseline + 2, without distress."""
    points = _since_drug(evidence, dissociation)
    if (stale := _stale(evidence, points, "Dissociation (CADSS-6)")) is not None:
        return stale
    ceiling = cadss_ceiling(evidence)

    def wrong(rating: DissociationRated) -> bool:
        return rating.total > ceiling or rating.distress

    last = points[-1]
    datum = f"CADSS-6 {last.value.total}, at most {ceiling}"
    if wrong(last.value):
        return _not_met("Distressed." if last.value.distress else "Still dissociated.", last, datum)
    return _resolved("No dissociation was seen.", "Dissociation resolved", points, wrong, datum)


def _alarming(evidence: Evidence, signal: str, value: float) -> bool:
    """Would this value by itself raise a reminder?"""
    return any(
        step.side.breached(value, step.bound)
        for limit in evidence.limits.limits
        if limit.signal == signal
        for step in limit.steps
    )


def breathing(evidence: Evidence) -> Finding:
    """Oxygen is fine now, and so is the breathing rate where it was counted."""
    points = _since_drug(evidence, vital("spo2_percent"))
    if (stale := _stale(evidence, points, "Oxygen saturation")) is not None:
        return stale
    last = points[-1]
    rates = _since_drug(evidence, vital("respiratory_rate_per_min"))
    datum = f"SpO2 {last.value:g} %" + (f", {rates[-1].value:g} breaths/min" if rates else "")
    if _alarming(evidence, "spo2_percent", last.value):
        return _not_met("Oxygen is too low.", last, datum)
    if rates and _alarming(evidence, "respiratory_rate_per_min", rates[-1].value):
        return _not_met("Breathing is too slow or too fast.", rates[-1], datum)
    return _met("Breathing and oxygen are fine.", last, datum)


def blood_pressure(evidence: Evidence) -> Finding:
    """Within limits, or below every alarm and not rising any more."""
    points = _since_drug(evidence, pressure)
    if (stale := _stale(evidence, points, "Blood pressure")) is not None:
        return stale
    last, limits, policy = points[-1], evidence.limits, evidence.policy
    datum = str(last.value)
    if last.value.below(policy.lowest_systolic_mmhg, policy.lowest_diastolic_mmhg):
        return _not_met("Too low.", last, datum)
    if last.value.within(limits.raised_systolic_mmhg, limits.raised_diastolic_mmhg):
        return _met("Within limits.", last, datum)
    if _alarming(evidence, "systolic_mmhg", last.value.systolic_mmhg) or _alarming(
        evidence, "diastolic_mmhg", last.value.diastolic_mmhg
    ):
        return _not_met("Too high.", last, datum)
    return _falling(points, datum)


def _falling(points: Sequence[Point[Pressure]], datum: str) -> Finding:
    last = points[-1]
    if len(points) < 2:
        return _unknown("Raised; take it again to see whether it falls.", last, datum)
    earlier = points[-2].value
    datum += f", before that {earlier}"
    if last.value.within(earlier.systolic_mmhg, earlier.diastolic_mmhg) and last.value != earlier:
        return _met("Raised, and falling.", last, datum)
    return _not_met("Raised, and not falling.", last, datum)


# -- Gate C ---------------------------------------------------------------------------------------------


def asked(field: str, yes: str, no: str) -> Callable[[Evidence], Finding]:
    """A criterion that is one answer of the assessment."""

    def judge(evidence: Evidence) -> Finding:
        said = _assessed(evidence)
        if isinstance(said, Finding):
            return said
        if getattr(said, field):
            return _of_assessment(evidence, Verdict.MET, yes, "")
        return _of_assessment(evidence, Verdict.NOT_MET, no, "")

    return judge


def escort(evidence: Evidence) -> Finding:
    """Someone with a name takes the patient home, or stays with them where home is where the dose was."""
    if evidence.handover is not None:
        return _met(f"Handed to {evidence.handover.handed_to}.")
    if evidence.readiness is not None and evidence.readiness.escort_name.strip():
        return _met(f"{evidence.readiness.escort_name} was named at readiness.")
    return _not_met("Escort not named.")


def instructions(evidence: Evidence) -> Finding:
    """Given in writing to the patient and to the escort; at release the release itself says so."""
    if evidence.handover is not None:
        given_to, newest = set(evidence.handover.instructions_given_to), None
    else:
        told = series(evidence.observations, given_in_writing)
        given_to = {str(who) for point in told for who in point.value.given_to}
        newest = told[-1] if told else None
    if evidence.handover is None and not given_to:
        return _not_met("Given at release.")
    missing = GIVEN_TO - given_to
    if missing:
        return _not_met(f"Not yet given to the {' and the '.join(sorted(missing))}.", newest)
    return _met("Given in writing to the patient and the escort.", newest)


def given_in_writing(payload: Payload) -> InstructionsGiven | None:
    """The instructions that were handed over or sent before the release."""
    return payload if isinstance(payload, InstructionsGiven) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table below."""

    id: str
    gates: str
    name: str
    judge: Callable[[Evidence], Finding]
    source: str


CRITERIA: Final = tuple(
    Rule(id=row[0], gates=row[1], name=row[2], judge=row[3], source=row[4])
    for row in (
        ("A-ALDRETE", "A", "Modified Aldrete score", aldrete,
         "[ALD-WJG]; pass mark 9 [ALD-WIKI]; circulation's unit is a policy (sources disagree, trap 21)"),
        ("A-ZERO", "A", "Breathing and oxygen in that score", no_zero, "design default"),
        ("B-STAY", "B", "Minimum stay", stay,
         "FSM-7 [FDA-REMS]; clock SPR-A8; MON-1 to MON-8, for ketamine design defaults; POP-7 [USPI19 §8.6]"),
        ("B-SEDATION", "B and C", "Awake", awake, "[FDA-REMS]; [MIMS-PH]; scale [MOAAS-BMC]"),
        ("B-DISSOCIATION", "B and C", "Present", present,
         "[FDA-REMS]; [MIMS-PH]; back to baseline + 2: design default"),
        ("B-BREATHING", "B", "Breathing", breathing,
         "[FDA-REMS]; bounds ALM-4 and ALM-5, design default; for ketamine a design default"),
        ("B-PRESSURE", "B", "Blood pressure", blood_pressure,
         "falling or stable [FDA-REMS]; [MIMS-PH]; bounds ELG-BP1, ELG-BP6, ALM-1, ALM-2; for ketamine a "
         "design default"),
        ("C-ORIENTED", "C", "Oriented", asked("oriented", "Oriented.", "Not oriented."), "[RCEM]; [NERVANA]"),
        ("C-GAIT", "C", "Walks steadily", asked("steady_gait", "Steady.", "Not steady yet."),
         "[RCEM]; [NERVANA]"),
        ("C-NAUSEA", "C", "Nausea", asked("nausea_absent_or_minimal", "None or minimal.", "Still nauseous."),
         "[RCEM]; [NERVANA]"),
        ("C-SUICIDE-CHECK", "C", "Suicide check",
         asked("suicide_check_done", "Done.", "Not done."), "[RCEM]; [NERVANA]"),
        ("C-ESCORT", "C", "Escort", escort, "[RCEM]; [NERVANA]; DAY-3 [LACDMH]"),
        ("C-INSTRUCTIONS", "C", "Instructions in writing", instructions, "[RCEM]; [NERVANA]"),
    )
)  # fmt: skip


def judge_discharge(evidence: Evidence) -> Judgement:
    """Every criterion, in order, at `evidence.now`."""
    return Judgement(
        criteria=tuple(
            Criterion(id=r.id, gates=r.gates, name=r.name, source=r.source, finding=r.judge(evidence))
            for r in CRITERIA
        ),
        judged_at=evidence.now,
        rulebook_version=evidence.policy.version,
    )
