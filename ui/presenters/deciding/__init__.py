"""Decide (ux S12b): what two people changed at once, side by side."""
