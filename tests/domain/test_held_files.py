"""A file is held while any record that names it is: whoever adds what, in any order, held wins."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.consent import Agreed
from fieldkit.domain.held_files import Names, held_by_file, names_of

_IDS = [f"a{n}" for n in range(6)]
_HASHES = ["f1", "f2", "f3"]
_NAMES = st.builds(
    Names, assessment=st.sampled_from(["x", "y"]), files=st.frozensets(st.sampled_from(_HASHES), max_size=2),
    made_from=st.frozensets(st.sampled_from(_IDS), max_size=2),
)  # fmt: skip
_ATTACHMENTS = st.dictionaries(st.sampled_from(_IDS), _NAMES)
_HELD = st.dictionaries(st.sampled_from(_IDS), st.sampled_from([Agreed.REFUSED, Agreed.WITHDRAWN]))


@given(_ATTACHMENTS, _HELD, st.randoms())
def test_no_order_of_arrival_matters_and_everything_tied_to_what_is_held_is_held(
    attachments: dict[str, Names], held: dict[str, Agreed], random: st.DataObject
) -> None:
    found = held_by_file(attachments, held)
    shuffled = list(attachments.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert held_by_file(dict(shuffled), dict(reversed(held.items()))) == found
    assert {one: found[one] for one in held if one in attachments}.keys() == held.keys() & attachments.keys()
    for record, why in found.items():
        for other, names in attachments.items():
            here = attachments[record]
            if names.assessment == here.assessment and (names.files & here.files or record in names.made_from):
                assert other in found
                assert why is not Agreed.WITHDRAWN or found[other] is Agreed.WITHDRAWN


@given(_ATTACHMENTS, _HELD, st.sampled_from(_IDS), _NAMES)
def test_another_record_never_lifts_what_is_held(
    attachments: dict[str, Names], held: dict[str, Agreed], new: str, names: Names
) -> None:
    before = held_by_file({one: two for one, two in attachments.items() if one != new}, held)
    assert before.keys() <= held_by_file({**attachments, new: names}, held).keys()


def test_a_record_that_was_revised_still_names_what_it_named() -> None:
    accounts: list[dict[str, object]] = [
        {"sha256": "f1", "original_sha256": "f0", "derived_from": None},
        {"sha256": "f2", "derived_from": 7},
    ]
    assert names_of("x", accounts) == Names(assessment="x", files=frozenset({"f0", "f1", "f2"}))


def test_ten_thousand_copies_of_copies_in_a_circle_end_at_once() -> None:
    ids = [f"c{n}" for n in range(10_000)]
    above = dict(pairwise([*ids, ids[0]]))
    copies = {
        one: Names(assessment="x", files=frozenset({one, "f"}), made_from=frozenset({above[one]})) for one in ids
    }  # fmt: skip
    began = time.process_time()
    found = held_by_file(copies, {"c77": Agreed.REFUSED, "c99": Agreed.WITHDRAWN})
    assert (len(found), set(found.values())) == (10_000, {Agreed.WITHDRAWN})
    assert time.process_time() - began < 2, "it took 0.05 s: nothing is looked at twice for one reason"
