"""From a cell to its notes and to a new note: the words of the evidence filter and of the capture line."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.filters import Clause, Key, render
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import Visit
from fieldkit.domain.framework import Framework, Need


def filter_words(
    frameworks: Sequence[Framework], place: int, statement: str | None, category: str | None, visit: Visit | None = None
) -> str:
    """The evidence list's filter for a cell, or for a whole row without a category: ``qs:lc ec:ob``.

    With a visit it ends with ``visit:"Visit 2"``, so that it finds as many notes as were counted.
    """
    pack = frameworks[place]
    row, column = pack.statement_by(statement or ""), pack.category_by(category or "")
    if row is None:
        return ""
    asked = [Clause(key=Key.STATEMENT, values=(_name(frameworks, place, row.code),))]
    if column is not None:
        asked.append(Clause(key=Key.CATEGORY, values=(column.code,)))
    if visit is not None:
        asked.append(Clause(key=Key.VISIT, values=(visit.name,)))
    return render(asked)


def tag_words(
    frameworks: Sequence[Framework], place: int, statement: str | None, category: str | None, subject: str
) -> str:
    """What a new note for a cell ends with: `` #lc @ob``; empty for no cell and where no evidence is asked for."""
    pack = frameworks[place]
    row, column = pack.statement_by(statement or ""), pack.category_by(category or "")
    if row is None:
        return ""
    tag = f" #{_name(frameworks, place, row.code)}"
    if column is None:
        return tag
    return f"{tag} @{column.code}" if pack.need(row.id, column.id, subject) is not Need.NOT_USED else ""


def _name(frameworks: Sequence[Framework], place: int, code: str) -> str:
    """A code of the main framework as it is, one of another with its framework before it (``la/sg``)."""
    if not place:
        return code
    return f"{Vocabulary(frameworks=tuple(frameworks)).pack_word(frameworks[place].id)}/{code}"
