"""What can be read is decided by the bytes alone, and the quick checks decide as the slow ones would."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.entry import Entry
from fieldkit.domain.readable import _check_entry, _reads_one_way, parsed, why_not
from fieldkit.kernel.canonical import canonical
from tests.storage.team import AT, Teammate, a_tag, an_entry, an_id

_ENTRY = an_id("entry", "one")
_BODY = an_entry(_ENTRY, 'She said: "as ever", twice\\', a_tag("1"), a_tag("2")).to_content()

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6) | st.floats(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def _why(content: bytes) -> str | None:
    revision = Teammate("ann").say(_ENTRY, an_entry(_ENTRY, "x"), content=content)
    return why_not(revision.envelope, content, lambda: parsed(content))


def _can_be_made(body: dict[str, Any]) -> bool:
    try:
        Entry.from_content(_ENTRY, body)
    except (KeyError, ValueError, TypeError, AttributeError):
        return False
    return True


def test_an_entry_as_written_is_read() -> None:
    assert _why(canonical(_BODY)) is None
    assert AT.isoformat().startswith("2026")


@given(field=st.sampled_from(sorted(_BODY)), value=json_values)
def test_whatever_passes_the_quick_check_of_an_entry_can_be_made(field: str, value: object) -> None:
    changed = _BODY | {field: value}
    if _why(_plain(changed)) is None:
        assert _can_be_made(changed)


@given(field=st.sampled_from(["bearing", "acquisition", "strong", "id", "statement"]), value=json_values)
def test_whatever_passes_the_quick_check_of_a_tag_can_be_made(field: str, value: object) -> None:
    changed = _BODY | {"evidence": [_BODY["evidence"][0] | {field: value}]}
    if _why(_plain(changed)) is None:
        assert _can_be_made(changed)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("noticed_at", "2026-02-30T09:00:00.000Z"), ("noticed_at", "yesterday"), ("entered_at", None), ("risk", "some"),
        ("zone", "BST"), ("zone", "+1:00"), ("text", 5), ("evidence", {}), ("evidence", [{}]), ("evidence", ["tag"]),
        ("exact", 1), ("assessment", an_id("other")),
    ],
)  # fmt: skip
def test_each_field_that_is_not_as_promised_is_refused(field: str, value: object) -> None:
    assert _why(canonical(_BODY | {field: value})) == "unreadable"


@given(text=st.text(max_size=30), key=st.text(alphabet='abc":\\ u', max_size=6))
def test_the_quick_look_never_passes_what_can_be_read_two_ways(text: str, key: str) -> None:
    content = _plain(_BODY | {"text": text})
    again = json.dumps({key: "x"})[1:-1].encode()
    for place in (content.replace(b'"text":', again + b',"text":'), content[:-1] + b"," + again + b"}"):
        body = parsed(place)
        if body is not None and len(json.loads(place, object_pairs_hook=list)) != len(body):
            assert not _one_way(place, body)


@pytest.mark.parametrize(
    "content",
    [
        b'{"text":"a","text":"b"}', b'{"\\u0074ext":"b","text":"a"}', b'{"text":"\\ud800"}',
        b'{"text":"\xed\xa0\x80"}', '{"text":"a"}'.encode("utf-16"), b'{"text":NaN}', b'{"text":"a",}',
    ],
)  # fmt: skip
def test_other_spellings_are_refused(content: bytes) -> None:
    body = parsed(content)
    assert body is None or not _one_way(content, body)


def test_control_characters_are_compared_in_full_and_pass() -> None:
    body = _BODY | {"text": "a\x00b\x1f"}
    assert b"\\u0000" in canonical(body)
    assert _why(canonical(body)) is None


def test_the_quick_check_of_an_entry_takes_what_it_should() -> None:
    _check_entry(_BODY)
    assert _can_be_made(_BODY)


def _one_way(content: bytes, body: dict[str, Any]) -> bool:
    try:
        return _reads_one_way(content, body)
    except (ValueError, TypeError):
        return False


def _plain(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")
