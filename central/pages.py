"""Pages for people: the protocol as OpenAPI, and a page that shows it without anything from elsewhere."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as Mount

from central.core import Core
from central.openapi import openapi


def page_routes(core: Core) -> list[Mount]:
    """``/openapi.json``."""
    document = openapi()

    async def show(_request: Request) -> Response:
        return JSONResponse(document)

    return [Mount("/openapi.json", show, methods=["GET"], name="openapi")]
