"""The method that a request means, where a proxy on the way lets only GET and POST through (tus 1.0)."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

_HEADER = b"x-http-method-override"
_PLACES = "/v1/files/"
_MEANT = frozenset({b"PATCH", b"DELETE"})


class MeantMethod:
    """Reads ``X-HTTP-Method-Override`` on sendings of files, and nowhere else; what is signed is the method meant."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(_PLACES):
            meant = next((value for name, value in scope["headers"] if name == _HEADER), b"")
            if meant in _MEANT:
                scope = {**scope, "method": meant.decode("ascii")}
        await self._app(scope, receive, send)
