"""Scenario files: a floor with its patients, devices and mishaps, and what is expected of it."""
