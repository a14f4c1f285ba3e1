"""The ledger room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.ledger"
    label = "ledger"
