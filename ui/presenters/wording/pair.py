"""Sentences about two laptops on a cable or on the site's own network."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "pair.wrong_words": (
        "The words are not those that the other laptop shows. Nothing was given and nothing was taken."
        " Type them once more, all of them and the number"
    ),
    "pair.too_many": (
        "Wrong words were typed {most} times, so this code is worth nothing any more. Nothing was given."
        " Show a new code"
    ),
    "pair.code": "Type the whole code: the number and the three words, like 42-anchor-beach-cobalt",
    "pair.address": "Type the address as the other laptop shows it, like 192.168.1.20:8471",
    "pair.not_ours": "What answered is not FieldKit. Check the address that the other laptop shows",
    "pair.not_found": (
        "The other laptop was not found. Both must be on the same cable or network. Type the address that it shows,"
        " or hand a file over on a stick"
    ),
    "pair.no_network": "This laptop is on no cable and no network. Connect both, or hand a file over on a stick",
    "pair.broken": (
        "The connection to the other laptop broke off. What came is kept, nothing is lost."
        " Connect them again: only what is still missing goes"
    ),
    "pair.myself": "That is this laptop itself. Type the code that the other laptop shows",
}
