"""The version of the whole rulebook: what a physician signs for, and what a configuration names."""

from typing import Final

RULEBOOK: Final = "2026.12"
