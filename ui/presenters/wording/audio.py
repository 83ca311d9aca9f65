"""Sentences about recording sound and playing it."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "audio.off": (
        "Your organisation has not turned on sound recording, so nothing is recorded. The office sets this for "
        "everybody and sends it to each laptop. Ask your lead if an interview needs it"
    ),
    "audio.no_consent": (
        "Not everybody in this activity agreed, so nothing is recorded. Record their consent first, then record sound"
    ),
    "audio.no_activity": "Open the live log or the interview that you want to record first",
    "audio.no_microphone": (
        "FieldKit found no microphone it may use, so nothing is recorded. Plug one in, or allow FieldKit to use it in "
        "the settings of this laptop. Then record again. Your notes do not need it"
    ),
    "audio.no_loudspeaker": (
        "FieldKit found nothing to play sound on. Plug in headphones or a loudspeaker, then play it again"
    ),
    "audio.microphone_gone": (
        "The microphone stopped giving sound, so the recording ended. What was recorded until then is saved"
    ),
    "audio.too_slow": (
        "The disk could not keep up, so the recording ended. What was recorded until then is saved. Close other "
        "programs, then record again"
    ),
    "audio.full": "A recording can be 18 hours long. This one ended there and is saved. Record again to go on",
    "audio.disk_full": (
        "The disk has {free} GB free, and {kept} GB always stay free for notes, so sound cannot be recorded any more. "
        "What was recorded until then is kept. Free some space, then record again"
    ),
    "audio.stopped_consent": (
        "A consent was taken back or refused, so the recording ended at once. What there is of it is held: it is kept, "
        "not sent and not played"
    ),
    "audio.stopped_off": (
        "Your organisation turned sound recording off, so the recording ended. What there is of it is saved"
    ),
    "audio.not_saved": (
        "The recording is kept in your vault, but no file could be made of it yet. FieldKit tries again when the vault "
        "is opened next"
    ),
    "audio.not_playable": (
        "This sound is damaged or of a kind that FieldKit does not play. Save a copy to hear it in another program"
    ),
    "audio.held": ("The consent that this recording depends on was refused or withdrawn, so it is not played"),
    "audio.stop_first": "Stop the recording first. It would hear what is played",
}
