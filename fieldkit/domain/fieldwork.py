"""What every record of fieldwork beside notes has in common: consents, cases, escalations, attachments and the rest.

Such a record may be revised (its parents are the heads known here), always travels with its content, and belongs to an
assessment. Its class says how its content is read, so that a new kind is one module and one line in
``fieldkit.domain.kinds``: log, projection, search, export, sending and the central store need nothing else.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, Self

from fieldkit.kernel.ids import AssessmentId, RecordId

Types = dict[str, tuple[type, ...]]
TEXT = (str,)
MAYBE_TEXT = (str, type(None))
FLAG = (bool,)
LIST = (list,)
COUNT = (int,)
MAYBE_COUNT = (int, type(None))
OBJECT = (dict,)


class FieldRecord(Protocol):
    """A record of fieldwork. ``from_content`` raises ``KeyError``, ``ValueError`` or ``TypeError`` for other forms.

    A record that belongs (through ``ABOUT``) to an activity, record or note whose consent was taken back is held with
    it, unless its class says ``OUTLIVES_CONSENT: ClassVar[bool] = True``: consents themselves, what protects somebody,
    what proves who looked at what (``fieldkit.domain.barring``).
    """

    KIND: ClassVar[str]
    SHAPE: ClassVar[int]
    FIELDS: ClassVar[Types]
    """The types of the content's fields that have to be there; ``assessment`` is always one of them."""
    ABOUT: ClassVar[str]
    """The field that names the record this one belongs to (an activity, a case …), or empty."""

    @property
    def id(self) -> RecordId: ...
    @property
    def assessment(self) -> AssessmentId: ...
    @property
    def title(self) -> str:
        """One line for lists: Send, search, the command line."""

    @property
    def words(self) -> str:
        """All that search looks through; empty for what must not be found by its words."""

    def to_content(self) -> dict[str, Any]: ...
    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Self: ...
