"""A forecast is frozen once for a checked order, before any drug; and scored when the patient has left."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ajar.clinic.dosing.forecasting import forecast_for, inputs_of
from ajar.clinic.dosing.judging import encounter_of
from ajar.clinic.dosing.recording import held
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.sightings import sightings
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.staff.authors import SYSTEM
from ajar.pathway.dosing.drug import is_complete
from ajar.pathway.dosing.forecast import (
    ForecastFrozen,
    ForecastRefused,
    ForecastScored,
    forecast_of,
    order_to_forecast,
)
from ajar.pathway.dosing.forecast_scoring import SCORING_VERSION, observations, scores_of
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry, NewEntry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload

KINDS: Final = (ForecastFrozen.KIND, EnteredInError.KIND)


def frozen_forecast(session: Session) -> Entry | None:
    """The forecast of this session's order as it stands, if one was frozen."""
    return forecast_of(all_encounter_entries(session.encounter_id, kinds=KINDS), session.order_id)


def freeze_forecast(*, encounter_id: UUID, now: datetime) -> Entry:
    """Freeze what is expected of the checked order; where that was done, the one that stands.

    The engine is asked before the chart is locked: nobody waits for it to record something.

    Raises:
        ForecastRefused: no checked order, or drug was given already.
    """
    session = session_now(encounter_id)
    if (found := frozen_forecast(session)) is not None:
        return found
    order_id, order = order_to_forecast(session)
    inputs = inputs_of(session, order, encounter_of(session), now=now)
    return _freeze(forecast_for(inputs, order_id=order_id), encounter_id, now=now)


@transaction.atomic
def _freeze(expected: ForecastFrozen, encounter_id: UUID, *, now: datetime) -> Entry:
    """Of two who freeze at once, the first wins; an order or a drug that came meanwhile wins over both."""
    session = held(encounter_id)
    if (found := frozen_forecast(session)) is not None:
        return found
    order_id, _order = order_to_forecast(session)
    if order_id != expected.order_id:
        raise ForecastRefused("The order changed while its forecast was made.")
    return _record(expected, session, now=now)


@transaction.atomic
def score_forecast(*, encounter_id: UUID, now: datetime) -> Entry | None:
    """Score the frozen forecast against what was observed, once; None where there is nothing to score."""
    session = held(encounter_id)
    entry = frozen_forecast(session)
    if entry is None or session.first_dose_at is None or scored_of(encounter_id) is not None:
        return None
    forecast = entry.payload
    if not isinstance(forecast, ForecastFrozen) or not forecast.bands:
        return None
    given_mg = session.given_mg(now=now)
    seen = observations(sightings(encounter_id), first_dose_at=session.first_dose_at)
    scored = ForecastScored(
        forecast_id=entry.id,
        scoring_version=SCORING_VERSION,
        product=forecast.product,
        model=forecast.model,
        model_version=forecast.model_version,
        given_mg=given_mg,
        as_ordered=_as_ordered(given_mg, forecast.dose_mg),
        outputs=scores_of(forecast, seen),
    )
    return _record(scored, session, now=now)


def _as_ordered(given_mg: float, ordered_mg: float) -> bool:
    """In full, and no more, up to the rounding of a pump."""
    return is_complete(total_mg=given_mg, ordered_mg=ordered_mg) and is_complete(
        total_mg=ordered_mg, ordered_mg=given_mg
    )


def scored_of(encounter_id: UUID) -> ForecastScored | None:
    """How this session's forecast fared, once it was scored."""
    for entry in all_encounter_entries(encounter_id, kinds=(ForecastScored.KIND,)):
        if isinstance(entry.payload, ForecastScored):
            return entry.payload
    return None


def _record(payload: Payload, session: Session, *, now: datetime) -> Entry:
    new = NewEntry(payload=payload, happened_at=now, encounter_id=session.encounter_id, source=Source.SYSTEM)
    (entry,) = append([new], patient_id=session.patient_id, expected=ANYWHERE, by=SYSTEM, now=now)
    return entry
