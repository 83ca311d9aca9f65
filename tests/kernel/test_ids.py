"""Identifiers: the standard's form, never twice, and in the order of making whatever thread makes them."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

from fieldkit.kernel.ids import is_id, new_id


def test_ids_are_version_7_in_the_one_spelling() -> None:
    made = [new_id() for _ in range(1_000)]
    assert all(is_id(one) for one in made)
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in made} == {(7, uuid.RFC_4122)}


def test_the_later_one_is_the_greater_also_within_a_millisecond() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_threads_that_make_them_at_once_make_none_twice() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = [one for some in threads.map(lambda _: [new_id() for _ in range(2_000)], range(8)) for one in some]
    assert len(set(made)) == len(made)
