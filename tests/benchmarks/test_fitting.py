"""The fitting script: it finds again, from the calibration tables, about what is shipped."""

import numpy as np
import pytest

from ajar.pharmacology.molecules import Enantiomer
from ajar.pharmacology.u1.disposition import typical_at_70_kg
from benchmarks.fitting import u1_disposition as fitting

DATA = fitting.fitted_data()
FOUND = fitting.fit(DATA)


def test_the_data_are_the_trusted_points_and_the_singles_of_the_tables():
    assert (len(DATA.s_curve), len(DATA.r_curve)) == (13, 12)
    assert (DATA.simons_peak_ng_ml, DATA.zarate_peak_ng_ml, DATA.clearance_l_h) == (273.0, 185.0, 89.0)
    assert DATA.r_clearance_ratio == pytest.approx(1530 / 1620)


def test_the_shipped_parameters_make_the_shipped_body():
    body = fitting.body(np.log(list(fitting.shipped().values())))
    for half, made in ((Enantiomer.S, body.s), (Enantiomer.R, body.r)):
        typical = typical_at_70_kg(half).at_weight(75.0)
        for name in fitting.NAMES:
            assert getattr(made, name) == pytest.approx(getattr(typical, name))


@pytest.mark.parametrize("name", fitting.shipped())
def test_each_shipped_parameter_lies_within_two_standard_errors_of_the_fit(name):
    off = np.log(FOUND.estimates[name] / fitting.shipped()[name])
    assert abs(off) < 2 * FOUND.relative_errors[name]


def test_the_fit_fits_at_least_as_well_as_what_is_shipped():
    shipped = fitting.residuals(np.log(list(fitting.shipped().values())), DATA, fitting.perez_shape())
    assert FOUND.residuals @ FOUND.residuals < shipped @ shipped
    assert len(FOUND.residuals) == 13 + 12 + 6 + 5


def test_the_report_has_a_line_a_parameter_and_says_whose_the_weights_are(capsys):
    assert fitting.main() == 0
    text = capsys.readouterr().out
    for name in fitting.shipped():
        assert f"\n{name} " in text
    assert "nothing is changed" in text
    assert "this script's own" in text
