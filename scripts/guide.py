"""Makes the guide that is shipped (``make guide``): ``docs/guide/*.md`` as web pages and pictures in ``resources``.

The order of the pages is that of the list in ``docs/guide/README.md``. Tables are written into the sources from the
program itself, so that they cannot grow old: all commands with their keys, and everything FieldKit may say.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "docs" / "guide"
SCREENS = ROOT / "docs" / "screens"
OUT = ROOT / "resources" / "guide"
PICTURE_WIDTH = 860
"""Pixels: what a reading column shows at 100 % text; with 48 colours some 28 kB a picture."""
_COLOURS = 48
_LISTED = re.compile(r"\((?P<name>[a-z-]+)\.md\)")
_AREAS: dict[str, dict[str, tuple[str, ...]]] = {
    "fieldwork": {
        "Factual accuracy and improvement": ("accuracy", "improve"),
        "Visits, activities and people": ("visit", "activity", "programme", "calendar", "setup", "person", "names"),
        "Interviews and drop-ins": ("interview", "guide", "question", "questions", "dropin", "conversation", "consent"),
        "Cases and records": ("case", "case_list", "dated_list", "touchpoint", "compare", "review", "access"),
        "Risks, disclosures and requests": ("escalation", "risk", "day", "disclosure", "box", "request"),
    },
    "files": {
        "Files and sound": ("attach", "audio"),
        "Forms and spreadsheets": ("form", "spreadsheet"),
        "Framework packs": ("pack",),
    },
    "sending": {
        "Sending": ("send", "receipt", "team", "restrict", "revision", "flood", "final", "export"),
        "Kept by the office, set aside": ("quarantine", "quarantined"),
        "Handing over without a network": ("handover", "pair", "urgent", "qr"),
        "This laptop and the office": ("sign_in", "enrol", "device", "laptop", "wipe", "purge", "erased"),
    },
    "vault": {
        "The vault": ("vault", "backup", "restore", "storage", "disk", "verify", "session"),
        "Passphrase and recovery key": ("unlock", "passphrase", "key", "sheet"),
        "Settings and shortcuts": ("settings", "keys"),
        "The command line": ("cli",),
    },
    "office": {"The central store": ("central",)},
}  # fmt: skip
"""Page, then heading, then the first words of codes. One page of all 850 took a third of a second to lay out."""
_OTHER = "notes"
_HEAD = ("| FieldKit says | Code |", "| --- | --- |")
_STYLE = """
body{font:1.05rem/1.55 "Atkinson Hyperlegible",system-ui,sans-serif;color:#1b2430;background:#fff;margin:0;
display:grid;grid-template-columns:15rem minmax(0,46rem);gap:2.5rem;padding:1.5rem}
nav ul{list-style:none;padding:0;margin:0}nav a{display:block;padding:.3rem 0}nav [aria-current]{font-weight:bold}
h1,h2,h3{line-height:1.25}a{color:#0b5a6b}img{max-width:100%;height:auto;border:1px solid #9aa7b2}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #9aa7b2;padding:.35rem .6rem;
text-align:left;vertical-align:top}th{background:#eef2f5}code,kbd{font-family:ui-monospace,monospace;
background:#eef2f5;padding:0 .2rem}pre{background:#eef2f5;padding:.7rem;overflow:auto}pre code{padding:0}
@media(max-width:50rem){body{display:block;padding:1rem}}
@media(prefers-color-scheme:dark){body{color:#e6ebf0;background:#12181f}a{color:#7cc7d8}
th,code,pre{background:#222c36}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; ``html`` is what stands in its ``<main>``."""

    id: str
    title: str
    html: str
    pictures: tuple[str, ...]


def names() -> list[str]:
    """The pages in the order of the contents, README first. Raises ``SystemExit`` for a page that is not listed."""
    listed = list(dict.fromkeys(_LISTED.findall((SOURCES / "README.md").read_text(encoding="utf-8"))))
    there = {one.stem for one in SOURCES.glob("*.md")} - {"README"}
    if missing := sorted(there - set(listed)):
        raise SystemExit(f"docs/guide/README.md does not list {', '.join(missing)}")
    return ["README", *(name for name in listed if name in there)]


def render(name: str, known: list[str]) -> Page:
    """One page as HTML: ids for headings, scopes for table heads, links within the guide, alternative texts."""
    text = (SOURCES / f"{name}.md").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_without_marks(text))
    pictures: list[str] = []
    title = ""
    seen: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _plain(tokens[place + 1])
            title = title or words
            token.attrSet("id", _anchor(words, seen))
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "inline" and token.children:
            token.children = list(_inline(token.children, known, pictures))
    return Page(
        id=name, title=title, html=markdown.renderer.render(tokens, markdown.options, {}), pictures=tuple(pictures)
    )


def whole(page: Page, pages: list[Page]) -> str:
    """The page as a web page of its own, with the contents beside it."""
    links = "".join(
        f'<li><a href="{one.id}.html"{" aria-current=page" if one is page else ""}>{escape(one.title)}</a></li>'
        for one in pages
    )
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(page.title)} – FieldKit user guide</title>\n"
        f'<style>{_STYLE}</style></head>\n<body><nav aria-label="Contents"><ul>{links}</ul></nav>\n'
        f"<main>\n{page.html}</main></body>\n</html>\n"
    )


def made() -> dict[str, str]:
    """Every text file of the shipped guide by its name."""
    known = names()
    pages = [render(name, known) for name in known]
    found = {f"{page.id}.html": whole(page, pages) for page in pages}
    found["contents.txt"] = "\n".join(known) + "\n"
    return found


def pictures() -> list[str]:
    """The names of all pictures that the pages show."""
    known = names()
    return sorted({picture for name in known for picture in render(name, known).pictures})


def commands_table() -> str:
    """Every command with the keys FieldKit comes with."""
    from ui.presenters.commands import COMMANDS

    tables = []
    for scope in dict.fromkeys(one.scope for one in COMMANDS):
        lines = [f"### {scope.value}", "", "| Keys | What it does |", "| --- | --- |"]
        for one in COMMANDS:
            if one.scope is scope:
                lines.append(f"| {f'`{one.all_keys}`' if one.keys else 'from Ctrl+K'} | {one.words} |")
        tables.append("\n".join(lines))
    return "\n\n".join(tables)


def messages_table(area: str) -> str:
    """The sentences of one area about something that went wrong, each with its code."""
    from ui.presenters.wording import catalogue

    wanted = _AREAS.get(area) or {"Notes and everything else": ()}
    placed = {first: heading for headings in _AREAS.values() for heading, many in headings.items() for first in many}
    under: dict[str, list[str]] = {heading: [] for heading in wanted}
    for code, template in sorted(catalogue().items()):
        heading = placed.get(code.partition(".")[0], "Notes and everything else")
        if heading in under:
            words = re.sub(r"\{\w+\}", "…", template)
            under[heading].append(f"| {_cell(words)} | `{code}` |")
    tables = ("\n".join([f"## {heading}", "", *_HEAD, *rows]) for heading, rows in under.items() if rows)
    return "\n\n".join(tables)


TABLES: dict[str, tuple[str, Callable[[], str]]] = {"commands": ("shortcuts.md", commands_table)} | {
    f"messages-{area}": (f"messages-{area}.md", partial(messages_table, area)) for area in (*_AREAS, _OTHER)
}


def filled(name: str) -> str:
    """The source of a table with the table as it is now between its marks."""
    file, table = TABLES[name]
    text = (SOURCES / file).read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    head, _, rest = text.partition(begin)
    tail = rest.partition(end)[2]
    return f"{head}{begin}\n\n{table()}\n\n{end}{tail}"


def main() -> int:
    """Write everything; what is no longer part of the guide goes."""
    for name, (file, _) in TABLES.items():
        (SOURCES / file).write_text(filled(name), encoding="utf-8")
    files = made()
    (OUT / "pictures").mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.*"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (OUT / name).write_text(text, encoding="utf-8")
    wanted = pictures()
    for old in (OUT / "pictures").glob("*.png"):
        if old.name not in wanted:
            old.unlink()
    for picture in wanted:
        _shrink(SCREENS / picture, OUT / "pictures" / picture)
    print(f"{len(files) - 1} pages, {len(wanted)} pictures in {OUT.relative_to(ROOT)}")
    return 0


def _inline(children: list[Token], known: list[str], pictures: list[str]) -> Iterator[Token]:
    """Links to other pages become links to web pages; what lies outside the guide, or is not there, is left out."""
    dropped = 0
    for token in children:
        if token.type == "image":
            name = Path(str(token.attrGet("src"))).name
            if not (SCREENS / name).is_file():
                print(f"no picture {name} yet: make screens takes it", file=sys.stderr)
                continue
            pictures.append(name)
            token.attrSet("src", f"pictures/{name}")
        elif token.type == "link_open":
            target = _target(str(token.attrGet("href")), known)
            if not target:
                dropped += 1
                continue
            token.attrSet("href", target)
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        yield token


def _target(link: str, known: list[str]) -> str:
    page, _, anchor = link.partition("#")
    name = page.removesuffix(".md")
    if page and name not in known:
        return ""
    return f"{name}.html#{anchor}" if page and anchor else f"{name}.html" if page else f"#{anchor}"


def _anchor(words: str, seen: dict[str, int]) -> str:
    """As GitHub makes them, so that a link holds in both places."""
    slug = re.sub(r"[^\w\- ]", "", words.casefold()).replace(" ", "-")
    seen[slug] = seen.get(slug, 0) + 1
    return slug if seen[slug] == 1 else f"{slug}-{seen[slug] - 1}"


def _plain(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def _without_marks(text: str) -> str:
    return re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("`", "\\`")


def _shrink(source: Path, target: Path) -> None:
    """A picture of a screen with fewer pixels and colours; two rounds of k-means bring those nearest to what was there
    (0.4 times the squared error of 64 colours without, in two thirds of the bytes).
    """
    from PIL import Image

    with Image.open(source) as picture:
        height = round(picture.height * PICTURE_WIDTH / picture.width)
        small = picture.convert("RGB").resize((PICTURE_WIDTH, height), Image.Resampling.LANCZOS)
        few = small.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, kmeans=2, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
