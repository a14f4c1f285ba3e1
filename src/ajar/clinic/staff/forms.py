"""Adding people and setting PINs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.staff.models import Account, Site
from ajar.pathway.staff.roles import STAFF


class InviteForm(forms.ModelForm[Account]):
    """A new member of staff. They choose their own password by the link that follows."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in sorted(STAFF, key=lambda r: r.label)]
    )
    sites = forms.ModelMultipleChoiceField(
        label=_("Works at"), queryset=Site.objects.all(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Account
        fields = ("printed_name", "credentials", "licence", "email", "phone", "role", "sites")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credentials"].help_text = _("As printed under a signature, such as RN or MD")

    def clean_email(self) -> str:
        """One address, one account: capitals make no difference at sign-in."""
        email: str = self.cleaned_data["email"]
        if Account.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Someone has an account with this e-mail address already."))
        return email


class PinForm(forms.Form):
    """A signing PIN, typed twice."""

    pin = forms.RegexField(
        label=_("New signing PIN"),
        regex=r"^[0-9]{4,8}$",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("A PIN is 4 to 8 digits.")},
        help_text=_("4 to 8 digits. Typed again at every signature; never told to anyone."),
    )
    again = forms.CharField(
        label=_("Once more"),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """Only the owner of the account sets its PIN."""
        password: str = self.cleaned_data["password"]
        if not self.account.check_password(password):
            raise forms.ValidationError(_("That is not your password."))
        return password

    def clean_again(self) -> str:
        """Both spellings agree."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("pin"):
            raise forms.ValidationError(_("The two PINs differ."))
        return again
