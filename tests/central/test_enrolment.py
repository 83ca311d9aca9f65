"""One code enrols one laptop, once, and guessing leads nowhere."""

from __future__ import annotations

import base64
import json
import threading

import pytest

from central import admin
from central.codes import code_digest, new_code
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from sync.wire.requests import enrol_message, enrolled_message, to_base64
from sync.wire.version import PROTOCOL
from tests.central.kit import Laptop, Office


def _code(office: Office, name: str = "Ada", *assessments: str) -> str:
    return admin.invite(office.settings, name, assessments, clock=office.clock).code


def test_a_code_is_sixteen_letters_and_numbers_in_four_groups() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(code) - set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")


def test_a_code_may_be_typed_with_spaces_lower_case_and_misread_letters() -> None:
    assert code_digest(b"k", "o1il-ABCD 0000-zzzz") == code_digest(b"k", "0111ABCD0000ZZZZ")
    assert code_digest(b"k", "0111ABCD0000ZZZ0") != code_digest(b"k", "0111ABCD0000ZZZZ")


def test_enrolling_tells_office_person_and_key_and_the_store_signs_for_it(office: Office) -> None:
    ada = Laptop(office)
    request = {
        "protocol": PROTOCOL, "code": _code(office), "device": ada.device, "device_key": ada.key.public.hex(),
        "author": ada.author, "name": "Ada", "initials": "AD", "app": "0.1.0",
    }  # fmt: skip
    proof = to_base64(ada.key.sign(enrol_message(request)))
    reply = office.send("POST", "/v1/enrol", json.dumps({**request, "proof": proof}).encode()).json
    assert (reply["office"], reply["store"], reply["assessments"]) == ("Northmoor office", office.made.store, [])
    message = enrolled_message({**request, "proof": proof}, reply)
    assert office.key.holds(base64.b64decode(reply["proof"]), message)
    assert ada.hello().status == 200


def test_a_code_works_once_and_its_own_laptop_may_ask_again(office: Office) -> None:
    code, ada, eve = _code(office), Laptop(office), Laptop(office)
    first = ada.enrol(code)
    assert ada.enrol(code).json == first.json
    assert eve.enrol(code).code == "central.code_used"
    assert eve.hello().code == "central.device_unknown"


def test_of_many_laptops_with_one_code_at_once_exactly_one_gets_in(office: Office) -> None:
    code = _code(office)
    laptops = [Laptop(office) for _ in range(8)]
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda n=n: statuses.append(n.enrol(code).status)) for n in laptops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [422] * 7


def test_a_code_runs_out_after_a_day(office: Office) -> None:
    code = _code(office)
    office.clock.jump(24 * 3600 + 1)
    assert Laptop(office).enrol(code).code == "central.code_expired"


def test_ten_wrong_codes_close_the_door_for_five_minutes_even_to_a_right_one(office: Office) -> None:
    code, ada = _code(office), Laptop(office)
    assert [ada.enrol(new_code()).code for _ in range(10)] == ["central.code_wrong"] * 10
    closed = ada.enrol(code)
    assert (closed.code, closed.headers["retry-after"]) == ("central.too_many_tries", "300")
    office.clock.jump(301)
    assert ada.enrol(code).status == 200


def test_a_key_must_prove_itself(office: Office) -> None:
    ada, eve = Laptop(office), Laptop(office)
    assert ada.enrol(_code(office), device_key=eve.key.public.hex()).code == "central.proof"
    assert ada.enrol(_code(office), proof="AAAA").code == "central.proof"
    assert ada.enrol(_code(office), device_key="00" * 32).code == "central.proof"


def test_nobody_takes_over_an_enrolled_device_or_another_persons_authorship(office: Office) -> None:
    ada = office.laptop("Ada")
    assert Laptop(office, device=ada.device).enrol(_code(office, "Eve")).code == "central.device_taken"
    assert Laptop(office, author=ada.author).enrol(_code(office, "Eve")).code == "central.device_taken"
    assert Laptop(office, author=ada.author).enrol(_code(office, "Ada")).status == 200


def test_a_second_laptop_of_a_person_is_on_the_same_teams(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note = ada.write(place)
    ada.push()
    second = office.laptop("Ada")
    assert second.user == ada.user
    assert second.pull({place: 0}).revisions == [note]


def test_the_database_holds_no_code_in_clear(office: Office) -> None:
    code = _code(office).replace("-", "").encode()
    with office.running.core.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM invite").all()
    assert rows
    assert all(code not in str(value).encode() for row in rows for value in row)


@pytest.mark.parametrize("change", [{"name": "a\x00b"}, {"initials": ""}, {"app": "x" * 65}, {"name": "\x1b[2J"}])
def test_what_a_database_or_a_terminal_could_not_take_is_refused(office: Office, change: dict[str, str]) -> None:
    assert Laptop(office).enrol(_code(office), **change).code == "central.malformed"


@pytest.mark.parametrize(
    ("name", "assessments", "role", "code"),
    [
        (" ", (), "member", "central.no_name"),
        ("Ada", (), "owner", "central.role"),
        ("Ada", ("0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e",), "member", "central.assessment_unknown"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(
    office: Office, name: str, assessments: tuple[str, ...], role: str, code: str
) -> None:
    with pytest.raises(Mistake) as caught:
        admin.invite(office.settings, name, assessments, role)
    assert caught.value.code == code


def test_a_second_code_puts_an_enrolled_laptop_on_more_teams_and_lets_in_what_waited(office: Office) -> None:
    ada, ben, place = office.laptop("Ada"), office.laptop("Ben"), new_id()
    ben.push(ben.write(place))
    early = ada.write(place)
    assert ada.push(early).outcomes([early]) == ["quarantined(not_member)"]
    code = _code(office, "Ada", place)
    reply = ada.enrol(code)
    assert (reply.status, reply.json["assessments"]) == (200, [place])
    assert ada.pull({place: 0}).ids[0] == ben.held[0].envelope.id
    assert ben.pull({place: 1}).ids == [early.envelope.id]
    assert ada.hello().json["news"][place] == 3
    assert len(ada.pull({place: 0}).sheets) == 1  # the receipt of what was let in


def test_an_answer_asked_for_again_puts_nobody_back_on_a_team(office: Office) -> None:
    ada, ben, place = office.laptop("Ada"), office.laptop("Ben"), new_id()
    ben.push(ben.write(place))
    code = _code(office, "Ada", place)
    assert ada.enrol(code).json["assessments"] == [place]
    admin.remove_member(office.settings, "Ada", place, office.clock)
    again = ada.enrol(code)
    assert (again.status, again.json["assessments"]) == (200, [])


def test_a_revoked_laptop_is_refused_and_the_code_stays_good(office: Office) -> None:
    ada = office.laptop("Ada")
    admin.revoke(office.settings, ada.device, office.clock)
    code = _code(office, "Ada")
    assert ada.enrol(code).code == "central.device_revoked"
    assert ada.hello().json["status"] == "revoked"
    assert Laptop(office, author=ada.author).enrol(code).status == 200


def test_work_of_a_laptop_unknown_at_first_comes_in_with_its_enrolment(office: Office) -> None:
    ben, place = office.laptop("Ben"), new_id()
    ben.push(ben.write(place))
    ada = Laptop(office)
    notes = [ada.write(place) for _ in range(5)]
    assert ben.push(*notes).outcomes(notes) == ["quarantined(device_unknown)"] * 5  # as after a restore
    assert ada.enrol(_code(office, "Ada", place)).status == 200
    assert ada.certificate() == (5, notes[-1].hash, 5)
    assert admin.show(office.settings).waiting == ()
    assert ada.push().outcomes(notes) == ["accepted"] * 5
    assert not ada.hello().json["fork"]
