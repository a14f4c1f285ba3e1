"""libroadrunner: the equations as SBML, compiled once by its LLVM back end, solved by CVODE."""

from collections.abc import Callable

import libsbml
import numpy as np
import roadrunner

from ajar.pharmacology.exponential import FloatArray
from benchmarks.engine.equations import System
from benchmarks.engine.workload import Task


def sbml_of(system: System) -> str:
    """Parameters, assignment rules and rate rules; `positive` by `abs`, for which CVODE hunts no root."""
    document = libsbml.SBMLDocument(3, 2)
    model = document.createModel()
    function = model.createFunctionDefinition()
    function.setId("positive")
    function.setMath(libsbml.parseL3Formula("lambda(z, 0.5*(z + abs(z)))"))
    for name in (*system.parameters, *system.between, *system.states):
        made = model.createParameter()
        made.setId(name)
        made.setConstant(False)
        if name not in system.between:
            made.setValue(0.0)
    for rule_of, texts in (
        (model.createAssignmentRule, system.between),
        (model.createRateRule, system.rates),
    ):
        for name, text in texts.items():
            rule = rule_of()
            rule.setVariable(name)
            rule.setMath(libsbml.parseL3Formula(text))
    return str(libsbml.writeSBMLToString(document))


def by_roadrunner(task: Task, *, rtol: float, atol: float) -> Callable[[int], FloatArray]:
    """One model, reset for each person; only the states that are read are recorded."""
    model = roadrunner.RoadRunner(sbml_of(task.system))
    model.timeCourseSelections = list(task.read)
    model.integrator.setValue("relative_tolerance", rtol)
    # A list: given one number, libroadrunner 2.10 runs into steps of 1e-16 h where the chain bends.
    model.integrator.setValue("absolute_tolerance", [atol] * len(task.system.states))
    model.integrator.setValue("maximum_num_steps", 100000)
    names = task.system.parameters

    def run(people: int) -> FloatArray:
        out = np.empty((people, len(task.times_h), len(task.read)))
        for one in range(people):
            model.resetAll()
            for name, value in zip(names, task.parameters[one].tolist(), strict=True):
                model.setValue(name, value)
            for piece in task.pieces:
                for row in range(2):
                    model.setValue(names[row], float(task.parameters[one, row]) * piece.running)
                seen = np.asarray(model.simulate(times=piece.times_h.tolist()))
                asked = piece.rows >= 0
                out[one, piece.rows[asked]] = seen[asked]
        return out

    return run
