"""Check a FieldKit export without FieldKit.

    python verify_export.py FILE [--key DEVICE=HEX ...]

Where the export has files, they lie beside FILE and are checked with it.

Needs Python 3.11 and the package ``cryptography``, nothing else, and shares no code with the program: somebody who
trusts neither the laptop nor its makers can read these lines and repeat the check. docs/export.md says what is proved.

Ends with 0 if everything holds, 1 if something was altered, 3 if the file cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Json = dict[str, Any]


def exact(item: Json, name: str) -> bytes | None:
    """The exact bytes of a field that is given as text or, where it is not UTF-8, as base64."""
    if name in item:
        return str(item[name]).encode("utf-8")
    return base64.b64decode(item[f"{name}_base64"]) if f"{name}_base64" in item else None


def sha256_of(path: Path) -> str:
    """The SHA-256 (hex) of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def signed_by(key: str, signature: str, message: bytes) -> bool:
    """Whether the Ed25519 key (hex) made this signature (base64) of the message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(base64.b64decode(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Check:
    """Reads one export; ``wrong`` collects what does not hold, ``holes`` what this file cannot show."""

    def __init__(self, export: Json, trusted: dict[str, str]) -> None:
        self.export = export
        self.wrong: list[str] = []
        self.holes: list[str] = []
        self.keys = {one["device"]: one["public_key"] for one in export["devices"]}
        self.wrong += [f"device {d}: not the key you trust" for d, key in trusted.items() if self.keys.get(d) != key]
        self.envelopes: dict[str, Json] = {}
        self.hashes: dict[str, str] = {}
        self.bodies: dict[str, Json] = {}
        self.firsts: dict[str, list[str]] = defaultdict(list)
        self.later: dict[tuple[str, str], list[Json]] = defaultdict(list)
        self.replaced: set[str] = set()

    def run(self) -> None:
        """Every check, in the order in which one rests on the other."""
        chains: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
        for number, item in enumerate(self.export["revisions"], 1):
            self.revision(number, item, chains)
        for device, links in chains.items():
            self.chain(device, links)
        for number, item in enumerate(self.export["receipts"], 1):
            self.receipt(number, item)
        for item in self.export["certificates"]:
            self.certificate(item)
        barring = self.barring()
        for note in self.export["notes"]:
            if note["barred"]:
                self.held(note, barring)
            else:
                self.note(note, barring)
        for record in self.export["records"]:
            self.record(record)
        told = {note["id"] for note in self.export["notes"]}
        held = {record for record, revisions in self.firsts.items() if revisions}
        self.wrong += [f"note {record}: in the log, left out of the notes" for record in sorted(held - told)]

    def files(self, folder: Path) -> None:
        """Every attachment is listed, and its file is the one that its record names, or is withheld for a reason."""
        listed = self.export["files"]
        records = {one["id"]: one for one in self.export["records"] if one["kind"] == "attachment"}
        if sorted(one["record"] for one in listed) != sorted(records):
            self.wrong.append("files: others are listed than the attachments")
        inside = folder.resolve()
        for one in listed:
            record = records.get(one["record"], {"barred": None, "content": {}})
            if bool(record["barred"]) != (one["withheld"] == "held"):
                self.wrong.append(f"file of {one['record']}: a consent holds it, and it is listed otherwise")
            if one["withheld"]:
                self.holes.append(f"file of {one['record']}: not in this export ({one['withheld']})")
                continue
            content, path = record["content"], inside / one["path"]
            if (one["sha256"], one["size"]) != (content.get("sha256"), content.get("size")):
                self.wrong.append(f"file of {one['record']}: its record names another one")
            if inside not in path.resolve().parents or not path.is_file():
                self.wrong.append(f"file {one['path']}: missing")
            elif (path.stat().st_size, sha256_of(path)) != (one["size"], one["sha256"]):
                self.wrong.append(f"file {one['path']}: was altered")
        known = {str(one.get("path", "")) for one in listed}
        for path in sorted((inside / "files").glob("**/*")):
            if path.is_file() and path.relative_to(inside).as_posix() not in known:
                self.wrong.append(f"file {path.relative_to(inside).as_posix()}: no attachment of this export")

    def revision(self, number: int, item: Json, chains: dict[str, dict[int, tuple[str, str]]]) -> None:
        """The hash of the envelope, the device's signature of it, and the digest of the content."""
        data = exact(item, "envelope") or b""
        envelope = json.loads(data)
        found, name = hashlib.sha256(data).hexdigest(), envelope["id"]
        if found != item["hash"]:
            self.wrong.append(f"revision {number}: envelope and hash differ")
        key = self.keys.get(envelope["device"], "")
        if not signed_by(key, item["signature"], b"fieldkit/envelope/v1\0" + bytes.fromhex(found)):
            self.wrong.append(f"revision {number}: not signed by its device")
        content = exact(item, "content")
        if content is not None:
            if hashlib.sha256(base64.b64decode(item["salt"]) + content).hexdigest() != envelope["digest"]:
                self.wrong.append(f"revision {number}: content was altered")
            self.keep(envelope, json.loads(content))
        self.envelopes[name], self.hashes[name] = envelope, found
        self.replaced.update(envelope["parents"])
        links = chains[envelope["device"]]
        if links.setdefault(envelope["seq"], (found, envelope["prev"]))[0] != found:
            self.wrong.append(f"revision {number}: a second one with this number")

    def keep(self, envelope: Json, body: Json) -> None:
        """Remember a content by what it is about."""
        self.bodies[envelope["id"]] = body
        if envelope["kind"] == "entry":
            self.firsts[envelope["record"]].append(envelope["id"])
        elif "entry" in body:
            self.later[body["entry"], envelope["kind"]].append(body)

    def chain(self, device: str, links: dict[int, tuple[str, str]]) -> None:
        """Each envelope names the hash of the device's envelope before it."""
        for seq in sorted(links):
            before = links.get(seq - 1)
            if before is not None and before[0] != links[seq][1]:
                self.wrong.append(f"device {device}: the chain breaks at {seq}")
            if before is None and seq > 1:
                self.holes.append(f"device {device}: what came before {seq} is not in this file")
            if seq == 1 and links[seq][1] != "":
                self.wrong.append(f"device {device}: the first names one before it")

    def receipt(self, number: int, item: Json) -> None:
        """The store's signature, its running hash over the lines, and that they name what is here."""
        data = exact(item, "data") or b""
        if not signed_by(self.export["store"]["public_key"], item["signature"], b"fieldkit/receipt/v1\0" + data):
            self.wrong.append(f"receipt {number}: not signed by the central store")
        sheet = json.loads(data)
        chain = sheet["before"]
        for revision, fingerprint, _seq, _outcome, has_content, _code in sheet["lines"]:
            chain = hashlib.sha256(
                f"{chain}|{revision}|{fingerprint}|{'c' if has_content else 'e'}".encode()
            ).hexdigest()
            if self.hashes.get(revision, fingerprint) != fingerprint:
                self.wrong.append(f"receipt {number}: for another revision {revision} than the one here")
        if chain != sheet["chain"]:
            self.wrong.append(f"receipt {number}: its running hash differs")

    def certificate(self, item: Json) -> None:
        """The store's signature of its word on a device."""
        data = exact(item, "data") or b""
        if not signed_by(self.export["store"]["public_key"], item["signature"], b"fieldkit/certificate/v1\0" + data):
            self.wrong.append("certificate: not signed by the central store")

    def barring(self) -> dict[str, bool]:
        """What refused or withdrawn consents are about, and whether they are everybody's there."""
        found: dict[str, bool] = {}
        for name, envelope in self.envelopes.items():
            body = self.bodies.get(name)
            stands = envelope["kind"] == "consent" and body is not None and name not in self.replaced
            if stands and body is not None and body["agreed"] in ("refused", "withdrawn"):
                found[body["about"]] = found.get(body["about"], False) or not body["person"]
        return found

    def held(self, note: Json, barring: dict[str, bool]) -> None:
        """A note that a consent keeps out of use is there by its envelope alone, and such a consent is there too."""
        envelope = self.envelopes.get(note["id"])
        if envelope is None or envelope["author"] != note["author"]:
            self.wrong.append(f"note {note['id']}: held, and not in the log as it is told")
        elif note["id"] in self.bodies or any(self.later[note["id"], kind] for kind in ("addendum", "filing")):
            self.wrong.append(f"note {note['id']}: held, and its words are in this file")
        if note["activity"] not in barring and note.get("about") not in barring:
            self.wrong.append(f"note {note['id']}: held without a consent that was refused or withdrawn")

    def unnamed(self, note: Json) -> None:
        """Who spoke may not be told any more, so what was signed is there by its envelope alone."""
        envelope = self.envelopes.get(note["id"])
        if envelope is None or envelope["author"] != note["author"]:
            self.wrong.append(f"note {note['id']}: its speaker is withheld, and it is not in the log as it is told")
        elif note["speaker"] is not None or note["id"] in self.bodies:
            self.wrong.append(f"note {note['id']}: its speaker is withheld, and is in this file")
        else:
            self.holes.append(f"note {note['id']}: its words cannot be checked here, because its speaker is withheld")

    def record(self, record: Json) -> None:
        """A record of fieldwork says what its revision says, and nothing while it is held."""
        envelope, body = self.envelopes.get(record["revision"]), self.bodies.get(record["revision"])
        if envelope is None or (envelope["record"], envelope["kind"]) != (record["id"], record["kind"]):
            self.wrong.append(f"record {record['id']}: not in the log as it is told")
        elif record["barred"]:
            inside = [one for one, other in self.envelopes.items() if other["record"] == record["id"]]
            if record["content"] or any(one in self.bodies for one in inside):
                self.wrong.append(f"record {record['id']}: held, and its words are in this file")
        elif record.get("from_whom_withheld"):
            inside = [one for one, other in self.envelopes.items() if other["record"] == record["id"]]
            if record["content"].get("from_whom") != "" or any(one in self.bodies for one in inside):
                self.wrong.append(f"record {record['id']}: whom it is from is withheld, and is in this file")
            self.holes.append(f"record {record['id']}: cannot be checked here, because whom it is from is withheld")
        elif record["content"] != body or record["author"] != envelope["author"]:
            self.wrong.append(f"record {record['id']}: not what was signed")

    def note(self, note: Json, barring: dict[str, bool]) -> None:
        """The readable half says nothing that the signed half does not."""
        first = self.firsts[note["id"]]
        if barring.get(note["activity"]) or barring.get(note.get("about", "")):
            self.wrong.append(f"note {note['id']}: a consent was refused or withdrawn, and its words are in this file")
        if note.get("speaker_withheld"):
            self.unnamed(note)
            return
        if len(first) != 1 or any(note.get(key) != value for key, value in self.bodies[first[0]].items()):
            self.wrong.append(f"note {note['id']}: not what was signed")
            return
        if note["author"] != self.envelopes[first[0]]["author"]:
            self.wrong.append(f"note {note['id']}: another author")
        filings = self.later[note["id"], "filing"]
        gone = {item for filing in filings for item in filing["removed"]}
        every = [*note["evidence"], *(item for filing in filings for item in filing["added"])]
        if sorted(item["id"] for item in note["standing_evidence"]) != sorted(
            {e["id"] for e in every if e["id"] not in gone}
        ):
            self.wrong.append(f"note {note['id']}: other tags stand")
        gone = {item for filing in filings for item in filing.get("secondary_removed", [])}
        beside = {item["id"] for filing in filings for item in filing.get("secondary", [])} - gone
        if sorted(item["id"] for item in note.get("standing_secondary", [])) != sorted(beside):
            self.wrong.append(f"note {note['id']}: other secondary tags stand")
        added = {(one["text"], one["reason"]) for one in self.later[note["id"], "addendum"]}
        if {(one["text"], one["reason"]) for one in note["addenda"]} != added:
            self.wrong.append(f"note {note['id']}: other additions")


def main() -> int:
    """Read the file named on the command line, check it, and say what was found."""
    parser = argparse.ArgumentParser(description="Check a FieldKit export without FieldKit.")
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[], help="DEVICE=HEX: a device's key known from elsewhere")
    given = parser.parse_args()
    try:
        with open(given.file, encoding="utf-8") as file:
            export = json.load(file)
        check = Check(export, dict(one.split("=", 1) for one in given.key))
        check.run()
        if "files" in export:
            check.files(Path(given.file).parent)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot be read as a FieldKit export: {error}", file=sys.stderr)
        return 3
    for line in check.wrong + check.holes:
        print(line)
    contents, receipts = len(check.bodies), len(export["receipts"])
    print(
        f"{len(check.envelopes)} revisions, {contents} with content, {len(export['notes'])} notes, {receipts} receipts"
        + (f", {sum(not one['withheld'] for one in export['files'])} files" if "files" in export else "")
    )
    print("something was altered" if check.wrong else "everything in this file holds")
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
