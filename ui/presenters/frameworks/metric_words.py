"""What is said of a file of metrics before and after it is kept: the same sentences by command and on the screen."""

from __future__ import annotations

from fieldkit.app.metrics import Kept, MetricPlan, sentence_of
from fieldkit.domain.metric import figure
from ui.presenters.wording import sentence, ui

MOST = 20
"""Rows that a preview names of each kind; all are counted."""


def reading_words(plan: MetricPlan) -> list[str]:
    """Counts first, then what does not read, what is changed and what is new, each by its row."""
    lines = [count_words(plan)]
    lines += [sentence(one) for one in plan.reading.wrong[:MOST]]
    if len(plan.reading.wrong) > MOST:
        lines.append(f"and {len(plan.reading.wrong) - MOST:,} more that do not read")
    for row, old in plan.changed[:MOST]:
        lines.append(f"Row {row.row}, changed from {figure(old.value, old.unit)}: {sentence_of(row)}")
    lines += [f"Row {row.row}, new: {sentence_of(row)}" for row in plan.new[:MOST]]
    left = max(len(plan.new) - MOST, 0) + max(len(plan.changed) - MOST, 0)
    return [*lines, f"and {left:,} more"] if left else lines


def count_words(plan: MetricPlan) -> str:
    """How many figures of the file are new, changed and the same, and how many rows do not read."""
    parts = [f"{ui.count(len(plan.new), 'figure')} new", f"{len(plan.changed)} changed", f"{plan.same} the same"]
    if plan.reading.wrong:
        parts.append(f"{ui.count(len(plan.reading.wrong), 'row')} that do not read")
    return f"{plan.reading.file}: {', '.join(parts)}."


def kept_words(kept: Kept) -> str:
    """What was kept, as held evidence."""
    changed = f", {kept.changed} in place of older ones" if kept.changed else ""
    return f"{ui.count(kept.new + kept.changed, 'figure')} kept as held evidence{changed}."
