"""The corridor: frozen once before the drug, scored once at release, drawn from what was frozen."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ajar.clinic.discharge import services as discharge
from ajar.clinic.dosing import forecasting
from ajar.clinic.dosing.fared import ForecastsFared, tallies
from ajar.clinic.dosing.forecasting import Inputs, forecast_for
from ajar.clinic.dosing.freezing import freeze_forecast, score_forecast
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_encounter_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.monitoring import services as monitoring
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.entries import DoseOrdered
from ajar.pathway.dosing.forecast import ForecastFrozen, ForecastRefused, ForecastScored, Output
from ajar.pathway.evaluation.products import Product
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from ajar.pharmacology.person import Person
from tests.clinic.dosing.scenario import DOSES_MG, Day

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """As few as a band may have: what is tested is not its last digit."""
    monkeypatch.setattr(forecasting, "PEOPLE", 20)


def weighed(day: Day) -> Day:
    """The chart knows the weight."""
    day.note(VitalsMeasured(weight_kg=70.0))
    return day


def freeze(day: Day) -> ForecastFrozen:
    entry = freeze_forecast(encounter_id=day.encounter_id, now=day.now)
    assert isinstance(entry.payload, ForecastFrozen)
    return entry.payload


def kinds(day: Day) -> list[str]:
    rows = LedgerEntry.objects.filter(encounter_id=day.encounter_id, kind__startswith="forecast.")
    return list(rows.order_by("seq").values_list("kind", flat=True))


def rated(day: Day, *items: int) -> None:
    monitoring.rate_dissociation(
        encounter_id=day.encounter_id, items=items, distress=False, by=day.nurse, now=day.now
    )


def test_a_forecast_is_frozen_once_for_the_checked_order_with_what_it_was_made_of(
    infusion: Day, room: Room
) -> None:
    day = weighed(infusion).arrived(room).vitals(systolic_mmhg=122.0).asked().ordered()
    with pytest.raises(ForecastRefused, match="once the order has been checked"):
        freeze(day)
    day.checked().confirmed()
    position = decision_position(day.patient.pk)
    first = freeze(day)
    assert freeze(day.after(3)) == first
    assert kinds(day) == ["forecast.frozen"]
    assert decision_position(day.patient.pk) == position, "nobody's open form became stale"
    assert (first.weight_kg, first.dose_mg, first.seed, first.people) == (70.0, 35.0, forecasting.SEED, 20)
    assert [band.output for band in first.bands] == list(Output)
    systolic = first.band(Output.SYSTOLIC)
    assert systolic is not None
    assert systolic.p50[0] == pytest.approx(122.0, abs=1.0), "it stands on today's own pressure"
    assert (first.minutes[0], first.minutes[-1]) == (0.0, 240.0)
    assert {peak.model for peak in first.models} >= {"u1", "clements_1981"}


def test_what_was_frozen_is_scored_once_against_what_was_seen(infusion: Day, room: Room) -> None:
    day = weighed(infusion).ready(room)
    frozen = freeze(day).band(Output.SYSTOLIC)
    assert frozen is not None
    day.started().after(20).vitals(systolic_mmhg=frozen.p50[4])
    day.after(25).vitals(systolic_mmhg=290.0, diastolic_mmhg=90.0)
    rated(day.after(25), 2, 2, 2, 0, 0, 0)
    day.after(45).ended()
    entry = score_forecast(encounter_id=day.encounter_id, now=day.now)
    assert entry is not None
    assert score_forecast(encounter_id=day.encounter_id, now=day.now) is None
    assert kinds(day) == ["forecast.frozen", "forecast.scored"]
    scored = entry.payload
    assert isinstance(scored, ForecastScored)
    assert scored.as_ordered
    by_output = {one.output: one for one in scored.outputs}
    pressure = by_output[Output.SYSTOLIC]
    assert (pressure.number, pressure.inside_50, pressure.inside_90) == (2, 1, 1)
    assert [one.value for one in pressure.observations] == [frozen.p50[4], 290.0]
    assert by_output[Output.DISSOCIATION].observations[0].value == pytest.approx(23.0)
    assert by_output[Output.KETAMINE].interval_score is None, "nobody measures it"


def test_the_record_counts_what_was_scored_and_can_be_made_anew(infusion: Day, room: Room) -> None:
    day = weighed(infusion).ready(room)
    freeze(day)
    day.started().after(20).vitals(systolic_mmhg=299.0)
    day.after(41).ended()
    score_forecast(encounter_id=day.encounter_id, now=day.now)
    [tally] = [one for one in tallies(day.nurse) if one.output == Output.SYSTOLIC]
    assert (tally.sessions, tally.number, tally.share_50, tally.share_90) == (1, 1, 0.0, 0.0)
    assert tally.mean_error is not None
    assert tally.mean_error > 100
    [none] = [one for one in tallies(day.nurse) if one.output == Output.KETAMINE]
    assert none.share_90 is none.mean_error is None
    model = ForecastsFared()
    before = model.snapshot()
    model.clear()
    model.follow(all_encounter_entries(day.encounter_id))
    assert model.snapshot() == before


def test_leaving_scores_what_was_frozen_and_only_then(infusion: Day, room: Room) -> None:
    def leave(day: Day) -> None:
        discharge.leave_against_advice(
            encounter_id=day.encounter_id,
            because="A bus.",
            advised="To stay.",
            by=day.nurse,
            now=day.now,
            expected=ANYWHERE,
        )

    day = weighed(infusion).ready(room)
    freeze(day)
    day.started().after(20).vitals(systolic_mmhg=128.0)
    day = day.after(41).ended()
    leave(day)
    assert kinds(day) == ["forecast.frozen", "forecast.scored"]


def test_after_the_first_drug_a_forecast_would_be_hindsight(infusion: Day, room: Room) -> None:
    day = weighed(infusion).ready(room).started()
    with pytest.raises(ForecastRefused, match="hindsight"):
        freeze(day)
    assert score_forecast(encounter_id=day.encounter_id, now=day.now) is None
    assert kinds(day) == []


def test_what_keeps_a_forecast_from_being_made_is_frozen_in_words_and_holds_nobody_up(
    infusion: Day, room: Room
) -> None:
    day = infusion.ready(room)
    frozen = freeze(day)
    assert (frozen.bands, frozen.because) == ((), "the weight: none is recorded")
    day.started().after(41).ended()
    assert score_forecast(encounter_id=day.encounter_id, now=day.now) is None


@pytest.mark.parametrize("product", Product)
def test_every_product_has_its_corridor_and_earlier_doses_are_felt_in_it(product: Product) -> None:
    order = DoseOrdered(
        product=product,
        amount_mg=DOSES_MG[product],
        duration_min=40.0 if product is Product.KETAMINE_IV else None,
        devices=None,
        meaning="I order this dose.",
    )
    first = Inputs(order=order, person=Person(weight_kg=70.0), missing=(), resting_mmhg=None, earlier=())
    told = (product, order.amount_mg, 40.0, 48.0)
    fourth = replace(first, resting_mmhg=120.0, earlier=(told, (*told[:3], 24.0), (*told[:3], 12.0)))
    peaks = []
    for inputs, outputs in ((first, {Output.KETAMINE, Output.DISSOCIATION}), (fourth, set(Output))):
        frozen = forecast_for(inputs, order_id=uuid4())
        assert frozen.because == ""
        assert {band.output for band in frozen.bands} == outputs
        assert (frozen.minutes[0], frozen.minutes[-1]) == (0.0, 240.0)
        assert frozen.models
        dissociation = frozen.band(Output.DISSOCIATION)
        assert dissociation is not None
        peaks.append(max(dissociation.p50))
    assert peaks[1] < peaks[0]


def test_the_page_draws_the_corridor_and_the_record_is_one_click_away(
    client: Client, as_role: Any, infusion: Day, room: Room
) -> None:
    day = weighed(infusion).arrived(room).vitals().asked().ordered()
    nurse = as_role(client, Role.NURSE)
    page = f"/encounters/{day.encounter_id}/"
    assert b"once the order has been checked" in nurse.get(page).content
    day.checked().confirmed()
    whole = nurse.get(page).content
    assert b"Draw and freeze the forecast" in whole
    assert whole.index(b'id="observe"') < whole.index(b'id="corridor"'), "the work stands above the picture"
    piece = nurse.post(f"{page}corridor/freeze/", headers={"X-Requested-With": "fetch"}).content.decode()
    assert "Not for therapy decisions" in piece
    assert piece.count('data-status="established"') == 3
    assert "population" in piece
    assert nurse.post(f"{page}corridor/freeze/").status_code == 302
    assert kinds(day) == ["forecast.frozen"]
    day.started().after(12).vitals(systolic_mmhg=139.0)
    rated(day.after(12), 1, 1, 0, 0, 0, 0)
    drawn = nurse.get(f"{page}corridor/").content.decode()
    assert "139 mmHg" in drawn
    assert "CADSS-6 2 of 24, drawn at 8 of 92" in drawn
    assert drawn.count("chart-point") == 2
    day.after(41).ended()
    assert b"No forecast has been scored yet" in nurse.get("/forecasts/").content
    score_forecast(encounter_id=day.encounter_id, now=day.now + timedelta(minutes=50))
    record = nurse.get("/forecasts/").content.decode()
    assert "Systolic pressure" in record
    assert "1 of 1" in record
    assert "another dose was given" not in record
