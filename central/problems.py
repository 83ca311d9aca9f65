"""Problems as HTTP answers (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from sync.wire.messages import ProblemModel
from sync.wire.problems import PROBLEMS
from sync.wire.requests import PROBLEM_TYPE

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of every answer: nothing may be kept by a cache or taken for another kind than it says."""


def problem_response(code: str, details: Mapping[str, object]) -> Response:
    """The answer for a code; one that the catalogue does not have is a fault of the store."""
    problem = PROBLEMS.get(code, PROBLEMS["central.fault"])
    model = ProblemModel(
        code=problem.told_as or problem.code,
        title=problem.title,
        status=problem.status,
        detail=problem.detail.format_map(_Facts(details)),
    )
    wait = details.get("retry_after", problem.retry_after)
    headers = HEADERS | ({"Retry-After": str(wait)} if wait else {})
    return Response(model.model_dump_json(), problem.status, headers, PROBLEM_TYPE)


class _Facts(dict[str, object]):
    """Details for a sentence; one that is not known is left out rather than shown as a brace."""

    def __missing__(self, key: str) -> str:
        return "…"
