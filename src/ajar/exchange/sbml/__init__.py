"""Models as SBML Level 3 Version 2, so that any simulator of the field can run and check them."""
