"""The central store: keeps every revision it is given and proves it with signed receipts."""
