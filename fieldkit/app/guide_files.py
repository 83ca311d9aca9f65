"""Guides from files and into files: a form is looked at whole before anything of it is kept.

Reading and writing take some tenths of a second (pyxform is imported then): away from the screens' thread.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from fieldkit.app.guide_library import script
from fieldkit.app.guides import checked
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide
from fieldkit.exchange.spreadsheets import read_book
from fieldkit.exchange.xlsform.checker import complaint_about
from fieldkit.exchange.xlsform.reading import read_form
from fieldkit.exchange.xlsform.remarks import FormReading, Remark, Verdict
from fieldkit.exchange.xlsform.writing import form_of
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.kernel.errors import Mistake


def read_guide_file(path: Path, frameworks: Sequence[Framework]) -> FormReading:
    """What the form in a file would come to. Nothing is kept.

    Raises ``Trouble('spreadsheet.unreadable')`` and ``Mistake`` with a code of ``spreadsheet.`` for a file that is no
    spreadsheet; what is wrong with the form itself stands in the report.
    """
    reading = read_form(read_book(path), path.name, frameworks, script())
    if reading.guide is None:
        return reading
    try:
        return dataclasses.replace(reading, guide=checked(reading.guide))
    except Mistake as problem:
        details = {key: value for key, value in problem.details.items() if key != "field"}
        remark = Remark(sheet="survey", row=0, name="", verdict=Verdict.BLOCKING, code=problem.code, details=details)
        return dataclasses.replace(reading, guide=None, remarks=(remark, *reading.remarks))


def write_guide_file(path: Path, guide: Guide, frameworks: Sequence[Framework]) -> Path:
    """Write a guide as a form for ODK or Kobo; ``.xlsx`` is put behind a name without it. Where it lies.

    Raises ``Mistake('guide.no_form')`` where its rules name what it does not have, and
    ``Trouble('report.not_written')``.
    """
    from fieldkit.exchange.tables import Sheet
    from fieldkit.reports.save import write_private

    sheets = form_of(guide, frameworks)
    wrong = complaint_about({name: Sheet(name=name, rows=tuple(map(tuple, rows))) for name, rows in sheets.items()})
    if wrong is not None:
        raise Mistake("guide.no_form", title=guide.title, words=wrong.words)
    target = path if path.suffix.casefold() == ".xlsx" else path.with_name(path.name + ".xlsx")
    write_private(target, write_xlsx(sheets))
    return target
