"""A question that can be simulated: everything that was asked, checked, in the engine's own terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import FEWEST_PEOPLE
from ajar.pharmacology.models import model_named
from ajar.pharmacology.person import (
    REFERENCE_WEIGHT_KG,
    Ancestry,
    ChildPugh,
    Cyp2b6,
    InteractingMedicine,
    Person,
    Sex,
)
from ajar.pharmacology.regimen import Regimen, repeated
from ajar.pharmacology.simulate import Circumstances, minutes
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.parameters import MODEL_ID
from ajar.pharmacology.u1.slow_table import PLACEBO_SHARE, RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.workbench.asked import Asked
from ajar.workbench.products import Giving, Offered, product_named, session_of
from ajar.workbench.quantities import Dose, dose, hours, number, whole
from ajar.workbench.spacing import after, days_of

Word = TypeVar("Word")

DAY_H: Final = 24.0
MOST_SESSIONS: Final = 120
MOST_PEOPLE: Final = 10_000_000
MOST_DAYS: Final = 366
LARGEST_SEED: Final = 2**63 - 1

AFTER_ONE_DAYS: Final = 14
AFTER_MANY_DAYS: Final = 28
"""How far a simulation goes past its first dose where there is one, and past the last of a course."""

MADRS_BASELINE: Final = "33"
"""That of the reference outputs (pharmacology.md 6)."""

EARLY_H: Final = (40.0 / 60.0, 2.0, 4.0)
"""When symptoms are read on the first day (pharmacology.md 6)."""

DAILY_UNTIL: Final = 42
"""Days are read one by one until here, and every week after."""

ANCESTRIES: Final = {one.name.lower(): one for one in Ancestry}
ADJUSTMENTS: Final = {
    "sex": Option.SEX_ON_CLEARANCE,
    "age": Option.AGE_ON_CLEARANCE,
    "cyp2b6": Option.CYP2B6_ON_CLEARANCE,
    "norketamine-pressure": Option.NORKETAMINE_OPPOSES_PRESSURE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to simulate. `people` is 0 where nobody beside the typical person is asked for."""

    offered: Offered
    dose: Dose
    regimen: Regimen
    person: Person
    weight_said: bool
    symptoms: Symptoms
    options: frozenset[Option]
    nausea_before: bool
    antiemetic: bool
    model: str
    people: int
    seed: int
    hours: float
    days: int

    @property
    def circumstances(self) -> Circumstances:
        """What else U1 is told."""
        return Circumstances(
            nausea_before=self.nausea_before,
            antiemetic=self.antiemetic,
            symptoms=self.symptoms,
            options=self.options,
        )

    @property
    def session_h(self) -> FloatArray:
        """The first day in minutes, from the first dose on."""
        return minutes(hours=DAY_H)

    @property
    def read_days(self) -> list[int]:
        """The days on which symptoms are read."""
        return [day for day in range(1, self.days + 1) if day <= DAILY_UNTIL or day % 7 == 0]

    @property
    def read_h(self) -> FloatArray:
        """When symptoms are read: early on the first day, then on `read_days`."""
        return np.array([*EARLY_H, *(DAY_H * day for day in self.read_days)])

    @property
    def weeks_h(self) -> FloatArray:
        """The grid of a population's weeks: early on the first day, then every day."""
        return np.array([0.0, *EARLY_H, *(DAY_H * day for day in range(1, self.days + 1))])

    @property
    def times_h(self) -> FloatArray:
        """The grid of the typical person: minutes on the first day, then hours."""
        later = np.arange(DAY_H + 1.0, DAY_H * self.days + 0.5)
        return np.concatenate([self.session_h, later])


def question(asked: Asked) -> Question:
    """What was asked, checked.

    Raises:
        ValueError: something is missing, makes no sense, or does not go together.
    """
    offered = product_named(asked["product"])
    given = dose(asked["dose"], salt=asked.get("salt", "base"))
    person = person_of(asked)
    session = session_of(offered, given, person.weight_kg, _giving(asked))
    on_days = _on_days(asked)
    model = asked.get("model", MODEL_ID)
    people = _people(asked)
    if model != MODEL_ID:
        model_named(model)
        _refuse_beside_u1(asked, model)
    return Question(
        offered=offered,
        dose=given,
        regimen=repeated(session, on_days=on_days),
        person=person,
        weight_said="weight" in asked,
        symptoms=_symptoms(asked),
        options=_adjusted(asked),
        nausea_before="nausea_before" in asked,
        antiemetic="antiemetic" in asked,
        model=model,
        people=people,
        seed=whole(asked.get("seed", "1"), flag="--seed", least=0, most=LARGEST_SEED),
        hours=_hours(asked),
        days=_days(asked, on_days),
    )


def _refuse_beside_u1(asked: Asked, model: str) -> None:
    for name in ("population", "madrs", "adjust", "nausea_before", "antiemetic", "compare"):
        if name in asked:
            raise ValueError(
                f"--{name.replace('_', '-')} is for {MODEL_ID}; {model} has concentrations alone."
            )


def _giving(asked: Asked) -> Giving:
    return Giving(
        over_h=hours(asked["over"], flag="--over") if "over" in asked else None,
        hold_h=hours(asked["hold"], flag="--hold") if "hold" in asked else None,
        spat_out="spit_out" in asked,
    )


def _on_days(asked: Asked) -> list[float]:
    doses = whole(asked.get("doses", "1"), flag="--doses", least=1, most=MOST_SESSIONS)
    boosters = whole(asked.get("boosters", "0"), flag="--boosters", least=0, most=MOST_SESSIONS)
    if doses > 1 and "every" not in asked:
        raise ValueError("--doses: say how they are spaced with --every, such as --every tue,fri.")
    course = days_of(doses, asked.get("every", "weekly"))
    return course + after(course[-1], boosters, asked.get("booster_every", "monthly"))


def _people(asked: Asked) -> int:
    if "population" not in asked:
        return 0
    return whole(asked["population"], flag="--population", least=FEWEST_PEOPLE, most=MOST_PEOPLE)


def _hours(asked: Asked) -> float:
    asked_h = number(asked.get("hours", "6"), flag="--hours", unit="h")
    if not 1.0 <= asked_h <= DAY_H:
        raise ValueError(f"--hours: expected 1 to {DAY_H:g} h, got {asked_h:g} h.")
    return asked_h


def _days(asked: Asked, on_days: list[float]) -> int:
    usual = AFTER_ONE_DAYS if len(on_days) == 1 else int(on_days[-1]) + AFTER_MANY_DAYS
    least = int(on_days[-1]) + 1
    if usual > MOST_DAYS:
        raise ValueError(f"The course goes past {MOST_DAYS} days, further than any was followed.")
    return whole(asked.get("days", str(usual)), flag="--days", least=least, most=MOST_DAYS)


def person_of(asked: Asked) -> Person:
    """Who takes it. What was not said is not known, but for the weight (70 kg).

    Raises:
        ValueError: a word that is not known, or a number outside what the models know.
    """
    weight = asked.get("weight", f"{REFERENCE_WEIGHT_KG:g}")
    return Person(
        weight_kg=number(weight, flag="--weight", unit="kg"),
        age_years=number(asked["age"], flag="--age", unit="years") if "age" in asked else None,
        sex=Sex(_one(asked, "sex", {one.value: one.value for one in Sex})) if "sex" in asked else None,
        ancestry=_one(asked, "ancestry", ANCESTRIES) if "ancestry" in asked else None,
        hypertension=True if "hypertension" in asked else None,
        cyp2b6=_one(asked, "cyp2b6", {one.value: one for one in Cyp2b6}) if "cyp2b6" in asked else None,
        child_pugh=_one(asked, "child_pugh", ChildPugh.__members__) if "child_pugh" in asked else None,
        interacting_medicines=frozenset(_medicines(asked["medicines"])) if "medicines" in asked else None,
    )


def _medicines(text: str) -> list[InteractingMedicine]:
    known = {one.value.lower(): one for one in InteractingMedicine}
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in known:
            raise ValueError(
                f"--medicines: {name!r} is none that changes how ketamine is cleared here; "
                f"there are: {', '.join(InteractingMedicine)}."
            )
    return [known[name] for name in names]


def _one(asked: Asked, name: str, known: Mapping[str, Word]) -> Word:
    said = asked[name]
    if said not in known:
        flag = name.replace("_", "-")
        raise ValueError(f"--{flag}: expected {' or '.join(known)}, got {said!r}.")
    return known[said]


def _symptoms(asked: Asked) -> Symptoms:
    return Symptoms(
        madrs_baseline=number(asked.get("madrs", MADRS_BASELINE), flag="--madrs", unit="points"),
        response_e=RESPONSE_E.value,
        placebo_share=PLACEBO_SHARE.value,
        stress=0.0,
    )


def _adjusted(asked: Asked) -> frozenset[Option]:
    names = [name.strip() for name in asked["adjust"].split(",")] if "adjust" in asked else []
    for name in names:
        if name not in ADJUSTMENTS:
            raise ValueError(f"--adjust: expected {', '.join(ADJUSTMENTS)}, got {name!r}.")
    return frozenset(ADJUSTMENTS[name] for name in names)
