"""What people and their programs read from the central store in plain JSON; laptops never need it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.messages import ToLaptop


class Health(ToLaptop):
    """``ok`` is true when the database answered."""

    ok: bool
    store: str
    protocol: int


class MemberItem(ToLaptop):
    """One person on a team; ``role`` is ``lead``, ``member`` or ``reader``."""

    user: str
    name: str
    role: str


class AssessmentItem(ToLaptop):
    """One assessment; ``name`` is empty while its record has not arrived."""

    id: str
    name: str
    subject: str
    notes: Annotated[int, Field(ge=0)]
    sealed: Annotated[int, Field(ge=0)]
    """Notes that are known by their envelope only: untagged, and still on a laptop."""
    team: list[MemberItem]
    last_received_at: str
    open_questions: Annotated[int, Field(ge=0)] = 0
    """Records that two people changed at once and nobody has decided on."""


class AssessmentList(ToLaptop):
    """The assessments the asker may read, by name."""

    assessments: list[AssessmentItem]


class TagItem(ToLaptop):
    """One evidence item that stands."""

    id: str
    pack: str
    statement: str
    category: str
    bearing: str
    strong: bool


class SecondaryItem(ToLaptop):
    """One secondary tag that stands: never scored, only counted."""

    id: str
    pack: str
    set: str
    tag: str


class AddendumItem(ToLaptop):
    """Words added to a note afterwards."""

    text: str
    reason: str
    entered_at: str
    author: str


class EntryItem(ToLaptop):
    """One note as the store can show it. ``withdrawn`` is the reason while a withdrawal stands.

    ``barred`` is ``refused`` or ``withdrawn`` while a consent keeps the note out of use: then words, speaker, tags and
    additions are left out. ``speaker_withheld``: a code stands in the note that a consent does not allow to be
    told (any more), so ``speaker`` is null.
    """

    id: str
    author: str
    author_name: str
    visit: str
    activity: str
    noticed_at: str
    entered_at: str
    received_at: str
    speaker: str | None
    speaker_withheld: bool = False
    text: str
    exact: bool
    follow_up: bool
    risk: str
    own_view: bool
    tags: list[TagItem]
    secondary: Annotated[list[SecondaryItem], Field(default_factory=list)]
    addenda: list[AddendumItem]
    withdrawn: str | None
    barred: str | None


class EntryList(ToLaptop):
    """The notes of one assessment, oldest first; ``sealed`` counts those known by their envelope only.

    ``restricted`` counts those that the asker may not know (the office's token may know none that is restricted).
    ``unreadable`` counts records made with a later version of FieldKit; their bytes are kept as they came.
    """

    assessment: str
    entries: list[EntryItem]
    sealed: Annotated[int, Field(ge=0)]
    restricted: Annotated[int, Field(ge=0)] = 0
    unreadable: Annotated[int, Field(ge=0)]


class RecordItem(ToLaptop):
    """One record of fieldwork as its head: ``kind``, one line (``title``) and its ``content`` as it was written.

    ``heads`` above 1 is an open question: two people revised it without knowing of each other. ``barred`` is
    ``refused`` or ``withdrawn`` while a consent keeps out of use what it belongs to: then title and content are empty.
    """

    kind: str
    id: str
    title: str
    content: dict[str, JsonValue]
    author: str
    author_name: str
    received_at: str
    heads: Annotated[int, Field(ge=1)]
    barred: str | None


class RecordList(ToLaptop):
    """The records of fieldwork of one assessment, in the order in which they came.

    ``restricted`` counts those that the asker may not know.
    ``unreadable`` counts revisions made with a later version of FieldKit; their bytes are kept as they came.
    """

    assessment: str
    records: list[RecordItem]
    restricted: Annotated[int, Field(ge=0)] = 0
    unreadable: Annotated[int, Field(ge=0)]


class QuestionAccount(ToLaptop):
    """One account that stands: who wrote it, what it ``says`` of the fields in question, why where it is a decision.

    Of a note that was withdrawn and gone on with, ``says`` has the reason (``withdrawn``) or what was ``added``.
    """

    revision: str
    author: str
    author_name: str
    received_at: str
    says: dict[str, JsonValue]
    reason: str


class QuestionItem(ToLaptop):
    """A record that two people changed without knowing of each other, of which nobody has decided what stands.

    ``fields`` is what they differ in, ``before`` what stood in them before both. ``is_deletion``: one took it out of
    use, another went on with it. ``barred``: a consent keeps it out of use, and what it says is left out.
    ``is_readable`` is false where one account was made with a later version.
    """

    kind: str
    record: str
    fields: list[str]
    before: dict[str, JsonValue]
    accounts: list[QuestionAccount]
    is_deletion: bool
    is_readable: bool
    barred: str | None


class QuestionList(ToLaptop):
    """The open questions of one assessment. Whoever finalises a report over one records why."""

    assessment: str
    questions: list[QuestionItem]
