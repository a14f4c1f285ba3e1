"""A page that is refused says nothing of whose it is."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from ajar.pathway.staff.roles import Role
from tests.support.people import SignIn

VARIES = r'value="[A-Za-z0-9]{64}"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
"""The form token, and the address itself."""


@pytest.mark.usefixtures("clock")
@pytest.mark.hazard("HAZ-15")
@pytest.mark.parametrize("rest", ["", "plan/", "evaluation/", "ledger/"])
def test_the_answer_about_another_sites_patient_names_nobody(
    client: Client, as_role: SignIn, miami_patient, rest: str
) -> None:
    nurse = as_role(client, Role.NURSE)
    answers = [nurse.get(f"/patients/{pk}/{rest}") for pk in (miami_patient.pk, uuid4())]
    assert [one.status_code for one in answers] == [404, 404]
    elsewhere, nobody = (re.sub(VARIES, "", one.content.decode()) for one in answers)
    assert elsewhere == nobody
