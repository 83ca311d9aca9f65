"""The word in a form's ``type`` column: what it is here, and what it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fieldkit.domain.questions import Answer


class Part(StrEnum):
    """What a row of a form is."""

    QUESTION = "question"
    PLAIN = "plain"
    """A question whose way of answering is not known here: it is asked, and answered in words."""
    LEFT_OUT = "left_out"
    BEGIN = "begin"
    END = "end"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWord:
    """``word`` is the type without its list, ``choices`` the list; ``code`` words why it is plain or left out."""

    part: Part
    word: str
    answer: Answer = Answer.TEXT
    choices: str = ""
    or_other: bool = False
    repeats: bool = False
    code: str = ""


_ANSWERS: Final[Mapping[str, Answer]] = {
    "text": Answer.TEXT, "string": Answer.TEXT, "integer": Answer.WHOLE, "int": Answer.WHOLE, "decimal": Answer.NUMBER,
    "range": Answer.RANGE, "date": Answer.DATE, "time": Answer.TIME, "datetime": Answer.MOMENT, "note": Answer.READ_OUT,
    "date time": Answer.MOMENT, "acknowledge": Answer.ACKNOWLEDGE, "trigger": Answer.ACKNOWLEDGE, "image": Answer.PHOTO,
    "photo": Answer.PHOTO, "audio": Answer.SOUND, "file": Answer.FILE, "calculate": Answer.CALCULATED,
    "start": Answer.START, "end": Answer.END, "today": Answer.TODAY,
}  # fmt: skip
_PLAIN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "location", "gps"), "form.place"),
    **dict.fromkeys(("barcode", "video", "osm", "url"), "form.other_way"),
    **dict.fromkeys(("score__row", "rank__level"), "form.kobo_row"),
}
_OUT: Final[Mapping[str, str]] = {
    "background-audio": "form.background_audio",
    **dict.fromkeys(("background-geopoint", "start-geopoint"), "form.background_place"),
    **dict.fromkeys(
        ("deviceid", "imei", "phonenumber", "phone number", "simserial", "sim id", "subscriberid", "subscriber id",
         "username", "email", "audit"), "form.device",
    ),
    **dict.fromkeys(("xml-external", "csv-external"), "form.outside_list"),
    "hidden": "form.hidden",
}  # fmt: skip
_CHOOSE: Final = re.compile(
    r"(?P<kind>select[_ ]?one|select1|select[_ ]multiple|select all that apply|rank)"
    r"(?P<file>[_ ]from[_ ]file|[_ ]external)?(?: from)?\s+(?P<list>.+?)(?P<other>\s+(?:or_other|or specify other))?",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(
    r"(?P<side>begin|end)[_ ]+(?P<kind>group|repeat|lgroup|looped group|score|rank|kobomatrix|literacytest)(\s.*)?",
    re.IGNORECASE,
)


def type_of(written: str) -> TypeWord:
    """What the cell says. A word that no form has is ``UNKNOWN``."""
    text = " ".join(written.split())
    word = text.casefold()
    if word in _ANSWERS:
        return TypeWord(part=Part.QUESTION, word=word, answer=_ANSWERS[word])
    if word in _PLAIN:
        return TypeWord(part=Part.PLAIN, word=word, code=_PLAIN[word])
    if word in _OUT:
        return TypeWord(part=Part.LEFT_OUT, word=word, code=_OUT[word])
    if (group := _GROUP.fullmatch(text)) is not None:
        kind = group["kind"].casefold()
        return TypeWord(
            part=Part.BEGIN if group["side"].casefold() == "begin" else Part.END, word=kind,
            repeats=kind in ("repeat", "lgroup", "looped group"),
            code="" if kind in ("group", "repeat", "lgroup", "looped group") else "form.kobo_group",
        )  # fmt: skip
    if (choosing := _CHOOSE.fullmatch(text)) is not None:
        return _choosing(choosing)
    return TypeWord(part=Part.UNKNOWN, word=text)


def _choosing(found: re.Match[str]) -> TypeWord:
    kind, where = found["kind"].casefold().replace(" ", "_"), found["list"].strip()
    if found["file"]:
        return TypeWord(part=Part.PLAIN, word=kind, code="form.outside_list")
    if kind == "rank":
        return TypeWord(part=Part.PLAIN, word=kind, choices=where, code="form.rank")
    answer = Answer.ONE if kind in ("select_one", "select1", "selectone") else Answer.SOME
    return TypeWord(part=Part.QUESTION, word=kind, answer=answer, choices=where, or_other=found["other"] is not None)
