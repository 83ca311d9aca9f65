"""Every sentence a person reads about something that went wrong, keyed by the error's code for ever.

One module per area (``vault``, ``sync``, ``pack`` …), each with a dict from code to template; facts stand in
braces and come from the error's details. ``tests/architecture`` fails where a code of the program has none.
"""

from __future__ import annotations

import importlib
from functools import cache
from string import Formatter

from fieldkit.kernel.errors import FieldKitError

FALLBACK = "Something did not go as planned ({code}). Your work is safe on this laptop."


@cache
def catalogue() -> dict[str, str]:
    """All sentences by code, from every module of this package. Raises ``ValueError`` for a code worded twice."""
    import pkgutil  # the first screen words nothing that went wrong

    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        for code, template in _sentences_of(module.name):
            if found.get(code, template) != template:
                raise ValueError(f"worded twice: {code}")
            found[code] = template
    return found


def sentence(problem: str | Exception, **details: object) -> str:
    """The sentence for a code or an error, with its details filled in.

    An error that is none of ours, or a code without words, gives a sentence that is true of both; a detail that
    the caller does not know is left out rather than shown as a brace.
    """
    if isinstance(problem, FieldKitError):
        return sentence(problem.code, **{**problem.details, **details})
    code = problem if isinstance(problem, str) else f"bug.{type(problem).__name__}"
    template = catalogue().get(code, FALLBACK)
    facts = {"code": code, **details}
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    return template.format(**{name: facts.get(name, "…") for name in wanted})


def _sentences_of(module: str) -> list[tuple[str, str]]:
    names = vars(importlib.import_module(f"{__name__}.{module}"))
    tables = [value for name, value in names.items() if name.isupper() and isinstance(value, dict)]
    return [pair for table in tables for pair in table.items() if all(isinstance(part, str) for part in pair)]
