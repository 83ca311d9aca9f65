"""Our canonical bytes are RFC 8785's, and what has no safe form is refused."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.kernel.canonical import canonical, parse

_KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12
)
RECORDS = st.dictionaries(_KEYS, _VALUES, max_size=6)


@given(RECORDS)
def test_our_bytes_are_those_of_rfc_8785(record: dict[str, Any]) -> None:
    assert canonical(record) == rfc8785.dumps(record)


@given(RECORDS)
def test_what_was_written_reads_back(record: dict[str, Any]) -> None:
    assert parse(canonical(record)) == record
    assert canonical(parse(canonical(record))) == canonical(record)


@given(RECORDS)
def test_the_order_of_keys_does_not_matter(record: dict[str, Any]) -> None:
    assert canonical(dict(reversed(record.items()))) == canonical(record)


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1, 2}, object()])
def test_floats_and_foreign_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"a": [value]})


@pytest.mark.parametrize("record", [{"a": 2**53}, {"a": -(2**53)}, {"é": 1}, {"a": {"\U0001f600": 1}}, {1: 2}])
def test_numbers_and_keys_that_other_readers_would_change_are_refused(record: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"integer beyond|key is not ASCII"):
        canonical(record)


def test_text_without_a_utf_8_form_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        canonical({"a": "\ud800"})


@pytest.mark.parametrize("data", [b"[]", b"1", b"", b"{", b"\xff", b'{"a":1}x'])
def test_only_one_json_object_is_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(data)


def test_composed_and_decomposed_letters_stay_as_they_were_typed() -> None:
    assert canonical({"a": "\u00e9"}) != canonical({"a": "e\u0301"})
