"""Sync: the protocol and the laptop's engine that speaks it."""
