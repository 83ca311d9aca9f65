"""The vault: the encrypted local store."""
