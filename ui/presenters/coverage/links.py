"""From a cell to its notes and to a new note: the words of the evidence filter and of the capture line."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.coverage_parts import Part
from fieldkit.app.filters import Clause, Key, render
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.framework import Framework, Need


def filter_words(
    frameworks: Sequence[Framework], place: int, statement: str | None, category: str | None, part: Part | None = None
) -> str:
    """The evidence list's filter for a cell, or for a whole row without a category: ``qs:lc ec:ob``.

    With a part it ends with ``visit:"Visit 2"`` or ``org:"Acute trust"``: it finds as many notes as were counted.
    """
    pack = frameworks[place]
    row, column = pack.statement_by(statement or ""), pack.category_by(category or "")
    if row is None:
        return ""
    asked = [Clause(key=Key.STATEMENT, values=(code_in(frameworks, place, row.code),))]
    if column is not None:
        asked.append(Clause(key=Key.CATEGORY, values=(column.code,)))
    if part is not None:
        asked.append(Clause(key=Key(part.kind.value), values=(part.name,)))
    return render(asked)


def tag_words(
    frameworks: Sequence[Framework], place: int, statement: str | None, category: str | None, subject: str
) -> str:
    """What a new note for a cell ends with: `` #lc @ob``; empty for no cell and where no evidence is asked for."""
    pack = frameworks[place]
    row, column = pack.statement_by(statement or ""), pack.category_by(category or "")
    if row is None:
        return ""
    tag = f" #{code_in(frameworks, place, row.code)}"
    if column is None:
        return tag
    return f"{tag} @{column.code}" if pack.need(row.id, column.id, subject) is not Need.NOT_USED else ""


def code_in(frameworks: Sequence[Framework], place: int, code: str) -> str:
    """A code of the main framework as it is, one of another with its framework before it (``la/sg``)."""
    if not place:
        return code
    return f"{Vocabulary(frameworks=tuple(frameworks)).pack_word(frameworks[place].id)}/{code}"
