"""``scoring.yaml``: scales, and the method that turns scores into ratings."""

from __future__ import annotations

from dataclasses import replace

from fieldkit.domain.method import (
    Aggregation,
    Band,
    Insufficient,
    Level,
    LimitedFigure,
    Limiter,
    Method,
    Polarity,
    Rounding,
    Scale,
    ScoredAt,
)
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.names import Names

LARGEST_SCORE = 100
LONGEST_DAYS = 36_500


def read_scoring(fields: Fields, contents: Contents) -> None:
    """Read ``scoring.yaml`` into ``contents``."""
    scale_names, band_names = Names("scale"), Names("band")
    contents.scales = [_scale(item, scale_names) for item in fields.tables("scales", needed=False)]
    inner = fields.table("method")
    if inner is None:
        fields.finish()
        return
    scored_at = inner.choice("scored_at", ScoredAt)
    if scored_at is ScoredAt.NONE:
        _refuse_scoring(fields, inner)
        method = Method(scored_at=scored_at, rating_scale=_rating_scale(inner, contents, scale_names))
    else:
        scale = _scale_used(inner, contents, scale_names, scored_at)
        bands = _bands(fields, scale, band_names, scored_at)
        limiters = _limiters(fields, scale, bands, band_names)
        method = _method(inner, scored_at, scale, bands, limiters)
    days = inner.whole("oldest_evidence_days", 1, LONGEST_DAYS, default=0)
    contents.method = replace(method, evidence_days=days or None, blind=inner.flag("blind", default=False))
    inner.finish()
    fields.finish()


def _scale(fields: Fields, names: Names) -> Scale:
    levels: list[Level] = []
    scale_id, title, polarity = fields.ident(), fields.name("title"), fields.choice("polarity", Polarity)
    for item in fields.tables("levels"):
        value = item.whole("value", 0, LARGEST_SCORE)
        if levels and value != levels[-1].value + 1:
            item.wrong("value", "scale.steps", expected=levels[-1].value + 1, value=value)
        levels.append(Level(value=value, label=item.name("label"), meaning=item.text("meaning", default="")))
        item.finish()
    if len(levels) < 2:
        fields.wrong("levels", "scale.short")
    names.declare(fields, scale_id)
    fields.finish()
    return Scale(id=scale_id, title=title, polarity=polarity, levels=tuple(levels))


def _refuse_scoring(fields: Fields, method: Fields) -> None:
    """A framework without scores may still show scales that others score on, but nothing that adds up."""
    for key in ("bands", "limiters"):
        if key in fields:
            fields.wrong(key, "method.not_scored", thing=key)
            fields.skip(key)
    for key in ("scale", "theme_score", "overall_score", "overall_is", "rounding", "insufficient_evidence"):
        if key in method:
            method.wrong(key, "method.not_scored", thing=key)
            method.skip(key)


def _rating_scale(fields: Fields, contents: Contents, names: Names) -> Scale | None:
    """Ratings chosen by their characteristics. Their steps have a word each; either end may be the best."""
    if "rating_scale" not in fields:
        return None
    wanted = names.refer(fields, "rating_scale", fields.ident("rating_scale"))
    return next((scale for scale in contents.scales if scale.id == wanted), None)


def _scale_used(fields: Fields, contents: Contents, names: Names, scored_at: ScoredAt) -> Scale | None:
    if "scale" not in fields:
        fields.wrong("scale", "method.scale_missing", level=scored_at.value)
        return None
    wanted = names.refer(fields, "scale", fields.ident("scale"))
    scale = next((scale for scale in contents.scales if scale.id == wanted), None)
    if scale is None or not scale.levels or scale.highest - scale.lowest != len(scale.levels) - 1:
        return None
    if scale.polarity is not Polarity.HIGHER_IS_BETTER:
        fields.wrong("scale", "scale.reversed")
    if scale.lowest < 1:
        fields.wrong("scale", "scale.lowest")
        return None
    return scale


def _method(
    fields: Fields, scored_at: ScoredAt, scale: Scale | None, bands: tuple[Band, ...], limiters: tuple[Limiter, ...]
) -> Method:
    aggregation = fields.choice("overall_is", Aggregation, Aggregation.MEAN_OF_STATEMENTS)
    theme_step = fields.flag("theme_score")
    if aggregation is Aggregation.MEAN_OF_THEMES and not theme_step:
        fields.wrong("overall_is", "method.themes")
    return Method(
        scored_at=scored_at, scale=scale, theme_step=theme_step, overall_step=fields.flag("overall_score"),
        aggregation=aggregation, rounding=fields.choice("rounding", Rounding),
        insufficient=fields.choice("insufficient_evidence", Insufficient), bands=bands, limiters=limiters,
    )  # fmt: skip


def _bands(fields: Fields, scale: Scale | None, names: Names, scored_at: ScoredAt) -> tuple[Band, ...]:
    """Bands from the least possible per cent to 100, without hole or overlap, each worth more than the last."""
    if "bands" not in fields:
        fields.wrong("bands", "method.bands_missing", level=scored_at.value)
        return ()
    bands: list[Band] = []
    for item in fields.tables("bands"):
        low_score, high_score = (scale.lowest, scale.highest) if scale else (0, LARGEST_SCORE)
        band = Band(
            id=item.ident(), label=item.name("label"), low=item.whole("from", 0, 100), high=item.whole("to", 0, 100),
            score=item.whole("score", low_score, high_score),
        )  # fmt: skip
        _check_band(item, band, bands[-1] if bands else None, scale)
        bands.append(band)
        names.declare(item, band.id)
        item.finish()
    if bands and bands[-1].high != 100:
        fields.wrong("bands", "bands.end", value=bands[-1].high)
    return tuple(bands)


def _check_band(fields: Fields, band: Band, before: Band | None, scale: Scale | None) -> None:
    if band.high < band.low:
        fields.wrong("to", "bands.backwards", low=band.low, high=band.high)
    if before is None:
        least = 0 if scale is None else -(-100 * scale.lowest // scale.highest)
        if scale is not None and band.low != least:
            fields.wrong("from", "bands.start", expected=least, value=band.low)
        return
    if band.low <= before.high:
        fields.wrong("from", "bands.overlap", low=band.low, high=before.high)
    if band.low > before.high + 1:
        fields.wrong("from", "bands.gap", low=before.high + 1, high=band.low - 1)
    if band.score <= before.score:
        fields.wrong("score", "bands.score", value=band.score, before=before.score)


def _limiters(fields: Fields, scale: Scale | None, bands: tuple[Band, ...], band_names: Names) -> tuple[Limiter, ...]:
    names = Names("limiter")
    return tuple(_limiter(item, scale, bands, band_names, names) for item in fields.tables("limiters", needed=False))


def _limiter(fields: Fields, scale: Scale | None, bands: tuple[Band, ...], band_names: Names, names: Names) -> Limiter:
    low, high = (scale.lowest, scale.highest) if scale else (0, LARGEST_SCORE)
    limiter = Limiter(
        id=fields.ident(), sentence=fields.text("sentence"), applies_to=fields.choice("applies_to", LimitedFigure),
        band=band_names.refer(fields, "band", fields.ident("band")), at_or_below=fields.whole("at_or_below", low, high),
        limited_to=band_names.refer(fields, "limited_to", fields.ident("limited_to")),
        confirmed=fields.flag("confirmed"), on=fields.flag("on"),
    )  # fmt: skip
    if limiter.on and not limiter.confirmed:
        fields.wrong("on", "limiter.unconfirmed_on")
    order = [band.id for band in bands]
    if {limiter.band, limiter.limited_to} <= set(order) and order.index(limiter.limited_to) >= order.index(
        limiter.band
    ):
        fields.wrong("limited_to", "limiter.upwards", to=limiter.limited_to, band=limiter.band)
    names.declare(fields, limiter.id)
    fields.finish()
    return limiter
