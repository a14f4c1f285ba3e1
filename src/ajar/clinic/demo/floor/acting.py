"""Each act of a scenario through the service that the page for it uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.bedside.services import Wishes, call_for_help, make_screen
from ajar.clinic.demo.floor.cast import Bed, Floor
from ajar.clinic.demo.floor.drug import GIVEN, prepared_as
from ajar.clinic.discharge import services as discharge
from ajar.clinic.dosing import services as dosing
from ajar.clinic.dosing.dispensing import dispense_lozenges
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.monitoring import services as monitoring
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.clinic.patients.models import Encounter
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.exchange.scenarios import acts
from ajar.pathway.discharge.entries import DischargeAssessed, Released
from ajar.pathway.dosing import entries
from ajar.pathway.dosing.drug import HELD_IN_MOUTH
from ajar.pathway.evaluation.products import AT_HOME, NASAL
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.observations.vitals import VitalsMeasured

HELD_MIN: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where and when an act is played."""

    floor: Floor
    bed: Bed
    now: datetime

    def told(self, by: Account) -> dict[str, Any]:
        """What every service of the day is told."""
        return {"encounter_id": self.bed.encounter_id, "by": by, "now": self.now, "expected": ANYWHERE}

    def seen(self) -> dict[str, Any]:
        """What every service of observation is told."""
        return {"encounter_id": self.bed.encounter_id, "by": self.floor.nurse, "now": self.now}


def perform(act: acts.Act, scene: Scene) -> None:
    """Play one act of a person.

    Raises:
        ValueError: the service's refusal, in its own words.
    """
    PERFORMED[type(act)](act, scene)


def _arrive(_: acts.Arrive, scene: Scene) -> None:
    dosing.arrive(room=scene.bed.room, **scene.told(scene.floor.nurse))


def _move(move: acts.Move, scene: Scene) -> None:
    room = Room.objects.get(site=scene.floor.site, name=move.room)
    monitor = dosing.Monitor.GOES_ALONG if move.monitor else dosing.Monitor.STAYS
    dosing.move_patient(room=room, because=move.because, monitor=monitor, **scene.told(scene.floor.nurse))


def _ask(ask: acts.Ask, scene: Scene) -> None:
    product = scene.bed.simulated.product
    answered = entries.ReadinessAnswered(
        last_solids_at=scene.now - timedelta(hours=ask.solids_h_ago),
        last_liquids_at=scene.now - timedelta(hours=ask.liquids_h_ago),
        escort_name=ask.escort,
        escort_phone=ask.escort_phone,
        intoxication_signs=ask.intoxicated,
        new_medicines=ask.new_medicines,
        new_symptoms=ask.new_symptoms,
        suicidal_thoughts_since_last_visit=ask.suicidal_thoughts,
        nasal_product_within_1_h=ask.nasal_product if product in NASAL else None,
        stimulant_today=ask.stimulant,
        could_be_pregnant=ask.could_be_pregnant,
        will_drive=ask.will_drive,
        prescriber_on_site=scene.floor.prescriber.titled_name if product in NASAL else "",
        home=_at_home(ask) if product in AT_HOME else None,
    )
    dosing.answer_readiness(answered=answered, **scene.told(scene.floor.nurse))


def _at_home(ask: acts.Ask) -> entries.AtHome:
    return entries.AtHome(
        chaperone_name=ask.escort,
        chaperone_phone=ask.escort_phone,
        chaperone_is_adult=ask.chaperone,
        chaperone_present=ask.chaperone,
        seen_by_video=ask.video,
        place="12 Quay Road",
    )


def _order(order: acts.Order, scene: Scene) -> None:
    dosing.order_dose(
        amount_mg=order.mg or scene.bed.simulated.dose_mg,
        duration_min=40.0,
        because=order.because,
        **scene.told(scene.floor.prescriber),
    )


def _check(check: acts.Check, scene: Scene) -> None:
    dosing.check_order(
        second=None if check.alone else scene.floor.second,
        lot=check.lot,
        expires_on=_next_year(scene.now),
        prepared=prepared_as(scene.bed.simulated.product, scene.bed.simulated.dose_mg),
        **scene.told(scene.floor.nurse),
    )


def _next_year(now: datetime) -> date:
    return date(now.year + 1, 6, 30)


def _dispense(dispense: acts.Dispense, scene: Scene) -> None:
    dispense_lozenges(
        doses=dispense.doses,
        unit_mg=prepared_as(scene.bed.simulated.product, scene.bed.simulated.dose_mg).unit_mg or 0.0,
        lot=dispense.lot,
        expires_on=_next_year(scene.now),
        pharmacy="Quay pharmacy",
        **scene.told(scene.floor.nurse),
    )


def _confirm(_: acts.Confirm, scene: Scene) -> None:
    dosing.confirm_ready(**scene.told(scene.floor.nurse))


def _give(give: acts.Give, scene: Scene) -> None:
    simulated = scene.bed.simulated
    GIVEN[simulated.product](give.mg or simulated.dose_mg, scene.told(scene.floor.nurse))


def _pause(pause: acts.Pause, scene: Scene) -> None:
    dosing.change_infusion(
        act=entries.Act.PAUSED, rate_mg_per_h=None, because=pause.because, **scene.told(scene.floor.nurse)
    )


def _resume(_: acts.Resume, scene: Scene) -> None:
    dosing.change_infusion(
        act=entries.Act.RESUMED, rate_mg_per_h=None, because="", **scene.told(scene.floor.nurse)
    )


def _end(end: acts.End, scene: Scene) -> None:
    held = scene.bed.simulated.product in HELD_IN_MOUTH
    order = session_now(scene.bed.encounter_id).order
    dosing.end_dose(
        total_mg=end.mg or (order.amount_mg if order else scene.bed.simulated.dose_mg),
        because=end.because,
        held_min=HELD_MIN if held else None,
        residue=entries.Residue.SPAT if held else None,
        **scene.told(scene.floor.nurse),
    )


def _measure(measure: acts.Measure, scene: Scene) -> None:
    values = {**scene.bed.simulated.baseline, **measure.vitals}
    kept = {name: value for name, value in values.items() if not measure.only or name in measure.only}
    at = scene.now - timedelta(minutes=measure.late_min)
    vitals = VitalsMeasured(**kept, confirmed_unusual=True)  # type: ignore[arg-type]
    monitoring.record_vitals(vitals=vitals, measured_at=at, **scene.seen())
    _scores(measure, scene, at)


def _rate(rate: acts.Rate, scene: Scene) -> None:
    _scores(rate, scene, scene.now)


def _scores(scored: acts.Measure | acts.Rate, scene: Scene, at: datetime) -> None:
    if scored.sedation is not None:
        monitoring.rate_sedation(moaa_s=scored.sedation, measured_at=at, **scene.seen())
    if scored.dissociation is not None:
        items = spread(scored.dissociation)
        monitoring.rate_dissociation(items=items, distress=scored.distress, measured_at=at, **scene.seen())


def spread(total: int) -> tuple[int, ...]:
    """A CADSS-6 total over its six items, as evenly as it goes."""
    return tuple(total // 6 + (place < total % 6) for place in range(6))


def _note(note: acts.Note, scene: Scene) -> None:
    monitoring.note_event(event=note.event, severity=note.severity, action=note.action, **scene.seen())


def _call(_: acts.Call, scene: Scene) -> None:
    encounter = Encounter.objects.get(pk=scene.bed.encounter_id)
    screen = PatientScreen.objects.filter(encounter=encounter).order_by("made_at").last()
    if screen is None:
        screen = make_screen(encounter=encounter, wishes=Wishes(), by=scene.floor.nurse, now=scene.now)
    call_for_help(screen=screen, press=uuid4(), now=scene.now)


def _acknowledge(act: acts.Acknowledge, scene: Scene) -> None:
    monitoring.acknowledge_alarm(alarm=_alarm(act, scene), **scene.seen())


def _resolve(act: acts.Resolve, scene: Scene) -> None:
    monitoring.resolve_alarm(alarm=_alarm(act, scene), action=act.action, **scene.seen())


def _alarm(act: acts.Acknowledge | acts.Resolve, scene: Scene) -> Alarm:
    for alarm in standing_alarms(scene.bed.encounter_id, now=scene.now):
        if (alarm.id, alarm.signal) == (act.alarm, act.about):
            return alarm
    raise ValueError(f"No alarm {act.alarm} {act.about} stands.")


def _assess(assess: acts.Assess, scene: Scene) -> None:
    assessed = DischargeAssessed(
        activity=assess.activity,
        respiration=assess.respiration,
        circulation=assess.circulation,
        consciousness=assess.consciousness,
        saturation=assess.saturation,
        oriented=assess.oriented,
        steady_gait=assess.steady_gait,
        nausea_absent_or_minimal=assess.nausea_minimal,
        suicide_check_done=assess.suicide_check,
        suicide_check_note="Asked; no thoughts of suicide." if assess.suicide_check else "",
    )
    discharge.assess(assessed=assessed, **scene.told(scene.floor.nurse))


def _recover(_: acts.Recover, scene: Scene) -> None:
    discharge.confirm_recovery(**scene.told(scene.floor.nurse))


def _lose(lose: acts.Lose, scene: Scene) -> None:
    discharge.lose_recovery(because=lose.because, **scene.told(scene.floor.nurse))


def _release(act: acts.Release, scene: Scene) -> None:
    released = Released(
        handed_to=act.handed_to,
        handed_to_relation="friend",
        instructions_language="en",
        instructions_given_to=act.given_to,
        ready_without_rule_min=act.ready_without_rule,
    )
    discharge.release(released=released, **scene.told(scene.floor.nurse))


def _leave(leave: acts.Leave, scene: Scene) -> None:
    discharge.leave_against_advice(
        because=leave.because, advised=leave.advised, **scene.told(scene.floor.nurse)
    )


def _cancel(cancel: acts.Cancel, scene: Scene) -> None:
    dosing.cancel_session(because=cancel.because, **scene.told(scene.floor.nurse))


PERFORMED: Final[Mapping[type, Callable[[Any, Scene], None]]] = {
    acts.Arrive: _arrive,
    acts.Move: _move,
    acts.Ask: _ask,
    acts.Order: _order,
    acts.Check: _check,
    acts.Dispense: _dispense,
    acts.Confirm: _confirm,
    acts.Give: _give,
    acts.Pause: _pause,
    acts.Resume: _resume,
    acts.End: _end,
    acts.Measure: _measure,
    acts.Rate: _rate,
    acts.Note: _note,
    acts.Call: _call,
    acts.Acknowledge: _acknowledge,
    acts.Resolve: _resolve,
    acts.Assess: _assess,
    acts.Recover: _recover,
    acts.Lose: _lose,
    acts.Release: _release,
    acts.Leave: _leave,
    acts.Cancel: _cancel,
}
"""Acts of people. What a device sends is in messages.py."""
