"""What a process remembered before its tests began says nothing about the program as it is now."""

import sys


def pytest_sessionstart() -> None:
    """Forget what was kept for later: mutmut changes a program that has run already."""
    modules = [module for name, module in sys.modules.items() if name.startswith("ajar.pathway")]
    for kept in (value for module in modules for value in vars(module).values()):
        if callable(forget := getattr(kept, "cache_clear", None)):
            forget()
