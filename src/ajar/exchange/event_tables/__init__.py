"""Event tables as pharmacometricians exchange them (NONMEM, Monolix, mrgsolve): doses, levels, people."""
