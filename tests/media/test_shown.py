"""What files look like, what is left under black boxes, and what damaged ones are told as."""

from __future__ import annotations

import io
import random
import zipfile

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from fieldkit.media import kinds, pdf, pictures
from fieldkit.media.boxes import Box, by_page, read_box
from fieldkit.media.documents import read_docx, read_text

_SECRET = "Margaret Hale, 14 Milton Road"


def _pdf(pages: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.setTitle(_SECRET)
    for number in range(pages):
        canvas.drawString(50, 250, f"Page {number + 1}: {_SECRET}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture(form: str, size: tuple[int, int] = (200, 100)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (250, 200, 150)).save(out, form)
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _brightest(image: Image.Image) -> int:
    return max(image.tobytes())


def test_pages_are_shown_as_pictures_and_counted() -> None:
    png, pages = pdf.show_page(_pdf(3), 2, 800)
    assert pages == 3
    assert max(_opened(png).size) == 800
    with pytest.raises(Mistake, match=r"attach\.no_such_page"):
        pdf.show_page(_pdf(3), 4, 800)


def test_nothing_is_left_of_the_text_of_a_redacted_pdf() -> None:
    box = Box(page=2, left=100, top=100, width=700, height=150)
    told: list[tuple[int, int]] = []
    data, pages = pdf.redact_pdf(_pdf(), by_page([box]), lambda done, total: told.append((done, total)))
    assert pages == 2
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert b"Margaret" not in data
    document = pypdfium2.PdfDocument(data)
    assert [page.get_size() for page in document] == [(400, 300)] * 2
    assert [page.get_textpage().get_text_bounded() for page in document] == ["", ""]
    assert document.get_metadata_dict(skip_empty=True) == {}
    document.close()
    left, top, right, bottom = box.pixels(800, 600)
    page = _opened(pdf.show_page(data, 2, 800)[0]).crop((left + 4, top + 4, right - 4, bottom - 4))
    assert _brightest(page) < 24, "black all over"
    first = _opened(pdf.show_page(data, 1, 800)[0]).crop((left, top, right, bottom))
    assert min(first.tobytes()) < 100, "the words of the other page are there to be read"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_what_is_under_a_box_is_black_in_the_copy(form: str) -> None:
    box = Box(page=1, left=250, top=250, width=500, height=500)
    data = pictures.redact_picture(io.BytesIO(_picture(form)), [box])
    image = _opened(data)
    assert image.size == (200, 100)
    assert _brightest(image.crop((54, 29, 146, 71))) < 24
    assert image.crop((10, 10, 11, 11)).tobytes()[0] > 200


def test_a_copy_with_boxes_holds_nothing_but_pixels() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = _SECRET
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif, comment=_SECRET.encode())
    data = pictures.redact_picture(io.BytesIO(out.getvalue()), [Box(page=1, left=0, top=0, width=10, height=10)])
    assert _SECRET.encode() in out.getvalue()
    assert b"Margaret" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


def test_a_picture_lies_as_it_was_held() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    assert _opened(pictures.show_picture(io.BytesIO(out.getvalue()), 1000)[0]).size == (40, 60)


def test_a_picture_that_claims_to_be_huge_is_not_opened() -> None:
    data = bytearray(_picture("PNG"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises((Mistake, Trouble), match=r"attach\.(too_large_to_show|not_a_picture)"):
        pictures.show_picture(io.BytesIO(bytes(data)), 800)


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_are_told_of_and_nothing_else_happens(seed: int) -> None:
    dice = random.Random(seed)
    form = dice.choice(["PNG", "JPEG", "WEBP", "TIFF", "GIF", "PDF", "DOCX"])
    data = bytearray(_pdf() if form == "PDF" else _docx("words") if form == "DOCX" else _picture(form))
    for _ in range(dice.randint(1, 40)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    if dice.random() < 0.5:
        del data[dice.randrange(1, len(data)) :]
    told = "attach."
    try:
        if form == "PDF":
            pdf.show_page(bytes(data), 1, 300)
        elif form == "DOCX":
            read_docx(io.BytesIO(bytes(data)))
        else:
            pictures.show_picture(io.BytesIO(bytes(data)), 300)
    except FieldKitError as error:
        told = error.code
    assert told.startswith("attach.")


def _docx(text: str, body: str = "") -> bytes:
    out = io.BytesIO()
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = f"<w:p><w:r><w:t>{text}</w:t><w:tab/><w:t>end</w:t></w:r></w:p><w:p><w:r><w:t>second</w:t></w:r></w:p>"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body or f"<w:document {word}><w:body>{runs}</w:body></w:document>")
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def test_a_word_document_is_its_words() -> None:
    assert read_docx(io.BytesIO(_docx("Café ✓"))) == "Café ✓\tend\nsecond"


def test_entities_of_a_document_are_never_unfolded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/hostname">]><a>&b;&c;</a>'
    with pytest.raises(Trouble, match=r"attach\.not_a_document"):
        read_docx(io.BytesIO(_docx("", bomb)))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Pünkt — ✓".encode(), "Pünkt — ✓"), ("\ufeffPünkt".encode(), "Pünkt"),
        ("£5 “said”".encode("cp1252"), "£5 “said”"),
        ("Pünkt\r\nzwei".encode("utf-16"), "Pünkt\nzwei"), (b"a\0b", "a\ufffdb"),
    ],
)  # fmt: skip
def test_texts_are_read_as_they_were_written(data: bytes, text: str) -> None:
    assert read_text(io.BytesIO(data)) == text


def test_five_megabytes_of_text_are_cut_and_say_so() -> None:
    shown = read_text(io.BytesIO(b"word " * 1_000_000))
    assert len(shown) < 1_000_010
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (_pdf(), kinds.PDF), (_picture("JPEG"), "image/jpeg"), (_picture("PNG"), "image/png"),
        (_picture("WEBP"), "image/webp"), (_docx("x"), kinds.DOCX), (b"plain words\n", kinds.TEXT),
        (b"MZ\x90\0\x03\0", kinds.UNKNOWN), (b"RIFF0000WAVEfmt ", "audio/wav"), ("ü".encode("cp1252"), kinds.TEXT),
        (b"\0\0\0\x18ftypheic", kinds.HEIC), (b"\0\0\0\x18ftypmsf1", kinds.HEIC),
    ],
)  # fmt: skip
def test_what_a_file_is_is_told_by_its_bytes(head: bytes, media: str) -> None:
    assert kinds.kind_of(head[: kinds.SNIFFED]) == media


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("letter.pdf", "letter.pdf"), ("C:\\Users\\ann\\letter.pdf", "letter.pdf"), ("../../etc/passwd", "passwd"),
        ("photo\u202egnp.exe", "photognp.exe"), ("תמונה של המסדרון.jpg", "תמונה של המסדרון.jpg"),
        ("a\nb\0.txt", "ab.txt"),
        ("", "file"), ("🙂 ward.png", "🙂 ward.png"),
    ],
)  # fmt: skip
def test_names_keep_their_letters_and_lose_their_tricks(name: str, kept: str) -> None:
    assert kinds.plain_name(name) == kept


def test_a_name_of_ten_thousand_characters_keeps_its_ending() -> None:
    kept = kinds.plain_name("x" * 10_000 + ".docx")
    assert len(kept) <= 180
    assert kept.endswith("….docx")


@pytest.mark.parametrize("text", ["", "10,20,30", "1:a,b,c,d", "0:1,1,1,1", "2:200,0,10,10", "1:1,1,0,5", "1:.,1,1,1"])
def test_a_box_that_covers_nothing_is_a_mistake(text: str) -> None:
    with pytest.raises(Mistake, match=r"attach\.box"):
        read_box(text)
