"""A lozenge at home: the gate of clinical.md 1.7. All of it is a hard stop; nobody can accept it away."""

from dataclasses import replace
from typing import Final

from ajar.pathway.dosing.day import DayOfDose, DayRule, LozengesSoFar, missing, ruled, unasked
from ajar.pathway.dosing.policy import ReadinessPolicy
from ajar.pathway.evaluation.findings import Ruling, Strength, Verdict
from ajar.pathway.evaluation.home_rules import HomeRules
from ajar.pathway.evaluation.products import AT_HOME, Setting

HARD: Final = Strength.HARD_STOP


class HomeRefused(ValueError):
    """Not at home, or not this many doses; the message says why."""


def first_at_clinic(day: DayOfDose, setting: Setting, _: ReadinessPolicy) -> Ruling:
    """SL-06, SL-07: never the first dose at home."""
    if day.lozenges is None:
        return missing("Nobody has counted the doses taken at the clinic.", day, strength=HARD)
    taken, needed = day.lozenges.doses_at_clinic, setting.home.first_doses_on_site
    datum = f"{taken} at the clinic"
    if taken >= needed:
        return ruled(
            Verdict.PASS, "A lozenge was taken at the clinic first.", day, strength=HARD, datum=datum
        )
    because = "The first dose is never taken at home."
    until = f"After {needed} at the clinic, with blood pressure, pulse and oxygen before and 30 min after."
    return ruled(Verdict.STOP, because, day, strength=HARD, datum=datum, until=until)


def chaperone(day: DayOfDose, _: Setting, __: ReadinessPolicy) -> Ruling:
    """SL-07, SL-08: an adult, named, reachable, in the room before the dose."""
    home = day.answered.home if day.answered else None
    if home is None:
        return unasked(day, HARD)
    name, phone = home.chaperone_name.strip(), home.chaperone_phone.strip()
    if False in (home.chaperone_is_adult, home.chaperone_present):
        because = "No adult chaperone is with the patient."
        return ruled(Verdict.STOP, because, day, strength=HARD, datum=name or "nobody", until="Another day.")
    if not (name and phone and home.chaperone_is_adult and home.chaperone_present):
        because = "The chaperone's name, telephone, age or presence is not recorded."
        return missing(because, day, strength=HARD, until="Ask for each of them.")
    return ruled(Verdict.PASS, "An adult is there.", day, strength=HARD, datum=f"{name}, {phone}")


def cuff(day: DayOfDose, setting: Setting, _: ReadinessPolicy) -> Ruling:
    """SL-07: today's pressure is entered and not above the limit."""
    taken = [fact for fact in day.vitals if fact.payload.systolic_mmhg and fact.payload.diastolic_mmhg]
    if not taken:
        because = "No blood pressure from the cuff at home is entered."
        return missing(because, day, strength=HARD, datum="not measured", until="Measure and enter it.")
    latest, rules = taken[-1], setting.home
    limit = f"{rules.systolic_at_most_mmhg:g}/{rules.diastolic_at_most_mmhg:g}"
    systolic, diastolic = latest.payload.systolic_mmhg or 0.0, latest.payload.diastolic_mmhg or 0.0
    high = systolic > rules.systolic_at_most_mmhg or diastolic > rules.diastolic_at_most_mmhg
    ruling = ruled(
        Verdict.STOP if high else Verdict.PASS,
        f"Above {limit} mmHg: no dose at home." if high else f"Not above {limit} mmHg.",
        day,
        strength=HARD,
        datum=f"BP {systolic:g}/{diastolic:g} mmHg",
        until=f"Until a pressure at or below {limit} mmHg." if high else "",
    )
    return replace(ruling, happened_at=latest.happened_at, recorded_at=latest.recorded_at)


def video(day: DayOfDose, _: Setting, __: ReadinessPolicy) -> Ruling:
    """SL-07: the clinic sees the patient."""
    home = day.answered.home if day.answered else None
    if home is None or home.seen_by_video is None:
        return unasked(day, HARD)
    if home.seen_by_video:
        return ruled(Verdict.PASS, "Seen by video.", day, strength=HARD, datum="yes")
    because = "The patient is not seen by video."
    return ruled(Verdict.STOP, because, day, strength=HARD, datum="no", until="Until the video works.")


def place(day: DayOfDose, _: Setting, __: ReadinessPolicy) -> Ruling:
    """Where help is sent, should contact be lost."""
    home = day.answered.home if day.answered else None
    if home is None or not home.place.strip():
        return missing("Where the patient is today is not recorded.", day, strength=HARD, until="Ask for it.")
    return ruled(Verdict.PASS, "Help can be sent.", day, strength=HARD, datum=home.place.strip())


def dispensed(day: DayOfDose, setting: Setting, _: ReadinessPolicy) -> Ruling:
    """SL-07: one dose was handed out for today; until stable never more."""
    if day.lozenges is None:
        return missing("Nobody has counted the doses handed out.", day, strength=HARD)
    left = day.lozenges.doses_left
    most = setting.home.most_doses(taken_at_home=day.lozenges.doses_at_home)
    datum = f"{left} handed out and not taken"
    if left == 0:
        until = "Until a dose is ordered and handed out."
        return ruled(Verdict.STOP, "No dose was handed out.", day, strength=HARD, datum=datum, until=until)
    if left > most:
        because = f"More than {most} in the patient's hands."
        until = "Until the others are returned, or taken back in the record."
        return ruled(Verdict.STOP, because, day, strength=HARD, datum=datum, until=until)
    return ruled(
        Verdict.PASS, "The dose of today is in the patient's hands.", day, strength=HARD, datum=datum
    )


HOME_RULES: Final[tuple[DayRule, ...]] = (
    DayRule(
        id="SL-06",
        title="First dose at the clinic",
        source="SL-06 [KETNZ]; SL-07 design default",
        judge=first_at_clinic,
        products=AT_HOME,
    ),
    DayRule(
        id="SL-07a",
        title="Adult chaperone",
        source="SL-07 design default (supported by [HULL22]); present before the dose SL-08 [HULL-PA]",
        judge=chaperone,
        products=AT_HOME,
    ),
    DayRule(
        id="SL-07b",
        title="Blood pressure at home",
        source="SL-07 design default: no dose above 140/90",
        judge=cuff,
        products=AT_HOME,
    ),
    DayRule(
        id="SL-07c",
        title="Video check-in",
        source="SL-07 design default",
        judge=video,
        products=AT_HOME,
    ),
    DayRule(
        id="SL-07d",
        title="Doses handed out",
        source="SL-07 design default: at most one dose per dispense until stable; [FDA23-A]",
        judge=dispensed,
        products=AT_HOME,
    ),
    DayRule(
        id="SL-07e",
        title="Where the patient is",
        source="design default, from general knowledge, verify",
        judge=place,
        verified=False,
        products=AT_HOME,
    ),
)


def refuse_dispense(doses: int, so_far: LozengesSoFar, rules: HomeRules) -> None:
    """No dose is handed out before the first at the clinic, and no more than the policy allows at once.

    Raises:
        HomeRefused: naming the rule.
    """
    if so_far.doses_at_clinic < rules.first_doses_on_site:
        raise HomeRefused("The first dose is taken at the clinic; none is handed out before it (SL-06).")
    most = rules.most_doses(taken_at_home=so_far.doses_at_home)
    if so_far.doses_left + doses > most:
        raise HomeRefused(
            f"At most {most} in the patient's hands; {so_far.doses_left} handed out and not taken, "
            f"{doses} more asked for (SL-07)."
        )
