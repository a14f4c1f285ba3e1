"""Weight, height and what they mean: LAB-9, POP-10, CA-14."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import EATING_DISORDER, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.products import Indication, Setting
from ajar.pathway.evaluation.rules.laboratory import POTASSIUM, QTC, Test
from ajar.pathway.evaluation.rules.rule import Rule, Stop, ruling_on
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes, remarks, warns
from ajar.pathway.observations.vitals import VitalsMeasured

REDOSE_CHANGE: Final = 0.05  # LAB-9: re-dose if the weight changed by 5 % or more, design default
BODY: Final = frozenset({"vitals"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mass:
    """A body mass index in kg/m², and the weight it stands on."""

    bmi: float
    seen: Fact[VitalsMeasured]

    @property
    def words(self) -> str:
        """The index as a datum."""
        return f"BMI {self.bmi:.1f} kg/m²"


def body_mass(candidate: Candidate) -> Mass | None:
    """The index of the latest weight and height; None where one of them was never measured."""
    weights, heights = candidate.measured("weight_kg"), candidate.measured("height_cm")
    if not weights or not heights:
        return None
    weight_kg = weights[-1].payload.weight_kg or 0.0
    height_m = (heights[-1].payload.height_cm or 100.0) / 100
    return Mass(bmi=weight_kg / height_m**2, seen=weights[-1])


def _measured(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    weights, mass = candidate.measured("weight_kg"), body_mass(candidate)
    if mass is None:
        missing = " and ".join(_unmeasured(candidate))
        return (asks(f"Not measured: {missing}.", f"Measure: {missing}.", f"{missing}: none"),)
    if setting.now - mass.seen.happened_at > timedelta(days=setting.policy.vitals_hold_days):
        because = f"The weight is older than {setting.policy.vitals_hold_days} days."
        return (asks(because, "Weigh again.", mass.words, mass.seen),)
    known = passes("Weight and height are recorded.", mass.words, mass.seen)
    return (known, *_changed(weights))


def _unmeasured(candidate: Candidate) -> list[str]:
    names = (("weight", "weight_kg"), ("height", "height_cm"))
    return [name for name, field in names if not candidate.measured(field)]


def _changed(weights: tuple[Fact[VitalsMeasured], ...]) -> tuple[Ruling, ...]:
    if len(weights) < 2:
        return ()
    before, now = (fact.payload.weight_kg or 0.0 for fact in weights[-2:])
    if abs(now - before) < REDOSE_CHANGE * before:
        return ()
    return (remarks("The weight changed by 5 % or more.", f"weight {before:g} to {now:g} kg", weights[-1]),)


def _obese(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    limit, mass = setting.policy.obese_from_bmi, body_mass(candidate)
    if mass is None:
        return (asks("The BMI is not known.", "Measure weight and height.", "BMI: none"),)
    if mass.bmi >= limit:
        because = f"BMI {limit:g} or more: dose on ideal body weight, and look at the STOP-BANG (LAB-8)."
        return (warns(because, mass.words, mass.seen),)
    return (passes(f"BMI below {limit:g}.", mass.words, mass.seen, Strength.CAUTION),)


UNDERWEIGHT: Final = Stop(
    yes="An eating disorder with low weight: watch electrolytes, QTc, pulse and refeeding.",
    no="No eating disorder with low weight known.",
    strength=Strength.CAUTION,
    effect=Outcome.ELIGIBLE_WITH_CAUTION,
)
STABILISED: Final = "Until it is medically stabilised and measured again."


def _underweight(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """The limits hold for everybody; with an eating disorder each of them must be known."""
    evidence = EATING_DISORDER.look_up(candidate, setting.now)
    said = ruling_on(evidence, EATING_DISORDER, UNDERWEIGHT)
    stops = _beyond(candidate, setting)
    eating = evidence.holds is Holds.YES or setting.indication is Indication.EATING
    return (said, *stops, *(_unknown(candidate) if eating else ()))


def _beyond(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    policy, found = setting.policy, []
    if (mass := body_mass(candidate)) is not None and mass.bmi < policy.underweight_bmi:
        found.append(defers(f"BMI below {policy.underweight_bmi:g}.", mass.words, STABILISED, mass.seen))
    if rates := candidate.heart_rates():
        rate = rates[-1].payload.heart_rate_bpm or 0.0
        if rate < policy.very_slow_bpm:
            because = f"Heart rate below {policy.very_slow_bpm:g}/min."
            found.append(defers(because, f"heart rate {rate:g}/min", STABILISED, rates[-1]))
    return (*found, *_laboratory(candidate, setting))


def _laboratory(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    policy, found = setting.policy, []
    potassium, qtc = POTASSIUM.latest(candidate), QTC.latest(candidate)
    if potassium is not None and _below(POTASSIUM.number(potassium), policy.low_potassium_mmol_l):
        because = f"Potassium below {policy.low_potassium_mmol_l:g} mmol/L."
        found.append(defers(because, POTASSIUM.words(potassium), STABILISED, potassium))
    if qtc is not None and _below(policy.long_qtc_ms, QTC.number(qtc)):
        because = f"QTc above {policy.long_qtc_ms:g} ms."
        found.append(defers(because, QTC.words(qtc), STABILISED, qtc))
    return tuple(found)


def _below(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value < limit


NEEDED: Final[tuple[Test, ...]] = (POTASSIUM, QTC)


def _unknown(candidate: Candidate) -> tuple[Ruling, ...]:
    names = [test.name for test in NEEDED if (r := test.latest(candidate)) is None or test.number(r) is None]
    names += ["BMI"] if body_mass(candidate) is None else []
    names += [] if candidate.heart_rates() else ["heart rate"]
    if not names:
        return ()
    missing = ", ".join(names)
    because = f"With an eating disorder these must be known: {missing}."
    return (asks(because, f"Record: {missing}.", f"not known: {missing}"),)


RULES: Final = (
    Rule(
        id="LAB-9",
        title="Weight, height and BMI",
        source="clinical.md LAB-9 (design default)",
        reads=BODY,
        judge=_measured,
        standing=Standing.DESIGN_DEFAULT,
    ),
    Rule(
        id="POP-10", title="BMI of 30 or more", source="[SINGH19]; [CPSBC21]; IV-08", reads=BODY, judge=_obese
    ),
    Rule(
        id="CA-14",
        title="Eating disorder with low weight",
        source="clinical.md CA-14; from general knowledge, verify",
        reads=frozenset({"answers", "conditions", "vitals", "labs"}),
        judge=_underweight,
        verified=False,
    ),
)
