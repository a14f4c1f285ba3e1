"""Simulations as tables: one row a value, or one column an output, with units, status and model."""
