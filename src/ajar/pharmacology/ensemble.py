"""Every model that may answer, side by side: U1 and the published ones, their spread, why the rest do not.

The spread is of models, not of people. Levels are grouped by what was measured and in blood from where, and
only within a group are they compared: arterial is not venous, the racemate is not one of its halves
(pharmacology.md 7.1 and 7.3).

seen = ensemble(course(nasal_devices(devices=3)), person, product=Product.ESKETAMINE_NASAL, times_h=grid)
for row in seen.summary(): print(row.model, row.analyte, row.site, row.cmax_ng_ml)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.models import MODELS, PRESENTATIONS, Presentation, Product
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.nca import auc_ng_h_ml, peak
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.card import PublishedModel
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import Regimen, Route
from ajar.pharmacology.simulate import OutsideDomain, checked_times
from ajar.pharmacology.u1.absorption import refuse_unknown
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Exposure, exposure
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

COUNTED_ELSEWHERE: Final = {("otto_2021", Analyte.ESKETAMINE): "fanta_2015"}
"""A level that is another model's by construction: with both at hand it counts once (pharmacology.md 1.3)."""

U1_SOURCE: Final = f"Ajar's unified model, version {VERSION} (pharmacology.md 4.1)"
U1_PROBLEMS: Final = (
    "its disposition is a compromise between studies that disagree; docs/validation says where it is off",
    "hydroxynorketamine differs several-fold between papers: exploratory only",
)
U1_IN_INTENSIVE_CARE: Final = "critical illness changes clearance and volume, and U1 comes from people awake"
U1_UNDER_ANAESTHESIA: Final = f"its people were {Setting.AWAKE}, this person is {Setting.ANAESTHESIA}"
ONE_NORKETAMINE: Final = (
    "U1 has one norketamine, without a venous delay; it stands here beside levels from another site"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """One concentration by one model, at the ensemble's times. `counted` is False for another model's own.

    `note` says in words where it is compared with blood from a site that the model does not have.
    """

    model: str
    analyte: Analyte
    site: Site
    status: Status
    values_ng_ml: FloatArray
    counted: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """A model that answers: where it is from, what to know when it is used here, and its levels."""

    model: str
    source: str
    cautions: tuple[str, ...]
    known_problems: tuple[str, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A model that does not answer, and every reason why."""

    model: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """How far models of one group lie apart, over time and at their peaks. Concentrations in ng/mL.

    A geometric SD is a factor: 1.3 is 30 % up or down. It is NaN at times where a model is at zero.
    """

    models: tuple[str, ...]
    lowest_ng_ml: FloatArray
    highest_ng_ml: FloatArray
    geometric_sd: FloatArray
    lowest_peak_ng_ml: float
    highest_peak_ng_ml: float
    geometric_sd_of_peaks: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Levels that may be compared: one analyte, one site. No spread where fewer than two count."""

    analyte: Analyte
    site: Site
    levels: tuple[Level, ...]
    spread: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One level in numbers, over the times asked: a row of a table."""

    model: str
    analyte: Analyte
    site: Site
    cmax_ng_ml: float
    tmax_h: float
    auc_ng_h_ml: float
    counted: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble:
    """Every model's answer to the same question: typical people, nobody's own curve."""

    regimen: Regimen
    person: Person
    product: Product
    setting: Setting
    times_h: FloatArray
    members: tuple[Member, ...]
    declined: tuple[Declined, ...]
    groups: tuple[Group, ...]

    def group(self, analyte: Analyte, site: Site) -> Group:
        """The levels of this analyte at this site.

        Raises:
            KeyError: no model gives it; the message lists what there is.
        """
        for each in self.groups:
            if (each.analyte, each.site) == (analyte, site):
                return each
        known = "; ".join(f"{each.analyte}, {each.site}" for each in self.groups)
        raise KeyError(f"No model here gives {analyte}, {site}; there is: {known or 'nothing'}.")

    def summary(self) -> tuple[SummaryRow, ...]:
        """Peak, its time and the area of each level over the times asked, group by group."""
        return tuple(_row(self.times_h, level) for group in self.groups for level in group.levels)


def ensemble(
    regimen: Regimen,
    person: Person,
    *,
    product: Product,
    times_h: FloatArray,
    setting: Setting = Setting.AWAKE,
) -> Ensemble:
    """U1 and every published model admissible for this person, product, regimen and place, at these times.

    Raises:
        ValueError: a regimen of another drug or by a route the product is not made for, by more than one
            route, or times that are not finite, rising and zero or later.
    """
    made = PRESENTATIONS[product]
    route = _only_route(regimen, made, product)
    grid = checked_times(times_h, regimen)
    answers = _published(regimen, person, route, made, setting, grid)
    sites = {x.site for each in _members(answers) for x in each.levels if x.analyte is Analyte.NORKETAMINE}
    unified = _unified(regimen, person, made.drug, setting, grid, norketamine_sites=sites)
    members = _count_once([*_members([unified]), *_members(answers)])
    return Ensemble(
        regimen=regimen,
        person=person,
        product=product,
        setting=setting,
        times_h=grid,
        members=members,
        declined=tuple(each for each in (unified, *answers) if isinstance(each, Declined)),
        groups=_groups(members),
    )


def _members(answers: Iterable[Member | Declined]) -> list[Member]:
    return [each for each in answers if isinstance(each, Member)]


def _only_route(regimen: Regimen, made: Presentation, product: Product) -> Route:
    routes = sorted({event.route for event in regimen.events})
    if len(routes) > 1:
        raise ValueError(f"An ensemble is for one route at a time, got {' and '.join(routes)}.")
    if routes[0] not in made.routes:
        known = " or ".join(made.routes)
        raise ValueError(f"{product.capitalize()} is given by the {known} route, not the {routes[0]} route.")
    for event in regimen.events:
        if event.drug is not made.drug:
            raise ValueError(f"{product.capitalize()} is {made.drug}, and the regimen gives {event.drug}.")
    return routes[0]


def _published(
    regimen: Regimen,
    person: Person,
    route: Route,
    made: Presentation,
    setting: Setting,
    times_h: FloatArray,
) -> list[Member | Declined]:
    answers: list[Member | Declined] = []
    for model in MODELS.values():
        admission = model.admission_refusals(person, route, made.drug, made.form, setting)
        doses = [reason for session in regimen.sessions for reason in model.refuse_session(session)]
        because = tuple(dict.fromkeys((*admission, *doses)))
        if because:
            answers.append(Declined(model=model.name, because=because))
        else:
            answers.append(_answer(model, regimen, person, setting, times_h))
    return answers


def _answer(
    model: PublishedModel, regimen: Regimen, person: Person, setting: Setting, times_h: FloatArray
) -> Member:
    given = model.concentrations(person, regimen, times_h, setting=setting)
    return Member(
        model=model.name,
        source=f"{model.source.citation}; {model.source.table}",
        cautions=(*model.domain.cautions(person, setting), *model.dose_cautions(person, regimen)),
        known_problems=model.known_problems,
        levels=tuple(
            _level(model.name, output.analyte, output.site, output.status, given[output.name])
            for output in model.outputs
        ),
    )


def _level(
    model: str, analyte: Analyte, site: Site, status: Status, values_ng_ml: FloatArray, note: str = ""
) -> Level:
    values_ng_ml = np.maximum(values_ng_ml, 0.0)  # only rounding could go below
    values_ng_ml.setflags(write=False)
    return Level(
        model=model,
        analyte=analyte,
        site=site,
        status=status,
        values_ng_ml=values_ng_ml,
        counted=True,
        note=note,
    )


def _unified(
    regimen: Regimen,
    person: Person,
    drug: Drug,
    setting: Setting,
    times_h: FloatArray,
    *,
    norketamine_sites: Iterable[Site],
) -> Member | Declined:
    if setting is Setting.INTENSIVE_CARE:
        return Declined(model=MODEL_ID, because=(U1_IN_INTENSIVE_CARE,))
    try:
        refuse_unknown(regimen, person)
    except OutsideDomain as reason:
        return Declined(model=MODEL_ID, because=(str(reason),))
    seen = exposure(regimen, typical_individual(person), times_h=times_h)
    return Member(
        model=MODEL_ID,
        source=U1_SOURCE,
        cautions=(U1_UNDER_ANAESTHESIA,) if setting is Setting.ANAESTHESIA else (),
        known_problems=U1_PROBLEMS,
        levels=(*_unified_parent(seen, drug), *_unified_metabolites(seen, norketamine_sites)),
    )


def _unified_parent(seen: Exposure, drug: Drug) -> list[Level]:
    """What an assay would call it: both halves together and each, or the one that was given."""
    s, r = seen.s, seen.r
    of_s = (Analyte.ESKETAMINE, s.arterial_ng_ml, s.venous_ng_ml)
    of_r = (Analyte.ARKETAMINE, r.arterial_ng_ml, r.venous_ng_ml)
    both = (
        Analyte.KETAMINE,
        s.arterial_ng_ml + r.arterial_ng_ml,
        s.venous_ng_ml + r.venous_ng_ml,
    )
    measured = {Drug.RACEMATE: (both, of_s, of_r), Drug.ESKETAMINE: (of_s,), Drug.ARKETAMINE: (of_r,)}
    return [
        _level(MODEL_ID, analyte, site, Status.ESTABLISHED, values)
        for analyte, arterial, venous in measured[drug]
        for site, values in ((Site.ARTERIAL, arterial), (Site.VENOUS, venous))
    ]


def _unified_metabolites(seen: Exposure, norketamine_sites: Iterable[Site]) -> list[Level]:
    norketamine = seen.s.norketamine_ng_ml + seen.r.norketamine_ng_ml
    last = seen.s.hydroxynorketamine_ng_ml + seen.r.hydroxynorketamine_ng_ml
    return [
        *(
            _level(
                MODEL_ID,
                Analyte.NORKETAMINE,
                site,
                Status.ESTABLISHED,
                norketamine,
                "" if site is Site.ARTERIAL else ONE_NORKETAMINE,
            )
            for site in sorted({Site.ARTERIAL, *norketamine_sites})
        ),
        _level(MODEL_ID, Analyte.HYDROXYNORKETAMINE, Site.ARTERIAL, Status.UNPROVEN, last),
    ]


def _count_once(members: Sequence[Member]) -> tuple[Member, ...]:
    """The same members, with each level that is another member's own marked as not counted."""
    present = {each.model for each in members}
    return tuple(
        replace(each, levels=tuple(_counted(level, present) for level in each.levels)) for each in members
    )


def _counted(level: Level, present: set[str]) -> Level:
    owner = COUNTED_ELSEWHERE.get((level.model, level.analyte))
    if owner not in present:
        return level
    return replace(level, counted=False, note=f"that of {owner}, which is counted")


def _groups(members: Sequence[Member]) -> tuple[Group, ...]:
    found: dict[tuple[Analyte, Site], list[Level]] = {}
    for member in members:
        for level in member.levels:
            found.setdefault((level.analyte, level.site), []).append(level)
    return tuple(
        Group(analyte=analyte, site=site, levels=tuple(levels), spread=_spread(levels))
        for (analyte, site), levels in found.items()
    )


def _spread(levels: Sequence[Level]) -> Spread | None:
    counted = [level for level in levels if level.counted]
    if len(counted) < 2:
        return None
    values = np.stack([level.values_ng_ml for level in counted])
    peaks = values.max(axis=1)
    return Spread(
        models=tuple(level.model for level in counted),
        lowest_ng_ml=values.min(axis=0),
        highest_ng_ml=values.max(axis=0),
        geometric_sd=_geometric_sd(values),
        lowest_peak_ng_ml=float(peaks.min()),
        highest_peak_ng_ml=float(peaks.max()),
        geometric_sd_of_peaks=float(_geometric_sd(peaks[:, np.newaxis])[0]),
    )


def _geometric_sd(values: FloatArray) -> FloatArray:
    """Down the first axis; NaN where any value is zero, which has no logarithm."""
    above = (values > 0).all(axis=0)
    logs = np.log(np.where(above, values, 1.0))
    spread: FloatArray = np.where(above, np.exp(logs.std(axis=0, ddof=1)), np.nan)
    return spread


def _row(times_h: FloatArray, level: Level) -> SummaryRow:
    highest = peak(times_h, level.values_ng_ml)
    return SummaryRow(
        model=level.model,
        analyte=level.analyte,
        site=level.site,
        cmax_ng_ml=highest.cmax_ng_ml,
        tmax_h=highest.tmax_h,
        auc_ng_h_ml=auc_ng_h_ml(times_h, level.values_ng_ml),
        counted=level.counted,
        note=level.note,
    )
