"""A refusal in its own words, to be compared whole: which error, and everything that it says."""

from collections.abc import Callable


def refusal(act: Callable[[], object]) -> str:
    """'DrugRefused: This lies before the last act with the drug.'; '' where nothing is refused."""
    try:
        act()
    except (ValueError, LookupError) as refused:
        words = refused.args[0] if len(refused.args) == 1 else refused.args
        return f"{type(refused).__name__}: {words}"
    return ""
