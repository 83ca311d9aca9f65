"""Blocks as one HTML page with no script and nothing to load: the accessible twin of every PDF.

reportlab writes untagged PDF, which a screen reader reads only as a stream of words; this page carries the same
blocks with headings, lists and table headers in their roles.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from html import escape

from fieldkit.reports.blocks import (
    Block,
    CodeGroups,
    Document,
    Drawing,
    Heading,
    KeyFacts,
    KeyList,
    Note,
    Paragraph,
    Points,
    Steps,
    Table,
)
from fieldkit.reports.svg import to_svg

_STYLE = """
body{font:1.05rem/1.5 "Atkinson Hyperlegible",system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color:#1b2430;background:#fff}h1{line-height:1.2;margin:.2rem 0 1rem}.kicker{color:#44525f;margin:0}
p,li,dd,td{unicode-bidi:plaintext}p,ul,ol,dl,aside{max-width:44rem}.marking{max-width:none;font-weight:bold;text-align:center;letter-spacing:.05em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem}dt{color:#44525f}dd{margin:0}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid #9aa7b2;padding:.35rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eef2f5;overflow-wrap:normal}td{white-space:pre-line}
aside{border-left:.35rem solid #0b5a6b;background:#eef4f6;padding:.6rem 1rem;margin:1rem 0}
aside p{margin:.2rem 0}ol.code{display:grid;grid-template-columns:repeat(4,1fr);gap:.6rem;list-style:none;padding:0}
ol.code li{border:1px solid #9aa7b2;padding:.5rem;font:1.3rem ui-monospace,monospace;text-align:center}
figure{margin:1rem 0;overflow-x:auto}figcaption{font-weight:bold;padding:.3rem 0}
@media print{body{font-size:10.5pt;margin:0;max-width:none;padding:0}h1,h2,h3,caption,figcaption{break-after:avoid}
tr,aside,figure{break-inside:avoid}p,li{orphans:2;widows:2}svg{max-width:100%;height:auto}}
footer{border-top:1px solid #9aa7b2;margin-top:2rem;padding-top:.5rem;color:#44525f;font-size:.9rem}
"""


def _page(document: Document) -> str:
    """What a browser that prints the page puts on each sheet of paper: the marking, the foot line, the number."""
    marking, foot = _quoted(document.marking), _quoted(document.footer)
    head = f"@top-center{{content:{marking};font-weight:bold}}" if document.marking else ""
    below = f'{marking} "\\A " {foot}' if document.marking else foot
    return (
        f"@page{{size:A4;margin:20mm;font-size:8pt;color:#44525f;{head}"
        f"@bottom-left{{content:{below};white-space:pre-line;width:70%}}"
        '@bottom-right{content:"Page " counter(page) " of " counter(pages)}}'
    )


def _quoted(words: str) -> str:
    """A string of CSS: whatever could end it or the style stands by its number."""
    plain = (one if one.isalnum() or one in " .,-" else f"\\{ord(one):06x}" for one in words)
    return f'"{"".join(plain)}"'


def to_html(document: Document) -> str:
    """The whole document as one UTF-8 HTML page."""
    return "".join(html_parts(document))


def html_parts(document: Document) -> Iterator[str]:
    """The same in pieces, a row of a table each: a thousand pages are never held as a whole."""
    marking = f'<p class="marking">{escape(document.marking)}</p>' if document.marking else ""
    yield (
        f'<!doctype html>\n<html lang="{escape(document.lang)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}{_page(document)}</style></head>\n"
        "<body><main>\n"
    )
    if marking:
        yield f"{marking}\n"
    if document.kicker:
        yield f'<p class="kicker">{escape(document.kicker)}</p>\n'
    yield f"<h1>{escape(document.title)}</h1>"
    for block in document.blocks:
        yield "\n"
        if isinstance(block, Table):
            yield from _table_parts(block)
        else:
            yield set_block(block)
    said = f"<p>{escape(document.footer)}</p>" if document.footer else ""
    foot = f"<footer>{said}{marking}</footer>" if said or marking else ""
    yield f"\n</main>{foot}</body>\n</html>\n"


@singledispatch
def set_block(block: Block) -> str:
    """One block as an HTML element. Raises ``TypeError`` for what is not a block."""
    raise TypeError(f"not a block: {type(block).__name__}")


@set_block.register
def _heading(block: Heading) -> str:
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


@set_block.register
def _paragraph(block: Paragraph) -> str:
    inner = escape(block.text)
    return f"<p><strong>{inner}</strong></p>" if block.strong else f"<p>{inner}</p>"


@set_block.register
def _facts(block: KeyFacts) -> str:
    pairs = (f"<dt>{escape(label)}</dt><dd>{escape(value) or '…'}</dd>" for label, value in block.facts)
    return f"<dl>{''.join(pairs)}</dl>"


@set_block.register
def _table(block: Table) -> str:
    return "".join(_table_parts(block))


def _table_parts(block: Table) -> Iterator[str]:
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.header)
    tall = f' style="height:{block.room}mm"' if block.room else ""
    yield f"<table>{caption}{_columns(block)}<thead><tr>{head}</tr></thead><tbody>"
    for row in block.rows:
        yield f"<tr{tall}>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"


def _columns(block: Table) -> str:
    """The widths as they are printed: without them a column of hashes leaves a letter a line to its neighbours."""
    if not block.widths:
        return ""
    shares = (f'<col style="width:{share * 100 // sum(block.widths)}%">' for share in block.widths)
    return f"<colgroup>{''.join(shares)}</colgroup>"


@set_block.register
def _keys(block: KeyList) -> str:
    pairs = ((escape(keys), escape(words)) for keys, words in block.rows)
    rows = "".join(f'<tr><th scope="row">{keys}</th><td>{words}</td></tr>' for keys, words in pairs)
    return f"<h2>{escape(block.title)}</h2><table><tbody>{rows}</tbody></table>"


@set_block.register
def _note(block: Note) -> str:
    title = escape(block.title)
    return f'<aside aria-label="{title}"><p><strong>{title}</strong></p><p>{escape(block.text)}</p></aside>'


@set_block.register
def _steps(block: Steps) -> str:
    return f"<ol>{''.join(f'<li>{escape(step)}</li>' for step in block.steps)}</ol>"


@set_block.register
def _points(block: Points) -> str:
    return f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in block.points)}</ul>"


@set_block.register
def _drawing(block: Drawing) -> str:
    drawn = to_svg(block.picture)
    # Everything in it stands in the table too; the picture is one image with a text, not a heap of loose words.
    return f'<figure tabindex="0"><figcaption>{escape(block.title)}</figcaption>{drawn}</figure>'


@set_block.register
def _groups(block: CodeGroups) -> str:
    # Spaced letters in the label make a screen reader spell the group instead of saying it as a word.
    items = (
        f'<li aria-label="Group {n}: {escape(" ".join(group))}">{escape(group)}</li>'
        for n, group in enumerate(block.groups, 1)
    )
    return f'<p><strong>{escape(block.label)}</strong></p><ol class="code">{"".join(items)}</ol>'
