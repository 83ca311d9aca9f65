"""The domain: frozen values and pure rules."""
