"""A second working-out of scores for tests: slow, plain, whole numbers only, and nothing of it shared with FieldKit.

Written from the rules in the framework packs' guide as somebody with paper and pencil would follow them. A sheet is a
plain dictionary; nothing here knows how the program keeps a pack or a score.
"""

from __future__ import annotations

from typing import Any

LITTLE = "too little evidence"
"""In the place of a score."""
Sheet = dict[str, Any]
"""``scored`` (what is scored), ``rounding``, ``left_out``, ``theme_step``, ``overall``, ``mean_of_themes``, ``top``,
``bands`` [(id, from, to, worth)], ``limits`` [(id, figure, band, at or below, limited to)], ``themes`` {id: [ids]},
``required`` {(statement, category)}, ``categories`` [ids]."""
Result = dict[str, Any]


def figures(sheet: Sheet, given: dict[tuple[str, str | None], object]) -> dict[str, Result]:
    """Every figure by its id; the overall one as ``""``."""
    found: dict[str, Result] = {}
    if sheet["scored"] == "theme":
        parts = [_one(sheet, given.get((theme, None))) for theme in sheet["themes"]]
        if sheet["overall"]:
            found[""] = _figure(sheet, "overall", parts, [])
        return found
    scores: dict[str, object] = {}
    for statements in sheet["themes"].values():
        for one in statements:
            scores[one] = _of_categories(sheet, given, one) if sheet["scored"] == "category" else given.get((one, None))
    values = [one for one in scores.values() if isinstance(one, int)]
    if sheet["theme_step"]:
        for theme, statements in sheet["themes"].items():
            mine = [scores[one] for one in statements]
            numbers = [one for one in mine if isinstance(one, int)]
            found[theme] = _figure(sheet, "theme", [_one(sheet, each) for each in mine], numbers)
    if sheet["overall"]:
        if sheet["mean_of_themes"]:
            parts = [_of_theme(found[theme]) for theme in sheet["themes"]]
        else:
            parts = [_one(sheet, each) for each in scores.values()]
        found[""] = _figure(sheet, "overall", parts, values)
    return found


def _one(sheet: Sheet, score: object) -> object:
    """A summand: (points, possible), too little evidence, or None for not scored."""
    return (score, sheet["top"]) if isinstance(score, int) else score


def _of_theme(theme: Result) -> object:
    if theme["is_whole"]:
        return (theme["points"], theme["possible"])
    return LITTLE if theme["little"] and not theme["missing"] else None


def _of_categories(sheet: Sheet, given: dict[tuple[str, str | None], object], statement: str) -> object:
    parts = []
    for category in sheet["categories"]:
        score = given.get((statement, category))
        if score is not None or (statement, category) in sheet["required"]:
            parts.append(_one(sheet, score))
    made = _figure(sheet, "statement", parts, [])
    if made["rating"] is not None:
        return next(worth for name, _, _, worth in sheet["bands"] if name == made["rating"])
    return LITTLE if made["little"] and not made["missing"] and not made["is_between"] else None


def _figure(sheet: Sheet, kind: str, parts: list[object], values: list[int]) -> Result:
    pairs = [one for one in parts if isinstance(one, tuple)]
    missing, little = parts.count(None), parts.count(LITTLE)
    points, possible = _mean(pairs) if kind == "overall" and sheet["mean_of_themes"] else _sum(pairs)
    is_whole = bool(pairs) and not missing and (not little or sheet["left_out"])
    made: Result = {
        "points": points, "possible": possible, "missing": missing, "little": little, "is_whole": is_whole,
        "per_cent": None, "first": None, "rating": None, "rule": None, "is_between": False,
    }  # fmt: skip
    if not is_whole:
        return made
    low, rest = divmod(100 * points, possible)
    high = low + (rest > 0)
    whole = _rounded(sheet["rounding"], low, rest, possible)
    if whole is None:
        made["first"] = _band(sheet, low) if _band(sheet, low) == _band(sheet, high) else None
        made["is_between"] = made["first"] is None
    else:
        made["per_cent"], made["first"] = whole, _band(sheet, whole)
    made["rating"], made["rule"] = _limited(sheet, kind, made["first"], values)
    return made


def _sum(pairs: list[Any]) -> tuple[int, int]:
    points = possible = 0
    for mine, most in pairs:
        points, possible = points + mine, possible + most
    return points, possible


def _mean(pairs: list[Any]) -> tuple[int, int]:
    """Over the product of all that is possible, so that nothing is ever divided."""
    product = 1
    for _, most in pairs:
        product *= most
    return sum(mine * (product // most) for mine, most in pairs), product * len(pairs)


def _rounded(rule: str, low: int, rest: int, possible: int) -> int | None:
    if rest == 0 or rule == "down":
        return low
    if rule == "not_stated":
        return None
    if rule == "up":
        return low + 1
    if 2 * rest != possible:
        return low + 1 if 2 * rest > possible else low
    return {"half_up": low + 1, "half_down": low, "half_even": low + low % 2}[rule]


def _band(sheet: Sheet, whole: int) -> str | None:
    for name, low, high, _ in sheet["bands"]:
        if low <= whole <= high:
            return str(name)
    return None


def _limited(sheet: Sheet, kind: str, first: str | None, values: list[int]) -> tuple[str | None, str | None]:
    order = [name for name, _, _, _ in sheet["bands"]]
    rating, rule = first, None
    for id, figure, band, at_or_below, limited_to in sheet["limits"]:
        is_case = figure == kind and band == first and any(one <= at_or_below for one in values)
        if is_case and (rule is None or order.index(limited_to) < order.index(str(rating))):
            rating, rule = limited_to, id
    return rating, rule
