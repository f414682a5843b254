"""Outlets known by the record: whose reports stand in it."""

from __future__ import annotations

from onrecord.model import Authority, SourceKind
from onrecord.record.outlets import known_outlets
from onrecord.record.standing import history

from .builders import testimony as say


def test_an_outlet_of_the_event_is_no_office_and_no_second_origin():
    own = say("own:Farline", day=1, outlet="Farline", text="A mill burned down in Halden on Monday.")
    cited = say("office:Farline!", day=2, outlet="Lantern", text="Fire took the mill of Halden, Farline reported.")
    first, second = known_outlets([own, cited])
    assert first == own
    assert second.origin.key == own.origin.key
    assert second.claim.holder.kind is SourceKind.OUTLET
    assert second.claim.authority is Authority.OTHER
    assert [s.standing.value for s in history([first, second])] == ["reported"]


def test_an_office_of_another_name_stays_one():
    own = say("own:Farline", day=1, outlet="Farline")
    office = say("office:the Ministry of Ports!", day=2, outlet="Lantern")
    assert known_outlets([own, office]) == [own, office]
