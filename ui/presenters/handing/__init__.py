"""Handing in: everything confirmed, the certificates, and the vault erased."""
