"""Handing over without a network: what the page shows and does, without any toolkit."""
