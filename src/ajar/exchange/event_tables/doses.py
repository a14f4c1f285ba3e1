"""A dose row as administrations: route, amount, time it takes, and the doses that ADDL adds."""

from typing import Final

from ajar.exchange.event_tables.cells import Row
from ajar.exchange.event_tables.columns import COMPARTMENTS, LATEST_H, Column
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import (
    LARGEST_AMOUNT_MG,
    LONGEST_HOLD_H,
    AfterHold,
    DosingEvent,
    Route,
)

MOST_ADDED: Final = 10_000
"""More additional doses than anyone takes (27 years of daily ones): a slip of the column."""

LONGEST_INFUSION_H: Final = 336.0
"""Two weeks: a longer infusion has its time in another unit (a choice)."""

SAME_SHARE: Final = 1e-6
"""RATE and DUR of one row agree to this share."""

_BY_NUMBER: Final = {number: route for route, (number, _) in COMPARTMENTS.items()}
_BY_NAME: Final = {name: route for route, (_, names) in COMPARTMENTS.items() for name in names}
_KNOWN: Final = ", ".join(f"{number} {names[0]}" for number, names in COMPARTMENTS.values())


def doses_in(row: Row, time_h: float) -> list[DosingEvent]:
    """Every administration of a dose row, in order.

    Raises:
        BadEventTable: a cell that does not say what a dose needs, or says it of another kind of dose.
    """
    if row.number_in(Column.SS):
        raise row.refuse(Column.SS, "0: write the doses that led to the steady state, with ADDL and II")
    route = route_in(row)
    if route is None:
        raise row.refuse(Column.CMT, f"the route of the dose: {_KNOWN}")
    amount_mg, drug = _amount_mg(row), _drug(row)
    duration_h, after_hold = _duration_h(row, route, amount_mg), _after_hold(row, route)
    added, interval_h = _repeats(row)
    return [
        DosingEvent(
            drug=drug,
            amount_mg=amount_mg,
            route=route,
            start_h=time_h + number * interval_h,
            duration_h=duration_h,
            after_hold=after_hold,
        )
        for number in range(added + 1)
    ]


def route_in(row: Row) -> Route | None:
    """The route that CMT says, by number or name; None for nothing and for 0.

    Raises:
        BadEventTable: CMT is no route that is known here.
    """
    cell = row.text(Column.CMT)
    if cell is None or cell == "0":
        return None
    route = _BY_NAME.get(cell.upper())
    if route is None and cell.isdecimal():
        route = _BY_NUMBER.get(int(cell))
    if route is None:
        raise row.refuse(Column.CMT, f"a route: {_KNOWN}")
    return route


def _amount_mg(row: Row) -> float:
    amount_mg = row.number_in(Column.AMT)
    if amount_mg is None or amount_mg <= 0:
        raise row.refuse(Column.AMT, "an amount above 0 mg")
    if amount_mg > LARGEST_AMOUNT_MG:
        raise row.refuse(
            Column.AMT,
            f"at most {LARGEST_AMOUNT_MG:g} mg, more than any dose (was it meant in another unit?)",
        )
    return amount_mg


def _drug(row: Row) -> Drug:
    stated = row.word_in(Column.DRUG)
    drug = row.heading.declared.drug if stated is None else Drug(stated)
    if drug is None:
        raise row.refuse(Column.DRUG, "the drug, here or in a comment '# drug: …' at the top")
    return drug


def _duration_h(row: Row, route: Route, amount_mg: float) -> float:
    rate, duration_h = row.number_in(Column.RATE), row.number_in(Column.DUR)
    if rate in (-1.0, -2.0):
        raise row.refuse(Column.RATE, "a rate in mg/h: modelled ones (-1 and -2) are not known here")
    if rate is not None and rate < 0:
        raise row.refuse(Column.RATE, "a rate above 0 mg/h, or 0")
    if duration_h is not None and duration_h < 0:
        raise row.refuse(Column.DUR, "a duration above 0 h, or 0")
    if route is Route.INTRAVENOUS:
        return _infused_h(row, amount_mg, rate or 0.0, duration_h or 0.0)
    if rate:
        raise row.refuse(Column.RATE, f"0: a dose by the {route} route has no rate")
    if route is Route.SUBLINGUAL:
        return _held_h(row, duration_h or 0.0)
    if duration_h:
        raise row.refuse(Column.DUR, f"0: a dose by the {route} route takes no time")
    return 0.0


def _infused_h(row: Row, amount_mg: float, rate_mg_h: float, duration_h: float) -> float:
    if not rate_mg_h and not duration_h:
        raise row.refuse(
            Column.DUR,
            "the time of the infusion (DUR or RATE): no model takes a dose into a vein at once",
        )
    by_rate_h = amount_mg / rate_mg_h if rate_mg_h else duration_h
    if max(by_rate_h, duration_h) > LONGEST_INFUSION_H:
        column = Column.RATE if rate_mg_h else Column.DUR
        raise row.refuse(column, f"an infusion of at most {LONGEST_INFUSION_H:g} h")
    if duration_h and abs(by_rate_h - duration_h) > SAME_SHARE * duration_h:
        raise row.refuse(Column.DUR, f"{by_rate_h:g} h, which is AMT / RATE")
    return duration_h or by_rate_h


def _held_h(row: Row, duration_h: float) -> float:
    if not 0 < duration_h <= LONGEST_HOLD_H:
        raise row.refuse(Column.DUR, f"the hold time of a lozenge, above 0 and at most {LONGEST_HOLD_H:g} h")
    return duration_h


def _after_hold(row: Row, route: Route) -> AfterHold:
    spat = row.flag_in(Column.SPAT)
    if route is not Route.SUBLINGUAL:
        if spat is not None:
            raise row.refuse(Column.SPAT, f". for a dose by the {route} route")
        return AfterHold.NOT_HELD
    if spat is None:
        raise row.refuse(Column.SPAT, "0 swallowed or 1 spat out: a lozenge ends in one of them")
    return AfterHold.SPAT_OUT if spat else AfterHold.SWALLOWED


def _repeats(row: Row) -> tuple[int, float]:
    added, interval_h = row.whole_in(Column.ADDL) or 0, row.number_in(Column.II) or 0.0
    if not 0 <= added <= MOST_ADDED:
        raise row.refuse(Column.ADDL, f"0 to {MOST_ADDED} additional doses")
    if not 0 <= interval_h <= LATEST_H:
        raise row.refuse(Column.II, f"an interval above 0 h, at most {LATEST_H:g} h")
    if added and not interval_h:
        raise row.refuse(Column.II, "the hours between the doses that ADDL adds")
    if interval_h and not added:
        raise row.refuse(Column.ADDL, "how many doses follow at the interval II")
    return added, interval_h
