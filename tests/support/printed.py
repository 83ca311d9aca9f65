"""What other programs make of a report: LibreOffice of its Word document, Chromium and axe-core of its web page."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

AXE = Path(__file__).parents[1] / "npm" / "node_modules" / "axe-core" / "axe.min.js"
FONTS = Path(__file__).parents[2] / "resources" / "fonts"
_SECONDS = 120
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>
<cachedir>{cache}</cachedir><alias binding="same"><family>Arial</family><prefer><family>Atkinson Hyperlegible</family>
</prefer></alias></fontconfig>"""
"""Arial is on every laptop that has Word, and on no test machine: a font of its width stands in for it."""
_PAGE = """<!doctype html><html lang="en"><title>All</title><script>window.said=[];window.left=%d;
window.told=(name,found)=>{said.push([name,found]);if(!--left)document.body.dataset.said=JSON.stringify(said)}</script>
<body>%s</body></html>"""
_LOOK = """<script>addEventListener("load",()=>axe.run(document,{resultTypes:["violations"]}).then(
r=>parent.told("%s",r.violations.map(v=>v.id+": "+v.nodes.map(n=>n.html.slice(0,120)).join(" | "))),
e=>parent.told("%s",[String(e)])))</script>"""


def as_pdf_by_libreoffice(files: Sequence[Path], folder: Path) -> list[Path]:
    """Each Word document as the PDF that LibreOffice prints of it; one start for all."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(fonts=FONTS, cache=folder / "cache"), encoding="utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=_SECONDS, env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )  # fmt: skip
    return [folder / f"{one.stem}.pdf" for one in files]


def axe_says(pages: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """What axe-core finds wrong with each page in Chromium; one start for all, a frame for each."""
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script>"
    frames = "".join(
        f'<iframe title="{name}" width="1000" height="1400" srcdoc="'
        f'{escape(page.replace("</head>", script + _LOOK % (name, name) + "</head>", 1))}"></iframe>'
        for name, page in pages.items()
    )
    file = folder / "all.html"
    file.write_text(_PAGE % (len(pages), frames), encoding="utf-8")
    dumped = subprocess.run(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}",
         "--virtual-time-budget=60000", "--dump-dom", file.as_uri()],
        check=True, capture_output=True, timeout=_SECONDS, text=True, encoding="utf-8",
    ).stdout  # fmt: skip
    said = unescape(dumped.split('data-said="', 1)[1].split('"', 1)[0])
    found: list[Any] = json.loads(said)
    return {str(name): [str(one) for one in wrong] for name, wrong in found}
