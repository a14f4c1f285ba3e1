"""Today's synthetic sessions, each left where its plot says."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ajar.clinic.demo.day import WATCHED_MIN, Telling, dose, make_ready, receive
from ajar.clinic.demo.plots import Today
from ajar.clinic.demo.whole import tell_whole_session

SINCE_FIRST_DRUG_MIN: Final = {Today.DOSING: 24.0, Today.OBSERVED: 66.0}


def tell_today(telling: Telling, today: Today, *, now: datetime) -> None:
    """Tell the session up to now."""
    if today is Today.ARRIVED:
        receive(replace(telling, first_drug_at=now + timedelta(minutes=11)))
    elif today is Today.RELEASED:
        watched = WATCHED_MIN[telling.product]
        tell_whole_session(replace(telling, first_drug_at=now - timedelta(minutes=watched + 25)))
    elif (since := SINCE_FIRST_DRUG_MIN.get(today)) is not None:
        begun = replace(telling, first_drug_at=now - timedelta(minutes=since))
        receive(begun)
        make_ready(begun)
        dose(begun, until_min=since)
