"""An SBML document run by libroadrunner: another simulator, which shares nothing with ours."""

import numpy as np
import roadrunner

ROUNDING = 1e-6


def rerun(text, names, times_h):
    """These outputs at these times, by CVODE at tight tolerances; events stop it at every dose."""
    runner = roadrunner.RoadRunner(text)
    runner.integrator.relative_tolerance = 1e-10
    # As a list: given a single one it stalls in a second session, where a state had decayed to 1e-48.
    states = len(runner.integrator.getAbsoluteToleranceVector())
    runner.integrator.absolute_tolerance = [1e-12] * states
    runner.integrator.maximum_num_steps = 100_000
    runner.integrator.maximum_time_step = 0.05
    runner.timeCourseSelections = list(names)
    seen = np.asarray(runner.simulate(times=times_h.tolist()))
    return dict(zip(names, seen.T, strict=True))


def furthest(seen, expected):
    """The largest difference of a curve, as a share of its own size."""
    size = np.abs(expected).max()
    return np.abs(seen - expected).max() / size if size > 0 else np.abs(seen).max()


def furthest_pointwise(seen, expected):
    """The largest difference of a point, as a share of the point, down to a thousandth of the peak."""
    size = np.abs(expected).max()
    return (np.abs(seen - expected) / np.maximum(np.abs(expected), 1e-3 * size)).max() if size > 0 else 0.0
