"""Telling other systems at once that something urgent came: a pager, a chat, a duty desk.

What is to be told is written in the transaction that keeps the urgent record, so it is told exactly if the record is
here. Every server process looks for what is due and takes it under a lock of the database (``SKIP LOCKED``), so two
do not tell the same at once; where one dies between telling and noting it, another tells it again with the same event
id, by which the receiver knows it. Nothing in it is about anybody: ids, a number, a time.

The receiver checks ``FieldKit-Webhook-Signature: t=<seconds>,v1=<hex>``, the HMAC-SHA256 of ``<seconds>.<body>``.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import random
import secrets
import ssl
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit
from central.alarms import UNHEARD, raise_alarm
from central.core import Core, open_core
from central.running_tables import ringing, webhook
from central.settings import Settings
from fieldkit.kernel.clock import Clock, from_stamp, to_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id

SIGNATURE = "FieldKit-Webhook-Signature"
EVENT = "FieldKit-Webhook-Event"
FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0
"""Seconds before the second try, and at most between two."""
GIVEN_UP = timedelta(days=3)
"""Then the office gets an alarm instead."""
_PATIENCE = 10
_TAKEN_SECONDS = 60
"""How long one process keeps what it took: far above what telling may take, ``_PATIENCE`` twice."""
_AT_ONCE = 20
_log = logging.getLogger("central")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook: what waits to be told, and what was said of it last."""

    name: str
    url: str
    made_at: str
    waiting: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to tell, taken by this process."""

    id: str
    event: str
    hook: str
    url: str
    secret: str
    body: str
    tries: int
    made_at: str


def add(settings: Settings, name: str, url: str, clock: Clock | None = None) -> str:
    """Tell ``url`` of urgent records from now on; the secret for checking signatures, shown once.

    Raises ``Mistake('central.no_name' | 'central.webhook_url' | 'central.webhook_known')``.
    """
    if not name.strip():
        raise Mistake("central.no_name", field="name")
    _check_url(url)
    secret = secrets.token_urlsafe(32)
    row = {"id": new_id(), "name": name.strip(), "url": url, "secret": secret}
    with closing(open_core(settings, clock)) as core:
        try:
            with core.database.write() as connection:
                connection.execute(webhook.insert(), {**row, "made_at": core.stamp()})
                audit.note(core, connection, "webhook.added", name.strip(), host=urlsplit(url).hostname or "")
        except sa.exc.IntegrityError as error:
            raise Mistake("central.webhook_known", field="name", name=name.strip()) from error
    return secret


def remove(settings: Settings, name: str, clock: Clock | None = None) -> None:
    """Tell it no more; what waited for it is dropped. Raises ``Mistake('central.webhook_unknown')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        hook = connection.execute(sa.select(webhook.c.id).where(webhook.c.name == name.strip())).scalar()
        if hook is None:
            raise Mistake("central.webhook_unknown", field="name", name=name.strip())
        over = ringing.update().where(ringing.c.webhook == hook, ringing.c.next_at.is_not(None))
        connection.execute(over.values(next_at=None, said="removed"))
        connection.execute(webhook.delete().where(webhook.c.id == hook))
        audit.note(core, connection, "webhook.removed", name.strip())


def listed(settings: Settings, clock: Clock | None = None) -> list[Hook]:
    """The webhooks by name."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        return [_hook(connection, row) for row in connection.execute(sa.select(webhook).order_by(webhook.c.name))]


def try_out(settings: Settings, name: str, clock: Clock | None = None) -> str:
    """Tell it something now that says it is a test; what came of it ("200", or what went wrong).

    Raises ``Mistake('central.webhook_unknown')``.
    """
    with closing(open_core(settings, clock)) as core:
        with core.database.read() as connection:
            row = connection.execute(sa.select(webhook).where(webhook.c.name == name.strip())).first()
        if row is None:
            raise Mistake("central.webhook_unknown", field="name", name=name.strip())
        event = new_id()
        body = json.dumps({"event": event, "what": "test", "at": core.stamp(), "store": core.store})
        due = Due(
            id="", event=event, hook=row.name, url=row.url, secret=row.secret, body=body, tries=0, made_at=core.stamp()
        )
        return _say(due)


def note(core: Core, connection: Connection, urgent: Iterable[tuple[str, str, int]]) -> None:
    """In the transaction that keeps them: urgent revisions (id, assessment, number) are to be told to every webhook."""
    found = list(urgent)
    hooks = list(connection.execute(sa.select(webhook.c.id)).scalars()) if found else []
    now, rows = core.stamp(), []
    for revision, assessment, number in found:
        event = new_id()
        told = {
            "event": event, "what": "urgent", "at": now, "store": core.store, "assessment": assessment,
            "revision": revision, "number": number,
        }  # fmt: skip
        rows += [
            {"id": new_id(), "event": event, "webhook": hook, "body": json.dumps(told), "made_at": now,
             "next_at": now, "tries": 0, "said": ""}
            for hook in hooks
        ]  # fmt: skip
    if rows:
        connection.execute(ringing.insert(), rows)


def ring(core: Core) -> int:
    """Tell what is due; how many were told. Called by every process, every few seconds."""
    told = 0
    for due in _take(core):
        if core.closing.is_set():
            break
        said = _say(due)
        told += said.startswith("2")
        _note_said(core, due, said)
    return told


def _take(core: Core) -> list[Due]:
    """What is due and nobody else has taken, taken for ``_TAKEN_SECONDS``."""
    now = core.clock.now()
    with core.database.glance() as connection:
        if connection.execute(_ANY_DUE, {"now": to_stamp(now)}).first() is None:
            return []
    with core.database.write() as connection:
        rows = connection.execute(_DUE.with_for_update(skip_locked=True, of=ringing), {"now": to_stamp(now)}).all()
        later = to_stamp(now + timedelta(seconds=_TAKEN_SECONDS))
        for row in rows:
            connection.execute(ringing.update().where(ringing.c.id == row.id).values(next_at=later))
    return [Due(**row._mapping) for row in rows]


def _note_said(core: Core, due: Due, said: str) -> None:
    now = core.clock.now()
    is_told, is_late = said.startswith("2"), now - from_stamp(due.made_at) > GIVEN_UP
    wait = timedelta(seconds=random.uniform(0.5, 1) * min(LONGEST_WAIT, FIRST_WAIT * 2**due.tries))
    values = {
        "tries": due.tries + 1, "said": said[:80], "done_at": to_stamp(now) if is_told else None,
        "next_at": None if is_told or is_late else to_stamp(now + wait),
    }  # fmt: skip
    with core.database.write() as connection:
        connection.execute(ringing.update().where(ringing.c.id == due.id, ringing.c.done_at.is_(None)).values(values))
        if is_late and not is_told:
            raise_alarm(connection, to_stamp(now), UNHEARD, None, due.hook)
    if not is_told:
        _log.warning("a webhook was not answered", extra={"attempt": due.tries + 1})


def _say(due: Due) -> str:
    """One try: the status, or the kind of what went wrong. No redirect is followed: it could lead anywhere."""
    place, now = urlsplit(due.url), str(int(time.time()))
    mark = hmac.new(due.secret.encode(), f"{now}.{due.body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json", SIGNATURE: f"t={now},v1={mark}", EVENT: due.event,
        "User-Agent": "FieldKit central store",
    }  # fmt: skip
    line: http.client.HTTPConnection
    if place.scheme == "https":
        context = ssl.create_default_context()
        line = http.client.HTTPSConnection(place.hostname or "", place.port, timeout=_PATIENCE, context=context)
    else:
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_PATIENCE)
    try:
        line.request("POST", place.path + (f"?{place.query}" if place.query else "") or "/", due.body, headers)
        return str(line.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        with suppress(OSError):
            line.close()


def _check_url(url: str) -> None:
    """``https``, or plain HTTP to this very machine; no name or password in it, which logs would show."""
    try:
        place = urlsplit(url)
        is_near = place.hostname in {"127.0.0.1", "::1", "localhost"}
        fits = place.scheme == "https" or (place.scheme == "http" and is_near)
        whole = bool(place.hostname) and place.username is None and place.port != 0 and url.isascii()
    except ValueError:
        fits = whole = False
    if not fits or not whole:
        raise Mistake("central.webhook_url", field="url")


def _hook(connection: Connection, row: Any) -> Hook:
    mine = ringing.c.webhook == row.id
    waiting = connection.execute(
        sa.select(sa.func.count()).where(mine, ringing.c.next_at.is_not(None))
    ).scalar_one()  # fmt: skip
    last = sa.select(ringing.c.said).where(mine, ringing.c.said != "").order_by(ringing.c.made_at.desc()).limit(1)
    said = connection.execute(last).scalar() or ""
    return Hook(name=row.name, url=row.url, made_at=row.made_at, waiting=waiting, said=said)


_ANY_DUE = sa.select(ringing.c.id).where(ringing.c.next_at <= sa.bindparam("now")).limit(1)
_DUE = (
    sa.select(
        ringing.c.id, ringing.c.event, webhook.c.name.label("hook"), webhook.c.url, webhook.c.secret, ringing.c.body,
        ringing.c.tries, ringing.c.made_at,
    )
    .join_from(ringing, webhook, webhook.c.id == ringing.c.webhook)
    .where(ringing.c.next_at <= sa.bindparam("now"))
    .order_by(ringing.c.made_at)
    .limit(_AT_ONCE)
)  # fmt: skip
