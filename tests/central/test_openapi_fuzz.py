"""Requests made up from our own OpenAPI document against a running store: no fault, and no answer it does not name.

schemathesis makes them, good ones and bad ones, for every operation; each is asked by nobody, by an enrolled laptop
that signs it, and with the office's token. ``make fuzz`` asks many more (``FIELDKIT_FUZZ_EXAMPLES``).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from requests.auth import AuthBase

from central.openapi import openapi
from sync.wire.files import OFFSET_TYPE
from sync.wire.frames import Kind, compress, frame
from sync.wire.requests import request_headers
from sync.wire.version import CONTENT_TYPE
from tests.central.kit import Laptop, Office

EXAMPLES = int(os.environ.get("FIELDKIT_FUZZ_EXAMPLES", "2"))
SEED = int(os.environ.get("FIELDKIT_FUZZ_SEED", "1"))
ASKERS = ("nobody", "laptop", "office")
OPERATIONS = [(path, method) for path, ways in openapi()["paths"].items() for method in ways]


class Asks(AuthBase):
    """Signs the request as it is about to leave."""

    def __init__(self, who: str, laptop: Laptop) -> None:
        self._who = who
        self._laptop = laptop

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Connection"] = "close"
        if self._who == "office":
            request.headers["Authorization"] = f"Bearer {self._laptop.office.made.token}"
        if self._who == "laptop":
            body = request.body.encode() if isinstance(request.body, str) else request.body or b""
            assert isinstance(body, bytes)
            path = request.path_url.partition("?")[0]
            laptop = self._laptop
            request.headers.update(request_headers(laptop.device, laptop.key, str(request.method), path, body))
        return request


@pytest.fixture
def laptop(office: Office) -> Laptop:
    one = office.laptop("Ada Lovelace")
    one.push(one.write(None), one.write("0199a000-0000-7000-8000-000000000001"))
    return one


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
@pytest.mark.filterwarnings("ignore")
def test_no_made_up_request_makes_the_store_fail_or_say_what_its_document_does_not(
    laptop: Laptop, caplog: pytest.LogCaptureFixture
) -> None:
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.generation import GenerationMode
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    schemathesis.openapi.media_type(CONTENT_TYPE, st.one_of(st.binary(max_size=200), _frames()))
    schemathesis.openapi.media_type(OFFSET_TYPE, st.binary(max_size=200))
    held = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    told: Counter[str] = Counter()
    schema = schemathesis.openapi.from_dict(_document())
    kind = settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # our own document has no faulty operation
        cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

        def ask(case: Any, who: str) -> None:
            response = case.call(base_url=laptop.office.running.url, auth=Asks(who, laptop), allow_redirects=False)
            told[f"{case.method} {case.path}"] += 1
            assert response.status_code < 500, f"{case.method} {case.path}: {response.text[:300]}"
            case.validate_response(response, checks=held)

        kind(seed(SEED)(given(cases, st.sampled_from(ASKERS))(ask)))()
    assert len(told) == len(OPERATIONS)
    assert not [record for record in caplog.records if record.name == "central" and record.levelname == "ERROR"]


def _frames() -> st.SearchStrategy[bytes]:
    """Streams that unpack, with whatever in them."""
    one = st.builds(frame, st.sampled_from(list(Kind)), st.binary(max_size=120))
    return st.lists(one, max_size=3).map(lambda frames: b"".join(compress(frames)))


def _document() -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(openapi()))
    return copied
