"""What ``fieldkit central sign-in …`` and ``fieldkit enrol --sign-in`` do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import assessment_named, settings_of

if TYPE_CHECKING:
    from central.sign_in_admin import Bound, Decided, Rule
    from fieldkit.app.ports import Identity
    from sync.enrol import Enrolled
    from sync.http import CentralStore
    from sync.link import Call


def show(desk: Desk) -> int:
    """All that is decided."""
    from central.sign_in_admin import decided

    return _told(desk, decided(settings_of(desk), desk.clock))


def set_provider(desk: Desk) -> int:
    """Choose the provider, which must answer."""
    from central.sign_in_admin import SCOPE, set_means

    options = desk.options
    scope = SCOPE if options.scope is None else options.scope
    set_means(settings_of(desk), options.issuer, options.client_id, scope, options.again_days, desk.clock)
    return show(desk)


def remove(desk: Desk) -> int:
    """Back to codes alone."""
    from central.sign_in_admin import remove_means

    was_there = remove_means(settings_of(desk), desk.clock)
    words = "Removed. People join by one-time codes alone." if was_there else "There was no sign-in."
    desk.terminal.show({"removed": was_there}, words)
    return faults.OK


def person(desk: Desk) -> int:
    """Tie a person to what their account will carry, or untie them."""
    from central.sign_in_admin import expect, forget

    options, settings = desk.options, settings_of(desk)
    if options.forget:
        count = forget(settings, options.name, desk.clock)
        desk.terminal.show({"forgotten": count}, f"{options.name}: {count} untied. Their laptops stay as they are.")
        return faults.OK
    claims = [_claim(one) for one in options.claim]
    if not claims:
        raise Mistake("central.sign_in_claim", field="claim")
    expect(settings, options.name, claims, desk.clock)
    told = ", ".join(f"{name}={value}" for name, value in claims)
    desk.terminal.show({"name": options.name, "claims": dict(claims)}, f"{options.name} is expected with {told}.")
    return faults.OK


def allow(desk: Desk) -> int:
    """Let everybody with a claim in."""
    from central.sign_in_admin import allow as let

    options, settings = desk.options, settings_of(desk)
    team = assessment_named(settings, options.assessment).id if options.assessment else None
    let(settings, _claim(options.claim), team, options.role, desk.clock)
    return show(desk)


def disallow(desk: Desk) -> int:
    """Take a rule back."""
    from central.sign_in_admin import disallow as stop

    stop(settings_of(desk), desk.options.number, desk.clock)
    return show(desk)


def sign_in(desk: Desk, identity: Identity, call: Call, connect: Callable[[str], CentralStore]) -> Enrolled:
    """Through the organisation's page in the browser; its address is printed too, for where none opens."""
    import webbrowser

    from fieldkit import __version__
    from sync.enrol import keep
    from sync.sign_in.flow import Person
    from sync.sign_in.flow import sign_in as go
    from ui.presenters.wording import sentence

    def open_page(address: str) -> None:
        desk.terminal.say(["Sign in on the page in your browser. Where none opened, open this address on this laptop:"])
        desk.terminal.say([address])
        desk.terminal.err.flush()
        webbrowser.open(address)

    person = Person(open_page=open_page, words=sentence)
    options = desk.options
    done = go(options.url, identity, person, clock=desk.clock, app=__version__, code=options.code, connect=connect)
    keep(done, call)
    return done


def _claim(text: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals and value):
        raise Mistake("central.sign_in_claim", field="claim")
    return name, value


def _told(desk: Desk, found: Decided) -> int:
    means = found.means
    raw: dict[str, Any] = {
        "issuer": means.issuer if means else None, "client_id": means.client_id if means else None,
        "scope": means.scope if means else None, "again_days": means.again_days if means else 0,
        "rules": [
            {
                "number": one.number, "claim": one.claim, "value": one.value, "assessment": one.assessment,
                "role": one.role,
            }
            for one in found.rules
        ],
        "people": [
            {
                "name": one.name, "issuer": one.issuer, "subject": one.subject, "seen_at": one.seen_at,
                "claim": one.claim, "value": one.value,
            }
            for one in found.people
        ],
    }  # fmt: skip
    lines = ["People join by one-time codes alone."]
    if means is not None:
        again = f"after {means.again_days} days, to read" if means.again_days else "never"
        lines = [
            f"Provider         {means.issuer}", f"Client id        {means.client_id}",
            f"Asked for        {means.scope}", f"Sign in again    {again}",
        ]  # fmt: skip
    lines += [f"Rule {one.number:<11} {_rule(one)}" for one in found.rules]
    lines += [f"Account          {_person(one)}" for one in found.people]
    desk.terminal.show(raw, lines)
    return faults.OK


def _rule(rule: Rule) -> str:
    where = f", {rule.role} of {rule.assessment}" if rule.assessment else ""
    return f"{rule.claim}={rule.value} may join{where}"


def _person(one: Bound) -> str:
    if one.subject:
        return f"{one.name}: {one.subject} at {one.issuer}, last signed in {one.seen_at[:16].replace('T', ' ')}"
    return f"{one.name}: expected with {one.claim}={one.value}"
