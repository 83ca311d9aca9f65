"""The sheet of names: composed from the open key, and on the vault's own record before it exists anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fieldkit.app.people import Coded
from fieldkit.app.person_names import NameKey
from fieldkit.domain.assessment import Assessment
from fieldkit.reports.blocks import Document
from fieldkit.reports.name_sheet import NamedCode, compose

EXPORTED = "names/"
"""Before the assessment's id: what the vault's own record says left it."""


def name_sheet(
    assessment: Assessment, rows: Sequence[Coded], key: NameKey, made_by: str, made_at: datetime
) -> Document:
    """Everybody of ``rows`` whose name the key knows, by code; the others are counted."""
    found = []
    for one in rows:
        named = key.name_of(one.person, [one.person, *one.others])
        if named is not None:
            found.append(
                NamedCode(
                    code=one.person.code.upper(), role=one.person.role, organisation=one.person.organisation,
                    also=", ".join(each.code.upper() for each in one.others), name=named.name, contact=named.contact,
                )
            )  # fmt: skip
    return compose(assessment.name, found, made_by, made_at, unnamed=len(rows) - len(found))
