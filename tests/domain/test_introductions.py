"""Which name an author bears does not depend on the order of arrival, nor on what others say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.assessment import Assessor
from fieldkit.domain.introductions import Introduction, names
from fieldkit.kernel.ids import AuthorId


def _says(by: str, of: str, name: str, fingerprint: str) -> Introduction:
    return Introduction(author=by, hash=fingerprint, said=Assessor(author=AuthorId(of), name=name, initials=name[:2]))


_SAID = [
    _says("ann", "ann", "Ann Other", "b"),
    _says("ann", "ann", "Ann O.", "a"),
    _says("bob", "ann", "Dr Mallory", "f"),
    _says("bob", "bob", "Bob Brown", "c"),
]


@given(st.permutations(_SAID))
def test_everybody_names_themself_and_nobody_else(said: list[Introduction]) -> None:
    assert {author: who.name for author, who in names(said).items()} == {"ann": "Ann Other", "bob": "Bob Brown"}
