"""Where a photo was taken: gone from every place it hides in, with not a byte of the picture touched."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from fieldkit.media.location import without_location

_GPS = 0x8825


def _exif(*, position: bool = True) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    exif[0x0112] = 6
    exif[0x9003] = "2026:11:12 10:42:00"
    if position:
        exif.get_ifd(_GPS).update(
            {1: "N", 2: (53.0, 22.0, 41.5), 3: "W", 4: (1.0, 28.0, 9.25), 29: "2026:11:12", 27: b"ASCII\0\0\0GPS"}
        )
    return exif


def _photo(form: str, *, position: bool = True) -> bytes:
    out = io.BytesIO()
    picture = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    exif = _exif(position=position)
    if form == "TIFF" and position:
        whole = TiffImagePlugin.ImageFileDirectory_v2()
        for tag, value in exif.items():
            whole[tag] = value
        whole[_GPS] = dict(exif.get_ifd(_GPS))
        picture.save(out, form, tiffinfo=whole)
    else:
        picture.save(out, form, exif=exif, quality=90)
    return out.getvalue()


def _position(data: bytes) -> dict[int, object]:
    with Image.open(io.BytesIO(data)) as image:
        return dict(image.getexif().get_ifd(_GPS))


def _pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_position_goes_and_everything_else_stays(form: str) -> None:
    before = _photo(form)
    assert _position(before)
    after = without_location(before)
    assert not _position(after)
    assert len(after) == len(before)
    assert _pixels(after) == _pixels(before)
    with Image.open(io.BytesIO(after)) as image:
        exif = image.getexif()
        assert (exif[0x010F], exif[0x0112], exif[0x9003]) == ("Camera Maker", 6, "2026:11:12 10:42:00")
    for trace in (b"2026:11:12\0", b"ASCII\0\0\0GPS"):
        assert after.count(trace) < before.count(trace) or trace not in before


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_without_a_position_is_the_very_same(form: str) -> None:
    before = _photo(form, position=False)
    assert without_location(before) is before


def _attributes(position: bytes) -> bytes:
    return b'<rdf:Description exif:GPSLatitude="' + position + b'" dc:title="Ward"/>'


def _elements(position: bytes) -> bytes:
    return b"<exif:GPSLatitude>" + position + b"</exif:GPSLatitude><dc:title>Ward</dc:title>"


@pytest.mark.parametrize("wrap", [_attributes, _elements])
def test_the_second_place_it_hides_in_is_blanked_too(wrap: Callable[[bytes], bytes]) -> None:
    packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + wrap(b"53,22.69N") + b"</x:xmpmeta>"
    plain = _photo("JPEG", position=False)
    before = plain[:2] + b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet + plain[2:]
    after = without_location(before)
    assert b"53,22.69N" not in after
    assert b"Ward" in after
    assert _pixels(after) == _pixels(before)


def test_a_second_picture_behind_the_first_loses_its_position_too() -> None:
    first = _photo("JPEG", position=False)
    assert not _position(without_location(first + _photo("JPEG"))[len(first) :])


@given(st.binary(max_size=400))
def test_any_bytes_are_survived_and_never_grow(junk: bytes) -> None:
    for head in (
        b"",
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"\x89PNG\r\n\x1a\n",
        b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0",
    ):
        assert len(without_location(head + junk)) == len(head + junk)


def test_a_big_endian_block_is_read_as_well() -> None:
    data = (
        b"MM\0*\0\0\0\x08"
        + b"\0\x02"
        + b"\x01\x0f\0\x02\0\0\0\x04ABC\0"
        + b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"
        + bytes(4)
    )
    data += b"\0\x01" + b"\0\x02\0\x05\0\0\0\x03\0\0\0\x38" + bytes(4) + b"\xaa" * 24
    after = without_location(data)
    assert b"\xaa" not in after
    assert b"\x88\x25" not in after
    assert b"ABC" in after
