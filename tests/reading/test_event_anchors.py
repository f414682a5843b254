"""Which nouns tell an event: by lists, by the name of an occasion, and by the encoder where no list knows them."""

from __future__ import annotations

import pytest
from event_pages import page_of

from onrecord.reading.event_anchors import HINT, find_anchors
from onrecord.reading.event_tree import tree_of


@pytest.mark.parametrize(
    ("sentence", "anchor", "kind"),
    [
        ("The Tarn Film Awards drew few guests.", "Awards", "hint"),
        ("She came ninth at the Tarn Grand Prix.", "Prix", "hint"),
        ("A man was shot at a party in Tarn.", "party", "hint"),
        ("They had attended a party in Tarn.", "party", "hint"),
        ("The party won nine seats in Tarn.", "party", None),
        ("The leader of the party resigned.", "party", None),
        ("The storm cannot help but hurt the harvest.", "help", None),
        ("The army could not help the wounded.", "help", "verb"),
        ("Piracy off the coast is rising.", "Piracy", "noun"),
        ("A climber died after a fall on Mount Velm.", "fall", "noun"),
        ("One dead, two hurt in office shooting in Tarn", "dead", "adjective"),
        ("A gunman opened fire at a mill in Tarn.", "fire", None),
        ("The minister came under fire in Tarn.", "fire", None),
        ("A fire broke out at a mill in Tarn.", "fire", "noun"),
    ],
)
def test_occasions_are_events(sentence: str, anchor: str, kind: str | None) -> None:
    tree = tree_of(page_of(sentence))
    assert {tree.word[a.token]: a.kind for a in find_anchors(tree)}.get(anchor) == kind


@pytest.mark.parametrize(
    ("sentence", "anchor", "kind"),
    [
        ("Rebels fled from the war-torn province.", "war", "attribute"),
        ("The keepers shot a tiger in a life-threatening situation.", "threatening", "attribute"),
        ("A Velmar-led mission left the port.", "led", "attribute"),
        ("The coalition launched a campaign called The Long Road.", "called", "attribute"),
        ("A tiger named Borel was shot by keepers.", "named", "attribute"),
        ("A man (pictured) was arrested on Friday.", "pictured", "attribute"),
        ("The plane burned in a wooded valley.", "wooded", "attribute"),
        ("The minister will see the envoy on Monday.", "see", "verb"),
        ("The tower can be seen from Tarn.", "seen", "attribute"),
        ("Pictures show tankers off Tarn.", "show", "attribute"),
        ("The kidnapped clerk returned.", "kidnapped", "verb"),
        ("Una Lisk, who was named mayor in May, resigned.", "named", "verb"),
        ("The doctors called to the mine found nobody.", "called", "verb"),
        ("The war - fought for years - was over.", "war", "noun"),
        ("The mayor was re-elected on Sunday.", "elected", "verb"),
    ],
)
def test_an_attribute_is_no_event_of_which_anybody_tells(sentence: str, anchor: str, kind: str) -> None:
    page = page_of(sentence)
    tree = tree_of(page)
    assert {tree.word[a.token]: a.kind for a in find_anchors(tree)}.get(anchor) == kind
    held = {c.event for c in page.claims}
    assert all((e.id in held) is (kind != "attribute") for e in page.events if e.anchor.text == anchor)


def test_the_encoder_finds_nouns_that_no_list_knows_and_no_others() -> None:
    tree = tree_of(page_of("The sandbagging in Peru was over on Monday, said Anna Moor."))
    sure = [1.0] * len(tree)
    hints = {tree.word[a.token] for a in find_anchors(tree, sure) if a.kind == "hint"}
    assert hints == {"sandbagging"}  # nor a place, a day or a person, however sure
    assert not [a for a in find_anchors(tree, [HINT - 0.01] * len(tree)) if a.kind == "hint"]


def test_what_only_the_encoder_finds_holds_no_claim_and_has_no_type() -> None:
    page = page_of("Traffic stood still after a party in Tarn.")
    (party,) = [e for e in page.events if e.anchor.text == "party"]
    assert party.type is None
    assert party.id not in {c.event for c in page.claims}


def test_a_label_before_a_colon_tells_no_event() -> None:
    tree = tree_of(page_of("COMPETITION: The firm builds boats."))
    assert "COMPETITION" not in {tree.word[a.token] for a in find_anchors(tree, [1.0] * len(tree))}
