"""Words of the parts that every screen shares: error summary, undo bar, crash sheet."""

from __future__ import annotations

ERROR_PREFIX = "Error: "
THERE_IS_A_PROBLEM = "There is a problem"
UNDO = "Undo"
UNDO_KEYS = "Ctrl+Z"

CRASH_TITLE = "FieldKit has to restart"
CRASH_SAFE = "Your work is safe. Everything up to your last few words is saved on this laptop."
CRASH_NEXT = (
    "Restart FieldKit to go on where you were. The report below names places in the program and nothing you typed. "
    "You can copy it and give it to the people who look after FieldKit."
)
CRASH_REPORT = "Report"
CRASH_COPY = "Copy the report"
CRASH_COPIED = "Report copied"
CRASH_RESTART = "Restart FieldKit"
CRASH_CLOSE = "Close FieldKit"
