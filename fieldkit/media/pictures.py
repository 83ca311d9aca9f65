"""Pictures: shown small, and written again with black boxes and without anything that was hidden in the file."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.media.boxes import Box

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 200_000_000
"""A scan of A3 at 600 dpi has 70 million; a file that claims more than this could fill the memory."""

_QUALITY = 92
_KINDS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")


def show_picture(file: IO[bytes], longest: int) -> tuple[bytes, int]:
    """The first frame as PNG, upright, no side longer than ``longest`` pixels; and how many frames there are.

    Raises ``Trouble('attach.not_a_picture')`` and ``Mistake('attach.too_large_to_show')``.
    """
    with _opened(file) as image:
        frames = int(getattr(image, "n_frames", 1))
        image.draft("RGB", (longest, longest))
        upright = _upright(image)
        upright.thumbnail((longest, longest))
        return as_png(upright), frames


def redact_picture(file: IO[bytes], boxes: list[Box]) -> bytes:
    """The first frame again with black boxes, JPEG where it was one and PNG otherwise; no metadata goes along."""
    from PIL import ImageDraw

    with _opened(file) as image:
        was_jpeg = image.format == "JPEG"
        upright = _upright(image)
        pen = ImageDraw.Draw(upright)
        for box in boxes:
            pen.rectangle(box.pixels(*upright.size), fill=_black(upright))
        return as_jpeg(upright) if was_jpeg else as_png(upright)


def as_png(image: Image) -> bytes:
    """PNG without metadata."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def as_jpeg(image: Image, quality: int = _QUALITY) -> bytes:
    """JPEG without metadata."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def _black(image: Image) -> tuple[int, ...] | int:
    return {"RGB": (0, 0, 0), "RGBA": (0, 0, 0, 255)}.get(image.mode, 0)


def _upright(image: Image) -> Image:
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    has_alpha = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    made = turned.convert("RGBA" if has_alpha else "RGB")
    made.info.clear()
    made.getexif().clear()
    return made


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image]:
    """A picture to work on; whatever a damaged one makes the decoder raise is one sentence to a person."""
    from PIL import Image as module

    module.MAX_IMAGE_PIXELS = None  # told below, and not by a warning
    try:
        with module.open(file, formats=_KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Mistake("attach.too_large_to_show")
            yield image
    except (OSError, ValueError, TypeError, KeyError, IndexError, SyntaxError, EOFError, struct.error) as error:
        raise Trouble("attach.not_a_picture") from error
    except (ArithmeticError, AttributeError, RuntimeError, module.DecompressionBombError) as error:
        raise Trouble("attach.not_a_picture") from error
