# ruff: noqa: E501 – one case a line
"""Which claims can be of one thing, and which bear each other out: invented sentences of invented outlets."""

from __future__ import annotations

import pytest

from onrecord.model import Participant, Standing
from onrecord.record.comparable import bears_out, tells_of_itself
from onrecord.record.standing import standing

from .builders import testimony as say


def people(text: str, *names: str) -> tuple[Participant, ...]:
    return tuple(Participant(text.find(n), text.find(n) + len(n), n) for n in names)


def told(text: str, anchor: str, *actors: str, kind: str | None = None, outlet: str = "Mere Post", **more):
    return say(
        more.pop("who", "own:"), text=text, anchor=anchor, lemma=more.pop("lemma", anchor.casefold().removesuffix("s")), type=kind, outlet=outlet,
        actors=people(text, *actors), **more,
    )  # fmt: skip


# kind | one | anchor, who | two | anchor, who | do they bear each other out
ROWS = [
    # a word of no kind: one says whose it is, the other speaks of that
    (None, "The council passed a resolution on the new dyke of Sarn.", "resolution", (), "A resolution of the miners of Tolk was read out.", "resolution", (), False),
    (None, "You can listen to music while the battery of the Lumo charges overnight.", "listen", (), "Owners who listen to music on long journeys find the Lumo heavy.", "listen", (), False),
    (None, "Two divers jumped off the burning barge near Sarn.", "jumped", ("Two divers",), "The divers jumped into the sea when the barge burned.", "jumped", ("The divers",), True),
    (None, "The barge caught fire off the beach at Sarn.", "caught", ("The barge",), "A few minutes later the barge caught fire.", "caught", ("the barge",), True),
    (None, "Ana Tolm called the vote a farce.", "called", ("Ana Tolm",), "The mayor called the bridge a gift to the town.", "called", ("The mayor",), False),
    (None, "The imports of Sarn rose again in spring.", "imports", ("Sarn",), "The council of Sarn taxed all imports of salt.", "imports", ("Sarn",), False),
    # what recurs needs as much
    ("ACCUSE", "The allegations against the mill owners were repeated.", "allegations", (), "Allegations about the harbour fees were rejected on Friday.", "Allegations", (), False),
    ("ACCUSE", "Ana Tolm accused the mill owners of fraud.", "accused", ("Ana Tolm",), "Fraud is what the mill owners were accused of on Friday, when Ana Tolm spoke in Sarn.", "accused", ("Ana Tolm",), True),
    ("DEAL", "The deals were good for the province.", "deals", (), "The island deals in salt and timber.", "deals", ("The island",), False),
    # a kind that does not: words, or what ties them
    ("DEATH", "He wrote of the night on which his brother had died.", "died", (), "The keeper announced that the tiger had died.", "died", (), False),
    ("DEATH", "The old tiger of the zoo at Sarn died on Monday.", "died", (), "The tiger died in its cage, the zoo wrote.", "died", (), True),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{r[1][:30]} / {r[4][:30]}" for r in ROWS])
def test_what_bears_out_what(row):
    kind, one, anchor, actors, two, other, others, expected = row
    left = told(one, anchor, *actors, kind=kind)
    right = told(two, other, *others, kind=kind, outlet="Fell Times", number=2, day=2)
    assert bears_out(left, right) is bears_out(right, left) is expected
    assert standing([left, right]) is (Standing.CORROBORATED if expected else Standing.REPORTED)


def test_an_outlet_that_rests_on_a_source_speaks_for_it():
    """The words that tie two origins may be those in which an outlet tells what it has from its source."""
    source = told("It stays at nine, Ana Tolm said.", "stays", who="named:Ana Tolm", number=1)
    around = told("The water of the Sarn stays at nine feet.", "stays", "The water", number=1)
    other = told(
        "The water stays at nine feet in the Sarn, the wardens wrote.",
        "stays",
        "The water",
        outlet="Fell Times",
        number=2,
    )
    assert standing([source, around, other]) is Standing.CORROBORATED
    assert standing([source, other]) is Standing.REPORTED


# what a person tells of himself
HIS = ("Ana Tolm said she saw the boat twice.", "saw", "she")


def own(says: str = "happened", stance: str = "asserts", kind: str | None = None, who: str = "named:Ana Tolm*"):
    text, anchor, actor = HIS
    actors = (Participant(text.find(actor), text.find(actor) + len(actor), actor, entity="p1"),)
    return say(who, says, text=text, anchor=anchor, type=kind, actors=actors, stance=stance, entity="p1")


def test_what_a_person_tells_of_himself_confirms_only_a_kind_of_event():
    assert tells_of_itself(own())
    assert standing([own()]) is Standing.REPORTED
    assert standing([own("did_not_happen")]) is Standing.REPORTED


@pytest.mark.parametrize(
    "claim",
    [
        own(kind="APPOINTMENT"),
        own(stance="confirms"),
        own("planned"),
        own(who="office:the Ministry of Ports*"),
    ],
    ids=["a kind", "confirms", "a plan", "an office"],
)
def test_a_party_confirms_all_else(claim):
    assert not tells_of_itself(claim)
    assert standing([claim]) is Standing.CONFIRMED
