"""Ajar: runs a medically supervised ketamine-therapy programme."""

__version__ = "0.1.0"
