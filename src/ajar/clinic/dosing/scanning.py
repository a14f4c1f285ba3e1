"""Lot and expiry, typed or scanned: what a form takes, and what the page's script asks before it is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.http import JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ajar.clinic.dosing.fields import LONGEST_TYPED, StepForm, expiry_field, lot_field
from ajar.clinic.dosing.page import Seen
from ajar.exchange.gs1 import Scan, read_scan
from ajar.pathway.dosing.drug import refuse_expired
from ajar.pathway.dosing.preparation import refuse_other_package
from ajar.pathway.evaluation.products import Product

LONGEST_LOT: Final = 40
"""Characters of a lot that a person types: longer than a GS1 lot, for pharmacies with marks of their own."""

STRENGTH: Final = "concentration_mg_per_ml"


class OtherExpiry(ValueError):
    """What was typed is not what the code says; the message names both."""


class OtherLot(ValueError):
    """The lot was changed after the scan that the form carries; the message names both."""


def read_package(
    typed: str, seen: Seen, *, expires_on: date | None = None, said_mg_per_ml: float | None = None
) -> Scan | None:
    """What was scanned of this session's drug, or None where a lot was typed. On the site's own day.

    Raises:
        ScanUnreadable: a scan that does not say for certain what is asked.
        PreparationRefused: a package of something else, or of another strength than `said_mg_per_ml`.
        DrugRefused: it has expired.
        OtherExpiry: another expiry was typed.
    """
    today = seen.now.astimezone(seen.encounter.site.zone).date()
    scan = read_scan(typed, today=today)
    if scan is None:
        return None
    refuse_other_package(Product(seen.session.product), scan.ndc, said_mg_per_ml=said_mg_per_ml)
    if scan.expires_on:
        refuse_expired(expires_on=scan.expires_on, on=today)
    if scan.expires_on and expires_on and scan.expires_on != expires_on:
        days = {"scanned": day_words(scan.expires_on), "typed": day_words(expires_on)}
        raise OtherExpiry(
            _("The code says it expires %(scanned)s, not %(typed)s. Look at the package and correct one.")
            % days
        )
    return scan


def day_words(day: date) -> str:
    """'30 Nov 2027'."""
    return date_format(day, "j M Y")


class LotForm(StepForm):
    """A form that asks for a package's lot and expiry. A scan in the lot's field answers both.

    `scan` is what the page's script has read already: it is read again, beside the strength chosen since.
    """

    lot = lot_field()
    expires_on = expiry_field()
    scan = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_TYPED)

    def prepare(self, seen: Seen) -> None:
        """Where the page's script asks what a scan says."""
        self.fields["lot"].widget.attrs["data-scan"] = reverse("dosing:scan", args=[seen.encounter.pk])

    def clean(self) -> dict[str, Any]:
        """Take lot and expiry from a scan; else both have to be typed."""
        data = self.cleaned_data
        carried, typed = data.pop("scan", ""), data.get("lot", "")
        try:
            scan = self._scan(typed, carried)
        except OtherExpiry as refused:
            self.add_error("expires_on", str(refused))
        except ValueError as refused:
            self.add_error("lot", str(refused))
        else:
            self._take(scan)
        return data

    def _scan(self, typed: str, carried: str) -> Scan | None:
        said = {
            "expires_on": self.cleaned_data.get("expires_on"),
            "said_mg_per_ml": self.cleaned_data.get(STRENGTH),
        }
        scan = read_package(typed, self.seen, **said)
        if scan is not None or not carried:
            return scan
        scan = read_package(carried, self.seen, **said)
        if scan is not None and scan.lot != typed:
            lots = {"scanned": scan.lot, "typed": typed}
            raise OtherLot(_("Lot %(scanned)s was scanned, not %(typed)s. Scan the package again.") % lots)
        return scan

    def _take(self, scan: Scan | None) -> None:
        data = self.cleaned_data
        if scan is not None:
            data["lot"], data["expires_on"] = scan.lot, scan.expires_on or data.get("expires_on")
        elif len(data.get("lot", "")) > LONGEST_LOT:
            longest = {"longest": LONGEST_LOT}
            self.add_error(
                "lot", _("A lot has at most %(longest)s characters: type it as printed.") % longest
            )
        if "expires_on" not in self.errors and not data.get("expires_on"):
            self.add_error("expires_on", self.fields["expires_on"].error_messages["required"])


class PackageForm(forms.Form):
    """What the page's script sends: the lot's field, and what was said by hand so far."""

    lot = forms.CharField(max_length=LONGEST_TYPED)
    expires_on = forms.DateField(required=False)
    concentration_mg_per_ml = forms.FloatField(required=False)


def told_of_package(seen: Seen, told: Mapping[str, Any]) -> JsonResponse:
    """Lot and expiry for the page to fill in, and words to say; 422 with the reason where it is refused.

    A lot that was typed by hand is left to the person: there is nothing to fill in, and nothing to say.
    """
    form = PackageForm(told)
    if not form.is_valid():
        return JsonResponse(
            {"refused": " ".join(words for field in form.errors.values() for words in map(str, field))},
            status=422,
        )
    asked = form.cleaned_data
    try:
        scan = read_package(
            asked["lot"], seen, expires_on=asked["expires_on"], said_mg_per_ml=asked[STRENGTH]
        )
    except ValueError as refused:
        return JsonResponse({"refused": str(refused)}, status=422)
    if scan is None:
        return JsonResponse({"said": ""})
    expires_on = scan.expires_on.isoformat() if scan.expires_on else ""
    return JsonResponse({"lot": scan.lot, "expires_on": expires_on, "said": in_words(scan)})


def in_words(scan: Scan) -> str:
    """What was read, to be compared with the package."""
    if scan.expires_on is None:
        return _("Lot %(lot)s. The code does not say the expiry: type it as printed.") % {"lot": scan.lot}
    return _("Lot %(lot)s, expires %(day)s.") % {"lot": scan.lot, "day": day_words(scan.expires_on)}
