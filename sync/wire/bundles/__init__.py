"""The form of what is handed over without a network: sealed, signed, in parts, and readable piece by piece."""
