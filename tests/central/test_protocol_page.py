"""The protocol's pages say what the code does, in every place they stand."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from central.describe import description
from central.openapi import openapi
from central.pages import docs_page
from central.protocol_doc import document, markdown
from fieldkit.domain.receipt import Outcome
from sync.wire.frames import Kind
from sync.wire.problems import PROBLEMS, QUARANTINE_REASONS
from sync.wire.routes import COMMON, ROUTES, SIGNED
from tests.central.kit import Office
from tests.support.tree import ROOT
from ui.presenters.wording import catalogue


@pytest.mark.parametrize(("name", "made"), [("protocol.md", markdown), ("protocol.json", document)])
def test_the_pages_in_docs_are_those_the_code_makes(name: str, made: Any) -> None:
    stored = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert stored == made(), "stale: run python -m central.protocol_doc"


def test_every_reference_of_the_openapi_document_leads_somewhere() -> None:
    text = json.dumps(openapi())
    schemas = openapi()["components"]["schemas"]
    references = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert references - schemas.keys() == set()
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_the_openapi_document_has_the_parts_its_standard_asks_for() -> None:
    made = openapi()
    assert made["openapi"].startswith("3.1")
    assert set(made["info"]) >= {"title", "version"}
    operations = [operation for path in made["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations) == len(ROUTES)
    known = set(made["components"]["securitySchemes"])
    for operation in operations:
        assert {"200", "201", "204"} & operation["responses"].keys()
        assert all(answer["description"] for answer in operation["responses"].values())
        assert {name for option in operation["security"] for name in option} <= known


def test_every_problem_is_named_by_a_route_or_common_and_has_its_words() -> None:
    named = {*COMMON, *SIGNED, *(code for route in ROUTES for code in route.problems)}
    assert PROBLEMS.keys() - named == {"central.method"}  # of addresses, not of a route
    assert named - PROBLEMS.keys() == set()
    assert PROBLEMS.keys() - catalogue().keys() == set()
    assert {f"quarantine.{code}" for code in QUARANTINE_REASONS} - catalogue().keys() == set()


def test_the_description_leaves_out_no_route_outcome_kind_or_message() -> None:
    text = markdown()
    for route in ROUTES:
        assert f"### {route.method} {route.path}\n" in text
    for outcome in Outcome:
        assert f"| `{outcome.value}` |" in text
    for kind in Kind:
        assert f"| {kind.value} |" in text
    for name in openapi()["components"]["schemas"]:
        assert f"### {name}\n" in text
    assert all(section.parts or section.title in {"Routes", "Messages"} for section in description())


class _Outline(HTMLParser):
    """What a screen reader would meet, and every address the page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tables = self.captions = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [found["id"]] if "id" in found else []
        if tag == "a":
            self.links.append(found["href"])
        elif "src" in found or "href" in found:
            self.fetched.append(found.get("src", "") or found.get("href", ""))
        self.tables += tag == "table"
        self.captions += tag == "caption"


def test_the_page_is_in_order_and_fetches_nothing() -> None:
    page = docs_page("Northmoor & <Co>")
    outline = _Outline()
    outline.feed(page)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert [link for link in outline.links if not link.startswith("#")] == ["/openapi.json"]
    assert (outline.fetched, "<script" in page, "url(" in page, "@import" in page) == ([], False, False, False)
    assert outline.tables == outline.captions > 20
    assert "Northmoor &amp; &lt;Co&gt;" in page


def test_a_running_store_shows_both_pages(office: Office) -> None:
    docs, machine = office.send("GET", "/docs"), office.send("GET", "/openapi.json")
    assert (docs.status, docs.kind, machine.json) == (200, "text/html", openapi())
    assert docs.body.decode() == docs_page("Northmoor office")
    assert "default-src 'none'" in docs.headers["content-security-policy"]


def test_the_certificate_route_answers_as_its_page_says(office: Office) -> None:
    ada = office.laptop("Ada")
    schema = {"$ref": "#/components/schemas/CertificateReply", **openapi()}
    Draft202012Validator(schema).validate(ada.ask("GET", "/v1/certificate").json)
    hello = {"$ref": "#/components/schemas/HelloReply", **openapi()}
    Draft202012Validator(hello).validate(ada.hello().json)
