"""Joining an office by its organisation's sign-in in the browser (OpenID Connect for native programs, RFC 8252)."""
