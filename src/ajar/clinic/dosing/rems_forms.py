"""What is asked for the REMS: a site's certification and a patient's enrolment."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.dosing.rems import SiteCertification


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day on a form of paper."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


class CertificationForm(forms.Form):
    """A certification or its renewal (SITE-1)."""

    site = forms.ChoiceField(label=_("Site"))
    number = forms.CharField(label=_("Certification number"), max_length=40)
    representative = forms.CharField(
        label=_("Authorized representative"),
        help_text=_("Another representative means another certification (SITE-1)."),
        max_length=120,
    )
    certified_on = day_field(_("Certified on"))
    valid_until = day_field(_("Valid until"), _("After this day no spray is given until it is renewed."))

    def __init__(self, data: Mapping[str, Any] | None = None, *, viewer: Account) -> None:
        super().__init__(data)
        self.sites: dict[str, Site] = {site.slug: site for site in viewer.sites.filter(telehealth=False)}
        choices = [(slug, site.name) for slug, site in self.sites.items()]
        self.fields["site"].choices = choices  # type: ignore[attr-defined]

    def certification(self) -> SiteCertification:
        """The certification as the rules know it (ValueError where it cannot be)."""
        data = self.cleaned_data
        return SiteCertification(
            number=data["number"],
            representative=data["representative"],
            certified_on=data["certified_on"],
            valid_until=data["valid_until"],
        )


class EnrolmentForm(forms.Form):
    """The enrolment form that went in with both signatures (clinical.md 2.3)."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.CharField(label=_("Reference given by the REMS"), max_length=40)
    patient_signed_on = day_field(_("Patient signed on"))
    prescriber = forms.ChoiceField(label=_("Prescriber who signed"))
    prescriber_signed_on = day_field(_("Prescriber signed on"))
    enrolled_on = day_field(_("Enrolled on"), _("The day from which the REMS lists the patient."))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, patient: Patient, prescribers: list[Account],
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.patient = patient
        names = [one.titled_name for one in prescribers]
        choices = [("", _("Choose")), *((name, name) for name in names)]
        self.fields["prescriber"].choices = choices  # type: ignore[attr-defined]

    def enrolled(self) -> RemsEnrolled:
        """The enrolment as a fact (ValueError where it cannot be)."""
        data = self.cleaned_data
        return RemsEnrolled(
            enrolled_on=data["enrolled_on"],
            reference=data["reference"].strip(),
            setting_id=self.patient.site.rems_site_id,
            prescriber=data["prescriber"],
            patient_signed_on=data["patient_signed_on"],
            prescriber_signed_on=data["prescriber_signed_on"],
        )
