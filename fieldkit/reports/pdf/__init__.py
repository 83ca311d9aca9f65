"""Blocks as PDF: the one door to reportlab.

``invariant`` makes the bytes a function of the document alone (no clock, no random ids), so a golden digest and a
signature over the file mean something.
"""

from fieldkit.reports.pdf.page import to_pdf, write_pdf

__all__ = ["to_pdf", "write_pdf"]
