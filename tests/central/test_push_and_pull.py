"""What is handed in comes out for the team, byte for byte, and only for the team."""

from __future__ import annotations

from fieldkit.kernel.ids import new_id
from tests.central.kit import Office


def test_a_pushed_note_reaches_the_team_mate_byte_for_byte(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note = ada.write(place, "The rota was short")
    assert ada.push().outcomes([note]) == ["accepted"]
    ben = office.laptop("Ben", place)
    pulled = ben.pull({place: 0})
    assert pulled.revisions == [note]
    assert pulled.pages[-1].devices[0].public == ada.key.public.hex()
