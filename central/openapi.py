"""The protocol as an OpenAPI 3.1 document, made from the routes and models that both sides run on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from sync.wire.files import FILE_TYPE, OFFSET_TYPE
from sync.wire.messages import PageEnd, ProblemModel, PushTrailer
from sync.wire.problems import PROBLEMS
from sync.wire.requests import DEVICE_HEADER, PROBLEM_TYPE, SIGNATURE_HEADER
from sync.wire.routes import COMMON, ROUTES, SIGNED, Asker, Route
from sync.wire.version import CONTENT_TYPE, PROTOCOL

_STATUS = {"files": "204", "file_begin": "201", "file_add": "204", "file_end": "204"}
"""What tus answers with where it is not 200."""

_TEXT = {"type": "string"}
_REF = "#/components/schemas/"
_IN_FRAMES: tuple[type[BaseModel], ...] = (PushTrailer, PageEnd)
"""Models that travel inside frames."""


def openapi() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "FieldKit central store",
            "version": str(PROTOCOL),
            "description": "How laptops hand in signed revisions and read what their team handed in. "
            "Frames are described in docs/protocol.md.",
        },
        "paths": _paths(),
        "components": {"schemas": schemas(), "securitySchemes": _schemes()},
    }


def problems_of(route: Route) -> list[str]:
    """The codes a route can refuse with, in the order of the catalogue."""
    signed = SIGNED if route.asker is not Asker.ANYONE else ()
    codes = {*COMMON, *signed, *route.problems}
    return [code for code in PROBLEMS if code in codes]


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return paths


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "security": _security(route),
        "responses": {_STATUS.get(route.name, "200"): _success(route), **_refusals(route)},
    }
    if route.request is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": _body(route.request)}}
    elif route.is_tus and route.largest:
        operation["requestBody"] = {"required": route.method == "PATCH", "content": {OFFSET_TYPE: {}}}
    elif route.takes_frames:
        operation["requestBody"] = {"required": True, "content": {CONTENT_TYPE: {}}}
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}} for name in names
    ]
    parameters += [{"name": name, "in": "query", "required": False, "schema": _TEXT} for name in route.query]
    if parameters:
        operation["parameters"] = parameters
    return operation


def _success(route: Route) -> dict[str, Any]:
    if route.gives_frames:
        return {"description": "Frames.", "content": {CONTENT_TYPE: {}}}
    if route.gives_file:
        return {"description": "The bytes of the file.", "content": {FILE_TYPE: {}}}
    if route.is_tus:
        return {"description": "Where it stands, in headers (tus 1.0)."}
    assert route.reply is not None
    return {"description": "The answer.", "content": {"application/json": _body(route.reply)}}


def _refusals(route: Route) -> dict[str, Any]:
    by_status: dict[str, list[str]] = {}
    for code in problems_of(route):
        by_status.setdefault(str(PROBLEMS[code].status), []).append(code)
    return {
        status: {
            "description": "; ".join(f"`{code}`: {PROBLEMS[code].title}" for code in codes),
            "content": {PROBLEM_TYPE: _body(ProblemModel)},
        }
        for status, codes in sorted(by_status.items())
    }


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.asker is Asker.ANYONE:
        return []
    device: list[dict[str, list[str]]] = [{"device": [], "signature": []}]
    return [*device, {"office": []}] if route.asker in {Asker.READER, Asker.CARRIER} else device


def _schemes() -> dict[str, Any]:
    return {
        "device": {"type": "apiKey", "in": "header", "name": DEVICE_HEADER},
        "signature": {"type": "apiKey", "in": "header", "name": SIGNATURE_HEADER},
        "office": {"type": "http", "scheme": "bearer"},
    }


def _body(model: type[BaseModel]) -> dict[str, Any]:
    return {"schema": {"$ref": _REF + model.__name__}}


def schemas() -> dict[str, Any]:
    """The JSON schema of every message, by name."""
    models: list[type[BaseModel]] = [
        model for route in ROUTES for model in (route.request, route.reply) if model is not None
    ]
    wanted: dict[type[BaseModel], None] = dict.fromkeys([*models, *_IN_FRAMES, ProblemModel])
    modes: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "serialization") for model in wanted]
    _, document = models_json_schema([*modes], ref_template=_REF + "{model}")
    schemas: dict[str, Any] = document["$defs"]
    return dict(sorted(schemas.items()))
