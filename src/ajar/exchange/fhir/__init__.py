"""FHIR R4: patient bundles of others read into a patient's facts, with a report of what was left and why."""
