"""What the clinic may do next: pure rules over the patient's ledger.

Standard library only. Nothing here asks the clock, the settings or a database: `now` is an
argument, and every rule returns its reason. The rooms are named as a visit goes, and a later room
may look back at an earlier one, never ahead.
"""
