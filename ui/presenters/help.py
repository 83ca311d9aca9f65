"""Short answers, and what can be typed in a note: the same on every screen, without a network."""

from __future__ import annotations

ANSWERS = (
    (
        "Is my work safe?",
        "Every word is on this laptop within a second, encrypted. The status line says what waits.",
    ),
    ("What leaves this laptop?", "Notes with a tag, and what they need to be understood. Untagged notes stay here."),
    ("I typed something wrong.", "Ctrl+Z takes the last action back. F2 adds a correction; what was there stays."),
    ("Somebody looks over my shoulder.", "F9 hides everything. Ctrl+L locks."),
    ("I have forgotten my passphrase.", "Select that on the locked screen and type your recovery key."),
)

TYPING = (
    ("ch: …", "Who speaks, from the list of people"),
    ("#lc", "A quality statement, by its code, number or any word of it"),
    ("#lc+  #lc++", "A strength, a strong one"),
    ("#lc-  #lc--", "A shortfall, a serious one"),
    ("#lc.pr", "A statement with its own evidence category"),
    ("@pr", "The evidence category of the whole note"),
    ('"…', "Exact words"),
    ("? …", "A follow-up question"),
    ("! …  !! …", "A possible risk, one that needs action today"),
    ("~ …", "My view, kept apart from what was seen or heard"),
)
