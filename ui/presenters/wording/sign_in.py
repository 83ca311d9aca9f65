"""Sentences about signing in with the organisation's own page in the browser.

Capturing, unlocking and handing in never depend on it, and each sentence that comes while work lies here says so.
"""

from __future__ import annotations

WORDING: dict[str, str] = {
    "sign_in.off": "This office has no sign-in. Enter the one-time code that it gave you",
    "sign_in.unread": "The sign-in page did not answer as it should ({reason}). Enter a one-time code, or tell IT",
    "sign_in.unreached": "Your organisation’s sign-in page was not reached. Check the connection, then sign in again",
    "sign_in.no_port": "The browser has no way back to FieldKit on this laptop. Enter a one-time code instead",
    "sign_in.no_browser": "No browser opened. Copy the address, open it in a browser on this laptop, and sign in there",
    "sign_in.cancelled": "Signing in was cancelled. Nothing was changed",
    "sign_in.out_of_time": "Nobody signed in within {minutes} minutes. Nothing was changed. Sign in when you are ready",
    "sign_in.denied": "The sign-in page said no: {reason}. Nothing was changed. Sign in again, or enter a code",
    "sign_in.spent": "This sign-in was used already. Nothing was changed. Sign in again",
    "send.sign_in_again": (
        "Your office asks you to sign in again before this laptop reads your team’s work. What you hand in still"
        " arrives. Sign in under Settings, ‘Organisation and central store’"
    ),
    "central.sign_in_off": "This office has no sign-in. Enter the one-time code that it gave you",
    "central.sign_in_again": (
        "Your office asks you to sign in again before this laptop reads your team’s work. What you hand in"
        " still arrives"
    ),
    "central.sign_in_token": "Your office did not take this sign-in. Nothing was changed. Sign in again, or tell IT",
    "central.sign_in_time": (
        "This sign-in is out of time at your office. Sign in again. If that does not help, IT compares the clocks of"
        " the sign-in page and the central store"
    ),
    "central.sign_in_old": (
        "The sign-in page took you for signed in and did not ask again. Sign out of it in the browser, then sign in"
        " here"
    ),
    "central.sign_in_unknown": (
        "Your office does not expect this account yet. Ask it for a one-time code, enter the code, and sign in again"
    ),
    "central.sign_in_other": (
        "This account, or this name, is somebody else’s at your office. Nothing was changed. Ask your office"
    ),
    "central.provider": (
        "The central store did not reach your organisation’s sign-in. Your work is safe on this laptop."
        " Sign in again later"
    ),
    "central.sign_in_issuer": (
        "The provider’s address must start with https:// and have no ? or #. Nothing was changed"
    ),
    "central.sign_in_provider": "{address} was not read as a sign-in provider: {reason}. Nothing was changed",
    "central.sign_in_client": "Enter the client id that the provider gave this program. Nothing was changed",
    "central.sign_in_days": "Days must be 0 (never) to 365. Nothing was changed",
    "central.sign_in_claim": "A claim is given as name=value, such as groups=inspectors. Nothing was changed",
    "central.sign_in_taken": "{claim} is expected of {name} already. Remove that first. Nothing was changed",
    "central.sign_in_none": "There is no such rule. See: fieldkit central sign-in show",
}
