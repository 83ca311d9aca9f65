"""What an earlier version kept unread is read as soon as this version can: kinds, shapes and values grow.

Projections depend on what can be read, so a vault that is opened by a version that reads more would otherwise differ
from its own rebuild. Which version last looked is a fact of the vault; in most openings there is nothing to do.
"""

from __future__ import annotations

import fieldkit
from storage import bars
from storage.engine import Database
from storage.identity import fact, set_fact
from storage.log import COLUMNS, marks, read
from storage.projection import project
from storage.readable import known_forms

_FACT = "reads"
_BARRING = 2
"""Which form of ``fieldkit.domain.barring`` the projections follow: a new one judges every note anew."""
_SHOWING = 2
"""Which form of ``fieldkit.domain.showing``: a new one chooses anew between accounts that were written at once."""
_PAGE = 200


_WHAT_MAY_DIFFER = """
SELECT n FROM later UNION SELECT n FROM revisions WHERE kind = 'consent'
UNION SELECT current FROM records WHERE heads > 1 ORDER BY 1
"""


def learn(db: Database) -> int:
    """Project again what could not be read when it came; how many revisions were looked at.

    Consents are projected again too: what they bar was not yet computed in vaults of shape 0003 and before, and not
    yet followed from a note to the case it is about by what wrote vaults before ``_BARRING`` 2. So is one revision of
    each record of which there are several accounts: with it the one that is shown is chosen again.
    """
    if fact(db, _FACT) == _present():
        return 0
    with db.transaction():
        looked_at = _read_again(db)
        remember(db)
    return looked_at


def remember(db: Database) -> None:
    """This version has read everything it can: true of an empty vault from the start."""
    set_fact(db, _FACT, _present())


def _present() -> str:
    return f"{fieldkit.__version__} {known_forms()} bars {_BARRING} showing {_SHOWING}"


def _read_again(db: Database) -> int:
    numbers = [row[0] for row in db.rows(_WHAT_MAY_DIFFER)]
    bars.forget(db)
    for start in range(0, len(numbers), _PAGE):
        some = numbers[start : start + _PAGE]
        rows = db.rows(f"SELECT {COLUMNS} FROM revisions WHERE n IN ({marks(len(some))}) ORDER BY n", some)
        db.run(f"DELETE FROM later WHERE n IN ({marks(len(some))})", some)
        project(db, [read(row) for row in rows])
    return len(numbers)
