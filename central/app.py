"""The ASGI application: the wire's routes, each with its handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Mount

from central import (
    admin_team,
    bundle_route,
    device_wiped,
    enrol,
    files,
    health,
    hello,
    missing,
    open_questions,
    pull,
    push,
    reading,
    records,
    sealed,
    sign_in,
)  # fmt: skip
from central.audit import OFFICE_TOKEN, note_alone
from central.certificate import certificate_reply
from central.core import Core
from central.endpoint import Answer, Call, Handler, endpoint, refuse
from central.erasing import told as erasures_told
from central.file_methods import MeantMethod
from central.intake_pages import intake_routes
from central.intake_reply import intake_reply
from central.pages import page_routes
from central.pouring_endpoint import pouring
from central.problems import problem_response
from sync.wire import routes
from sync.wire.messages import Done, EnrolReply, HelloReply, MissingReply
from sync.wire.reading import AssessmentList, EntryList, RecordList
from sync.wire.requests import BRIEF


def make_app(core: Core) -> Starlette:
    """The application over an open store."""
    mounted = [
        Mount(route.path, _endpoint(core, route), methods=[route.method], name=route.name) for route in routes.ROUTES
    ]
    app = Starlette(
        routes=[*mounted, *page_routes(core.office), *intake_routes(core)],
        exception_handlers={HTTPException: _no_such_page, Exception: _fault},
    )
    app.router.redirect_slashes = False  # a redirect is no answer of ours
    app.add_middleware(MeantMethod)
    return app


def _endpoint(core: Core, route: routes.Route) -> Callable[[Request], Any]:
    whole = endpoint(core, route, HANDLERS[route.name])
    return pouring(core, route, whole) if route is routes.FILE_ADD else whole


def _hello(call: Call) -> HelloReply:
    return hello.hello(call.core, call.device, call.message)


def _push(call: Call) -> Iterator[bytes]:
    name, wanted = BRIEF
    return push.push(call.core, call.device, call.chunks(), is_brief=call.headers.get(name) == wanted)


def _pull(call: Call) -> Iterator[bytes]:
    if call.message.cursors:  # lost receipts of one's own are given out all the same
        sign_in.check_recent(call.core, call.device)
    return pull.pull(call.core, call.device, call.message)


def _missing(call: Call) -> MissingReply:
    return missing.missing(call.core, call.device, call.message)


def _certificate(call: Call) -> BaseModel:
    return certificate_reply(call.core, call.device.id)


def _enrol(call: Call) -> EnrolReply:
    return enrol.enrol(call.core, call.message, call.source)


def _sign_in(call: Call) -> EnrolReply:
    return sign_in.sign_in_here(call.core, call.message, call.source)


def _recent(handler: Handler) -> Handler:
    """What gives the team's work to laptops alone whose person signed in of late, where the office asks for that."""

    def checked(call: Call) -> BaseModel | Iterator[bytes] | Answer:
        sign_in.check_recent(call.core, call.sender)
        return handler(call)

    return checked


def _succeed(call: Call) -> Done:
    return enrol.succeed(call.core, call.device, call.message)


def _assessments(call: Call) -> AssessmentList:
    return reading.assessments(call.core, call.sender)


def _note_read(call: Call, act: str) -> None:
    """What is read without a laptop is put on record first: by whom, of which assessment."""
    if call.sender is None or not call.sender.id:
        actor = call.sender.user if call.sender is not None else OFFICE_TOKEN
        note_alone(call.core, act, call.parts["assessment"], actor=actor)


def _entries(call: Call) -> EntryList:
    _note_read(call, "notes.read")
    return reading.entries(call.core, call.sender, call.parts["assessment"])


def _records(call: Call) -> RecordList:
    _note_read(call, "records.read")
    return records.records(call.core, call.sender, call.parts["assessment"], call.query.get("kind", ""))


HANDLERS: dict[str, Handler] = {
    "hello": _hello,
    "push": _push,
    "pull": _pull,
    "missing": _missing,
    "certificate": _certificate,
    "enrol": _enrol,
    "sign_in_way": lambda call: sign_in.way(call.core),
    "sign_in": _sign_in,
    "succeed": _succeed,
    "intake": lambda call: intake_reply(call.core, call.device, call.message),
    "wiped": lambda call: device_wiped.take(call.core, call.device, call.message),
    "assessments": _recent(_assessments),
    "entries": _recent(_entries),
    "records": _recent(_records),
    "questions": _recent(lambda call: open_questions.questions(call.core, call.sender, call.parts["assessment"])),
    "files": files.about,
    "file_begin": files.begin,
    "file_stands": files.stands,
    "file_add": files.add,
    "file_end": files.end,
    "file_read": _recent(files.read),
    "holders": lambda call: sealed.holders(call.core, call.device),
    "holder_key": lambda call: sealed.keep_key(call.core, call.device, call.message),
    "seal": lambda call: sealed.take(call.core, call.device, call.message),
    "sealed": lambda call: sealed.waiting(call.core, call.device),
    "sealed_done": lambda call: sealed.drop(call.core, call.device, call.parts["sealed"]),
    "erasures": lambda call: erasures_told(call.core, call.message),
    "team": _recent(lambda call: admin_team.told(call.core, call.device, call.parts["assessment"])),
    "team_change": lambda call: admin_team.change(call.core, call.device, call.message),
    "leave": lambda call: admin_team.leave(call.core, call.device, call.message),
    "bundles": lambda call: bundle_route.take(call.core, call.message),
    "health": lambda call: health.live(call.core),
    "ready": lambda call: health.ready(call.core),
}
"""By the route's name; a route without one does not start."""


async def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    code = "central.method" if status == 405 else "central.not_found"
    return problem_response(code, {})


async def _fault(request: Request, error: Exception) -> Response:
    return refuse(error)
