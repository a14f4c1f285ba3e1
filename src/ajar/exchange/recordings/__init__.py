"""Recorded vital signs of others: read into timed rows, drop-outs kept apart from measurements."""
