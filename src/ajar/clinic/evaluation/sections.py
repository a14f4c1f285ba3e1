"""The sections of the evaluation page: one table, so that every kind of fact is recorded the same way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ajar.clinic.evaluation.forms import (
    AllergyForm,
    ConditionForm,
    FactForm,
    LabForm,
    PregnancyForm,
    TrialForm,
    VitalsForm,
)
from ajar.clinic.evaluation.history_form import HistoryForm
from ajar.clinic.evaluation.medicine_form import MedicineForm
from ajar.clinic.evaluation.score_form import ScoreForm
from ajar.clinic.evaluation.selectors import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of fact: its heading, its form, what its button says, and whether it may be filled in part."""

    kind: str
    title: Promise
    form: type[FactForm]
    button: Promise
    empty: Promise | str = ""
    in_part: Promise | str = ""
    template: str = "evaluation/section.html"


SECTIONS: Final[Mapping[str, Section]] = MappingProxyType(
    {
        section.kind: section
        for section in (
            Section(
                kind="history",
                title=_("History"),
                form=HistoryForm,
                button=_("Record the changed answers"),
                template="evaluation/history.html",
            ),
            Section(
                kind="vitals",
                title=_("Vital signs"),
                form=VitalsForm,
                button=_("Record these vital signs"),
                empty=_("Nothing measured yet."),
                in_part=_("Leave empty what was not measured."),
            ),
            Section(
                kind="medicines",
                title=_("Medicines"),
                form=MedicineForm,
                button=_("Record this medicine"),
                empty=_("No medicine recorded."),
            ),
            Section(
                kind="trials",
                title=_("Antidepressant trials"),
                form=TrialForm,
                button=_("Record this trial"),
                empty=_("No trial recorded."),
            ),
            Section(
                kind="conditions",
                title=_("Conditions"),
                form=ConditionForm,
                button=_("Record this condition"),
                empty=_("No condition recorded."),
            ),
            Section(
                kind="pregnancy",
                title=_("Pregnancy"),
                form=PregnancyForm,
                button=_("Record this result"),
                empty=_("No test recorded."),
            ),
            Section(
                kind="labs",
                title=_("Laboratory"),
                form=LabForm,
                button=_("Record this value"),
                empty=_("No value recorded."),
            ),
            Section(
                kind="scores",
                title=_("Scores"),
                form=ScoreForm,
                button=_("Record this score"),
                empty=_("No score recorded."),
            ),
            Section(
                kind="allergies",
                title=_("Allergies"),
                form=AllergyForm,
                button=_("Record this allergy"),
                empty=_("No allergy recorded."),
            ),
        )
    }
)


def form_of(section: Section, evaluation: Evaluation, *, now: datetime, data: Any = None) -> FactForm:
    """The section's form, empty or bound to what was typed."""
    kwargs: dict[str, Any] = {"now": now, "zone": evaluation.patient.site.zone, "prefix": section.kind}
    if issubclass(section.form, HistoryForm):
        kwargs["candidate"] = evaluation.candidate
        kwargs["setting"] = evaluation.setting
    return section.form(data, **kwargs)
