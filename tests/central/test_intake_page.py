"""The inbox in a browser: for whoever leads, or shows the office's token; never by another page's hand."""

from __future__ import annotations

import base64
import re
from urllib.parse import urlencode

import pytest

from central import admin, intake
from central.readers import make_key
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office, Reply

PATH = "/office/intake"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def ada(office: Office, place: str) -> Laptop:
    ada = office.laptop("Ada")
    ada.push(ada.write(place))
    admin.revoke(office.settings, ada.device)
    ada.push(ada.write(place), ada.write(place))
    return ada


def asked(office: Office, key: str, method: str = "GET", **form: object) -> Reply:
    basic = base64.b64encode(f"O. Office:{key}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Content-Type": FORM}
    return office.send(method, PATH, urlencode(form, doseq=True).encode(), headers)


def mark_of(page: Reply) -> str:
    found = re.search(r'name="mark" value="([0-9a-f]+)"', page.body.decode())
    assert found is not None
    return found[1]


def test_nobody_sees_it_without_a_key(office: Office, ada: Laptop) -> None:
    for reply in (office.send("GET", PATH), asked(office, "wrong"), asked(office, "wrong", "POST", what="accept")):
        assert (reply.status, "Basic" in reply.headers.get("www-authenticate", "")) == (401, True)


def test_the_office_accepts_one_and_sets_another_aside_with_a_reason(office: Office, ada: Laptop) -> None:
    page = asked(office, office.made.token)
    assert "revoked" in page.body.decode()
    first, second = [row.seq for row in intake.listing(office.settings, clock=office.clock)]
    mark = mark_of(page)
    assert b"1 accepted" in asked(office, office.made.token, "POST", mark=mark, number=first, what="accept").body
    no_reason = asked(office, office.made.token, "POST", mark=mark, number=second, what="aside", reason=" ")
    assert no_reason.status == 422
    done = asked(office, office.made.token, "POST", mark=mark, number=second, what="aside", reason="Twice the same")
    assert b"1 set aside" in done.body
    assert b"Nothing waits" in done.body
    (row,) = intake.listing(office.settings, also_set_aside=True, clock=office.clock)
    assert (row.seq, row.reason, row.by) == (second, "Twice the same", "O. Office")


def test_a_form_without_the_pages_own_mark_decides_nothing(office: Office, ada: Laptop) -> None:
    first = intake.listing(office.settings, clock=office.clock)[0].seq
    for mark in ("", "0" * 64):
        assert asked(office, office.made.token, "POST", mark=mark, number=first, what="accept").status == 403
    assert len(intake.listing(office.settings, clock=office.clock)) == 2


def test_a_person_sees_and_decides_only_of_what_they_lead(office: Office, ada: Laptop) -> None:
    lead, other = make_key(office.settings, "Ada", office.clock), new_id()
    office.laptop("Eve").push(office.laptop("Eve").write(other))
    key = make_key(office.settings, "Eve", office.clock)
    first = intake.listing(office.settings, clock=office.clock)[0].seq
    mine = asked(office, lead)
    assert f"Number {first}," in mine.body.decode()
    page = asked(office, key)
    assert f"Number {first}," not in page.body.decode()
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', page.body.decode())
    told = asked(office, key, "POST", mark=mark[1] if mark else mark_of(mine), number=first, what="accept")
    assert told.status in (200, 403)
    assert first in [row.seq for row in intake.listing(office.settings, clock=office.clock)]
