"""The protocol in words, made from the routes, models and problems that both sides run on.

One neutral description, written as Markdown into ``docs/`` and as HTML at ``/docs``: neither can say anything
the code does not do.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from central.openapi import problems_of, schemas
from fieldkit.domain.receipt import SHEET_LINES, Outcome
from sync.wire.files import (
    EARLIER,
    FILE_TYPE,
    NEXT,
    OFFSET_TYPE,
    RECEIPT,
    SETTLES,
    SETTLES_BEHIND,
    SIGNS,
    SIGNS_FILE,
    TUS_VERSION,
)
from sync.wire.frames import LARGEST_FRAME, Kind
from sync.wire.problems import PROBLEMS, QUARANTINE_REASONS
from sync.wire.requests import DEVICE_HEADER, SIGNATURE_HEADER
from sync.wire.routes import ROUTES, Asker, Route
from sync.wire.version import CONTENT_TYPE, PROTOCOL

ASKERS = {
    Asker.ANYONE: "anyone",
    Asker.DEVICE: "an enrolled device, by its signature",
    Asker.SENDER: "an enrolled device, revoked or not, by its signature",
    Asker.CARRIER: "an enrolled device, revoked or not, by its signature, or a person's key for handing in files",
    Asker.READER: "an enrolled device by its signature, the office's token, or a person's own key",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table: a caption, the names of its columns, and its rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading (``level`` 2 or 3) with what stands under it, in order: paragraphs and tables."""

    level: int
    title: str
    parts: tuple[str | Listing, ...]


def description() -> list[Section]:
    """The whole protocol, section by section."""
    return [
        Section(level=2, title="In short", parts=_IN_SHORT),
        Section(level=2, title="Signing a request", parts=_SIGNING),
        Section(level=2, title="Frames", parts=(*_FRAMES, _kinds())),
        Section(level=2, title="What becomes of a revision", parts=(_outcomes(), _reasons())),
        Section(level=2, title="Files of attachments", parts=_FILES),
        Section(level=2, title="Routes", parts=()),
        *(_route(route) for route in ROUTES),
        Section(level=2, title="Problems", parts=(_PROBLEM, _problems())),
        Section(level=2, title="Messages", parts=()),
        *_models(),
    ]


_IN_SHORT = (
    f"This is version {PROTOCOL}. A laptop keeps everything as revisions: an envelope that it signs and chains, and a"
    " content that may stay behind. It hands in envelopes, and the contents of what is shared; the central store"
    " numbers each, keeps it and signs a receipt. Team-mates read in the order of the numbers.",
    "A round is a hello, a push if something has no receipt, and a pull if there is news: three turns at most. Every"
    " call may be repeated: what is known already is answered with the original receipt, byte for byte (after a"
    " restore, with the same receipt signed anew under the new epoch).",
)
_SIGNING = (
    f"`{DEVICE_HEADER}` names the device. `{SIGNATURE_HEADER}` is base64 of its Ed25519 signature (RFC 8032) over the"
    " bytes `fieldkit/request/v1`, a zero byte, the method, a space, the path, a line feed, and the 32 bytes of the"
    " body's SHA-256.",
    "A proof in a JSON body is a signature over its name (`fieldkit/hello/v1`, `fieldkit/enrol/v1`,"
    " `fieldkit/enrolled/v1` or `fieldkit/succeed/v1`), a zero byte, what it answers (the 32 bytes of the nonce;"
    " nothing; the SHA-256 of the enrolment's message; the old device's id and a line feed), and the body without"
    " `proof` as canonical JSON (RFC 8785), as it was received.",
    "People read with `Authorization: Bearer` and the office's token, or a key of their own (`fieldkit central key`)"
    " that opens the assessments they are on the team of.",
)
_FRAMES = (
    f"The bodies of push and pull (`{CONTENT_TYPE}`) are one zstd stream of frames. A frame is a byte for its kind,"
    f" four bytes for its length (big-endian, at most {LARGEST_FRAME}), and a payload.",
    "A revision's payload is four bytes for the length of its envelope, the envelope, its 64-byte signature, and, where"
    " the content travels, a 16-byte salt and the content. `prev` is sent as `~` where it is the hash of the envelope"
    " before it in the stream, and `digest` where the content stands beside it; the reader fills both in.",
    "A sheet's payload is its 64-byte signature and its exact bytes: canonical JSON, signed after"
    f" `fieldkit/receipt/v1` and a zero byte, with at most {SHEET_LINES} receipts of one assessment.",
)
_FILES = (
    f"An attachment is a record like others; its file travels beside it by tus {TUS_VERSION} (creation, creation with"
    " upload, checksum, expiration, termination), once the store has the record. A sending is created for a `revision`"
    " of the attachment; creating it again answers where it stands, and so does a HEAD. Bytes are durable before they"
    " count; after the last one the store hashes the whole file.",
    "A part of at most 16 MiB carries its SHA-256 in `Upload-Checksum` and is signed over it. Bytes may also come in"
    f" one stream of any length, without a checksum: `{SIGNS}: {SIGNS_FILE}` says that the signature covers the SHA-256"
    " of the whole file, which the record names, in the place of the body's. The store then knows who sends before the"
    " first byte, writes while it reads, counts what has come every 32 MiB or second and when the line breaks, and"
    f" believes the file by its hash. A store that takes streams says `{SIGNS}: {SIGNS_FILE}` in each answer about a"
    " sending. Of two requests that bring bytes of one sending the later goes on, and the other one is answered 409.",
    f"Whoever goes on with another file may say so of a stream: `{SETTLES}: {SETTLES_BEHIND}`. Where the store says the"
    " same in its answer it is still making the file durable: `Upload-Offset` names what was durable before, and the"
    f" receipt follows in `{EARLIER}` of a later answer to a stream of the same device (several with commas between"
    f" them), or to whoever asks. `{NEXT}` of the request, with that file's size and `Upload-Metadata`, has it begun"
    " meanwhile; of the answer, it holds the place and the offset. Where it is missing the file is begun by a POST.",
    "Any client of tus can hand in a file: with a person's key that was made for it (`fieldkit central key --files`)"
    " in `Authorization: Bearer`, for a record that is here already and names its SHA-256; or signing each request as a"
    " device, in a hook that sees the body before it leaves (`httpStack` of tus-js-client). With a key and without"
    " checksums a PATCH may have any length, as these clients do by themselves; else set the chunk size to 16 MiB at"
    " most. What a sending that is not heard of will be kept until stands in `Upload-Expires`; afterwards it answers"
    " 410. The checksums are sha256, and sha1 as tus asks of every server. Where a proxy lets no PATCH or DELETE"
    " through, send POST with `X-HTTP-Method-Override`; a device signs the method that is meant.",
    "Once all bytes have come and are durable the offset says so; the receipt follows when the file is in its place,"
    " which in an object store may take a little longer: ask again with HEAD.",
    f"`{RECEIPT}` is base64 of a statement, a full stop, and base64 of its signature over `fieldkit/file/v1`, a zero"
    " byte and those bytes: canonical JSON with store, epoch, assessment, SHA-256, size and time. Only this makes a"
    " file count as handed in. What the store has is told to the team of the assessment for which it was sent, and to"
    " nobody else who knows the hash.",
)
_PROBLEM = (
    "Every refusal is `application/problem+json` (RFC 9457) with a stable `code`. A refusal never changes what a laptop"
    " has to send."
)
_KINDS = {
    Kind.MESSAGE: "a JSON message: the trailer that ends a push's reply",
    Kind.REVISION: "a revision",
    Kind.SHEET: "a signed receipt sheet",
    Kind.PAGE_END: "the JSON message that closes a page",
}
_OUTCOMES = {
    Outcome.ACCEPTED: "kept and shown to the team",
    Outcome.BRANCH: "kept and shown; the record now has more than one head",
    Outcome.QUARANTINED: "kept apart for a person to look at; `code` says why",
    Outcome.COLLISION: "the id is taken by another revision; both are kept and the office is told",
    Outcome.ERASED: "its content was erased by law; the envelope is kept",
    Outcome.CORRUPT: "not kept: it arrived damaged and is to be sent again (named in the trailer, without a receipt)",
}


def _kinds() -> Listing:
    rows = tuple((str(kind.value), text) for kind, text in _KINDS.items())
    return Listing(caption="Kinds of frames", columns=("kind", "payload"), rows=rows)


def _outcomes() -> Listing:
    rows = tuple((f"`{outcome.value}`", text) for outcome, text in _OUTCOMES.items())
    return Listing(caption="Outcomes", columns=("outcome", "meaning"), rows=rows)


def _reasons() -> Listing:
    rows = tuple((f"`{code}`", text) for code, text in QUARANTINE_REASONS.items())
    return Listing(caption="Why a revision is kept apart", columns=("code", "meaning"), rows=rows)


def _route(route: Route) -> Section:
    body = f"`{route.request.__name__}`" if route.request else "revision frames" if route.takes_frames else "none"
    reply = f"`{route.reply.__name__}`" if route.reply else "frames"
    if route.is_tus or route.gives_file:
        body = f"bytes (`{OFFSET_TYPE}`)" if route.largest else "none"
        reply = f"bytes (`{FILE_TYPE}`)" if route.gives_file else "headers"
    facts = Listing(
        caption=f"{route.name} at a glance",
        columns=("who may ask", "body", "largest body", "reply"),
        rows=((ASKERS[route.asker], body, f"{route.largest} bytes", reply),),
    )
    refusals = "Refusals: " + ", ".join(f"`{code}`" for code in problems_of(route)) + "."
    return Section(level=3, title=f"{route.method} {route.path}", parts=(route.summary, facts, refusals))


def _problems() -> Listing:
    rows = tuple((f"`{p.code}`", str(p.status), p.title + ".", p.detail) for p in PROBLEMS.values())
    return Listing(caption="All problems", columns=("code", "status", "title", "detail"), rows=rows)


def _models() -> Iterator[Section]:
    for name, schema in schemas().items():
        required = set(schema.get("required", ()))
        rows = tuple(
            (f"`{field}`", _kind(shape), "yes" if field in required else "no")
            for field, shape in schema.get("properties", {}).items()
        )
        words = inspect.cleandoc(schema.get("description", "")).replace("``", "`")
        parts: list[str | Listing] = [*(part.replace("\n", " ") for part in words.split("\n\n") if part)]
        parts.append(Listing(caption=f"Fields of {name}", columns=("field", "type", "required"), rows=rows))
        yield Section(level=3, title=name, parts=tuple(parts))


def _kind(shape: dict[str, Any]) -> str:
    """A field's type in a few words."""
    if "$ref" in shape:
        return f"`{shape['$ref'].rpartition('/')[2]}`"
    if "anyOf" in shape:
        return " or ".join(_kind(option) for option in shape["anyOf"])
    if shape.get("type") == "array":
        return f"list of {_kind(shape['items'])}"
    if shape.get("type") == "object":
        return f"object of {_kind(shape['additionalProperties'])}"
    return str(shape.get("type", "anything")) + (f" matching `{shape['pattern']}`" if "pattern" in shape else "")
