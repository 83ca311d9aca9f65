"""The user guide inside the app: the same pages as in ``docs/guide``, found and read without a network."""
