"""Every address, every role, own patient or not: the answer is the one the policy table gives."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.access import BY_KEY, LIBRARY_NAMESPACES, PUBLIC
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.staff.authors import SYSTEM
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.tasks.services import open_task
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.staff.roles import Role
from tests.support.people import BACKEND
from tests.support.routes import Route, routes

ROUTES = routes()
MARKED = [route for route in ROUTES if route.permission is not None]
GUARDED = [route for route in MARKED if isinstance(route.permission, Action)]
KEYED = [route for route in MARKED if route.permission == BY_KEY]
OPEN = [route for route in MARKED if route.permission == PUBLIC]
LIBRARY = [route for route in ROUTES if route.permission is None]

pytestmark = [pytest.mark.hazard("HAZ-15"), pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def each(found: list[Route]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("route", found, ids=lambda route: f"{route.name} {route.pattern}")


def things_of(patient: Patient, now: datetime) -> dict[str, object]:
    """What an address can name about this patient: themself, a planned session, a task."""
    session = open_encounter(patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=now)
    planned = SessionPlanned(
        course_id=uuid4(),
        number=1,
        product="ketamine_iv",
        dose_mg=35,
        starts_at=now,
        site=patient.site.name,
        phase="induction",
    )
    new = NewEntry(payload=planned, happened_at=now, encounter_id=session.pk)
    [entry] = append([new], patient_id=patient.pk, expected=ANYWHERE, by=SYSTEM, now=now)
    task = open_task(
        kind="call-back", title="Call back", because="asked", owner_role=Role.NURSE, due_at=now, now=now,
        patient=patient,
    )  # fmt: skip
    return {
        "patient_id": patient.pk,
        "encounter_id": session.pk,
        "entry_id": entry.id,
        "task_id": task.pk,
        "account_id": patient.account.pk,
    }


@pytest.fixture
def own(patient, now):
    return things_of(patient, now)


@pytest.fixture
def others(miami_patient, now):
    return things_of(miami_patient, now)


@pytest.fixture
def accounts(staff, patient):
    return {**staff, Role.PATIENT: patient.account}


def answer(client, path):
    """The answer to the method this view takes; whatever it wrote is undone."""
    with transaction.atomic():
        found = client.get(path)
        if found.status_code == 405:
            found = client.post(path)
        transaction.set_rollback(True)
    return found


def signed_in(account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.mark.hazard("HAZ-20")
@each(ROUTES)
def test_every_address_says_who_may_see_it(route):
    marked = route.permission in (PUBLIC, BY_KEY) or isinstance(route.permission, Action)
    assert marked or route.name.startswith(LIBRARY_NAMESPACES), (
        f"{route.pattern}: @permit(…), @public or @by_key"
    )


def carries_the_security_headers(response):
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    return (
        "default-src 'none'" in policy
        and "unsafe" not in policy
        and headers["X-Frame-Options"] == "DENY"
        and headers["X-Content-Type-Options"] == "nosniff"
        and headers["Referrer-Policy"] == "same-origin"
        and headers["Cross-Origin-Opener-Policy"] == "same-origin"
    )


def is_kept_by_nobody(response):
    return "no-store" in response.headers.get("Cache-Control", "")


@each(GUARDED)
def test_each_role_gets_what_the_policy_table_says(route, own, accounts):
    path = route.path(own)
    for role, account in accounts.items():
        found = answer(signed_in(account), path)
        refused = found.status_code == 403
        assert refused != may(role, route.permission), f"{role} got {found.status_code} from {path}"
        assert carries_the_security_headers(found), f"{role} at {path}"
        assert is_kept_by_nobody(found), f"{role} at {path}"


@each([route for route in GUARDED if route.names_a_patient])
def test_another_sites_patient_looks_like_one_who_does_not_exist(route, others, accounts):
    path, nobody = route.path(others), route.path({})
    for role, account in accounts.items():
        expected = 404 if may(role, route.permission) else 403
        assert answer(signed_in(account), path).status_code == expected, f"{role} at {path}"
        assert answer(signed_in(account), nobody).status_code == expected, f"{role} at {nobody}"


@each([route for route in GUARDED if set(route.converters) in ({"patient_id"}, {"encounter_id"})])
def test_ones_own_patient_is_found(route, own, accounts):
    for role, account in accounts.items():
        if may(role, route.permission):
            assert answer(signed_in(account), route.path(own)).status_code != 404, (
                f"{role} at {route.pattern}"
            )


@each([route for route in GUARDED if {"patient_id", "entry_id"} <= set(route.converters)])
def test_another_charts_entry_is_neither_shown_nor_touched_through_ones_own_patient(
    route, own, others, accounts
):
    path = route.path(own | {"entry_id": others["entry_id"]})
    for account in accounts.values():
        with transaction.atomic():
            recorded = LedgerEntry.objects.count()
            client = signed_in(account)
            client.post(path, {"reason": "typed wrongly"})
            assert LedgerEntry.objects.count() == recorded
            assert "Omar" not in client.get(path).content.decode()
            transaction.set_rollback(True)


@each([route for route in GUARDED if "task_id" in route.converters])
def test_another_sites_task_is_not_found(route, others, accounts):
    for role, account in accounts.items():
        expected = 404 if may(role, route.permission) else 403
        assert answer(signed_in(account), route.path(others)).status_code == expected, f"{role}"


@each(GUARDED)
def test_who_is_not_signed_in_is_asked_to_sign_in(route, own):
    found = answer(Client(), route.path(own))
    assert found.status_code == 302
    assert found.headers["Location"].startswith("/accounts/login/?next=")


@each(OPEN)
def test_a_public_page_answers_anyone(route, own, accounts):
    for account in (None, *accounts.values()):
        found = answer(signed_in(account) if account else Client(), route.path(own))
        assert not found.headers.get("Location", "").startswith("/accounts/login/")
        assert carries_the_security_headers(found)
        assert account is None or is_kept_by_nobody(found)


@each(LIBRARY)
def test_the_sign_in_librarys_pages_answer_everyone(route, accounts):
    for account in (None, accounts[Role.NURSE], accounts[Role.PATIENT]):
        found = answer(signed_in(account) if account else Client(), route.path({}))
        assert carries_the_security_headers(found)
        signed_out = "_auth_user_id" not in found.wsgi_request.session
        assert signed_out or is_kept_by_nobody(found)


@each(KEYED)
def test_where_a_device_shows_its_key_no_signing_in_helps(route, own, accounts):
    for account in (None, *accounts.values()):
        for key in ({}, {"Authorization": "Bearer made-up"}, {"Authorization": "Basic YTpi"}):
            client = signed_in(account) if account else Client()
            found = client.post(route.path(own), b"{}", content_type="application/json", headers=key)
            assert found.status_code == 401
            assert found.headers["WWW-Authenticate"] == "Bearer"
            assert carries_the_security_headers(found)
            assert is_kept_by_nobody(found)


@each([route for route in ROUTES if route not in KEYED])
def test_a_form_from_elsewhere_is_refused(route, own, accounts):
    assert not getattr(route.view, "csrf_exempt", False)
    client = Client(enforce_csrf_checks=True)
    client.force_login(accounts[Role.NURSE], backend=BACKEND)
    assert client.post(route.path(own)).status_code in (403, 405)
    assert client.post(route.path(own), headers={"Origin": "https://elsewhere.example"}).status_code == 403
