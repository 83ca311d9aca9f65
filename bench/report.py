"""A report of 10,000 items as PDF, against a bare reportlab document of the same words: time and peak memory.

Each is made in a process of its own, since the memory of one would be counted to the other.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ITEMS = 10_000
ROUNDS = 3
_WORDS = "The board heard that nobody had told the night team of the change in the plan for discharge from ward four"
_HEAD = ("When", "Source", "What was noticed", "Bearing")
_TOOLS = ("ours", "bare", "html", "docx")
_NAMES = {
    "ours": "ours, PDF", "bare": "bare reportlab, the same table", "html": "ours, web page", "docx": "ours, Word",
}  # fmt: skip


def run(items: int, rounds: int) -> None:
    """Print medians and ratios."""
    print(f"\nA report of {items:,} items, {rounds} rounds each in a process of its own")
    found = {tool: [_measured(tool, items) for _ in range(rounds)] for tool in _TOOLS}
    bare = _medians(found["bare"])
    for tool, each in found.items():
        seconds, peak, size = _medians(each)
        ratio = f"   {seconds / bare[0]:.2f}x the time, {peak / bare[1]:.2f}x the memory" if tool == "ours" else ""
        name = _NAMES[tool]
        print(f"  {name:32} {seconds:6.1f} s of CPU   {peak:6.0f} MiB at most   {size / 1024:7,.0f} KiB{ratio}")


def _medians(each: list[list[float]]) -> tuple[float, float, float]:
    seconds, peak, size = (statistics.median(column) for column in zip(*each, strict=True))
    return seconds, peak, size


def _measured(tool: str, items: int) -> list[float]:
    """Seconds of CPU, MiB, bytes."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.report", tool, str(items)], check=True, capture_output=True, text=True
    )
    found: list[float] = json.loads(made.stdout)
    return found


def _rows(items: int) -> list[tuple[str, ...]]:
    return [(f"12 Nov 2026 {at % 24:02}:10", f"P{at % 9}", f"{at}. {_WORDS}", "shortfall") for at in range(items)]


def _bare(items: int) -> bytes:
    """What anybody would write: styles, a table with a header that repeats, a page number."""
    from io import BytesIO

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    body, target = getSampleStyleSheet()["BodyText"], BytesIO()
    cells = [[Paragraph(cell, body) for cell in row] for row in (_HEAD, *_rows(items))]
    table = LongTable(cells, colWidths=[80, 80, 240, 81], repeatRows=1)
    table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    foot = lambda canvas, _: canvas.drawRightString(540, 30, str(canvas.getPageNumber()))  # noqa: E731
    SimpleDocTemplate(target, pagesize=A4, invariant=1).build([table], onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


def _ours(tool: str, items: int) -> bytes:
    from fieldkit.reports.blocks import Document, Table

    table = Table(header=_HEAD, rows=tuple(_rows(items)), widths=(3, 3, 9, 3))
    document = Document(title="Evidence pack", blocks=(table,))
    if tool == "html":
        from fieldkit.reports.html import to_html

        return to_html(document).encode()
    if tool == "docx":
        from fieldkit.reports.word import to_word

        return to_word(document)
    from fieldkit.reports.pdf import to_pdf

    return to_pdf(document)


def _alone(tool: str, items: int) -> None:
    before = time.process_time()
    data = _bare(items) if tool == "bare" else _ours(tool, items)
    seconds = time.process_time() - before
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(data)]))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    _alone(sys.argv[1], int(sys.argv[2]))
