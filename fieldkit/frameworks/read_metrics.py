"""``metrics.yaml``: for which statements an oversight framework's metric is evidence, and which end is best."""

from __future__ import annotations

from fieldkit.domain.method import Polarity
from fieldkit.domain.metric import MetricRule, metric_key
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields


def read_metrics(fields: Fields, contents: Contents) -> None:
    """Read ``metrics.yaml`` into ``contents``."""
    lines: dict[str, int] = {}
    for item in fields.tables("metrics"):
        rule = MetricRule(
            id=item.ident(), title=item.name("title"), names=item.texts("names"),
            statements=_statements(item, contents),
            category=contents.category_names.refer(item, "category", item.ident("category")),
            polarity=item.choice("polarity", Polarity), scale=_scale(item, contents),
        )  # fmt: skip
        for name in dict.fromkeys(metric_key(one) for one in (rule.id, rule.title, *rule.names)):
            if name in lines:
                item.wrong("names", "metric.twice", name=name, line=lines[name])
            lines.setdefault(name, item.line)
        contents.metrics.append(rule)
        item.finish()
    fields.finish()


def _statements(fields: Fields, contents: Contents) -> tuple[str, ...]:
    return tuple(
        contents.statement_names.refer(fields, "statements", one) for one in fields.texts("statements", needed=True)
    )


def _scale(fields: Fields, contents: Contents) -> str:
    """A scale of the pack that the metric's figures are steps of; its best end is the metric's."""
    if "scale" not in fields:
        return ""
    wanted, said = fields.ident("scale"), fields.choice("polarity", Polarity)
    scale = next((one for one in contents.scales if one.id == wanted), None)
    if scale is None:
        fields.wrong("scale", "reference.unknown", kind="scale", name=wanted)
    elif scale.polarity is not said:
        fields.wrong("polarity", "metric.scale", scale=scale.title, said=scale.polarity.value, value=said.value)
    return wanted
