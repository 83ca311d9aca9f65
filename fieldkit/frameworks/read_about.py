"""``pack.yaml``: what the pack is, since when it holds, and what nobody has confirmed."""

from __future__ import annotations

import re

from fieldkit.domain.framework import Remark, Status
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.names import Names

_LONGEST_MARKING = 60
"""Characters: one line at the top of a page."""
VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,2}")


def read_about(fields: Fields, contents: Contents) -> None:
    """Read ``pack.yaml`` into ``contents``."""
    contents.id = fields.ident()
    contents.version = fields.formed("version", VERSION, "2023.1")
    contents.title = fields.name("title")
    contents.short_title = fields.text("short_title", longest=30)
    contents.marking = fields.text("marking", default="", longest=_LONGEST_MARKING)
    contents.status = fields.choice("status", Status)
    contents.effective_from = fields.day("effective_from")
    contents.effective_to = fields.day("effective_to", needed=False)
    start, end = contents.effective_from, contents.effective_to
    if start is not None and end is not None and end < start:
        fields.wrong("effective_to", "order.dates", start=start, end=end)
    names = Names("remark")
    contents.remarks = tuple(_remark(item, names) for item in fields.tables("remarks", needed=False))
    fields.finish()


def _remark(fields: Fields, names: Names) -> Remark:
    remark = Remark(id=fields.ident(), text=fields.text("text"), unconfirmed=fields.flag("unconfirmed", default=False))
    names.declare(fields, remark.id)
    fields.finish()
    return remark
