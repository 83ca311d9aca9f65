"""What an order names never has its words again, whichever way and in whatever order things come (invariant 17)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.erasure import ErasureOrder, needs_a_word, sign_erasure
from fieldkit.domain.revision import Revision
from fieldkit.kernel.signing import SigningKey, VerifyKey
from storage import erasing, pages, words
from storage.rebuilding import differences, rebuild
from tests.storage.team import STAMP
from tests.storage.test_projection import _EVERYTHING, _TEAM, memory

STORE = SigningKey(b"\x07" * 32)


def _order(revision: Revision, number: int) -> tuple[int, object]:
    order = ErasureOrder(
        store=STORE.public.hex(), revision=revision.envelope.id, reason="request", at="2026-11-20T09:00:00.000Z"
    )
    return number, sign_erasure(order, STORE)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_order_of_pages_repeats_and_erasures_brings_words_back(data: st.DataObject) -> None:
    """Pages by network, stick or peer, before and after the order, whole, sealed or as a content that follows."""
    gone = data.draw(st.lists(st.sampled_from(_EVERYTHING), min_size=1, max_size=6, unique_by=id))
    arriving = data.draw(st.permutations(_EVERYTHING)) + data.draw(st.lists(st.sampled_from(_EVERYTHING), max_size=10))
    steps: list[object] = list(arriving)
    for number, revision in enumerate(gone, 1):
        steps.insert(data.draw(st.integers(0, len(steps))), _order(revision, number))
    with memory() as db:
        for step in steps:
            with db.transaction():
                if isinstance(step, Revision):
                    sent = step.sealed() if data.draw(st.booleans()) else step
                    pages.apply(db, [sent], [one.device_key for one in _TEAM], STAMP)
                else:
                    erasing.keep(db, [step], VerifyKey(STORE.public))  # type: ignore[list-item]
                if data.draw(st.booleans()):
                    erasing.obey(db, is_allowed=True)
        with db.transaction():
            pages.apply(db, list(arriving), [one.device_key for one in _TEAM], STAMP)  # all of it once more
            erasing.obey(db, is_allowed=True)
        while words.catch_up(db):
            pass
        held: dict[str, int] = dict(db.rows("SELECT id, content IS NOT NULL FROM revisions"))
        erased = {one.envelope.id for one in gone}
        assert {one for one, has in held.items() if not has} == erased
        assert held.keys() == {one.envelope.id for one in _EVERYTHING}
        assert differences(db) == []
        assert words.is_level(db)
        assert erasing.standing(db)[2] == 0
        with db.transaction():
            rebuild(db)
        assert words.is_level(db)


def test_a_tag_goes_with_the_filing_that_put_it_on() -> None:
    """It stayed in the table of tags, was counted in coverage, and the vault no longer proved itself."""
    filings = [one for one in _EVERYTHING if one.envelope.kind == "filing"]
    assert len(filings) > 8
    for gone in filings:
        with memory() as db:
            with db.transaction():
                pages.apply(db, list(_EVERYTHING), [one.device_key for one in _TEAM], STAMP)
            with db.transaction():
                erasing.keep(db, [_order(gone, 1)], VerifyKey(STORE.public))  # type: ignore[list-item]
                erasing.obey(db, is_allowed=True)
            assert differences(db) == [], gone.content


def test_how_many_at_once_need_a_persons_word() -> None:
    """Invariant 19: more than fifty, or more than ten and a tenth."""
    cases = {(1, 1): False, (10, 10): False, (11, 100): True, (11, 110): False, (50, 1000): False, (51, 10_000): True}
    assert {pair: needs_a_word(*pair) for pair in cases} == cases
