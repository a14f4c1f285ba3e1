"""Reads about people: only those within the viewer's reach."""

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.staff.roles import Role

MOST_WORDS: Final = 12
"""Of a search; a database compares no endless list, and nobody's name has more."""


def patients_in_reach(viewer: Account) -> QuerySet[Patient]:
    """The patients this account may know of."""
    patients = Patient.objects.select_related("site")
    if viewer.role_of is Role.PATIENT:
        return patients.filter(account=viewer)
    return patients.filter(site__in=viewer.sites.all())


def find_patients(viewer: Account, words: str) -> QuerySet[Patient]:
    """Patients whose name or record number contains every word, or who were born on that date."""
    found = patients_in_reach(viewer)
    for word in words.split()[:MOST_WORDS]:
        matches = Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(mrn__icontains=word)
        if (born := _as_date(word)) is not None:
            matches |= Q(birth_date=born)
        found = found.filter(matches)
    return found


def _as_date(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
