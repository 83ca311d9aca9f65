"""A disclosure stays in its box, leaves it only sealed, and is never overwritten."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from fieldkit.app.disclosures import Holder, Restricted, add_words, hold_role, pack, receive, take, trust, unpack
from fieldkit.app.ports import Identity as Writer
from fieldkit.domain.disclosure import Identity
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, new_id
from fieldkit.kernel.signing import SigningKey

NOW = datetime(2026, 11, 12, 10, 42, tzinfo=UTC)
PLACE = AssessmentId(new_id())
ME = Writer(
    author=AuthorId(new_id()), name="Ann Lead", initials="AL", device=DeviceId(new_id()), key=SigningKey.generate()
)


def _one(restricted: Restricted, **more: str) -> Restricted:
    given = {"text": "Staff are told not to report falls", "who": "Night nurse", **more}
    return take(restricted, PLACE, NOW, identity=Identity.PROTECTED, taken_by="Ann Lead", **given)[0]


def test_what_was_taken_is_in_the_box_as_it_was_said_and_additions_stand_beside_it() -> None:
    restricted = _one(Restricted())
    reference = restricted.disclosures[0].reference
    restricted = add_words(restricted, reference.lower(), "She rang again", NOW)
    again = Restricted.from_content(json.loads(json.dumps(restricted.to_content())))
    assert again == restricted
    assert again.disclosures[0].text == "Staff are told not to report falls"
    assert [one.text for one in again.disclosures[0].additions] == ["She rang again"]


def test_of_an_anonymous_one_nothing_of_who_spoke_is_kept() -> None:
    restricted, made = take(
        Restricted(), PLACE, NOW, text="x", identity=Identity.ANONYMOUS, taken_by="A", who="Nurse", contact="07700"
    )
    assert (made.who, made.contact) == ("", "")
    assert "Nurse" not in json.dumps(restricted.to_content())


def test_a_hand_over_is_read_by_the_holder_alone_and_shows_nothing_on_its_way() -> None:
    holder, stranger = hold_role(Restricted()), hold_role(Restricted())
    restricted = trust(_one(Restricted()), Holder(name="Guardian", public=holder.public))
    sealed = pack(restricted.disclosures[0], ME, restricted.holders[0].public)
    for secret in (
        b"falls",
        b"Night nurse",
        b"Ann Lead",
        ME.author.encode(),
        restricted.disclosures[0].reference.encode(),
    ):
        assert secret not in sealed
    read = unpack(sealed, holder.private)
    assert (read.text, read.who, read.taken_by) == ("Staff are told not to report falls", "Night nurse", "Ann Lead")
    assert receive(holder, [read, read]).disclosures == (read,)
    with pytest.raises(Refusal, match="not_for_you"):
        unpack(sealed, stranger.private)
    with pytest.raises(Refusal, match="not_for_you"):
        unpack(sealed[:-1] + bytes([sealed[-1] ^ 1]), holder.private)


def test_the_length_of_a_hand_over_tells_nothing() -> None:
    holder = hold_role(Restricted())
    lengths = {len(pack(_one(Restricted(), text="word " * n).disclosures[0], ME, holder.public)) for n in (1, 50, 900)}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": " "}, "disclosure.no_text"),
        ({"who": ""}, "disclosure.no_who"),
        ({"text": "x" * 1_000_001}, "too_long"),
    ],
)
def test_what_is_lacking_is_said(given: dict[str, str], code: str) -> None:
    with pytest.raises(Mistake, match=code):
        _one(Restricted(), **given)


@pytest.mark.parametrize("name", ["text", "who", "about", "wishes"])
def test_a_paste_of_five_megabytes_is_refused_and_what_is_there_stays(name: str) -> None:
    restricted = _one(Restricted())
    with pytest.raises(Mistake, match=r"entry\.too_long") as refused:
        _one(restricted, **{name: "x" * 5_000_000})
    assert refused.value.details["field"] == name
    with pytest.raises(Mistake, match=r"entry\.too_long"):
        add_words(restricted, restricted.disclosures[0].reference, "x" * 5_000_000, NOW)


def test_right_to_left_words_emoji_and_halves_of_letters_come_out_as_they_can_be_kept() -> None:
    holder = hold_role(Restricted())
    taken = _one(Restricted(), text="قالت 🙂 \ud83d", who="Zoë\u200f")
    read = unpack(pack(taken.disclosures[0], ME, holder.public), holder.private)
    assert (read.text, read.who) == ("قالت 🙂 \ufffd", "Zoë\u200f")
