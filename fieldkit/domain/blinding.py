"""What an assessor may see of others' scores in a blind round: nothing on a statement until their own is written.

A courtesy of screens, commands and reports, not a lock: the records lie in every team-mate's vault, and what is taken
out holds them all. It keeps an eye from falling on a colleague's 2 before one's own is thought through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fieldkit.domain.judgement import Judged
from fieldkit.domain.settling import Given, Moderated


def in_sight(given: Iterable[Given], moderations: Iterable[Moderated]) -> tuple[Sequence[Given], Mapping[Judged, int]]:
    """What may be seen, and how many scores are hidden by what is judged.

    One's own are always seen; others' once one's own is scored (too little evidence is an answer) or the team settled.
    """
    found = list(given)
    is_open = {one.value.judged for one in found if one.is_mine and one.value.is_scored}
    is_open |= {one.value.judged for one in moderations}
    seen = [one for one in found if one.is_mine or one.value.judged in is_open]
    others = (one for one in found if not one.is_mine and one.value.judged not in is_open and one.value.is_scored)
    return seen, Counter(one.value.judged for one in others)
