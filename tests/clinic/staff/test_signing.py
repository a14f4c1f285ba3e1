"""Signing takes the signer's own PIN; wrong tries are counted and lock it."""

import pytest

from ajar.clinic.staff.models import PIN_TRIES
from ajar.clinic.staff.services import SignatureRefused, confirm_signature, set_pin
from tests.support.people import PIN


def try_wrongly(signer, times):
    for _ in range(times):
        signer.refresh_from_db()
        with pytest.raises(SignatureRefused, match="not the signing PIN"):
            confirm_signature(signer=signer, pin="0000")
    signer.refresh_from_db()


def test_the_right_pin_signs(nurse):
    confirm_signature(signer=nurse, pin=PIN)


def test_a_wrong_pin_signs_nothing_and_is_counted(nurse):
    try_wrongly(nurse, 1)
    assert nurse.pin_failures == 1


def test_the_right_pin_forgets_wrong_tries(nurse):
    try_wrongly(nurse, PIN_TRIES - 1)
    confirm_signature(signer=nurse, pin=PIN)
    nurse.refresh_from_db()
    assert nurse.pin_failures == 0


def test_after_five_wrong_tries_even_the_right_pin_is_refused(nurse):
    try_wrongly(nurse, PIN_TRIES)
    assert nurse.pin_locked
    with pytest.raises(SignatureRefused, match="locked after five wrong tries"):
        confirm_signature(signer=nurse, pin=PIN)


def test_a_new_pin_lifts_the_lock(nurse):
    try_wrongly(nurse, PIN_TRIES)
    set_pin(account=nurse, pin="135790")
    nurse.refresh_from_db()
    confirm_signature(signer=nurse, pin="135790")


def test_who_has_no_pin_is_told_so(nurse):
    nurse.signing_pin = ""
    nurse.save()
    with pytest.raises(SignatureRefused, match="No signing PIN is set"):
        confirm_signature(signer=nurse, pin="")


def test_a_pin_is_kept_hashed(nurse):
    assert PIN not in nurse.signing_pin


def test_wrong_tries_made_at_one_moment_are_all_counted(committed_db, nurse, together):
    def attempt(_):
        return confirm_signature(signer=type(nurse).objects.get(pk=nurse.pk), pin="0000")

    outcomes = together(4, attempt)
    assert all(isinstance(outcome, SignatureRefused) for outcome in outcomes), outcomes
    nurse.refresh_from_db()
    assert nurse.pin_failures == 4


def test_many_tries_at_one_moment_are_no_more_than_five(nurse):
    """Each request has read the account before any try was counted."""
    for _ in range(PIN_TRIES):
        with pytest.raises(SignatureRefused, match="not the signing PIN"):
            confirm_signature(signer=nurse, pin="0000")
    assert nurse.pin_failures == 0  # what this request read
    with pytest.raises(SignatureRefused, match="locked"):
        confirm_signature(signer=nurse, pin=PIN)


def test_who_no_longer_works_here_signs_nothing(nurse):
    nurse.is_active = False
    nurse.save()
    with pytest.raises(SignatureRefused, match="sign-in was stopped"):
        confirm_signature(signer=nurse, pin=PIN)
