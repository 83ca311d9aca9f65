"""The ``fieldkit`` command: the same use cases as the window, without a screen.

Every module here imports heavy parts (database, network, YAML) inside the function that needs them, so that
``fieldkit --help`` answers at once.
"""
