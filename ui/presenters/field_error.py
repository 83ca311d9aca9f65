"""A mistake in a form: which field it is at, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.kernel.errors import Mistake, each_of
from ui.presenters.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong at a field, in the words shown beside it and in the summary."""

    field: str
    text: str


def errors_of(problem: Exception, otherwise: str, called: Mapping[str, str] | None = None) -> tuple[FieldError, ...]:
    """Every mistake of an error at its field; one that names none is at ``otherwise``. Empty for any other error.

    ``called`` gives the form's own name for a use case's field where they differ.
    """
    if not isinstance(problem, Mistake):
        return ()
    found = []
    for one in each_of(problem):
        name = str(one.details.get("field", otherwise))
        found.append(FieldError(field=(called or {}).get(name, name), text=sentence(one)))
    return tuple(found)
