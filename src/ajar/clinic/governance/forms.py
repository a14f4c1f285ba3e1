"""A configuration's file, as it is typed or pasted, and the signature under it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.pathway.governance.configuration import MAX_CHARS


class ConfigurationForm(forms.Form):
    """The file's text; the PIN is asked for only to sign."""

    text = forms.CharField(
        label=_("The configuration (TOML)"),
        max_length=MAX_CHARS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        help_text=_("Begin with the file of all defaults, or with the one in force. Each change says why."),
    )


class SignatureForm(ConfigurationForm):
    """The same, signed."""

    pin = forms.CharField(
        label=_("Your signing PIN"),
        max_length=32,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
