"""Reads of the vital signs as they stand, what they mean, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.monitoring.devices import devices_in
from ajar.clinic.monitoring.models import SignsNow
from ajar.clinic.monitoring.readmodel import vitals_of
from ajar.clinic.staff.models import Site
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.products import Jurisdiction
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.entry import effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.cadence import Cadence
from ajar.pathway.monitoring.due import Ahead, Due, ahead, all_due, last_times
from ajar.pathway.monitoring.latest import VitalsNow
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs, needs_of
from ajar.pathway.monitoring.plans import cadence_of
from ajar.pathway.monitoring.silence import Bound, silences


def vitals_now(encounter_id: UUID) -> VitalsNow:
    """The newest values of an encounter; empty before the first reading."""
    row = SignsNow.objects.filter(pk=encounter_id).first()
    return vitals_of(row) if row else VitalsNow(encounter_id=encounter_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """By what a session is watched: the clinic's plans and limits, the law, and what the patient needs."""

    programme: Programme
    jurisdiction: str = Jurisdiction.US
    needs: Needs = NO_NEEDS
    devices: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A session with its vital signs, what is due, what is still to come, and what stands."""

    session: Session
    vitals: VitalsNow
    dues: tuple[Due, ...]
    alarms: tuple[Alarm, ...]
    plan: Cadence | None = None
    needs: Needs = NO_NEEDS
    now: datetime | None = None

    @property
    def due(self) -> Due | None:
        """What is due first."""
        return self.dues[0] if self.dues else None

    @property
    def ahead(self) -> tuple[Ahead, ...]:
        """Everything the plan still asks for."""
        if self.plan is None or self.now is None:
            return ()
        return ahead(self.session, last_times(self.vitals), self.plan, now=self.now, needs=self.needs)


def watch(session: Session, vitals: VitalsNow, *, now: datetime, watching: Watching) -> Watch:
    """What a session's readings mean now. Nothing stands on a patient who is not in a room."""
    if session.stage not in IN_ROOM:
        return Watch(session=session, vitals=vitals, dues=(), alarms=())
    ours = watching.programme
    plan = cadence_of(session.product, jurisdiction=watching.jurisdiction, cadences=ours.observations)
    dues = all_due(session, last_times(vitals), plan, now=now, needs=watching.needs)
    ordered = tuple(sorted(dues, key=lambda due: due.at))
    alarms = alarm_conditions(vitals, ours.alarms, dues=ordered, now=now)
    alarms += tuple(
        one
        for device in watching.devices
        for one in silences(vitals, plan, device, now=now, policy=ours.silence)
    )
    return Watch(
        session=session,
        vitals=vitals,
        dues=ordered,
        alarms=alarms,
        plan=plan,
        needs=watching.needs,
        now=now,
    )


def watchings(rows: Iterable[DosingNow]) -> dict[UUID, Watching]:
    """By what each of these sessions is watched: four queries whatever their number.

    The needs are those of the newest signed evaluation for the product.
    """
    known = list(rows)
    laws = dict(Site.objects.filter(pk__in={row.site_id for row in known}).values_list("pk", "jurisdiction"))
    found, ours = findings_of({row.patient_id for row in known}), programme()
    devices = devices_in({row.room_id for row in known if row.room_id is not None})
    return {
        row.pk: Watching(
            programme=ours,
            jurisdiction=laws[row.site_id],
            needs=needs_of(found.get((row.patient_id, row.product), ())),
            devices=devices.get(row.room_id, ()) if row.room_id is not None else (),
        )
        for row in known
    }


def findings_of(patients: Iterable[UUID]) -> dict[tuple[UUID, str], tuple[str, ...]]:
    """What the newest signed evaluation found, by patient and product."""
    kinds = (EvaluationSigned.KIND, EnteredInError.KIND)
    rows = LedgerEntry.objects.filter(patient_id__in=list(patients), kind__in=kinds)
    signed = effective(entry_of(row) for row in rows.order_by("patient_id", "position"))
    return {
        (entry.patient_id, entry.payload.product): entry.payload.findings
        for entry in signed
        if isinstance(entry.payload, EvaluationSigned)
    }


def watching_of(encounter_id: UUID) -> Watching:
    """By what one session is watched."""
    rows = DosingNow.objects.filter(pk=encounter_id)
    return watchings(rows).get(encounter_id) or Watching(programme=programme())


def standing_alarms(encounter_id: UUID, *, now: datetime) -> tuple[Alarm, ...]:
    """The alarms of one encounter; none where no session runs."""
    return standing_alarms_of([encounter_id], now=now).get(encounter_id, ())


def standing_alarms_of(encounters: Iterable[UUID], *, now: datetime) -> dict[UUID, tuple[Alarm, ...]]:
    """The alarms of each of these encounters whose session runs: six queries whatever their number."""
    rows = list(DosingNow.objects.filter(pk__in=list(encounters), stage__in=IN_ROOM))
    if not rows:
        return {}
    plans = watchings(rows)
    signs = {sign.pk: vitals_of(sign) for sign in SignsNow.objects.filter(pk__in=plans)}
    return {
        row.pk: watch(
            session_of(row),
            signs.get(row.pk) or VitalsNow(encounter_id=row.pk),
            now=now,
            watching=plans[row.pk],
        ).alarms
        for row in rows
    }


def alarm_key_of(alarms: Iterable[Alarm]) -> str:
    """Which alarms stand and who has seen them, in one line: when it changes, a page shows others."""
    return ";".join(
        f"{alarm.priority} {alarm.key} {'over ' if alarm.latched else ''}{alarm.seen_by}".strip()
        for alarm in alarms
    )
