"""``characteristics.yaml``: what each statement looks like at each step of the scale that it is judged on."""

from __future__ import annotations

from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.names import Names

_MOST = 100


def read_characteristics(fields: Fields, contents: Contents) -> None:
    """Read ``characteristics.yaml`` into ``contents``: every statement, every step, or a problem at its line."""
    scale = contents.method.chosen_from
    known = {level.value for level in scale.levels} if scale is not None else set[int]()
    if scale is None:
        fields.wrong("characteristics", "characteristics.no_scale")
    title = scale.title if scale is not None else ""
    said, lines = Names("statement"), set[str]()
    for item in fields.tables("characteristics"):
        statement = contents.statement_names.refer(item, "statement", item.ident("statement"))
        said.declare(item, statement)
        lines.add(statement)
        steps: set[int] = set()
        for level in item.tables("levels"):
            value, text = level.whole("level", 0, _MOST), level.text("text")
            if known and value not in known:
                level.wrong("level", "characteristics.step", scale=title, level=value)
            contents.characteristics[statement, value] = text
            steps.add(value)
            level.finish()
        for missing in sorted(known - steps):
            item.wrong("levels", "characteristics.hole", statement=statement, level=missing, scale=title)
        item.finish()
    for one in contents.statements:
        if one.id not in lines and known:
            fields.wrong("characteristics", "characteristics.hole", statement=one.id, level=min(known), scale=title)
    fields.finish()
