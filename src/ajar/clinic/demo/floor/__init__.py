"""Simulated floors: scenario files played through the services that the pages use."""
