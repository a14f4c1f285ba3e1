"""Is this patient ready to be dosed today? Asked every time, never carried over (clinical.md 3.6, FSM-2).

Each rule gives one finding with its reason, the datum and the source. What nobody asked is not a pass:
it needs information, and a session does not begin while anything that blocks stands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.dosing.entries import ReadinessAnswered
from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.findings import Finding, Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, NASAL, RACEMIC, Product, Setting
from ajar.pathway.evaluation.rules import blood_pressure
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import Person, Sex

READINESS_VERSION: Final = "readiness 2026.1"

SOLIDS_H: Final = dict.fromkeys(INJECTED, 6.0) | dict.fromkeys(BY_MOUTH, 4.0) | {Product.ESKETAMINE_IN: 2.0}
LIQUIDS_H: Final = dict.fromkeys(RACEMIC, 2.0) | {Product.ESKETAMINE_IN: 0.5}
SPO2_AT_LEAST_PERCENT: Final = 94  # as ALM-4, design default


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfDose:
    """What was asked and measured today. `vitals` are those since arrival, oldest first."""

    person: Person
    answered: ReadinessAnswered | None
    answered_at: datetime | None
    vitals: tuple[Fact[VitalsMeasured], ...]
    consent: ConsentStanding
    acceptances: tuple[Fact[FindingAccepted], ...] = ()


Judge = Callable[[DayOfDose, Setting], Ruling]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """One question of the day."""

    id: str
    title: str
    source: str
    judge: Judge
    standing: Standing = Standing.DESIGN_DEFAULT
    verified: bool = True
    products: frozenset[Product] = frozenset(Product)
    sexes: frozenset[Sex] = frozenset(Sex)


def judge_readiness(day: DayOfDose, setting: Setting) -> tuple[Finding, ...]:
    """Every rule's answer today; what stands in the way comes first."""
    bare = [*_of_the_day(day, setting), *_of_the_pressure(day, setting)]
    found = [_with_acceptance(finding, day.acceptances) for finding in bare]
    return tuple(sorted(found, key=lambda finding: finding.page_order))


def in_the_way(findings: Iterable[Finding]) -> list[Finding]:
    """What keeps the session from beginning: stops that nobody accepted, and whatever is not known."""
    blocking = (Verdict.STOP, Verdict.NEEDS_INFORMATION)
    return [finding for finding in findings if finding.stands and finding.verdict in blocking]


def _of_the_day(day: DayOfDose, setting: Setting) -> list[Finding]:
    return [
        _finding(rule.id, rule.title, rule.source, rule.judge(day, setting), setting, rule)
        for rule in DAY_RULES
        if setting.product in rule.products and day.person.sex in rule.sexes
    ]


def _of_the_pressure(day: DayOfDose, setting: Setting) -> list[Finding]:
    today = Candidate(person=day.person, vitals=day.vitals)
    return [
        Finding(
            rule_id=rule.id,
            title=rule.title,
            ruling=ruling,
            standing=ruling.standing or rule.standing,
            source=rule.source,
            verified=rule.verified,
            product=setting.product,
            jurisdiction=setting.jurisdiction,
            rulebook_version=READINESS_VERSION,
        )
        for rule in blood_pressure.RULES
        if rule.applies(setting)
        for ruling in rule.judge(today, setting)
    ]


def _finding(
    rule_id: str, title: str, source: str, ruling: Ruling, setting: Setting, rule: DayRule
) -> Finding:
    return Finding(
        rule_id=rule_id,
        title=title,
        ruling=ruling,
        standing=rule.standing,
        source=source,
        verified=rule.verified,
        product=setting.product,
        jurisdiction=setting.jurisdiction,
        rulebook_version=READINESS_VERSION,
    )


def _with_acceptance(finding: Finding, acceptances: Sequence[Fact[FindingAccepted]]) -> Finding:
    """Accepted only on the very datum it stands on: a newer answer or reading asks again."""
    if not finding.acceptable:
        return finding
    for fact in reversed(acceptances):
        given_on = (fact.payload.rule_id, fact.payload.datum, fact.payload.rulebook_version)
        if given_on == (finding.rule_id, finding.datum_key, READINESS_VERSION):
            return replace(
                finding, accepted=fact.payload, accepted_by=fact.recorded_by, accepted_at=fact.recorded_at
            )
    return finding


def _ruled(
    verdict: Verdict, because: str, day: DayOfDose, *, strength: Strength, datum: str, until: str = ""
) -> Ruling:
    return Ruling(
        verdict=verdict,
        strength=strength,
        effect=Outcome.ELIGIBLE if verdict is Verdict.PASS else Outcome.DEFER,
        because=because,
        datum=datum,
        happened_at=day.answered_at,
        recorded_at=day.answered_at,
        until=until,
    )


def _unasked(day: DayOfDose, strength: Strength) -> Ruling:
    return _ruled(
        Verdict.NEEDS_INFORMATION, "Not asked yet today.", day, strength=strength, datum="not recorded"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fasting:
    """How long before the dose nothing of this kind may have been taken."""

    field: str
    what: str
    hours: Mapping[Product, float]
    strength: Mapping[Product, Strength]

    def judge(self, day: DayOfDose, setting: Setting) -> Ruling:
        """Compare the time since with the time needed."""
        strength, needed = self.strength[setting.product], timedelta(hours=self.hours[setting.product])
        last_at: datetime | None = getattr(day.answered, self.field) if day.answered else None
        if last_at is None:
            return _unasked(day, strength)
        since_h = (setting.now - last_at).total_seconds() / 3600
        datum = f"last {self.what} {since_h:.1f} h ago"
        if setting.now - last_at >= needed:
            because = f"At least {self.hours[setting.product]:g} h without {self.what}."
            return _ruled(Verdict.PASS, because, day, strength=strength, datum=datum)
        because = f"{self.what.capitalize()} less than {self.hours[setting.product]:g} h ago."
        wait_min = -(-(last_at + needed - setting.now).total_seconds() // 60)
        until = f"Enough time has passed in {wait_min:.0f} min."
        # The datum is when it was taken, not how long ago: an acceptance stands while nothing new is said.
        told = f"last {self.what} at {last_at.isoformat(timespec='minutes')}"
        return _ruled(Verdict.STOP, because, day, strength=strength, datum=told, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToday:
    """A yes-or-no question whose yes matters."""

    field: str
    yes: str
    no: str
    strength: Strength
    until: str = ""
    verdict: Verdict = Verdict.STOP

    def judge(self, day: DayOfDose, _: Setting) -> Ruling:
        """Missing is not no."""
        answer: bool | None = getattr(day.answered, self.field) if day.answered else None
        if answer is None:
            return _unasked(day, self.strength)
        if not answer:
            return _ruled(Verdict.PASS, self.no, day, strength=self.strength, datum="no")
        return _ruled(self.verdict, self.yes, day, strength=self.strength, datum="yes", until=self.until)


def _escort(day: DayOfDose, _: Setting) -> Ruling:
    strength = Strength.HARD_STOP
    if day.answered is None:
        return _unasked(day, strength)
    name, phone = day.answered.escort_name.strip(), day.answered.escort_phone.strip()
    if name and phone:
        datum = f"{name}, {phone}"
        return _ruled(Verdict.PASS, "Someone takes the patient home.", day, strength=strength, datum=datum)
    because = "Who takes the patient home, and how to reach them, is not recorded."
    until = "Name the escort and their telephone number, or book another day."
    return _ruled(
        Verdict.NEEDS_INFORMATION, because, day, strength=strength, datum="not recorded", until=until
    )


def _oximetry(day: DayOfDose, _: Setting) -> Ruling:
    strength = Strength.SOFT_STOP
    taken = [fact for fact in day.vitals if fact.payload.spo2_percent is not None]
    if not taken:
        because = "No oxygen saturation is recorded today."
        return _ruled(
            Verdict.NEEDS_INFORMATION,
            because,
            day,
            strength=strength,
            datum="not measured",
            until="Measure it.",
        )
    latest = taken[-1]
    percent = latest.payload.spo2_percent or 0.0
    fine = percent >= SPO2_AT_LEAST_PERCENT
    ruling = _ruled(
        Verdict.PASS if fine else Verdict.STOP,
        f"At least {SPO2_AT_LEAST_PERCENT} %."
        if fine
        else f"Below {SPO2_AT_LEAST_PERCENT} % before any drug.",
        day,
        strength=strength,
        datum=f"SpO2 {percent:g} %",
        until="" if fine else "Until it is explained, or measured again and higher.",
    )
    return replace(ruling, happened_at=latest.happened_at, recorded_at=latest.recorded_at)


def _consent(day: DayOfDose, _: Setting) -> Ruling:
    strength = Strength.HARD_STOP
    if day.consent.valid:
        return _ruled(Verdict.PASS, day.consent.because, day, strength=strength, datum="consent")
    until = "Until both have signed the consent for this product."
    return _ruled(
        Verdict.STOP, day.consent.because, day, strength=strength, datum=day.consent.kind, until=until
    )


_HARD_FOR_SPRAY: Final = dict.fromkeys(RACEMIC, Strength.SOFT_STOP) | {
    Product.ESKETAMINE_IN: Strength.HARD_STOP
}


DAY_RULES: Final[tuple[DayRule, ...]] = (
    DayRule(
        id="DAY-1",
        title="Last solid food",
        source="Spravato 2 h [MPR]; infusion 6 h, as procedural sedation, from general knowledge, verify",
        judge=Fasting(
            field="last_solids_at", what="solid food", hours=SOLIDS_H, strength=_HARD_FOR_SPRAY
        ).judge,
        verified=False,
    ),
    DayRule(
        id="DAY-2",
        title="Last clear liquids",
        source="Spravato 30 min [MPR]; infusion 2 h, from general knowledge, verify",
        judge=Fasting(
            field="last_liquids_at", what="liquids", hours=LIQUIDS_H, strength=_HARD_FOR_SPRAY
        ).judge,
        verified=False,
    ),
    DayRule(
        id="DAY-3",
        title="Way home",
        source="arranged before dosing, none means another day [LACDMH]; [STC-TREAT]",
        judge=_escort,
        standing=Standing.POLICY,
    ),
    DayRule(
        id="DAY-5",
        title="Signs of intoxication",
        source="clinical.md DAY-5, design default",
        judge=AskedToday(
            field="intoxication_signs",
            yes="Signs of intoxication: no drug today.",
            no="No signs of intoxication.",
            strength=Strength.HARD_STOP,
            until="Cancel today and speak with the patient.",
        ).judge,
    ),
    DayRule(
        id="DAY-6a",
        title="New medicines since the last visit",
        source="ask every visit [MPR]; design default",
        judge=AskedToday(
            field="new_medicines",
            yes="There are new medicines: interactions have not been looked at.",
            no="No new medicines.",
            strength=Strength.SOFT_STOP,
            until="Record them in the evaluation and look at the findings.",
        ).judge,
    ),
    DayRule(
        id="DAY-6b",
        title="New symptoms since the last visit",
        source="ask every visit [MPR]; design default",
        judge=AskedToday(
            field="new_symptoms",
            yes="There are new symptoms.",
            no="No new symptoms.",
            strength=Strength.SOFT_STOP,
            until="The prescriber speaks with the patient.",
        ).judge,
    ),
    DayRule(
        id="DAY-6c",
        title="Suicidal thoughts since the last visit",
        source="C-SSRS since last visit [MPR]; design default",
        judge=AskedToday(
            field="suicidal_thoughts_since_last_visit",
            yes="Suicidal thoughts since the last visit.",
            no="None reported.",
            strength=Strength.SOFT_STOP,
            until="The prescriber assesses the risk and decides with the patient.",
        ).judge,
    ),
    DayRule(
        id="DAY-6d",
        title="Could be pregnant",
        source="missed period, ask every visit [MPR]; CI-09",
        judge=AskedToday(
            field="could_be_pregnant",
            yes="A pregnancy is possible.",
            no="A pregnancy is not possible, or was ruled out.",
            strength=Strength.SOFT_STOP,
            until="A pregnancy test today.",
        ).judge,
        sexes=frozenset(Sex) - {Sex.MALE},
    ),
    DayRule(
        id="DAY-7",
        title="Stimulant this morning",
        source="closely monitor blood pressure [SPP-STIM]; holding the dose from general knowledge, verify",
        judge=AskedToday(
            field="stimulant_today",
            yes="A stimulant this morning: watch the blood pressure closely.",
            no="No stimulant this morning.",
            strength=Strength.CAUTION,
            verdict=Verdict.PRECAUTION,
        ).judge,
        verified=False,
    ),
    DayRule(
        id="DDI-25",
        title="Nasal steroid or decongestant",
        source="at least 1 h before [MAYO]; FSM-2",
        judge=AskedToday(
            field="nasal_product_within_1_h",
            yes="A nasal product less than 1 h ago.",
            no="No nasal product in the last hour.",
            strength=Strength.HARD_STOP,
            until="Wait until an hour has passed, then ask again.",
        ).judge,
        standing=Standing.LABEL,
        products=NASAL,
    ),
    DayRule(
        id="FSM-2",
        title="Oxygen saturation today",
        source="recorded before every session [FDA-REMS]; 94 % as ALM-4, design default",
        judge=_oximetry,
    ),
    DayRule(
        id="FSM-3",
        title="Consent",
        source="consent valid before a dose (clinical.md FSM-3)",
        judge=_consent,
        standing=Standing.POLICY,
    ),
)
