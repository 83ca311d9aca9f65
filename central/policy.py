"""What the office decides for its people's laptops: kept in the store's row, told with each hello."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import sqlalchemy as sa

from central import audit, tables
from central.core import open_core
from central.settings import Settings
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake
from sync.wire.messages import PolicyModel


def show_policy(settings: Settings, clock: Clock | None = None) -> OfficePolicy:
    """What is decided now."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        return _read(connection.execute(sa.select(tables.store.c.policy)).scalar_one())


def set_policy(settings: Settings, changes: dict[str, Any], clock: Clock | None = None) -> OfficePolicy:
    """Decide some of it anew; laptops hear of it with their next hello. Raises ``Mistake('central.policy')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        before = _read(connection.execute(sa.select(tables.store.c.policy)).scalar_one()).to_content()
        try:
            policy = OfficePolicy.from_content({**before, **changes})
        except (ValueError, TypeError, KeyError) as error:
            raise Mistake("central.policy", reason=str(error)) from error
        kept = json.dumps(policy.to_content(), ensure_ascii=False) if policy != OfficePolicy() else ""
        connection.execute(tables.store.update().values(policy=kept))
        audit.note(core, connection, "policy.set", "", names=sorted(changes))
    return policy


def policy_told(kept: str) -> dict[str, Any] | None:
    """As hello carries it; None where nothing is decided."""
    return PolicyModel(**json.loads(kept)).model_dump() if kept else None


def _read(kept: str) -> OfficePolicy:
    return OfficePolicy.from_content(json.loads(kept)) if kept else OfficePolicy()
