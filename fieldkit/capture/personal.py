"""Does a note hold something that identifies a person? For a quiet question after saving; nothing is blocked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.spans import Span

_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}([ -]?)\d{3}\1\d{4}(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)\d(?:[ ()-]{0,2}\d){8,9}(?!\d)")


class Detail(StrEnum):
    """What it looks like; the value is the code of its sentence."""

    NHS_NUMBER = "capture.nhs_number"
    EMAIL = "capture.email"
    PHONE = "capture.phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Something in a text that looks like a personal detail, and where."""

    detail: Detail
    span: Span


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number.

    Weights 10 to 2 over the first nine digits, sum modulo 11 taken from 11 is the tenth; 11 is written 0 and 10
    is never issued (NHS Data Model and Dictionary, NHS NUMBER). Ten equal digits pass the sum but are fillers.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def personal_details(text: str) -> tuple[Sighting, ...]:
    """Everything in ``text`` that looks like an NHS number, an e-mail address or a telephone number, in order.

    A ten-digit number that starts with 0 is a telephone number: no NHS number starts so.
    """
    found = [
        Sighting(detail=Detail.NHS_NUMBER, span=Span(*match.span()))
        for match in _TEN_DIGITS.finditer(text)
        if not match[0].startswith("0") and is_nhs_number(re.sub(r"\D", "", match[0]))
    ]
    found += [Sighting(detail=Detail.EMAIL, span=Span(*match.span())) for match in _EMAIL.finditer(text)]
    found += [Sighting(detail=Detail.PHONE, span=Span(*match.span())) for match in _PHONE.finditer(text)]
    return tuple(sorted(found, key=lambda one: one.span))
