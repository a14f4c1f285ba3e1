"""The form's fields on the person, the place, the medicines, the dose and what a clinician judged."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from ajar.pathway.discharge.entries import EncounterSigned, LeftAgainstAdvice, Released
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.evaluation.medicines import DrugClass, classes_of, is_recognised
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.paperwork.entries import RemsAnswered
from ajar.pathway.paperwork.rems_chart import Chart, Filled
from ajar.pathway.paperwork.told import all_of, clock_text, last_of, minutes_between, yes_no
from ajar.pathway.patients.facts import MedicationRecorded, Sex
from ajar.pathway.safety.report import ReportLine, report

ADULT_YEARS: Final = 18
LEAST_MIN: Final = 120  # field 17
FORM_DOSES_MG: Final = (56.0, 84.0)


# -- Who, where, when ------------------------------------------------------------------------------------


def patient_name(chart: Chart) -> Filled:
    """Field 1."""
    return Filled(text=f"{chart.given_name} {chart.family_name}")


def middle_initial(_: Chart) -> Filled:
    """Field 2: not kept here."""
    return Filled(missing="not kept")


def birth_date(chart: Chart) -> Filled:
    """Field 3."""
    age = chart.person.age_on(chart.treatment_on)
    concern = "" if age >= ADULT_YEARS else f"{age} years old on the day of treatment: the form is for adults"
    return Filled(text=f"{chart.person.birth_date:%m/%d/%Y}", concern=concern)


def sex(chart: Chart) -> Filled:
    """Field 4."""
    if chart.person.sex is Sex.UNKNOWN:
        return Filled(missing="not recorded")
    return Filled(text=chart.person.sex.value)


def is_first_treatment(chart: Chart) -> bool:
    """Was no esketamine given here before this session?"""
    starts_at = chart.session.first_dose_at
    return not any(
        given.product == Product.ESKETAMINE_IN and starts_at is not None and entry.happened_at < starts_at
        for entry, given in all_of(effective(chart.entries), DrugGiven)
    )


def first_treatment(chart: Chart) -> Filled:
    """Field 5."""
    return Filled(text=yes_no(is_first_treatment(chart)))


def monitor(chart: Chart) -> Filled:
    """Field 12."""
    if chart.monitor is None:
        return Filled(missing="no observation was recorded by a person")
    return Filled(text=chart.monitor.text(), missing=chart.monitor.missing())


def setting(chart: Chart) -> Filled:
    """Field 13."""
    return Filled(text=chart.place.text(), missing=chart.place.missing())


def treatment_date(chart: Chart) -> Filled:
    """Field 14."""
    return Filled(text=f"{chart.treatment_on:%m/%d/%Y}", entries=_acts(chart)[:1])


# -- Medicines -------------------------------------------------------------------------------------------


def medicine(drug_class: DrugClass, answer_field: str) -> Callable[[Chart], Filled]:
    """Fields 7 to 11: as answered, else as the list of medicines says."""

    def project(chart: Chart) -> Filled:
        answered = _answers(chart)
        if answered is not None and (answer := getattr(answered[1], answer_field)) is not None:
            return Filled(text=yes_no(answer), entries=(answered[0],))
        return _from_list(chart, drug_class)

    return project


def _from_list(chart: Chart, drug_class: DrugClass) -> Filled:
    listed = all_of(chart.known_at_leaving, MedicationRecorded)
    taken = [(entry, said) for entry, said in listed if said.active]
    of_class = [(entry, said) for entry, said in taken if drug_class in classes_of(said.medicine)]
    if of_class:
        names = ", ".join(said.medicine.display for _, said in of_class)
        return Filled(text=f"yes: {names}", entries=tuple(entry for entry, _ in of_class))
    if not listed:
        return Filled(missing="no list of medicines is recorded")
    unknown = [said.medicine.display for _, said in taken if not is_recognised(said.medicine)]
    if unknown:
        return Filled(
            missing=f"not recognised: {', '.join(unknown)}; answer yes or no",
            entries=tuple(entry for entry, said in taken if said.medicine.display in unknown),
        )
    return Filled(text="no", entries=tuple(entry for entry, _ in taken))


# -- Dose ------------------------------------------------------------------------------------------------


def _acts(chart: Chart) -> tuple[Entry, ...]:
    return tuple(entry for entry, _ in all_of(chart.ours, DrugGiven))


def dose(chart: Chart) -> Filled:
    """Field 15."""
    given_mg = sum(given.amount_mg or 0.0 for _, given in all_of(chart.ours, DrugGiven))
    if given_mg in FORM_DOSES_MG:
        return Filled(text=f"{given_mg:g} mg", entries=_acts(chart))
    answered = _answers(chart)
    reason = answered[1].other_dose_reason if answered else ""
    return Filled(
        text=f"other: {given_mg:g} mg" + (f" ({reason})" if reason else ""),
        entries=_acts(chart),
        missing="" if reason else "another dose than 56 or 84 mg needs a reason",
    )


def lots(chart: Chart) -> Filled:
    """Field 16."""
    lots = dict.fromkeys(given.lot for _, given in all_of(chart.ours, DrugGiven))
    return Filled(text=", ".join(lots), entries=_acts(chart))


def duration(chart: Chart) -> Filled:
    """Field 17: the true time, also when the patient left early (FSM-10)."""
    starts_at, ends_at = chart.session.first_dose_at, chart.session.closed_at
    if starts_at is None or ends_at is None:
        return Filled(missing="the session is still open", entries=_acts(chart)[:1])
    last_at = chart.session.last_drug_at or starts_at
    short = ends_at - last_at < timedelta(minutes=LEAST_MIN)
    return Filled(
        text=f"{minutes_between(starts_at, ends_at)} min",
        entries=_acts(chart)[:1],
        concern=(
            f"{minutes_between(last_at, ends_at)} min since the last device: the patient left early"
            if short
            else ""
        ),
    )


def ready_without_rule(chart: Chart) -> Filled:
    """Field 18. Who left against advice was never ready, which is an answer too (FSM-10)."""
    left = last_of(chart.ours, LeftAgainstAdvice)
    if left is not None:
        return Filled(text="not ready when they left against advice", entries=(left[0],))
    released = last_of(chart.ours, Released)
    if released is None or released[1].ready_without_rule_min is None:
        return Filled(missing="not answered at release")
    return Filled(text=f"{released[1].ready_without_rule_min} min", entries=(released[0],))


# -- Judgements ------------------------------------------------------------------------------------------


def _answers(chart: Chart) -> tuple[Entry, RemsAnswered] | None:
    return last_of(chart.ours, RemsAnswered)


def enrolled(chart: Chart) -> Filled:
    """Field 6."""
    answered = _answers(chart)
    if answered is None or answered[1].enrolled is None:
        return Filled(missing="not answered")
    concern = "" if answered[1].enrolled else "The enrolment form must go in first"
    return Filled(text=yes_no(answered[1].enrolled), entries=(answered[0],), concern=concern)


def acceptable_before(chart: Chart) -> Filled:
    """Field 19."""
    answered = _answers(chart)
    if answered is None:
        return Filled(missing="not answered")
    note = f": {answered[1].vitals_note}" if answered[1].vitals_note else ""
    return Filled(text=yes_no(answered[1].vitals_acceptable_before) + note, entries=(answered[0],))


def acceptable_after(chart: Chart) -> Filled:
    """Field 20."""
    answered = _answers(chart)
    if answered is None:
        return Filled(missing="not answered")
    good = answered[1].vitals_acceptable_after
    concern = "" if good else "The patient left although vital signs were not acceptable"
    return Filled(text=yes_no(good), entries=(answered[0],), concern=concern)


def serious_event(chart: Chart) -> Filled:
    """Field 27: as answered and as recorded, which must agree."""
    recorded = tuple(line for line in report(chart.ours) if line.event.serious)
    told = "; ".join(_told(chart, line) for line in recorded)
    entries = tuple(line.entry for line in recorded)
    answered = _answers(chart)
    if answered is None:
        return Filled(text=f"yes: {told}" if told else "", entries=entries, missing="not answered")
    said = answered[1]
    notes = "; ".join(part for part in (said.serious_event_note if said.serious_event else "", told) if part)
    concern = "Report a serious event without waiting for the seven days" if said.serious_event else ""
    if recorded and not said.serious_event:
        concern = "Answered no, but a serious adverse event is recorded: answer again"
    elif said.serious_event and not recorded:
        concern += "; it is not recorded as an adverse event yet"
    return Filled(
        text=yes_no(said.serious_event) + (f": {notes}" if notes else ""),
        entries=(answered[0], *entries),
        concern=concern,
    )


def _told(chart: Chart, line: ReportLine) -> str:
    event = line.event
    onset = clock_text(event.onset_at, chart.zone)
    return f"{event.term} ({event.seriousness}), from {onset}, {event.action}, {event.outcome}"


def completed_by(chart: Chart) -> Filled:
    """Field 28."""
    signed = last_of(chart.ours, EncounterSigned)
    if signed is None:
        return Filled(missing="the encounter is not signed yet")
    entry, signature = signed
    day = entry.recorded_at.astimezone(chart.zone)
    text = f"{signature.printed_name}, {day:%m/%d/%Y} {clock_text(day, chart.zone)}: {signature.meaning}"
    return Filled(text=text, entries=(entry,))
