"""Every refusal the central store can give, in one place and one voice (RFC 9457 problem details).

A problem never changes what a laptop holds to send: it says why *this request* went unanswered. What became of
a single note is an outcome with a receipt. Codes live for ever; one that is retired keeps a comment here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One refusal: HTTP status, a title that never varies and a detail with what to do.

    ``retry_after`` is in seconds and goes into the ``Retry-After`` header where it is not nought.
    """

    code: str
    status: int
    title: str
    detail: str
    retry_after: int = 0
    told_as: str = ""
    """The code that is told instead: an older one, of which every laptop knows what to do."""


_ALL = (
    Problem(
        code="central.malformed", status=400, title="The request does not read as it should",
        detail="It does not follow the protocol: {reason}. Nothing was stored.",
    ),
    Problem(
        code="central.protocol", status=400, title="This version of the protocol is not spoken here",
        detail="The store speaks versions {oldest} to {newest}. Update FieldKit.",
    ),
    Problem(
        code="central.not_signed", status=401, title="The request is not signed",
        detail="Every request but an enrolment names its device and carries its signature.",
    ),
    Problem(
        code="central.signature", status=401, title="The signature does not hold",
        detail="The request was not signed by this device, or was changed on its way. Nothing was stored.",
    ),
    Problem(
        code="central.device_unknown", status=401, title="This laptop is not enrolled here",
        detail="The store does not know this device. Nothing on the laptop is affected. Enrol it with a new code.",
    ),
    Problem(
        code="central.token", status=401, title="This token or key is not correct",
        detail="Reading without a laptop needs the token that was made with this store, or a key for a person of it.",
    ),
    Problem(
        code="central.device_revoked", status=403, title="This laptop may no longer read",
        detail="The office revoked this device. What it still holds can be sent and is kept for a person to look at.",
    ),
    Problem(
        code="central.device_expired", status=403, title="This laptop's certificate is over",
        detail="It was away for longer than its certificate and the grace. What it holds can be sent and is kept for a"
        " person to look at. The office renews it with: fieldkit central device renew.",
    ),
    Problem(
        code="central.wiped", status=422, title="This statement does not hold",
        detail="It is not signed by a laptop of the person who sent it, or names another end of a chain than the store"
        " has. Nothing was kept. Send everything first, then make a new statement.",
    ),
    Problem(
        code="central.not_found", status=404, title="There is nothing here",
        detail="Either it does not exist or you are not on its team.",
    ),
    Problem(
        code="central.no_right", status=403, title="Your role on this team does not allow it",
        detail="The lead of the assessment, or an administrator on its team, can do it or give you another role.",
    ),
    Problem(
        code="central.team_change", status=422, title="The team was not changed",
        detail="Nobody of that name is known here, the role is none, or it would leave the team without a lead.",
    ),
    Problem(
        code="central.method", status=405, title="This address is used in another way",
        detail="See /docs for what can be asked of it.",
    ),
    Problem(
        code="central.too_slow", status=408, title="The request took too long to arrive",
        detail="No more of it arrived for {seconds} seconds. Nothing was stored. Send it again.", retry_after=5,
    ),
    Problem(
        code="central.epoch", status=409, title="The store has begun a new epoch",
        detail="It was restored from a backup. Say hello again, then offer what you hold.",
    ),
    Problem(
        code="central.device_taken", status=409, title="This device is enrolled already",
        detail="Its id belongs to another key or person. Make a new device id.",
    ),
    Problem(
        code="central.too_large", status=413, title="The request is too large",
        detail="The largest request is {largest} bytes. Nothing was stored. Send it in parts.",
    ),
    Problem(
        code="central.file_to_follow", status=404, title="The file has not arrived yet",
        detail="The record of this attachment is here; its file is still on the laptop that made it.",
    ),
    Problem(
        code="central.file_held", status=403, title="A consent keeps this file out of use",
        detail="The consent it depends on was refused or withdrawn. The file is kept and given to nobody.",
    ),
    Problem(
        code="central.file_expired", status=410, title="This sending has expired", told_as="central.not_found",
        detail="Nothing was heard of it for 30 days and its bytes were thrown away. Begin it again. (Its code reads"
        " central.not_found.)",
    ),
    Problem(
        code="central.file_offset", status=409, title="The sending stands somewhere else",
        detail="It stands at byte {offset}. Ask with HEAD and go on from there.",
    ),
    Problem(
        code="central.tus", status=412, title="This version of tus is not spoken here",
        detail="The store speaks tus 1.0.0: send Tus-Resumable: 1.0.0 and whole lengths.",
    ),
    Problem(
        code="central.file_size", status=413, title="The file has another size than its record says",
        detail="The record says {size} bytes. Nothing beyond that is taken.",
    ),
    Problem(
        code="central.file_type", status=415, title="These are not the bytes of a file",
        detail="Parts are sent as application/offset+octet-stream.",
    ),
    Problem(
        code="central.file_checksum", status=460, title="These bytes were changed on their way",
        detail="They do not have the SHA-256 that was sent with them. None of them was kept. Send them again.",
    ),
    Problem(
        code="central.file_differs", status=460, title="The file that arrived is not the one in the record",
        detail="Its SHA-256 is another one. It was thrown away. Send it again from the beginning.",
    ),
    Problem(
        code="central.code_wrong", status=422, title="The enrolment code is not known",
        detail="Check the code, or ask the office for a new one.",
    ),
    Problem(
        code="central.code_used", status=422, title="The enrolment code was used already",
        detail="A code enrols one laptop. Ask the office for a new one.",
    ),
    Problem(
        code="central.code_expired", status=422, title="The enrolment code has run out",
        detail="A code holds for 24 hours. Ask the office for a new one.",
    ),
    Problem(
        code="central.proof", status=422, title="The new key does not prove itself",
        detail="The enrolment is not signed by the key it names. Nobody was enrolled.",
    ),
    Problem(
        code="central.too_many_tries", status=429, title="Too many wrong codes",
        detail="Ten wrong codes were tried from here. Wait five minutes.", retry_after=300,
    ),
    Problem(
        code="central.sign_in_off", status=404, title="There is no sign-in here",
        detail="This store lets laptops join by one-time codes. Ask the office for one.",
    ),
    Problem(
        code="central.sign_in_again", status=401, title="Sign in again to read",
        detail="The office asks for it every so many days. What this laptop holds can be handed in all the same.",
    ),
    Problem(
        code="central.sign_in_token", status=422, title="The sign-in does not hold",
        detail="The provider's ID token was not taken: {reason}. Nobody was enrolled. Sign in again.",
    ),
    Problem(
        code="central.sign_in_time", status=422, title="The sign-in is not for this moment",
        detail="It ran out, or its time lies ahead of the store's. Sign in again; if that does not help, IT compares"
        " the clocks of the provider and the store.",
    ),
    Problem(
        code="central.sign_in_old", status=422, title="The provider did not ask who you are",
        detail="Its word on that is older than the office allows. Sign out of its pages, then sign in again.",
    ),
    Problem(
        code="central.sign_in_unknown", status=403, title="The office does not expect this account",
        detail="Nothing ties it to a person here. Ask the office for a one-time code and enter it as well.",
    ),
    Problem(
        code="central.sign_in_other", status=409, title="This account may be another person's",
        detail="The code, the name or what the office expects belongs to somebody else here. Ask the office.",
    ),
    Problem(
        code="central.provider", status=503, title="The organisation's sign-in did not answer the store",
        detail="The store could not read the provider's keys: {reason}. Try again later, or use a one-time code.",
        retry_after=30,
    ),
    Problem(
        code="central.not_holder", status=403, title="This is for who holds the speaking-up role",
        detail="The office gives the role with: fieldkit central role. Nothing was changed.",
    ),
    Problem(
        code="central.bundle", status=422, title="This hand-over file cannot be taken in",
        detail="{reason}. Nothing of it was stored. The file stays with whoever carries it.",
    ),
    Problem(
        code="central.no_such_holder", status=404, title="Nobody holds this key now",
        detail="Ask again who holds the role, compare the words of the key, and seal anew. Nothing was stored.",
    ),
    Problem(
        code="central.too_many_sealed", status=429, title="Too many from one person",
        detail="Twenty in an hour and thirty in a day is the most from one person, and three in a day once 400 wait."
        " Nothing was stored. Wait, then try again.",
        retry_after=900,
    ),
    Problem(
        code="central.sealed_full", status=507, title="Too much waits for this key",
        detail="Who holds it has to take away what waits first. Nothing was stored.",
    ),
    Problem(
        code="central.files_full", status=507, title="The store's disk has no room for this file",
        detail="{free} GB are free and {kept} GB stay free for notes. No more of it was kept. Send it again later.",
    ),
    Problem(
        code="central.files_unavailable", status=503, title="The place of files does not answer the store",
        detail="Notes are taken as ever. Bytes that were confirmed are kept; nothing has to be sent twice. Ask again"
        " later.",
        retry_after=60,
    ),
    Problem(
        code="central.files_key", status=503, title="The place of files does not take the store's key",
        detail="Notes are taken as ever, and bytes that were confirmed are kept. The office's IT has to mend the key.",
        retry_after=60, told_as="central.files_unavailable",
    ),
    Problem(
        code="central.too_many", status=429, title="Too many requests in a minute",
        detail="Nothing was stored of this one. Wait as long as Retry-After says, then go on.", retry_after=30,
    ),
    Problem(
        code="central.fault", status=500, title="The store met a fault of its own",
        detail="What it did not confirm is not stored. The fault is in its log. Send again later.", retry_after=60,
    ),
    Problem(
        code="central.unavailable", status=503, title="The store is not ready",
        detail="Its database did not answer. What it did not confirm is not stored. Send again later.", retry_after=10,
    ),
)  # fmt: skip

PROBLEMS: dict[str, Problem] = {problem.code: problem for problem in _ALL}
"""By code. A test holds every code to have its sentence in the laptop's wording too."""

QUARANTINE_REASONS: dict[str, str] = {
    "not_member": "The person who sent it is not on the team of this assessment.",
    "device_revoked": "It came from a laptop that the office had revoked.",
    "certificate_expired": "It came from a laptop whose certificate and grace were over.",
    "case_closed": "It is for an assessment that was closed before it came.",
    "device_unknown": "It was made on a laptop that is not enrolled here.",
    "author_foreign": "It names a person who does not work on the laptop that signed it.",
}
"""Why a revision is kept apart: the ``code`` of a receipt whose outcome is ``quarantined``."""
