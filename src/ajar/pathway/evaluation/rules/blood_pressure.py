"""The blood-pressure gate: ELG-BP1 to ELG-BP4, ELG-BP6, ELG-BP7.

Limits are strict where the label is: above 140 or above 90 is elevated, 140/90 passes (trap 4). "The FDA
requires below 160/100" is a web myth; 160/100 is a design default of this program.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rules.age import OLDER_FROM
from ajar.pathway.evaluation.rules.rule import Judge, Rule
from ajar.pathway.observations.vitals import VitalsMeasured

Reading = Fact[VitalsMeasured]

HOLDS: Final = timedelta(days=30)  # design default: an evaluation stands on recent vital signs
REPEAT_AFTER: Final = timedelta(minutes=5)  # ELG-BP1: repeat after 5 to 10 minutes of rest, design default
REPEAT_WITHIN: Final = timedelta(hours=1)  # design default: later it is another occasion

REPEAT: Final = "Repeat the blood pressure after 5 to 10 minutes of rest."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """A pair of numbers, in mmHg."""

    systolic_mmhg: float
    diastolic_mmhg: float

    def __str__(self) -> str:
        return f"{self.systolic_mmhg:g}/{self.diastolic_mmhg:g}"

    def above(self, limit: "Pressure") -> bool:
        """Strictly above the limit in either number."""
        return self.systolic_mmhg > limit.systolic_mmhg or self.diastolic_mmhg > limit.diastolic_mmhg

    def at_least(self, limit: "Pressure") -> bool:
        """At the limit or above it in either number."""
        return self.systolic_mmhg >= limit.systolic_mmhg or self.diastolic_mmhg >= limit.diastolic_mmhg

    def below(self, limit: "Pressure") -> bool:
        """Strictly below the limit in either number."""
        return self.systolic_mmhg < limit.systolic_mmhg or self.diastolic_mmhg < limit.diastolic_mmhg


ELEVATED: Final = Pressure(systolic_mmhg=140, diastolic_mmhg=90)  # ELG-BP1
ELEVATED_EU_OLDER: Final = Pressure(systolic_mmhg=150, diastolic_mmhg=90)  # ELG-BP2, verify
HIGH: Final = Pressure(systolic_mmhg=160, diastolic_mmhg=100)  # ELG-BP3
VERY_HIGH: Final = Pressure(systolic_mmhg=180, diastolic_mmhg=110)  # ELG-BP4
LOW: Final = Pressure(systolic_mmhg=90, diastolic_mmhg=50)  # ELG-BP6
FAST_BPM: Final = 110  # ELG-BP7
SLOW_BPM: Final = 50  # ELG-BP7


def pressure_of(reading: Reading) -> Pressure:
    """The pair in a set of vital signs that holds one."""
    payload = reading.payload
    return Pressure(
        systolic_mmhg=payload.systolic_mmhg or 0.0,  # a set without a pair is never asked
        diastolic_mmhg=payload.diastolic_mmhg or 0.0,
    )


def elevated_limit(candidate: Candidate, setting: Setting) -> Pressure:
    """Above what a pre-dose pressure is elevated here."""
    older = candidate.age_on(setting.now.date()) >= OLDER_FROM
    return ELEVATED_EU_OLDER if setting.jurisdiction is Jurisdiction.EU and older else ELEVATED


def _recent(
    readings: Sequence[Reading], strength: Strength, setting: Setting
) -> tuple[Pressure, Reading] | Ruling:
    """The latest pressure, or what to say when there is none to rely on."""
    if not readings:
        return _missing("No blood pressure is recorded.", strength)
    latest = readings[-1]
    pressure = pressure_of(latest)
    if setting.now - latest.happened_at > HOLDS:
        because = f"The last blood pressure is older than {HOLDS.days} days."
        return _missing(because, strength, latest, f"BP {pressure} mmHg")
    return pressure, latest


def _elevated(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    found = _recent(candidate.pressures(), Strength.SOFT_STOP, setting)
    if isinstance(found, Ruling):
        return (found,)
    return (_against_elevated(*found, candidate, elevated_limit(candidate, setting)),)


def _against_elevated(pressure: Pressure, latest: Reading, candidate: Candidate, limit: Pressure) -> Ruling:
    if not pressure.above(limit):
        return _pass(f"Not above {limit} mmHg.", pressure, latest, Strength.SOFT_STOP)
    if not _repeated(candidate.pressures(), limit):
        because = f"Above {limit} mmHg once. {REPEAT}"
        return _missing(because, Strength.SOFT_STOP, latest, f"BP {pressure} mmHg", until=REPEAT)
    return _stop(
        f"Above {limit} mmHg, and again after rest. Whether to delay is weighed for this person.",
        pressure,
        latest,
        Strength.SOFT_STOP,
        until=f"Until a blood pressure at or below {limit} mmHg.",
    )


def _repeated(readings: Sequence[Reading], limit: Pressure) -> bool:
    """Was the latest reading taken after rest, following another elevated one of the same occasion?"""
    same_occasion = [readings[-1]]
    for later, earlier in pairwise(reversed(readings)):
        if later.happened_at - earlier.happened_at > REPEAT_WITHIN or not pressure_of(earlier).above(limit):
            break
        same_occasion.append(earlier)
    return same_occasion[0].happened_at - same_occasion[-1].happened_at >= REPEAT_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A limit that stops by itself, whatever was measured before."""

    id: str
    title: str
    source: str
    strength: Strength
    breaks: Callable[[Pressure], bool]
    passes: str
    stops: str
    until: str


GATES: Final = (
    Gate(
        id="ELG-BP3",
        title="High blood pressure",
        source="clinical.md ELG-BP3; no label limit [BADBP]",
        strength=Strength.SOFT_STOP,
        breaks=lambda pressure: pressure.at_least(HIGH),
        passes=f"Below {HIGH} mmHg.",
        stops=f"At or above {HIGH} mmHg.",
        until=f"Until a blood pressure below {HIGH} mmHg on another day.",
    ),
    Gate(
        id="ELG-BP4",
        title="Very high blood pressure",
        source="clinical.md ELG-BP4; symptoms [USPI19 §5.6]",
        strength=Strength.HARD_STOP,
        breaks=lambda pressure: pressure.at_least(VERY_HIGH),
        passes=f"Below {VERY_HIGH} mmHg.",
        stops=(
            f"At or above {VERY_HIGH} mmHg: urgent review now. Ask about chest pain, shortness of breath, "
            "headache and vision."
        ),
        until=f"Until the cause is reviewed and the pressure is below {HIGH} mmHg.",
    ),
    Gate(
        id="ELG-BP6",
        title="Low blood pressure",
        source="clinical.md ELG-BP6",
        strength=Strength.SOFT_STOP,
        breaks=lambda pressure: pressure.below(LOW),
        passes=f"Not below {LOW} mmHg.",
        stops=f"Below {LOW} mmHg.",
        until="Until the pressure is up and nobody feels faint.",
    ),
)


def _gate_judge(gate: Gate) -> Judge:
    def judge(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
        found = _recent(candidate.pressures(), gate.strength, setting)
        if isinstance(found, Ruling):
            return (found,)
        pressure, latest = found
        if gate.breaks(pressure):
            return (_stop(gate.stops, pressure, latest, gate.strength, until=gate.until),)
        return (_pass(gate.passes, pressure, latest, gate.strength),)

    return judge


def _heart_rate(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    readings = candidate.heart_rates()
    if not readings:
        return (_missing("No heart rate is recorded.", Strength.SOFT_STOP),)
    latest = readings[-1]
    rate = latest.payload.heart_rate_bpm or 0.0
    datum = f"heart rate {rate:g}/min"
    if setting.now - latest.happened_at > HOLDS:
        because = f"The last heart rate is older than {HOLDS.days} days."
        return (_missing(because, Strength.SOFT_STOP, latest, datum),)
    usual = SLOW_BPM <= rate <= FAST_BPM
    return (
        Ruling(
            verdict=Verdict.PASS if usual else Verdict.STOP,
            strength=Strength.SOFT_STOP,
            effect=Outcome.ELIGIBLE if usual else Outcome.DEFER,
            because=f"Between {SLOW_BPM} and {FAST_BPM}/min." if usual else "Outside 50 to 110/min at rest.",
            datum=datum,
            happened_at=latest.happened_at,
            recorded_at=latest.recorded_at,
            until="" if usual else "Until an ECG is read and the rate is 50 to 110/min at rest.",
        ),
    )


def _pass(because: str, pressure: Pressure, latest: Reading, strength: Strength) -> Ruling:
    return Ruling(
        verdict=Verdict.PASS,
        strength=strength,
        because=because,
        datum=f"BP {pressure} mmHg",
        happened_at=latest.happened_at,
        recorded_at=latest.recorded_at,
    )


def _stop(because: str, pressure: Pressure, latest: Reading, strength: Strength, *, until: str) -> Ruling:
    return Ruling(
        verdict=Verdict.STOP,
        strength=strength,
        effect=Outcome.DEFER,
        because=because,
        datum=f"BP {pressure} mmHg",
        happened_at=latest.happened_at,
        recorded_at=latest.recorded_at,
        until=until,
    )


def _missing(
    because: str,
    strength: Strength,
    latest: Reading | None = None,
    datum: str = "not measured",
    until: str = "Measure it.",
) -> Ruling:
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=strength,
        because=because,
        datum=datum,
        happened_at=latest.happened_at if latest else None,
        recorded_at=latest.recorded_at if latest else None,
        until=until,
    )


VITALS: Final = frozenset({"vitals"})

RULES: Final = (
    Rule(
        id="ELG-BP1",
        title="Elevated blood pressure before a dose",
        source="[USPI19 §5.6]; [MIMS-PH]; [MPR]; repeat rule is a design default; EU from 65: 150/90 "
        "(ELG-BP2, from general knowledge, verify)",
        reads=VITALS | {"person"},
        judge=_elevated,
        standing=Standing.LABEL,
        products=frozenset({Product.ESKETAMINE_IN}),
    ),
    *(
        Rule(
            id=gate.id,
            title=gate.title,
            source=gate.source,
            reads=VITALS,
            judge=_gate_judge(gate),
            standing=Standing.DESIGN_DEFAULT,
        )
        for gate in GATES
    ),
    Rule(
        id="ELG-BP7",
        title="Heart rate at rest",
        source="clinical.md ELG-BP7",
        reads=VITALS,
        judge=_heart_rate,
        standing=Standing.DESIGN_DEFAULT,
    ),
)
