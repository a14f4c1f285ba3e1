"""How the questions of the day are judged (clinical.md 3.6). Missing is never no."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.dosing.day import DayOfDose, missing, ruled, unasked
from ajar.pathway.dosing.entries import ReadinessAnswered
from ajar.pathway.dosing.policy import ReadinessPolicy, Stimulant
from ajar.pathway.evaluation.findings import Ruling, Strength, Verdict
from ajar.pathway.evaluation.products import AT_HOME, BY_MOUTH, INJECTED, NASAL, RACEMIC, Product, Setting

HARD_FOR_SPRAY: Final = dict.fromkeys(RACEMIC, Strength.SOFT_STOP) | dict.fromkeys(NASAL, Strength.HARD_STOP)
ALWAYS_HARD: Final = dict.fromkeys(Product, Strength.HARD_STOP)
ALWAYS_SOFT: Final = dict.fromkeys(Product, Strength.SOFT_STOP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fasting:
    """How long nothing of this kind was taken. `hours` names the field of the policy's fast."""

    field: str
    what: str
    hours: str

    def judge(self, day: DayOfDose, setting: Setting, policy: ReadinessPolicy) -> Ruling:
        """Compare the time since with the time needed."""
        fast = policy.fast(setting.product)
        hours: float = getattr(fast, self.hours)
        last_at: datetime | None = getattr(day.answered, self.field) if day.answered else None
        if last_at is None:
            return unasked(day, fast.strength)
        needed, since = timedelta(hours=hours), setting.now - last_at
        if since >= needed:
            because = f"At least {hours:g} h without {self.what}."
            datum = f"last {self.what} {since.total_seconds() / 3600:.1f} h ago"
            return ruled(Verdict.PASS, because, day, strength=fast.strength, datum=datum)
        wait_min = -(-(needed - since).total_seconds() // 60)
        # The datum is when it was taken, not how long ago: an acceptance stands while nothing new is said.
        return ruled(
            Verdict.STOP,
            f"{self.what.capitalize()} less than {hours:g} h ago.",
            day,
            strength=fast.strength,
            datum=f"last {self.what} at {last_at.isoformat(timespec='minutes')}",
            until=f"Enough time has passed in {wait_min:.0f} min.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToday:
    """A yes-or-no question whose yes matters."""

    field: str
    yes: str
    no: str
    strength: Mapping[Product, Strength]
    until: str = ""

    def judge(self, day: DayOfDose, setting: Setting, _: ReadinessPolicy) -> Ruling:
        """Missing is not no."""
        strength = self.strength[setting.product]
        answer: bool | None = getattr(day.answered, self.field) if day.answered else None
        if answer is None:
            return unasked(day, strength)
        if not answer:
            return ruled(Verdict.PASS, self.no, day, strength=strength, datum="no")
        return ruled(Verdict.STOP, self.yes, day, strength=strength, datum="yes", until=self.until)


def stimulant(day: DayOfDose, _: Setting, policy: ReadinessPolicy) -> Ruling:
    """DAY-7: watch the pressure, or hold the medicine until after the session, as the clinic decides."""
    holds = policy.stimulant is Stimulant.HOLD
    strength = Strength.SOFT_STOP if holds else Strength.CAUTION
    answer = day.answered.stimulant_today if day.answered else None
    if answer is None:
        return unasked(day, strength)
    if not answer:
        return ruled(Verdict.PASS, "No stimulant this morning.", day, strength=strength, datum="no")
    if holds:
        because, until = (
            "A stimulant this morning; this clinic holds it until after the session.",
            ("The prescriber weighs it, or another day."),
        )
        return ruled(Verdict.STOP, because, day, strength=strength, datum="yes", until=until)
    because = "A stimulant this morning: watch the blood pressure closely."
    return ruled(Verdict.PRECAUTION, because, day, strength=strength, datum="yes")


def driving(day: DayOfDose, setting: Setting, policy: ReadinessPolicy) -> Ruling:
    """DAY-4: no driving and nothing hazardous until then."""
    asked = AskedToday(
        field="will_drive",
        yes=f"Nobody drives or does anything hazardous before {policy.driving}.",
        no=f"Nothing hazardous before {policy.driving}.",
        strength=HARD_FOR_SPRAY,
        until="The patient agrees to it and is asked again, or another day.",
    )
    return asked.judge(day, setting, policy)


WAY_HOME: Final[Mapping[Product, tuple[str, str]]] = (
    dict.fromkeys(NASAL, ("Transport home is arranged.", "Name who drives the patient home."))
    | dict.fromkeys(INJECTED, ("An escort takes the patient home.", "Name the escort."))
    | dict.fromkeys(BY_MOUTH - AT_HOME, ("Someone takes the patient home.", "Name who it is."))
)
"""DAY-3: what is known of the way home, and what is asked where it is not."""


def way_home(day: DayOfDose, setting: Setting, _: ReadinessPolicy) -> Ruling:
    """DAY-3: named and reachable by telephone; the driver need not wait on site [LACDMH]."""
    strength = Strength.HARD_STOP
    if day.answered is None:
        return unasked(day, strength)
    fine, ask = WAY_HOME[setting.product]
    name, phone = day.answered.escort_name.strip(), day.answered.escort_phone.strip()
    if name and phone:
        return ruled(Verdict.PASS, fine, day, strength=strength, datum=f"{name}, {phone}")
    because = "Who takes the patient home, and how to reach them, is not recorded."
    until = f"{ask} Record the telephone number too, or book another day."
    return missing(because, day, strength=strength, until=until)


def suicidality(day: DayOfDose, setting: Setting, _: ReadinessPolicy) -> Ruling:
    """DAY-6: C-SSRS since last contact, by its highest item answered yes; no total (clinical.md 6.2)."""
    answered = day.answered
    if answered is None or answered.suicidal_thoughts_since_last_visit is None:
        return unasked(day, Strength.SOFT_STOP)
    if not answered.suicidal_thoughts_since_last_visit and answered.cssrs_highest_item is None:
        return ruled(Verdict.PASS, "None reported.", day, strength=Strength.SOFT_STOP, datum="no")
    if answered.cssrs_highest_item is None:
        because = "Suicidal thoughts or behaviour, and the C-SSRS is not answered."
        until = "Ask the C-SSRS screener, since last contact."
        return missing(because, day, strength=Strength.SOFT_STOP, datum="yes", until=until)
    return _triaged(answered, day, setting)


CSSRS_COLOUR: Final = {1: "yellow", 2: "yellow", 3: "orange", 4: "red", 5: "red", 6: "red"}
"""Triage of the highest item answered yes since last contact [CSSRS-BLU]; [CSSRS-TRI]."""


def _triaged(answered: ReadinessAnswered, day: DayOfDose, setting: Setting) -> Ruling:
    item = answered.cssrs_highest_item or 0
    colour = CSSRS_COLOUR[item]
    closed = setting.product in AT_HOME and colour != "yellow"
    until = "The prescriber assesses the risk and decides with the patient."
    if closed:
        until = "Not at home: the patient is seen at once, and the plan is made again (clinical.md 7)."
    return ruled(
        Verdict.STOP,
        f"Suicidal thoughts or behaviour since the last visit: C-SSRS item {item}, {colour}.",
        day,
        strength=Strength.HARD_STOP if closed else Strength.SOFT_STOP,
        datum=f"C-SSRS item {item}",
        until=until,
    )


def prescriber_present(day: DayOfDose, _: Setting, __: ReadinessPolicy) -> Ruling:
    """SITE-2: on site during the dose and the watch after it."""
    strength = Strength.HARD_STOP
    if day.answered is None:
        return unasked(day, strength)
    if name := day.answered.prescriber_on_site.strip():
        return ruled(Verdict.PASS, "A prescriber is on site.", day, strength=strength, datum=name)
    because = "Nobody has said which prescriber is on site."
    return missing(because, day, strength=strength, until="Name the prescriber who is here until release.")


def oximetry(day: DayOfDose, setting: Setting, policy: ReadinessPolicy) -> Ruling:
    """FSM-2: the newest oxygen saturation. At home an oximeter is wanted, not required (SL-07 asks none)."""
    strength = Strength.SOFT_STOP
    taken = [fact for fact in day.vitals if fact.payload.spo2_percent is not None]
    if not taken and setting.product in AT_HOME:
        because = "No oxygen saturation at home: the chaperone watches the breathing."
        return ruled(Verdict.PRECAUTION, because, day, strength=Strength.CAUTION, datum="not measured")
    if not taken:
        because = "No oxygen saturation is recorded today."
        return missing(because, day, strength=strength, datum="not measured", until="Measure it.")
    latest, least = taken[-1], policy.spo2_at_least_percent
    percent = latest.payload.spo2_percent or 0.0
    fine = percent >= least
    ruling = ruled(
        Verdict.PASS if fine else Verdict.STOP,
        f"At least {least:g} %." if fine else f"Below {least:g} % before any drug.",
        day,
        strength=strength,
        datum=f"SpO2 {percent:g} %",
        until="" if fine else "Until it is explained, or measured again and higher.",
    )
    return replace(ruling, happened_at=latest.happened_at, recorded_at=latest.recorded_at)


def consent(day: DayOfDose, _: Setting, __: ReadinessPolicy) -> Ruling:
    """FSM-3: signed by both, for this product, and valid today."""
    strength = Strength.HARD_STOP
    if day.consent.valid:
        return ruled(Verdict.PASS, day.consent.because, day, strength=strength, datum="consent")
    until = "Until both have signed the consent for this product."
    return ruled(
        Verdict.STOP, day.consent.because, day, strength=strength, datum=day.consent.kind, until=until
    )
