"""What figures count."""

from __future__ import annotations

from onrecord.record.figures import counted

from .builders import number


def test_people_killed_and_a_toll_count_the_same():
    assert counted(number(9, unit="people")) == counted(number(9)) == ("dead", "")
    assert counted(number(9, unit="child")) == ("dead", "child")
    assert counted(number(9, kind="count", unit="people")) == ("count", "people")
