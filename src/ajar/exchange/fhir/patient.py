"""FHIR Patient to a draft of the person."""

import re
from typing import Final

from ajar.exchange.fhir.datatypes import Subject, codes, day
from ajar.exchange.fhir.outcome import (
    BundleRefusalKind,
    Leave,
    PatientDraft,
    RefuseBundle,
)
from ajar.exchange.fhir.tree import Tree, text, tree, trees
from ajar.pathway.patients.facts import Sex

MAX_NAME_CHARS: Final = 80
MAX_PHONE_CHARS: Final = 32
RECORD_NUMBER: Final = "MR"
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{2,}")
_USE_ORDER: Final = ("official", "usual", "")


def patient_draft(resource: Tree) -> PatientDraft:
    """Who the patient is.

    Raises:
        RefuseBundle: deceased, or without what a chart needs: a name, a date of birth, a way to be
            recognised again.
    """
    try:
        _refuse_deceased(resource)
        given, family = _name(resource)
        born = day(resource.get("birthDate"))
        if born is None:
            raise Leave("it has no full date of birth")
        return PatientDraft(
            reference=_reference(resource),
            given_name=given,
            family_name=family,
            birth_date=born,
            sex=_sex(resource),
            phone=_phone(resource),
            email=_email(resource),
            language=_language(resource),
        )
    except Leave as problem:
        because = f"The patient cannot be taken: {problem}."
        raise RefuseBundle(BundleRefusalKind.UNUSABLE_PATIENT, because) from None


def subject(resource: Tree, full_url: str) -> Subject:
    """The names other resources may use for this patient."""
    identity = text(resource.get("id"))
    names = {
        full_url,
        f"Patient/{identity}" if identity else "",
        f"urn:uuid:{identity}" if identity else "",
    }
    return Subject(names=frozenset(names - {""}))


def _refuse_deceased(resource: Tree) -> None:
    when = resource.get("deceasedDateTime")
    if when is not None or resource.get("deceasedBoolean") is True:
        known = f" on {text(when)[:10]}" if text(when) else ""
        because = f"The record says that the patient died{known}; nothing was taken."
        raise RefuseBundle(BundleRefusalKind.DECEASED, because)


def _name(resource: Tree) -> tuple[str, str]:
    names = trees(resource.get("name"))
    ranked = sorted(names, key=lambda name: _rank(text(name.get("use"))))
    for name in ranked:
        given = name.get("given")
        first = " ".join(text(part) for part in given if text(part)) if isinstance(given, list) else ""
        family = text(name.get("family")) or text(name.get("text"))
        if family or first:
            return _fitting(first), _fitting(family)
    raise Leave("it has no name")


def _rank(use: str) -> int:
    return _USE_ORDER.index(use) if use in _USE_ORDER else len(_USE_ORDER)


def _fitting(name: str) -> str:
    if len(name) > MAX_NAME_CHARS:
        raise Leave(f"a name has more than {MAX_NAME_CHARS} characters")
    return name


def _reference(resource: Tree) -> str:
    """The record number with its system, else any identifier, else the resource's own id."""
    identifiers = [one for one in trees(resource.get("identifier")) if text(one.get("value"))]
    numbered = [one for one in identifiers if RECORD_NUMBER in codes(one.get("type"))]
    for one in (*numbered, *identifiers):
        return f"{text(one.get('system'))}|{text(one.get('value'))}"
    if identity := text(resource.get("id")):
        return f"Patient/{identity}"
    raise Leave("it has no identifier, so it could not be recognised when read again")


def _sex(resource: Tree) -> Sex:
    gender = text(resource.get("gender"))
    return Sex(gender) if gender in set(Sex) else Sex.UNKNOWN


def _phone(resource: Tree) -> str:
    return next(
        (phone for phone in _reached_by(resource, "phone") if len(phone) <= MAX_PHONE_CHARS),
        "",
    )


def _email(resource: Tree) -> str:
    return next(
        (address for address in _reached_by(resource, "email") if _EMAIL.fullmatch(address)),
        "",
    )


def _reached_by(resource: Tree, system: str) -> list[str]:
    ways = trees(resource.get("telecom"))
    return [way for one in ways if one.get("system") == system and (way := text(one.get("value")))]


def _language(resource: Tree) -> str:
    spoken = trees(resource.get("communication"))
    preferred = [one for one in spoken if one.get("preferred") is True]
    tags = [tag for one in (*preferred, *spoken) for tag in sorted(codes(tree(one).get("language")))]
    return next(iter(tags), "")
