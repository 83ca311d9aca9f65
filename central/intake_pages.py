"""The inbox as a page for the office: what waits, why and from whom, with buttons to accept or to set aside.

It works without a script, behind the browser's own question for name and password: the password is the office's token
or a person's reading key, and a person sees and decides only of assessments that they lead. Words of notes are not
shown here; ``fieldkit central intake show`` has them, on record. A form carries a mark made for whoever asks and for
the day, so that no other page can send it in their name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qs

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Mount

from central import tables
from central.core import Core
from central.device_report import name_of
from central.intake import DECIDABLE, Decided, Waiting, accept_within, read_inbox, set_aside_within
from central.pages import STYLE, style_source
from central.problems import HEADERS
from central.readers import person_with
from fieldkit.kernel.errors import Mistake
from sync.wire.problems import QUARANTINE_REASONS

PATH = "/office/intake"
LARGEST_FORM = 256 * 1024
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src " + style_source()
_HEADERS = {**HEADERS, "Content-Security-Policy": _POLICY}
_ASK = {**HEADERS, "WWW-Authenticate": 'Basic realm="FieldKit office", charset="UTF-8"'}
TOKEN = "office token"


class _Asker(NamedTuple):
    """``user`` is ``None`` for the office's token, which decides of everything."""

    user: str | None
    name: str


def intake_routes(core: Core) -> list[Mount]:
    """The page, and where its form is sent."""

    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, core, request, "")

    async def decide(request: Request) -> Response:
        body = await _form(request)
        return await run_in_threadpool(_decide, core, request, body)

    return [
        Mount(PATH, show, methods=["GET"], name="intake_page"),
        Mount(PATH, decide, methods=["POST"], name="intake_form"),
    ]


async def _form(request: Request) -> dict[str, list[str]] | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20_000)
    except ValueError:
        return None


def _show(core: Core, request: Request, said: str, status: int = 200) -> Response:
    asker = _asker(core, request)
    if asker is None:
        return Response("Name and key, please.", 401, _ASK, "text/plain")
    with core.database.read() as connection:
        rows = _visible(connection, asker)
        names = {row.assessment: name_of(connection, row.assessment) for row in rows}
    page = _page(core.office, asker, rows, names.__getitem__, _mark(core, asker), said)
    return Response(page, status, _HEADERS, "text/html")


def _decide(core: Core, request: Request, form: dict[str, list[str]] | None) -> Response:
    asker = _asker(core, request)
    if asker is None:
        return Response("Name and key, please.", 401, _ASK, "text/plain")
    given = (form or {}).get("mark", [""])[0]
    if form is None or not hmac.compare_digest(given.encode(), _mark(core, asker).encode()):
        return _show(core, request, "Nothing was decided: the page was too old. It is fresh now.", 403)
    numbers = [int(one) for one in form.get("number", []) if one.isascii() and one.isdecimal() and len(one) < 16]
    reason, what = form.get("reason", [""])[0], form.get("what", [""])[0]
    with core.database.write() as connection:
        mine = {row.seq for row in _visible(connection, asker)}
        wanted = [one for one in numbers if one in mine]
        try:
            done = _carried_out(core, connection, what, wanted, asker, reason)
        except Mistake:
            done = None
    if done is None:
        return _show(core, request, "Nothing was set aside: say why. Its author reads the reason.", 422)
    words = {"accept": "accepted", "aside": "set aside"}.get(what, "decided")
    left = f" {len(done.left)} stay: they are no question of rights." if done.left else ""
    return _show(core, request, f"{len(done.done)} {words}.{left}")


def _carried_out(
    core: Core, connection: Connection, what: str, numbers: Sequence[int], asker: _Asker, reason: str
) -> Decided:
    if what == "accept":
        return accept_within(core, connection, numbers, by=asker.name, reason=reason)
    if what == "aside":
        return set_aside_within(core, connection, numbers, by=asker.name, reason=reason)
    return Decided(done=(), left=())


def _asker(core: Core, request: Request) -> _Asker | None:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() != "basic":
        return None
    try:
        name, _, key = base64.b64decode(given, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    if hmac.compare_digest(hashlib.sha256(key.encode()).digest(), core.token_hash):
        return _Asker(None, name.strip()[:100] or TOKEN)
    person = person_with(core, key)
    if person is None:
        return None
    with core.database.read() as connection:
        known = connection.execute(sa.select(tables.user.c.name).where(tables.user.c.id == person.user)).scalar()
    return _Asker(person.user, str(known)) if known is not None else None


def _visible(connection: Connection, asker: _Asker) -> list[Waiting]:
    rows = read_inbox(connection)
    if asker.user is None:
        return rows
    table = tables.member.c
    asked = sa.select(table.assessment).where(table.user == asker.user, table.role == "lead")
    led = {str(one) for one in connection.execute(asked).scalars()}
    return [row for row in rows if row.assessment in led]


def _mark(core: Core, asker: _Asker) -> str:
    """For whoever asks, and for the day: another page cannot know it."""
    told = f"intake|{asker.user}|{asker.name}|{core.stamp()[:10]}".encode()
    return hmac.new(core.code_key, told, hashlib.sha256).hexdigest()


def _page(office: str, asker: _Asker, rows: Sequence[Waiting], name: Callable[[str], str], mark: str, said: str) -> str:
    note = f'<p role="status"><strong>{escape(said)}</strong></p>' if said else ""
    body = _table(rows, name, mark) if rows else "<p>Nothing waits for a decision.</p>"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Inbox of {escape(office)}</title><style>{STYLE}</style></head><body>"
        f"<header><p>{escape(office)}</p><h1>Inbox</h1><p>What the store keeps from the team until a person has"
        f' decided. You are {escape(asker.name)}.</p></header><main id="main">{note}{body}</main></body></html>\n'
    )


def _table(rows: Sequence[Waiting], name: Callable[[str], str], mark: str) -> str:
    lines = "".join(_line(row, name(row.assessment)) for row in rows)
    head = "".join(f'<th scope="col">{one}</th>' for one in ("", "Number", "From", "What", "Assessment", "Came", "Why"))
    return (
        f'<form method="post" action="{PATH}"><input type="hidden" name="mark" value="{mark}">'
        '<div class="wide" role="region" aria-label="What waits" tabindex="0"><table>'
        f"<caption>What waits: {len(rows)}</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
        '<p><label for="reason">Reason (needed to set aside; its author reads it)</label><br>'
        '<input id="reason" name="reason" maxlength="500" size="60"></p>'
        '<p><button name="what" value="accept">Accept for the team</button> '
        '<button name="what" value="aside">Set aside</button></p></form>'
    )


def _line(row: Waiting, assessment: str) -> str:
    label = f"Number {row.seq}, {row.kind} of {row.person}"
    box = f'<input type="checkbox" name="number" value="{row.seq}" aria-label="{escape(label)}">'
    why = QUARANTINE_REASONS.get(row.code, row.code)
    if row.code not in DECIDABLE:
        why += " It can be set aside; accepting it takes more than a decision."
    cells = (
        str(row.seq), row.person, row.kind.replace("_", " "), assessment, row.received_at[:16].replace("T", " "), why,
    )  # fmt: skip
    return f"<tr><td>{box}</td>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
