"""A patient's dose at home as they see it: may it be taken, what is due, is a call open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise

from ajar.clinic.bedside.home_words import MET, NOT_MET, OF_THE_DAY, TOO_HIGH
from ajar.clinic.dosing.judging import day_findings, home_risk
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.monitoring.selectors import vitals_now, watch, watching_of
from ajar.clinic.patients.models import Encounter, Patient
from ajar.pathway.dosing.entries import ChaperoneAttested
from ajar.pathway.dosing.home import HOME_RULES
from ajar.pathway.dosing.readiness import in_the_way
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import IN_ROOM, Stage
from ajar.pathway.evaluation.findings import Finding, Verdict
from ajar.pathway.evaluation.products import AT_HOME
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.monitoring.calling import Call, call_of
from ajar.pathway.monitoring.due import Due
from ajar.pathway.monitoring.latest import VitalsNow

AROUND: Final = timedelta(hours=24)
"""From the day before, the page says what has to be in place (design default)."""
HOME_IDS: Final = tuple(rule.id for rule in HOME_RULES)


class Phase(StrEnum):
    """Where the dose at home stands for the person at home."""

    COMING = "coming"  # the clinic has not opened it by video yet
    BEFORE = "before"  # seen by video; no lozenge yet
    RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a dose at home, in words for the patient; `because` is the rule's own, for staff."""

    rule_id: str
    is_met: bool
    words: Promise
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSession:
    """Everything on the page. `conditions` are judged until the lozenge is taken."""

    session: Session
    encounter: Encounter
    phase: Phase
    conditions: tuple[Condition, ...]
    attested: Entry | None
    vitals: VitalsNow
    dues: tuple[Due, ...]
    call: Call

    @property
    def refused(self) -> tuple[Condition, ...]:
        """What keeps the lozenge from being taken."""
        return tuple(one for one in self.conditions if not one.is_met)


def home_session_of(patient: Patient, *, now: datetime) -> HomeSession | None:
    """The dose at home that runs, or the one planned for today; None where there is none."""
    row = home_row(patient, now=now)
    return seen_at_home(session_of(row), now=now) if row is not None else None


def home_row(patient: Patient, *, now: datetime) -> DosingNow | None:
    """The row of that session, for a page that only asks whether there is one."""
    rows = DosingNow.objects.filter(patient=patient, product__in=AT_HOME)
    running = rows.filter(stage__in=IN_ROOM).order_by("-starts_at").first()
    planned = rows.filter(stage=Stage.PLANNED, starts_at__range=(now - AROUND, now + AROUND))
    return running or planned.order_by("starts_at").first()


def seen_at_home(session: Session, *, now: datetime) -> HomeSession:
    """One dose at home as it stands."""
    vitals = vitals_now(session.encounter_id)
    watched = watch(session, vitals, now=now, watching=watching_of(session.encounter_id))
    phase = phase_of(session)
    return HomeSession(
        session=session,
        encounter=Encounter.objects.select_related("patient", "site").get(pk=session.encounter_id),
        phase=phase,
        conditions=() if phase is Phase.RUNNING else conditions_of(session, now=now),
        attested=attested_in(session),
        vitals=vitals,
        dues=watched.dues,
        call=call_of(vitals.events, vitals.seen),
    )


def phase_of(session: Session) -> Phase:
    """By the stage of the session."""
    if session.stage is Stage.PLANNED:
        return Phase.COMING
    return Phase.BEFORE if session.stage in (Stage.ARRIVED, Stage.READY) else Phase.RUNNING


def conditions_of(session: Session, *, now: datetime) -> tuple[Condition, ...]:
    """Each condition of clinical.md 1.7, and whether it is met now. What nobody recorded is not met."""
    findings = {finding.rule_id: finding for finding in day_findings(session, now=now)}
    at_home = [_judged(findings[rule_id]) for rule_id in HOME_IDS if rule_id in findings]
    others = [one for rule_id, one in findings.items() if rule_id not in HOME_IDS]
    return (*at_home, _risk(session), _of_the_day(others))


def _judged(finding: Finding) -> Condition:
    is_met = finding.verdict is Verdict.PASS
    words = MET[finding.rule_id] if is_met else NOT_MET[finding.rule_id]
    if finding.rule_id == "SL-07b" and finding.verdict is Verdict.STOP:
        words = TOO_HIGH
    return Condition(rule_id=finding.rule_id, is_met=is_met, words=words, because=finding.ruling.because)


def _risk(session: Session) -> Condition:
    against = home_risk(session)
    words = NOT_MET["PRT-2"] if against else MET["PRT-2"]
    because = against.because if against else ""
    return Condition(rule_id="PRT-2", is_met=against is None, words=words, because=because)


def _of_the_day(findings: Iterable[Finding]) -> Condition:
    blocking = in_the_way(findings)
    words = NOT_MET[OF_THE_DAY] if blocking else MET[OF_THE_DAY]
    because = " ".join(f"{one.title}: {one.ruling.because}" for one in blocking)
    return Condition(rule_id=OF_THE_DAY, is_met=not blocking, words=words, because=because)


def attested_in(session: Session) -> Entry | None:
    """The chaperone's attestation of this session, the newest."""
    told = effective(all_encounter_entries(session.encounter_id))
    found = [entry for entry in told if isinstance(entry.payload, ChaperoneAttested)]
    return found[-1] if found else None
