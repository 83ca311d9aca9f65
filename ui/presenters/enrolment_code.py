"""What is typed to join an office, judged before anybody is asked: the address of the central store and the code."""

from __future__ import annotations

import re

from fieldkit.kernel.errors import FieldKitError

CHARACTERS = 16
_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")
_AT_THE_CODE = frozenset(
    {
        "central.code_wrong",
        "central.code_used",
        "central.code_expired",
        "central.sign_in_unknown",
        "send.code",
        "sign_in.off",
    }
)
_AT_THE_ADDRESS = frozenset({"send.address", "send.address_not_protected"})


def wrong_in(url: str, code: str) -> tuple[tuple[str, str], ...]:
    """Fields and what is wrong with each, as ``(field, code of the sentence)``; spaces and dashes do not count."""
    found = [] if url.strip() else [("url", "setup.no_address")]
    letters = _GAPS.sub("", code)
    if not letters:
        found.append(("code", "setup.no_code"))
    elif len(letters) != CHARACTERS or not (letters.isascii() and letters.isalnum()):
        found.append(("code", "setup.code_form"))
    return tuple(found)


def field_of(problem: Exception) -> str:
    """The field that a refusal of the office is about; empty where it is about none."""
    if not isinstance(problem, FieldKitError):
        return ""
    if problem.code in _AT_THE_CODE:
        return "code"
    return "url" if problem.code in _AT_THE_ADDRESS else str(problem.details.get("field", ""))


def read_invitation(text: str) -> tuple[str, str]:
    """Address and code from the text of a file that an office gave; empty for what is not in it."""
    address = re.search(r"https?://[^\s'\"<>]+", text)
    group = "[0-9A-Za-z]{4}"
    code = re.search(
        rf"(?<![0-9A-Za-z-]){group}(?:[- ]?{group}){{3}}(?![0-9A-Za-z-])",
        text.replace(address[0] if address else "\0", " "),
    )
    return (address[0].rstrip(".,;") if address else "", code[0] if code else "")
