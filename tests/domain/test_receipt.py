"""What the central store signs holds only as a whole: signature, numbering and the running hash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.receipt import (
    EMPTY_CHAIN,
    Certificate,
    Outcome,
    ReceiptLine,
    ReceiptSheet,
    Signed,
    Witness,
    next_chain,
    read_certificate,
    read_sheet,
    run_chain,
    sign_certificate,
    sign_sheet,
)
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import DeviceId, RevisionId
from fieldkit.kernel.signing import SigningKey, VerifyKey
from tests.support.chains import ChainBuilder, plain_id

KEY = SigningKey(b"s" * 32)
PUBLIC = VerifyKey(KEY.public)


def sheet(count: int = 3, first: int = 5) -> ReceiptSheet:
    lines = tuple(
        ReceiptLine(
            revision=r.envelope.id, hash=r.hash, seq=first + n, outcome=Outcome.ACCEPTED, has_content=n % 2 == 0
        )
        for n, r in enumerate(ChainBuilder().write_many(count))
    )
    return ReceiptSheet(
        store=KEY.public.hex(), epoch="e1", device=DeviceId(plain_id(1)), received_at="2026-11-12T10:00:00.000Z",
        before="ab" * 32, chain=run_chain("ab" * 32, ((x.revision, x.hash, x.has_content) for x in lines)), lines=lines,
    )  # fmt: skip


def certificate() -> Certificate:
    return Certificate(
        store=KEY.public.hex(), epoch="e1", device=DeviceId(plain_id(1)), high=7, hash="cd" * 32, contents=4,
        issued_at="2026-11-12T10:00:00.000Z",
    )  # fmt: skip


def test_a_sheet_that_was_signed_reads_back_with_its_witness() -> None:
    made = sheet()
    assert read_sheet(sign_sheet(made, KEY), PUBLIC) == made
    assert made.witness == Witness(epoch="e1", seq=7, chain=made.chain)


def test_a_certificate_that_was_signed_reads_back() -> None:
    assert read_certificate(sign_certificate(certificate(), KEY), PUBLIC) == certificate()


@given(st.data())
def test_no_altered_bit_of_a_sheet_goes_unnoticed(data: st.DataObject) -> None:
    signed = sign_sheet(sheet(), KEY)
    altered = bytearray(signed.data + signed.signature)
    bit = data.draw(st.integers(0, len(altered) * 8 - 1))
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        read_sheet(Signed(data=bytes(altered[:-64]), signature=bytes(altered[-64:])), PUBLIC)


def test_a_certificate_is_no_sheet_and_a_sheet_no_certificate() -> None:
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        read_sheet(sign_certificate(certificate(), KEY), PUBLIC)
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        read_certificate(sign_sheet(sheet(), KEY), PUBLIC)


def test_a_receipt_of_another_store_is_not_ours() -> None:
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        read_sheet(sign_sheet(sheet(), SigningKey(b"t" * 32)), PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        {"chain": "00" * 32},
        {"before": "00" * 32},
        {"lines": sheet().lines[1:]},
        {"lines": sheet().lines[::-1]},
        {"lines": tuple(replace(line, seq=line.seq * 2) for line in sheet().lines)},
        {"lines": tuple(replace(line, has_content=True) for line in sheet().lines)},
    ],
)
def test_a_sheet_whose_lines_do_not_add_up_is_refused_although_the_store_signed_it(change: dict[str, object]) -> None:
    with pytest.raises(Refusal, match=r"receipt\.malformed"):
        read_sheet(sign_sheet(replace(sheet(), **change), KEY), PUBLIC)  # type: ignore[arg-type]


def test_a_sheet_without_lines_is_refused() -> None:
    with pytest.raises(Refusal, match=r"receipt\.malformed"):
        read_sheet(sign_sheet(replace(sheet(), lines=()), KEY), PUBLIC)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"lines":[[]]}', b'{"lines":[["a","b",1,"eaten",true,""]]}'])
def test_signed_bytes_that_are_no_sheet_are_refused(data: bytes) -> None:
    for prefix, read in ((b"fieldkit/receipt/v1\0", read_sheet), (b"fieldkit/certificate/v1\0", read_certificate)):
        with pytest.raises(Refusal, match=r"receipt\.malformed"):
            read(Signed(data=data, signature=KEY.sign(prefix + data)), PUBLIC)


@given(st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=20), st.integers(0, 20))
def test_a_running_hash_can_be_carried_on_from_any_point(steps: list[tuple[int, bool]], cut: int) -> None:
    named = [(RevisionId(plain_id(n)), f"{n:064x}", has_content) for n, has_content in steps]
    assert run_chain(run_chain(EMPTY_CHAIN, named[:cut]), named[cut:]) == run_chain(EMPTY_CHAIN, named)


def test_the_running_hash_tells_an_envelope_from_its_content_disclosed_later() -> None:
    assert next_chain("", plain_id(1), "0" * 64, False) != next_chain("", plain_id(1), "0" * 64, True)


def test_every_outcome_but_damage_means_that_it_is_kept() -> None:
    line = sheet().lines[0]
    assert [o for o in Outcome if not replace(line, outcome=o).is_kept] == [Outcome.CORRUPT]
