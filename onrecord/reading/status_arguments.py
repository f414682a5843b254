"""The world of an event noun that is an argument: what its verb, its copula or its phrase makes of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from onrecord.reading.event_lexicon import words
from onrecord.reading.participants import passive
from onrecord.reading.status_marks import Marks
from onrecord.reading.status_reported import (
    carries,
    definite,
    in_the_making,
    like_it,
    of_nothing,
    past_of_its_own,
    presupposed,
)
from onrecord.reading.status_scope import FOILING, filed_for, kept_from, placed, tried, unpublished
from onrecord.reading.status_signatures import Signature, signatures
from onrecord.reading.status_worlds import (
    CANCELLED,
    MAYBE,
    ONGOING,
    PLANNED,
    POSSIBLE,
    PROBABLE,
    REAL,
    SURE,
    WISHED,
    World,
    under,
)

_SPEECH_ACTS = words()["status_contexts.speech_acts"]
_AVERTING = frozenset({"prevent", "avert", "thwart", "foil", "deter"})
_LEAVING = frozenset({"escape", "flee", "miss", "skip", "evade", "dodge", "shun"})
_WILL = frozenset({"will", "'ll", "wo", "shall"})
ABLE = frozenset({"ability", "capacity", "means", "power"})  # "production capacity": what is able is there
_COPULAS = frozenset({"become", "remain", "look", "seem", "appear"})
_DEALING = words()["status_contexts.dealing"]
# Of what there is; "it is better to wait" wishes.
_VALUED = frozenset({"better", "best", "free", "hard", "difficult", "easy", "tough", "dangerous", "safe"})


class Arguments(Marks, ABC):
    """Event nouns as subjects, objects and parts of phrases; predicates are left to `Contexts`."""

    @abstractmethod
    def world(self, i: int, depth: int = 0) -> World:
        """The world of the proposition a token heads."""

    @abstractmethod
    def outer(self, i: int, depth: int) -> World:
        """The world that a token's governor puts it in."""

    @abstractmethod
    def _under_preposition(self, i: int, head: int, depth: int) -> World: ...

    @abstractmethod
    def _fitted(self, i: int, head: int, effect: str, infinitive: bool, clause: bool) -> str: ...

    def _argument(self, i: int, head: int, dep: str, depth: int) -> World:
        """An event noun as subject, object or in a phrase."""
        tree = self.tree
        if of_nothing(tree, i) or like_it(tree, i):
            return World()
        if dep in ("pobj", "pcomp"):
            return self._under_preposition(i, head, depth)
        filed = filed_for(tree, head) if dep == "compound" and tree.lemma[i] in self.words["had_by_filing"] else None
        if filed is not None:
            return self.world(filed, depth + 1)
        if dep in ("compound", "nmod", "poss", "amod"):
            return self._in_phrase(head, dep, depth)
        if dep in ("dobj", "nsubjpass", "nsubj", "oprd", "dative", "csubj") and tree.pos[head] in ("VERB", "AUX"):
            return self._of_verb(i, head, dep, depth)
        if dep == "appos":
            return self.outer(head, depth + 1)
        return World()

    def _of_verb(self, i: int, head: int, dep: str, depth: int) -> World:
        tree = self.tree
        above = self.world(head, depth + 1)
        lemma = tree.lemma[head]
        patient = dep in ("dobj", "nsubjpass", "oprd", "dative") or (dep == "nsubj" and lemma == "be")
        patient = patient or (dep == "nsubj" and self._elliptic(head))
        if lemma == "be" or (lemma in _COPULAS and self._weighed(head)):
            return self._of_copula(i, head, above)
        raised = self._raised(head)
        if lemma == "have" and raised is not None and dep == "nsubj":  # "the war has to be ended" as "must be ended"
            return self._of_verb(i, raised, "nsubjpass" if passive(tree, raised) else "nsubj", depth + 1)
        object_ = tree.child(head, "dobj")
        whole = f"{lemma} {tree.lower[object_]}" if object_ is not None else lemma
        particle = tree.child(head, "prt")
        apart = f"{lemma} {tree.lower[particle]}" if particle is not None else lemma
        if not patient and above.how == "would" and not above.settled and self._only_if(i, lemma, whole, apart):
            return World(POSSIBLE, True, MAYBE, above.said, "would")  # "the deal would create jobs": if it is made
        if lemma == "end" and not patient and (above.mode == WISHED or above.how == "should"):
            return World(ONGOING, said=above.said)  # "the strike must end"
        if not patient and lemma == "fall" and above.settled and self._through(head):
            return World(CANCELLED, False, SURE, above.said, "off") if above.positive else World(said=above.said)
        if {lemma, whole, apart} & words()["occur_verbs"] and not patient:
            return (
                replace(above, mode=REAL, positive=True, sure=SURE)
                if lemma in ("end", "follow") and above.settled
                else above
            )
        if not patient:
            if raised is None and above.settled and not above.positive and self._some(i):
                return replace(above, sure=min(above.sure, PROBABLE))  # "a fire did not reach the mill": none is known
            if raised is not None:
                return (
                    self.world(raised, depth + 1)
                    if tree.lemma[raised] in words()["occur_verbs"] | words()["light_verbs"] | {"be"}
                    or passive(tree, raised)
                    else self._loose_noun(i, above)
                )
            return self._loose_noun(i, above)
        if raised is not None and dep == "nsubjpass":
            return self.world(raised, depth + 1)
        attended = lemma in self.words["attended"] and tree.lemma[i] in self.words["occasions"]
        if attended and (coming := self._to_come(i, head, above)) is not None:
            return coming  # "will attend the funeral", "will not broadcast the match"
        if lemma in _DEALING:
            return World(said=above.said)  # "attempted to address reports of leaks": there are reports
        if lemma == "afford" and above.settled and not above.positive:
            return World(POSSIBLE, True, MAYBE, above.said, "may", ahead=True)  # "cannot afford another strike"
        if self._there_anyway(i, head, lemma, above):
            return World(said=above.said)
        found = signatures("v").get(lemma)
        for k in tree.children(head, "prt"):
            found = signatures("v").get(f"{lemma} {tree.lower[k]}") or found
        brought_about = dep == "nsubjpass" and bool({lemma, apart} & self.words["brought_about"])
        if brought_about and tree.lemma[i] not in signatures("n") and not (above.settled and above.positive):
            return above  # "the merger will be completed", "the vote was not held"; a plan is there before
        if tree.tag[head] == "VBN" and dep == "nsubjpass":
            found = signatures("a").get(tree.lower[head]) or found
        if found is not None:
            effect = self._fitted(i, head, chosen(found, above), False, False)
            if (effect == "unlikely" and presupposed(tree, i, head)) or (effect == "noplan" and definite(tree, i)):
                return World(said=above.said)
            if lemma in _AVERTING and above.settled and not above.positive and definite(tree, i):
                return World(said=above.said)  # "the rain did not prevent the ceremony"
            if effect == "norm" and definite(tree, i) and tree.lemma[i] in self.words["occasions"]:
                effect = "no"  # one march that is banned, not marches
            if effect == "denial" and tree.lemma[i] in _SPEECH_ACTS:
                effect = "fact"  # an offer that is rejected was made
            if effect in ("fact", "same"):
                return self._loose_noun(i, above)
            if effect == "said":
                return self._announced(i, head, above)
            if effect == "stopped" and definite(tree, i):
                return World(said=above.said)  # "wants to stop the war"
            if effect == "stopped" and not above.settled and self._some(i):
                return under(above, "same")  # "wants to stop an attack": to keep it from being made
            if effect == "ongoing":  # also of what is not stopped: "the flood did not halt the festival"
                halted = found.affirmed == "stopped" and not above.settled
                return World(said=above.said) if halted and definite(tree, i) else replace(above, positive=True)
            return under(above, effect)
        return self._loose_noun(i, above)

    def _through(self, verb: int) -> bool:
        """ "the sale fell through", nothing after it."""
        below = self.tree.children(verb, "prt", "advmod", "prep")
        return any(self.tree.lower[k] == "through" and not self.tree.kids[k] for k in below)

    def _weighed(self, verb: int) -> bool:
        """ "looks likely", "became certain": how sure it is, not what it is like."""
        adjective = self.tree.child(verb, "acomp", "oprd")
        found = signatures("a").get(self.tree.lower[adjective]) if adjective is not None else None
        return found is not None and found.affirmed in ("expect", "unlikely", "maybe")

    def _there_anyway(self, i: int, head: int, lemma: str, above: World) -> bool:
        """Attempts that were foiled, dangers fled from, things not made public: there were such, whatever the verb."""
        tree = self.tree
        if lemma in FOILING and tried(tree, i):
            return above.settled
        if lemma in _LEAVING and above.settled and definite(tree, i):
            return True
        if lemma == "fight" and above.settled and tree.lemma[i] in self.words["fought"]:
            return True  # "fought cancer"; who fights extradition has not been extradited
        return above.settled and not above.positive and unpublished(tree, i, head)

    def _to_come(self, i: int, verb: int, above: World) -> World | None:
        """An occasion of what has not been done yet has itself not been, whether one will be there or not."""
        if past_of_its_own(self.tree, i) or self._perfect(verb):
            return None
        willed = any(self.tree.lower[k] in _WILL for k in self.tree.children(verb, "aux"))
        return World(PLANNED, True, SURE, above.said, "plan") if willed or not above.settled else None

    def _some(self, i: int) -> bool:
        """ "a fire", "any fire": one that its clause alone tells of."""
        return any(self.tree.lower[k] in ("a", "an", "any", "no") for k in self.tree.children(i, "det"))

    def _announced(self, i: int, head: int, above: World) -> World:
        """ "announced cuts" tells what is to come, "announced the death of", "reported a loss" what has."""
        tree = self.tree
        coming = tree.lemma[head] in ("announce", "unveil", "outline") and tree.lemma[i] not in (
            "death",
            "resignation",
            "loss",
            "profit",
        )
        plan = signatures("n").get(tree.lemma[i])  # a plan that is announced is there
        if coming and plan is None and not definite(tree, i) and above.settled and above.positive:
            return World(PLANNED, True, SURE, True, "plan")
        return World(said=True) if above.settled else self._loose_noun(i, above)

    def _raised(self, head: int) -> int | None:
        """ "is expected to take place": the verb below, of which the subject is truly an argument."""
        below = self.tree.child(head, "xcomp")
        return below if below is not None and self._has_to(below) else None

    def _of_copula(self, i: int, head: int, above: World) -> World:
        tree = self.tree
        adjective = tree.child(head, "acomp", "attr") if tree.lemma[head] == "be" else tree.child(head, "acomp", "oprd")
        if adjective is None and above.settled and above.positive and in_the_making(self.tree, head):
            return World(PLANNED, True, SURE, above.said, "plan")
        below = self._raised(head)
        if below is not None and tree.lemma[below] in self.words["brought_about"] | words()["occur_verbs"]:
            return self.world(below)  # "the hearing is to be held in May"
        if adjective is None and not above.positive and above.settled and placed(tree, head) and definite(tree, i):
            return World(said=above.said)  # "her statement was not in line with it"
        if adjective is None or adjective == i:
            return above
        found = signatures("a").get(self.tree.lower[adjective])
        cause = any(self.tree.lower[k] == "to" for k in self.tree.children(adjective, "pcomp", "prep"))
        if found is not None and found.affirmed == "no" and carries(tree, i):  # "the claim that he left is untrue"
            return World(REAL, False, SURE, True, "denial") if above.positive else World(said=above.said)
        if found is None and not above.settled and self._conditional(head):
            return World(POSSIBLE, True, MAYBE, above.said, above.how)  # "the collapse would be a setback"
        if found is None or cause:
            return self._loose_noun(i, above)  # "was due to a leak", not "is due to begin"
        below = self.tree.child(adjective, "xcomp")
        if below is None and self.tree.lower[adjective] in _VALUED:
            return self._loose_noun(i, above)
        made = self.world(below) if below is not None else under(above, chosen(found, above))
        if below is not None and not made.positive and definite(tree, i):
            return World(said=above.said)  # "the talks were not close to failing": there were talks
        return made

    def _only_if(self, i: int, *verb: str) -> bool:
        """Whether its verb tells what it would bring, not that it would take place."""
        lemma = verb[0]
        occurs = bool({*verb} & words()["occur_verbs"]) and not (lemma == "end" and verb[1] != lemma)
        past = any(self.tree.lower[k] in self.words["past_adjectives"] for k in self.tree.children(i, "amod"))
        return not occurs and not past

    def _conditional(self, verb: int) -> bool:
        return any(self.tree.lower[k] in ("would", "could", "might", "'d") for k in self.tree.children(verb, "aux"))

    def _loose_noun(self, i: int, above: World) -> World:
        """A noun whose verb says nothing of it: what is definite is taken for granted, the rest shares its world."""
        tree = self.tree
        if above.how == "part" and tree.dep[i] not in ("nsubj", "nsubjpass") and not definite(tree, i):
            return above  # "does not always lead to strikes"
        if definite(tree, i) or (above.settled and above.positive):
            return World(said=above.said)
        if above.settled:
            taken = tree.dep[i] in ("dobj", "nsubjpass")
            return World(REAL, not taken, min(above.sure, PROBABLE) if taken else SURE, above.said, above.how)
        return World(above.mode, True, above.sure, above.said, above.how)

    def _in_phrase(self, head: int, dep: str, depth: int) -> World:
        tree = self.tree
        found = signatures("n").get(tree.lemma[head]) if dep == "compound" and tree.lemma[head] not in ABLE else None
        above = self.world(head, depth + 1)
        if found is not None and tried(tree, head) and kept_from(tree, head, FOILING):
            return under(self.world(tree.head[head], depth + 1), "no")  # "foiled a hijack attempt"
        if found is not None:
            return under(above, chosen(found, above))
        return World(above.mode, above.positive or above.settled, above.sure, above.said, above.how)


def chosen(found: Signature | None, above: World) -> str:
    if found is None:
        return "same"
    return found.affirmed if above.positive else found.negated
