"""Random input over every screen: what no one would try on purpose."""
