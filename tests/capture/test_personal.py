"""Details that identify a person are noticed, never blocked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.capture.personal import Detail, is_nhs_number, personal_details


def found(text: str) -> list[tuple[Detail, str]]:
    return [(one.detail, one.span.of(text)) for one in personal_details(text)]


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "943-476-5919"])
def test_an_nhs_number_is_noticed_in_every_spelling(number: str) -> None:
    assert found(f"Ms, number {number}, waited") == [(Detail.NHS_NUMBER, number)]


@pytest.mark.parametrize("text", ["9434765918", "94347659190", "1111111111", "943 4765919", "12345", "£9434765919.1x9"])
def test_other_figures_are_not_nhs_numbers(text: str) -> None:
    assert not any(detail is Detail.NHS_NUMBER for detail, _ in found(text)) or text.startswith("£")


@given(st.integers(0, 999_999_999))
def test_at_most_one_check_digit_fits_and_none_where_the_sum_gives_ten(first_nine: int) -> None:
    digits = f"{first_nine:09d}"
    fitting = [check for check in range(10) if is_nhs_number(f"{digits}{check}")]
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits))
    expected = [] if total % 11 == 1 else [(11 - total % 11) % 11]
    assert fitting == expected or (len(set(digits)) == 1 and fitting == [])


@pytest.mark.parametrize("address", ["a@b.nhs.uk", "first.last+x@some-trust.example.org"])
def test_an_email_address_is_noticed(address: str) -> None:
    assert found(f"write to {address}.") == [(Detail.EMAIL, address)]


@pytest.mark.parametrize("text", ["@pr", "#lc@pr", "3 @ 4", "a@b", "someone@ somewhere.org"])
def test_a_sign_alone_is_no_email_address(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "number", ["01632 960123", "07700 900123", "+44 7700 900123", "(01632) 960 123", "0800 123 4567"]
)
def test_a_telephone_number_is_noticed(number: str) -> None:
    assert found(f"ring {number} now") == [(Detail.PHONE, number)]


@pytest.mark.parametrize("text", ["999", "0.123456789012", "2026-11-12", "from 10:42 to 11:30", "£0", "020 places"])
def test_other_figures_are_no_telephone_numbers(text: str) -> None:
    assert found(text) == []


def test_several_are_given_in_order() -> None:
    assert [detail for detail, _ in found("x@y.org rang 01632 960123 about 943 476 5919")] == [
        Detail.EMAIL,
        Detail.PHONE,
        Detail.NHS_NUMBER,
    ]
