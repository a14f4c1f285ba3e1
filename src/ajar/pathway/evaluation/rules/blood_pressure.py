"""The blood-pressure gate: ELG-BP1 to ELG-BP4, ELG-BP6, ELG-BP7. (ELG-BP5 and CI-11: hypertension.py.)

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
from ajar.pathway.evaluation.products import NASAL, Jurisdiction, Setting
from ajar.pathway.evaluation.rules.rule import Judge, Rule
from ajar.pathway.evaluation.rules.ruling import defers, passes
from ajar.pathway.observations.vitals import VitalsMeasured

Reading = Fact[VitalsMeasured]

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


ELEVATED: Final = Pressure(systolic_mmhg=140, diastolic_mmhg=90)  # ELG-BP1, the label's: nobody sets it
ELEVATED_EU_OLDER: Final = Pressure(systolic_mmhg=150, diastolic_mmhg=90)  # ELG-BP2, verify


def high(setting: Setting) -> Pressure:
    """From what pressure on nobody is dosed that day (ELG-BP3)."""
    policy = setting.policy
    return Pressure(systolic_mmhg=policy.high_systolic_mmhg, diastolic_mmhg=policy.high_diastolic_mmhg)


def very_high(setting: Setting) -> Pressure:
    """From what pressure on a doctor looks at once (ELG-BP4)."""
    policy = setting.policy
    return Pressure(
        systolic_mmhg=policy.very_high_systolic_mmhg, diastolic_mmhg=policy.very_high_diastolic_mmhg
    )


def low(setting: Setting) -> Pressure:
    """Below what pressure nobody is dosed (ELG-BP6)."""
    policy = setting.policy
    return Pressure(systolic_mmhg=policy.low_systolic_mmhg, diastolic_mmhg=policy.low_diastolic_mmhg)


def pressure_of(reading: Reading) -> Pressure:
    """The pair in a set of vital signs that holds one."""
    payload = reading.payload
    return Pressure(
        systolic_mmhg=payload.systolic_mmhg or 0.0,  # a set without a pair is never asked
        diastolic_mmhg=payload.diastolic_mmhg or 0.0,
    )


def elevated_limit(candidate: Candidate, setting: Setting) -> Pressure:
    """Above what a pre-dose pressure is elevated here."""
    return ELEVATED_EU_OLDER if _by_eu_guide(candidate, setting) else ELEVATED


def _by_eu_guide(candidate: Candidate, setting: Setting) -> bool:
    """In the EU, from 65, where the clinic follows the guide that nobody has checked yet (POP-5)."""
    older = candidate.age_on(setting.now.date()) >= setting.populations.older_from_years
    return setting.jurisdiction is Jurisdiction.EU and older and setting.policy.older_eu_pressure_guide


def _recent(
    readings: Sequence[Reading], strength: Strength, setting: Setting
) -> tuple[Pressure, Reading] | Ruling:
    """The latest pressure, or what to say when there is none to rely on."""
    if not readings:
        return _missing("No blood pressure is recorded.", strength)
    latest = readings[-1]
    pressure = pressure_of(latest)
    if _is_old(latest, setting):
        because = f"The last blood pressure is older than {setting.policy.vitals_hold_days} days."
        return _missing(because, strength, latest, f"BP {pressure} mmHg")
    return pressure, latest


def _is_old(reading: Reading, setting: Setting) -> bool:
    return setting.now - reading.happened_at > timedelta(days=setting.policy.vitals_hold_days)


def _elevated(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    found = _recent(candidate.pressures(), Strength.SOFT_STOP, setting)
    if isinstance(found, Ruling):
        return (found,)
    return (_against_elevated(*found, candidate, setting),)


def _against_elevated(pressure: Pressure, latest: Reading, candidate: Candidate, setting: Setting) -> Ruling:
    limit = elevated_limit(candidate, setting)
    if not pressure.above(limit):
        return _pass(f"Not above {limit} mmHg.", pressure, latest, Strength.SOFT_STOP)
    if not _repeated(candidate.pressures(), limit, setting):
        because = f"Above {limit} mmHg once. {REPEAT}"
        return _missing(because, Strength.SOFT_STOP, latest, f"BP {pressure} mmHg", until=REPEAT)
    return _stop(
        f"Above {limit} mmHg, and again after rest. Whether to delay is weighed for this person.",
        pressure,
        latest,
        Strength.SOFT_STOP,
        until=f"Until a blood pressure at or below {limit} mmHg.",
    )


def _older_in_europe(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """Which limit ELG-BP1 goes by here: only shown, since ELG-BP1 judges."""
    used, older = _by_eu_guide(candidate, setting), setting.populations.older_from_years
    if used:
        because = f"In the EU from {older} the guide is {ELEVATED_EU_OLDER} mmHg instead of {ELEVATED} mmHg."
    else:
        because = f"The guide for older people is not used: {ELEVATED} mmHg holds."
    return (
        Ruling(
            verdict=Verdict.PRECAUTION if used else Verdict.PASS,
            strength=Strength.INFO,
            because=because,
            datum=f"age {candidate.age_on(setting.now.date())} years",
        ),
    )


def _repeated(readings: Sequence[Reading], limit: Pressure, setting: Setting) -> bool:
    """Was the latest reading taken after rest, following another elevated one of the same occasion?"""
    within = timedelta(minutes=setting.policy.repeat_within_min)
    same_occasion = [readings[-1]]
    for later, earlier in pairwise(reversed(readings)):
        if later.happened_at - earlier.happened_at > within or not pressure_of(earlier).above(limit):
            break
        same_occasion.append(earlier)
    rested = same_occasion[0].happened_at - same_occasion[-1].happened_at
    return rested >= timedelta(minutes=setting.policy.repeat_after_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A limit that stops by itself, whatever was measured before."""

    id: str
    title: str
    source: str
    strength: Strength
    limit: Callable[[Setting], Pressure]
    breaks: Callable[[Pressure, Pressure], bool]
    passes: str
    stops: str
    until: str


GATES: Final = (
    Gate(
        id="ELG-BP3",
        title="High blood pressure",
        source="clinical.md ELG-BP3; no label limit [BADBP]",
        strength=Strength.SOFT_STOP,
        limit=high,
        breaks=Pressure.at_least,
        passes="Below {limit} mmHg.",
        stops="At or above {limit} mmHg.",
        until="Until a blood pressure below {limit} mmHg on another day.",
    ),
    Gate(
        id="ELG-BP4",
        title="Very high blood pressure",
        source="clinical.md ELG-BP4; symptoms [USPI19 §5.6]",
        strength=Strength.HARD_STOP,
        limit=very_high,
        breaks=Pressure.at_least,
        passes="Below {limit} mmHg.",
        stops="At or above {limit} mmHg: urgent review now. Ask about chest pain, shortness of breath, "
        "headache and vision.",
        until="Until the cause is reviewed and the pressure is below {high} mmHg.",
    ),
    Gate(
        id="ELG-BP6",
        title="Low blood pressure",
        source="clinical.md ELG-BP6",
        strength=Strength.SOFT_STOP,
        limit=low,
        breaks=Pressure.below,
        passes="Not below {limit} mmHg.",
        stops="Below {limit} mmHg.",
        until="Until the pressure is up and nobody feels faint.",
    ),
)


def _gate_judge(gate: Gate) -> Judge:
    def judge(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
        found = _recent(candidate.pressures(), gate.strength, setting)
        if isinstance(found, Ruling):
            return (found,)
        pressure, latest = found
        limit = gate.limit(setting)
        if gate.breaks(pressure, limit):
            until = gate.until.format(limit=limit, high=high(setting))
            return (_stop(gate.stops.format(limit=limit), pressure, latest, gate.strength, until=until),)
        return (_pass(gate.passes.format(limit=limit), pressure, latest, gate.strength),)

    return judge


def _heart_rate(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    readings = candidate.heart_rates()
    if not readings:
        return (_missing("No heart rate is recorded.", Strength.SOFT_STOP),)
    latest = readings[-1]
    rate = latest.payload.heart_rate_bpm or 0.0
    datum = f"heart rate {rate:g}/min"
    if _is_old(latest, setting):
        because = f"The last heart rate is older than {setting.policy.vitals_hold_days} days."
        return (_missing(because, Strength.SOFT_STOP, latest, datum),)
    slow, fast = setting.policy.slow_bpm, setting.policy.fast_bpm
    if slow <= rate <= fast:
        return (passes(f"Between {slow:g} and {fast:g}/min.", datum, latest),)
    until = f"Until an ECG is read and the rate is {slow:g} to {fast:g}/min at rest."
    return (defers(f"Outside {slow:g} to {fast:g}/min at rest.", datum, until, latest),)


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
        source="[USPI19 §5.6]; [MIMS-PH]; [MPR]; repeat rule is a design default",
        reads=VITALS | {"person"},
        judge=_elevated,
        standing=Standing.LABEL,
        products=NASAL,
    ),
    Rule(
        id="ELG-BP2",
        title="Blood pressure guide from 65 in the EU",
        source="clinical.md ELG-BP2, POP-5 (policy switch); from general knowledge, verify",
        reads=frozenset({"person"}),
        judge=_older_in_europe,
        standing=Standing.POLICY,
        verified=False,
        products=NASAL,
        jurisdictions=frozenset({Jurisdiction.EU}),
        covers=("POP-5",),
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
