"""The row of quick filters: what each writes into the filter box, how many notes it finds, and whether it is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldkit.app.filters import Key, parse, render, value_is_on, with_value
from ui.presenters.evidence.choices import QUICK
from ui.presenters.evidence.state import Quick

QuickFilter = tuple[str, Key, str]
"""What the button says, and the key and value it writes."""


def offered(*, is_alone: bool) -> Sequence[QuickFilter]:
    """Those that can find anything: on a laptop of its own nothing waits to be sent."""
    return [one for one in QUICK if not (is_alone and one[1] is Key.STATUS)]


def shown(text: str, filters: Sequence[QuickFilter], counts: Mapping[str, int | None]) -> tuple[Quick, ...]:
    """The row while ``text`` stands in the filter box."""
    query = parse(text)
    return tuple(
        Quick(words=words, count=counts.get(words), is_on=value_is_on(query, key, value))
        for words, key, value in filters
    )


def pressed(text: str, words: str) -> str:
    """The filter after the button of these words: on instead of another one, or off."""
    key, value = next((key, value) for name, key, value in QUICK if name == words)
    query = parse(text)
    was_on = value_is_on(query, key, value)
    for _, other_key, other in QUICK:
        query = with_value(query, other_key, other, is_on=False)
    return render(query if was_on else with_value(query, key, value, is_on=True))
