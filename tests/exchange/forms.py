"""Forms as people make them: tables of rows, written by openpyxl itself and not by the code under test."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

Table = Sequence[Sequence[object]]

DISCHARGE: Mapping[str, Table] = {
    "survey": [
        ["type", "name", "label::English (en)", "label::Cymraeg (cy)", "hint::English (en)",
         "guidance_hint::English (en)", "required", "relevant", "constraint", "constraint_message", "appearance",
         "calculation", "choice_filter",
         "fieldwork::qs", "fieldwork::ec", "fieldwork::minutes", "fieldwork::must_quote", "$kuid"],
        ["start", "start", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "a1"],
        ["today", "today", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "a2"],
        ["begin_group", "you", "About you", "Amdanoch chi", "", "", "", "", "", "", "field-list"],
        ["select_one role", "role", "What is your part?", "Beth yw eich rôl?", "", "", "yes", "", "", "", "likert"],
        ["integer", "years", "How many years?", "", "", "", "", "${role} = 'staff'", ". >= 0 and . < 60",
         "Years must be less than 60"],
        ["end_group"],
        ["select_one place", "place", "Which place?", "", "", "", "", "", "", "", "minimal"],
        ["select_one ward", "ward", "Which ward?", "", "", "", "", "", "", "", "", "", "place = ${place}"],
        ["text", "last_discharge", "Tell me about the last discharge from ${ward}.", "", "Take your time",
         "• Who was told?\n- What was missing?", "", "", "", "", "multiline", "", "", "sp, wt", "sl", 8, "yes"],
        ["calculate", "is_long", "", "", "", "", "", "", "", "", "", "if(${years} > 10, 'yes', 'no')"],
        ["begin_repeat", "contact", "Each contact"],
        ["text", "who", "Who was it?"],
        ["date", "when", "When was it?", "", "", "", "", "", ". <= today()"],
        ["end_repeat"],
        ["select_multiple help or_other", "help", "What helped?"],
        ["note", "thanks", "Thank you"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Cymraeg (cy)", "place"],
        ["role", "staff", "I work here", "Rwy'n gweithio yma"], ["role", "person", "I use services", ""],
        ["place", "moor", "Moor", ""], ["place", "vale", "Vale", ""],
        ["ward", "m1", "Moor 1", "", "moor"], ["ward", "v1", "Vale 1", "", "vale"],
        ["help", "call", "A call", ""], ["help", "visit", "A visit", ""],
    ],
    "settings": [["form_title", "form_id", "version", "default_language"],
                 ["Leaving hospital", "leaving_hospital", 2026111201, "English (en)"]],
}  # fmt: skip
"""As an ODK author would write it: two languages, groups, a repeat, rules, lists that depend on each other."""

KOBO: Mapping[str, Table] = {
    "survey": [
        ["type", "name", "label", "required", "relevant", "appearance", "parameters", "default",
         "kobo--locking-profile", "media::image", "trigger"],
        ["start", "start"], ["username", "username"], ["deviceid", "deviceid"], ["audit", "audit"],
        ["background-audio", "background_audio"],
        ["geopoint", "where", "Where are you?", "true"],
        ["barcode", "tag", "Scan the tag"],
        ["rank help", "order", "Put these in order"],
        ["text", "story", "What happened?", "", "pulldata('people', 'risk', 'code', ${tag}) = 'high'"],
        ["text", "recorded", "Was it recorded?", "", "${background_audio} != ''"],
        ["select_one help", "first", "Which first?", "", "", "map"],
        ["select_one_from_file wards.csv", "ward", "Which ward?"],
        ["image", "picture", "A picture", "", "", "", "max-pixels=1024"],
        ["text", "day", "Which day?", "", "", "", "", "today()"],
    ],
    "choices": [["list_name", "name", "label"], ["help", "call", "A call"], ["help", "visit", "A visit"]],
    "settings": [["form_title", "public_key", "submission_url"], ["Walk round", "MIIB", "https://elsewhere.example"]],
    "entities": [["list_name", "label"], ["people", "${story}"]],
}  # fmt: skip
"""As a Kobo author would: device data, a recording that starts by itself, a map, files beside the form, encryption."""


def workbook(form: Mapping[str, Table]) -> bytes:
    """The bytes of an .xlsx with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in form.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def survey(*rows: Sequence[object], heads: Sequence[str] = ("type", "name", "label", "relevant")) -> bytes:
    """A form that has a survey sheet only."""
    return workbook({"survey": [list(heads), *rows]})
