"""Pages for people: the protocol as OpenAPI, and a page that reads without anything from elsewhere.

No script, no font, no image and no style comes from another address, so it works in a room without a network.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Mount

from central.describe import Listing, Section, description
from central.openapi import openapi
from central.problems import HEADERS

STYLE = (Path(__file__).parent / "pages.css").read_text(encoding="utf-8")


def style_source() -> str:
    """How a page's policy names the one style that it may have."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode() + "'"


_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src " + style_source()
_HEADERS = {**HEADERS, "Content-Security-Policy": _POLICY}
_CODE = re.compile(r"`([^`]*)`")


def page_routes(office: str) -> list[Mount]:
    """``/openapi.json`` and ``/docs``, made once and then answered from memory."""

    async def show_openapi(_request: Request) -> Response:
        return Response(_openapi(), media_type="application/json", headers=_HEADERS)

    async def show_docs(_request: Request) -> Response:
        return Response(docs_page(office), media_type="text/html", headers=_HEADERS)

    return [
        Mount("/openapi.json", show_openapi, methods=["GET"], name="openapi"),
        Mount("/docs", show_docs, methods=["GET"], name="docs"),
    ]


@cache
def docs_page(office: str) -> str:
    """The description of the protocol as one HTML page."""
    sections = description()
    links = "".join(
        f'<li><a href="#{_anchor(s)}">{escape(s.title)}</a></li>' for s in sections if s.level == 2 or "/" in s.title
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>FieldKit central store: the protocol</title><style>{STYLE}</style></head><body>"
        '<a class="skip" href="#main">Skip to the text</a>'
        f"<header><p>{escape(office)}</p><h1>FieldKit central store: the protocol</h1>"
        '<p>For programs: <a href="/openapi.json">OpenAPI document</a></p></header>'
        f'<nav aria-label="Contents"><ul>{links}</ul></nav>'
        f'<main id="main">{"".join(_section(section) for section in sections)}</main></body></html>\n'
    )


@cache
def _openapi() -> str:
    return json.dumps(openapi())


def _section(section: Section) -> str:
    title = f'<h{section.level} id="{_anchor(section)}">{escape(section.title)}</h{section.level}>'
    return title + "".join(_table(p) if isinstance(p, Listing) else f"<p>{_text(p)}</p>" for p in section.parts)


def _table(listing: Listing) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in listing.columns)
    rows = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in listing.rows)
    caption = escape(listing.caption)
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _text(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _anchor(section: Section) -> str:
    return re.sub(r"[^a-z0-9]+", "-", section.title.lower()).strip("-")
