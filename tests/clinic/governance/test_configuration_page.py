"""The configuration's page: anyone of staff reads it, the medical director signs it, nothing changes it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from ajar.clinic.governance.models import SignedConfiguration
from ajar.clinic.governance.selectors import in_force, programme
from ajar.clinic.governance.services import MEANING, sign_configuration
from ajar.pathway.governance.configuration import ConfigurationRefused, digest_of
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME
from ajar.pathway.staff.roles import Role
from tests.support.people import PIN

PAGE = "governance:configuration"
PARAMETER = "alarms.overdue_low_min"
FILE = f"""version = "2026-12"
rulebook = "2026.12"

[[change]]
parameter = "{PARAMETER}"
value = 3
because = "Our rooms are far apart."
"""

CHANGES = (
    "UPDATE governance_signedconfiguration SET text = ''",
    "DELETE FROM governance_signedconfiguration",
)


@pytest.fixture
def director(client, as_role, staff):
    return as_role(client, Role.MEDICAL_DIRECTOR)


def signed_by(staff, now, text=FILE):
    return sign_configuration(text=text, pin=PIN, by=staff[Role.MEDICAL_DIRECTOR], now=now)


def test_without_a_signed_file_the_defaults_are_in_force(director):
    assert programme() is DEFAULT_PROGRAMME
    assert "signed no configuration" in director.get(reverse(PAGE)).content.decode()


def test_checking_a_file_shows_what_it_would_set_and_writes_nothing(director):
    page = director.post(reverse("governance:check"), {"text": FILE}).content.decode()
    assert PARAMETER in page
    assert "Our rooms are far apart." in page
    assert reverse("governance:sign") in page
    assert in_force() is None


def test_a_file_that_sets_nothing_says_so(director):
    text = 'version = "1"\nrulebook = "2026.12"\n'
    assert "sets nothing" in director.post(reverse("governance:check"), {"text": text}).content.decode()


def test_signing_puts_it_in_force_under_the_signers_name(director, staff):
    answer = director.post(reverse("governance:sign"), {"text": FILE, "pin": PIN}, follow=True)
    found = in_force()
    assert found is not None
    assert (found.version, found.meaning, found.digest) == ("2026-12", MEANING, digest_of(FILE))
    assert found.printed_name == staff[Role.MEDICAL_DIRECTOR].titled_name
    assert programme().alarms.overdue_low_min == 3
    assert found.digest[:12] in answer.content.decode()


def test_the_file_can_be_read_again_as_it_was_signed(director, staff, now):
    found = signed_by(staff, now)
    answer = director.get(reverse("governance:signed-file", args=[found.pk]))
    assert answer.content.decode() == FILE
    assert "attachment" in answer["Content-Disposition"]


def test_the_defaults_come_as_a_file(director):
    assert PARAMETER in director.get(reverse("governance:defaults")).content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": FILE, "pin": "0000"}, "not the signing PIN"),
        ({"text": FILE.replace(" 3\n", ' "x"\n'), "pin": PIN}, "expected a number"),
        ({"text": "", "pin": PIN}, "required"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_written(director, said, words):
    answer = director.post(reverse("governance:sign"), said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert in_force() is None


def test_a_refused_check_says_why(director):
    answer = director.post(reverse("governance:check"), {"text": "version ="})
    assert answer.status_code == 422
    assert "not TOML" in answer.content.decode()


def test_a_version_is_signed_once(staff, now):
    signed_by(staff, now)
    with pytest.raises(ConfigurationRefused, match="was signed before"):
        signed_by(staff, now)


def test_a_newer_version_takes_its_place(staff, now):
    signed_by(staff, now)
    signed_by(staff, now, FILE.replace("2026-12", "2027-01").replace("= 3", "= 4"))
    assert programme().alarms.overdue_low_min == 4
    assert [one.version for one in SignedConfiguration.objects.all()] == ["2027-01", "2026-12"]


def test_a_signed_file_is_never_changed(staff, now):
    found = signed_by(staff, now)
    with pytest.raises(TypeError, match="never changed"):
        found.save()
    for statement in CHANGES:
        refused = pytest.raises(DatabaseError, match="signed configurations are never changed")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert str(found) == "2026-12"


def test_a_nurse_reads_it_and_cannot_sign(client, as_role):
    nurse = as_role(client, Role.NURSE)
    assert "A new version" not in nurse.get(reverse(PAGE)).content.decode()
    assert nurse.post(reverse("governance:sign"), {"text": FILE, "pin": PIN}).status_code == 403
