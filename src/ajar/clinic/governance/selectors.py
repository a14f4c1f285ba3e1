"""The programme in force: the sourced defaults, with what the clinic's newest signed file sets."""

from datetime import datetime
from functools import lru_cache

from ajar.clinic.governance.models import SignedConfiguration
from ajar.pathway.governance.configuration import configured, read_configuration
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME, Programme


def in_force() -> SignedConfiguration | None:
    """The newest signed configuration; None where the clinic runs on the defaults."""
    return SignedConfiguration.objects.select_related("signed_by").first()


def programme() -> Programme:
    """What alarms, cadences, gates and rules go by now.

    Raises:
        ConfigurationRefused: the file in force no longer fits this version of the program.
    """
    newest = SignedConfiguration.objects.values_list("text", flat=True).first()
    return DEFAULT_PROGRAMME if newest is None else _configured(newest)


def programme_at(moment: datetime) -> Programme:
    """What they went by at a moment, as the files signed until then say.

    Raises:
        ConfigurationRefused: the file of that time no longer fits this version of the program.
    """
    signed = SignedConfiguration.objects.filter(signed_at__lte=moment).values_list("text", flat=True).first()
    return DEFAULT_PROGRAMME if signed is None else _configured(signed)


@lru_cache(maxsize=8)
def _configured(text: str) -> Programme:
    return configured(read_configuration(text))
