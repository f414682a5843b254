"""The world of what follows a preposition: "without meeting", "after leaving", "accused of killing"."""

from __future__ import annotations

from abc import ABC
from dataclasses import replace

from onrecord.reading.event_lexicon import words
from onrecord.reading.status_arguments import ABLE, Arguments, chosen
from onrecord.reading.status_reported import carries, definite
from onrecord.reading.status_scope import FOILING, bare_state, failing, kept_from, refused, sought, tried, undone
from onrecord.reading.status_signatures import signatures
from onrecord.reading.status_worlds import (
    CANCELLED,
    EXPECTED,
    MAYBE,
    OPEN,
    PLANNED,
    POSSIBLE,
    PROBABLE,
    REAL,
    SURE,
    UNKNOWN,
    WISHED,
    World,
    under,
)

_SUSPECTED = frozenset(
    [
        *("arrest", "detain", "indict", "investigate", "prosecute", "try", "seek", "want", "sue", "probe"),
        *("trial", "investigation", "indictment", "warrant"),
    ]
)
_COMING = frozenset({"visit", "travel", "come", "go", "fly", "arrive", "return", "head", "gather", "leave", "tour"})
_MEETINGS = frozenset({"talk", "meeting", "summit", "consultation", "negotiation", "conversation", "discussion"})
_ANSWERS = frozenset({"response", "reaction", "answer", "reply"})
_NOUN_EFFECTS = words()["status_contexts.noun_effects"]


class Phrases(Arguments, ABC):
    """Nouns and gerunds after prepositions, and what attempts and requests were for."""

    def _under_preposition(self, i: int, head: int, depth: int) -> World:
        """A gerund or noun after a preposition: "without meeting", "after leaving", "accused of killing"."""
        tree = self.tree
        preposition, governor = tree.lower[head], tree.head[head]
        mark = tree.child(i, "mark")
        if tree.tag[i] == "VBD" and tree.child(i, "nsubj", "nsubjpass") is not None and mark is None:
            above = self.world(governor, depth + 1) if governor != head else World()
            return World(said=above.said)  # "a plan for what he called a new start"
        if preposition == "whether" or (mark is not None and tree.lower[mark] in ("whether", "if")):
            return World(UNKNOWN, True, OPEN, True, "unknown")
        if tree.pos[head] not in ("ADP", "SCONJ", "PART", "VERB"):
            return self.world(head, depth + 1)
        if tree.pos[governor] == "ADP" and governor != head:
            preposition, governor = f"{tree.lower[governor]} {preposition}", tree.head[governor]
        causal = tree.lemma[governor] in _ANSWERS or tree.lower[governor] == "due"
        if preposition == "to" and causal and tree.pos[i] in ("NOUN", "PROPN"):
            return World(said=self.world(governor, depth + 1).said)  # "in response to growing protests", "due to rain"
        leading = tree.child(head, "advmod")
        if preposition == "of" and leading is not None and tree.lower[leading] == "instead":
            preposition = "instead of"
        if preposition in ("instead", "rather"):
            preposition = {"instead": "instead of", "rather": "rather than"}[preposition]
        elif tree.lower[governor] in ("instead", "rather"):
            preposition = f"{tree.lower[governor]} {preposition}"
        if (
            preposition == "of"
            and tree.dep[governor] == "dobj"
            and tree.lemma[tree.head[governor]] in ("accuse", "suspect")
        ):
            governor = tree.head[governor]  # "accused rebels of attacking", hung on the rebels
        above = self.world(governor, depth + 1) if governor != head else World()
        if preposition == "of" and self._part_of_plan(i, governor):
            return World(said=above.said)
        if preposition == "with" and tree.child(i, "nsubj", "nsubjpass") is not None:
            return World(said=above.said)
        kind = {"at": "occasions", "on": "journeys"}.get(preposition)
        there = kind is not None and tree.pos[governor] == "VERB" and tree.lemma[i] in self.words[kind]
        if there and (coming := self._to_come(i, governor, above)) is not None:
            return coming  # "will speak at the rally", "will leave on a visit"
        if preposition == "for" and (came := self._not_come_for(i, governor, depth)) is not None:
            return came
        if preposition == "without" and (leaves := self._despite_that(i, governor, depth)) is not None:
            return leaves
        if preposition == "without":
            return World(above.mode if above.settled else REAL, False, SURE, above.said, "no")
        if preposition in ("instead of", "rather than"):
            return World(REAL, False, SURE, above.said, "no")
        case = preposition == "of" and tree.lemma[governor] in ("event", "case")
        if preposition in ("in case of", "in event of") or (case and tree.lower[tree.head[governor]] == "in"):
            return World(POSSIBLE, True, MAYBE, above.said, "if")
        if bare_state(tree, i) and above.settled and not above.positive:
            return above  # "was not under attack"
        if preposition == "to" and sought(tree, governor):
            return above  # "a reward for information leading to the arrest"
        part = {"VERB": "v", "AUX": "v", "ADJ": "a", "NOUN": "n", "PROPN": "n"}.get(tree.pos[governor])
        if part == "n" and preposition == "of" and (done := self._of_attempt(governor, depth)) is not None:
            return done
        found = signatures(part).get(f"{tree.lemma[governor]} {preposition}") if part else None
        verb = tree.head[governor]
        near = signatures("v").get(f"{tree.lemma[verb]} {tree.lower[governor]} {preposition}")
        if near is not None:  # "came close to signing"
            above = self.world(verb, depth + 1)
            return under(above, chosen(near, above))
        if tree.pos[i] in ("VERB", "AUX") and i < governor and part == "v":
            found = None  # "On seeing the smoke, they abandoned it": when, not what
        elif found is None and part and self._governs(preposition, governor, i):
            found = signatures(part).get(tree.lemma[governor])
            if found is None and part == "v":
                found = signatures("a").get(tree.lower[governor])
        if tree.lemma[governor] in ("accuse", "suspect", "convict", "charge") and preposition in ("of", "with"):
            return World(REAL, True, PROBABLE if tree.lemma[governor] != "convict" else SURE, True, "belief")
        if preposition == "from" and tree.tag[i] == "VBG" and tree.lower[governor] == "far":
            return World(REAL, False, SURE, above.said, "no")  # "far from attacking it, they left"
        if preposition == "for" and tree.tag[i] == "VBG" and tree.lemma[governor] in _SUSPECTED:
            return World(REAL, True, PROBABLE, True, "belief")  # "arrested for robbing a bank"
        if preposition == "of" and above.how == "no" and above.settled and carries(tree, governor):
            return World(REAL, False, PROBABLE, True, "no")  # "there were no reports of injuries"
        if found is not None:
            effect = chosen(found, above)
            if preposition in ("over", "about") and tree.lemma[governor] == "concern" and self._owned(i):
                return World(said=above.said)  # "concern over the ship's rudder": there is one
            if effect == "disbelief" and part == "n" and tree.pos[i] == "NOUN" and definite(tree, i):
                return World(said=above.said)  # "there is no view of the blast"
            if effect == "ask" and tree.lemma[i] in self.words["had_by_filing"]:
                return above  # who files for bankruptcy is bankrupt, who files for asylum has none yet
            if part != "v" or tree.pos[i] in ("VERB", "AUX") or effect in _NOUN_EFFECTS:
                return under(above, effect)
            return self._loose_noun(i, above)
        if preposition == "for" and tree.pos[i] == "VERB" and tree.pos[governor] == "VERB":
            return World(said=above.said)
        if preposition in ("after", "since", "following", "despite", "during", "because of", "due to", "amid"):
            return World(said=above.said)
        if preposition in ("before", "ahead of", "until", "pending", "prior to") and tree.pos[i] in ("NOUN", "PROPN"):
            return World(said=above.said) if tree.pos[i] == "VERB" else self._ahead_noun(i, above)
        if tree.pos[i] in ("VERB", "AUX"):
            return World(above.mode, above.positive or above.settled, above.sure, above.said, above.how)
        return self._loose_noun(i, above)

    def _owned(self, i: int) -> bool:
        return any(self.tree.dep[k] == "poss" for k in self.tree.kids[i])

    def _despite_that(self, i: int, governor: int, depth: int) -> World | None:
        """ "cannot speak without insulting them" insults; "without new rules, it risks a strike" sets a condition."""
        tree = self.tree
        if tree.lower[tree.head[i] - 1] in (",", "even"):
            return None
        if tree.dep[governor] == "dobj" and tree.pos[i] == "VERB":
            governor = tree.head[governor]  # "answer a question | without insulting", hung on the question
        above = self.world(governor, depth + 1)
        if not above.positive and above.how != "denial":
            return World(REAL, True, PROBABLE, above.said)
        open_ = above.mode in (POSSIBLE, WISHED, UNKNOWN) or (i < governor and tree.tag[governor] in ("VBZ", "VBP"))
        return World(POSSIBLE, False, MAYBE, above.said, "if") if open_ and tree.pos[i] == "VERB" else None

    def _part_of_plan(self, i: int, governor: int) -> bool:
        """ "will cut jobs as part of a plan": what is to be done is a part of a plan that is there."""
        tree = self.tree
        plan = signatures("n").get(tree.lemma[i])
        part = tree.lower[governor] == "part" and tree.lower[tree.head[governor]] == "as"
        return part and plan is not None and plan.affirmed == "plan"

    def _not_come_for(self, i: int, governor: int, depth: int) -> World | None:
        """ "did not come for talks": there were none."""
        tree = self.tree
        verb = next((k for k in (governor, *tree.ancestors(governor)) if tree.pos[k] == "VERB"), None)
        if verb is None or tree.lemma[verb] not in _COMING or tree.lemma[i] not in _MEETINGS or definite(tree, i):
            return None
        world = self.world(verb, depth + 1)
        return replace(world, sure=min(world.sure, PROBABLE)) if not world.positive else None

    def _governs(self, preposition: str, governor: int, i: int) -> bool:
        """Is the phrase the governor's complement, not an adjunct of time or place?"""
        if self.tree.lemma[governor] in ABLE:
            return preposition in ("of", "for", "to")
        if self.tree.pos[governor] in ("NOUN", "PROPN"):
            return preposition in ("of", "for", "to", "on", "about", "over", "that", "at", "in")
        if self.tree.pos[i] in ("VERB", "AUX"):
            return preposition in (
                "of",
                "for",
                "to",
                "on",
                "about",
                "in",
                "from",
                "at",
                "against",
                "with",
                "over",
                "into",
            )
        return preposition in ("of", "for", "to", "on", "about", "against", "from", "with")

    def _ahead_noun(self, i: int, above: World) -> World:
        if above.mode in (PLANNED, EXPECTED):
            return World(above.mode, True, above.sure, above.said, above.how)
        return (
            World(EXPECTED, True, PROBABLE, above.said, "expect")
            if self._present_sentence(i)
            else World(said=above.said)
        )

    def _present_sentence(self, i: int) -> bool:
        for j in self.tree.ancestors(i):
            if self.tree.tag[j] in ("VBZ", "VBP"):
                return True
            if self.tree.tag[j] == "VBD":
                return False
        return False

    def _of_attempt(self, noun: int, depth: int) -> World | None:
        """ "foiled an attempt to storm it": it was not stormed. "never missed a chance to say so": it was said."""
        tree, verb = self.tree, self.tree.head[noun]
        if tried(tree, noun) and kept_from(tree, noun, FOILING):
            return under(self.world(verb, depth + 1), "no")
        if tree.lemma[noun] in ("chance", "opportunity") and tree.lemma[verb] in ("miss", "waste", "squander"):
            above = self.world(verb, depth + 1)
            return under(above, "no") if above.positive else World(said=above.said)
        if refused(tree, noun):
            above = self.world(verb, depth + 1)
            return under(above, "refused") if above.positive else None
        if undone(tree, noun):
            above = self.world(verb, depth + 1)
            return World(CANCELLED, False, SURE, above.said, "off") if above.settled and above.positive else None
        if failing(tree, noun):
            above = self.outer(tree.head[verb] if tree.dep[noun] == "pobj" else verb, depth + 1)
            return under(above, "unlikely") if above.settled and above.positive else None
        return None
