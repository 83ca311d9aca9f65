"""PDFs: pages as pictures, and a copy in which nothing is left under black boxes.

PDFium draws them (in the build without JavaScript and forms of the XFA kind), so nothing in a PDF is ever run. It may
be used by one thread at a time. A redacted copy is made of pictures of *all* pages: pages of one file share fonts,
pictures and hidden objects, and only a file into which nothing was copied holds nothing of what was covered.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.media.boxes import Box
from fieldkit.media.pictures import as_jpeg, as_png

if TYPE_CHECKING:
    from PIL.Image import Image

_ONE_AT_A_TIME = threading.Lock()
_DPI = 200
_MOST_PIXELS = 40_000_000
"""Of one page: A4 at 200 dpi has 4 million. A page that is larger is drawn coarser."""

_QUALITY = 85
Report = Callable[[int, int], None]


def count_pages(data: bytes) -> int:
    """How many pages. Raises ``Trouble('attach.not_a_pdf')`` and ``Mistake('attach.pdf_locked')``."""
    with _opened(data) as document:
        return len(document)


def show_page(data: bytes, page: int, longest: int) -> tuple[bytes, int]:
    """A page (from 1) as PNG, no side longer than ``longest`` pixels; and how many pages there are.

    Raises what ``count_pages`` does, and ``Mistake('attach.no_such_page')``.
    """
    with _opened(data) as document:
        return as_png(_draw(document, page, longest=longest)), len(document)


def page_text(data: bytes, page: int) -> str:
    """The words of a page (from 1) in the order in which they were set. Raises what ``show_page`` does."""
    with _opened(data) as document:
        _check(page, len(document))
        return _words_of(document[page - 1])


def page_texts(data: bytes) -> Iterator[str]:
    """The words of each page in turn. Raises what ``show_page`` does."""
    with _opened(data) as document:
        for at in range(len(document)):
            yield _words_of(document[at])


def _words_of(sheet: Any) -> str:
    try:
        words = sheet.get_textpage()
        try:
            return str(words.get_text_bounded())
        finally:
            words.close()
    finally:
        sheet.close()


def redact_pdf(data: bytes, boxes: dict[int, list[Box]], report: Report) -> tuple[bytes, int]:
    """A copy of pictures of all pages with black boxes on some; and how many pages. ``report(done, total)`` may raise.

    Raises what ``show_page`` does.
    """
    from PIL import ImageDraw

    drawn: list[tuple[bytes, float, float]] = []
    with _opened(data) as document:
        count = len(document)
        for page in boxes:
            _check(page, count)
        for page in range(1, count + 1):
            report(page - 1, count)
            image = _draw(document, page)
            width, height = document.get_page_size(page - 1)
            pen = ImageDraw.Draw(image)
            for box in boxes.get(page, []):
                pen.rectangle(box.pixels(*image.size), fill=(0, 0, 0))
            drawn.append((as_jpeg(image, _QUALITY), width, height))
    report(count, count)
    return _bound(drawn), count


def _draw(document: Any, page: int, longest: int = 0) -> Image:
    _check(page, len(document))
    width, height = document.get_page_size(page - 1)
    if width <= 0 or height <= 0:
        raise Trouble("attach.not_a_pdf")
    scale = longest / max(width, height) if longest else _DPI / 72
    scale = min(scale, (_MOST_PIXELS / (width * height)) ** 0.5)
    sheet = document[page - 1]
    try:
        bitmap = sheet.render(scale=scale, may_draw_forms=False)
        try:
            image: Image = bitmap.to_pil().convert("RGB")
            return image
        finally:
            bitmap.close()
    finally:
        sheet.close()


def _check(page: int, count: int) -> None:
    if not 1 <= page <= count:
        raise Mistake("attach.no_such_page", field="page", page=page, pages=count)


def _bound(pages: list[tuple[bytes, float, float]]) -> bytes:
    """A PDF of one JPEG a page, written by hand: six kinds of objects, and nothing that could hold anything else."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def put(body: bytes) -> None:
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % len(offsets) + body + b"\nendobj\n")

    put(b"<< /Type /Catalog /Pages 2 0 R >>")
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(pages)))
    put(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids))
    for jpeg, width, height in pages:
        number = len(offsets) + 1
        box = f"[0 0 {width:.2f} {height:.2f}]".encode("ascii")
        put(
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents %d 0 R /Resources << /XObject << /P %d 0 R >> >> >>"
            % (box, number + 1, number + 2)
        )
        drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode("ascii")
        put(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        put(_picture(jpeg))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start))
    return out.getvalue()


def _picture(jpeg: bytes) -> bytes:
    from PIL import Image as module

    with module.open(io.BytesIO(jpeg)) as image:
        width, height = image.size
    head = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        b" /Filter /DCTDecode /Length %d >>" % (width, height, len(jpeg))
    )
    return head + b"\nstream\n" + jpeg + b"\nendstream"


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise Mistake("attach.pdf_locked") from error
            raise Trouble("attach.not_a_pdf") from error
        try:
            yield document
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            raise Trouble("attach.not_a_pdf") from error
        finally:
            document.close()
