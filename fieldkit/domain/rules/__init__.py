"""Rules of forms (``${age} > 17 and selected(${help}, 'care')``), run without network, files or other programs.

A small part of the expressions that ODK forms use, read by an own parser: what it does not know is refused when a form
is read, by name, and never guessed at while somebody is talking. Every rule ends: there are no loops in the language.
"""
