"""The models against what was measured: each number of the calibration tables, with the error. Pure."""
