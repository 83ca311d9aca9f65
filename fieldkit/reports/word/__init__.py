"""Blocks as a Word document (DOCX): the only door to python-docx.

People go on writing in what they take out, so everything has a real style, headings are headings, tables have header
rows that repeat, and drawings are shapes that can be taken apart, each with its words for who cannot see it.
"""

from fieldkit.reports.word.document import to_word, write_word

__all__ = ["to_word", "write_word"]
