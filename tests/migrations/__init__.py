"""Vaults of older shapes are opened by this version: one encrypted sample of each shape is kept here."""
