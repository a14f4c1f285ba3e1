"""Accounts are made by the clinic: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the sign-up page closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites staff, the front desk invites patients."""
        return False
