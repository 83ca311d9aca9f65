"""The drop-in page: one short anonymous conversation after another."""
