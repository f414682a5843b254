"""From the dependency tree to the world of each predicate: negation, modals, conditionals, questions, signatures, tense."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree
from onrecord.reading.participants import passive
from onrecord.reading.status_signatures import Signature, signatures, status_words
from onrecord.reading.status_worlds import (
    CANCELLED,
    EXPECTED,
    MAYBE,
    ONGOING,
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

_DEEP = 40
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
_RESULT_INFINITIVES = frozenset("become|find|reach|win|lose|discover|learn|see|be|die|return|join|score".split("|"))
_FACT_PREPS = frozenset(
    "after|following|since|during|amid|despite|over|because|due|by|from|upon|in|at|on|with|through|as".split("|")
)
_FACT_NOUNS_TO = frozenset("first|last|second|third|only|latest|one|next|man|woman|people|person|company".split("|"))
_NOT_OF_CLAUSES = frozenset({"off", "delayed", "no", "stopped", "try", "purpose", "ongoing", "allow", "noplan"})
_NOUN_EFFECTS = frozenset({"plan", "wish", "ask", "expect", "maybe", "try", "fear", "noplan", "nowish", "unlikely", "unknown"})
_TIMES_AHEAD = frozenset({"tomorrow", "tonight", "soon", "shortly"})


class Contexts:
    """The worlds of one page's tokens, each found once. ``ahead`` are tokens of times that lie after the report."""

    def __init__(self, tree: Tree, questions: frozenset[int], ahead: frozenset[int], light: dict[int, int]) -> None:
        self.tree = tree
        self.questions = questions
        self.ahead = ahead
        self.light = light  # event noun -> its light verb
        self.known: dict[int, World] = {}
        self.words = status_words()

    def world(self, i: int, depth: int = 0) -> World:
        """The world of the proposition a token heads."""
        found = self.known.get(i)
        if found is None:
            if depth > _DEEP:
                return World()
            self.known[i] = World()  # a guard against cycles through light verbs
            found = self.known[i] = self._find(i, depth)
        return found

    def _find(self, i: int, depth: int) -> World:
        if i in self.light:
            return self._noun_marks(i, self.world(self.light[i], depth + 1))
        outer = self.outer(i, depth)
        if self.tree.pos[i] in ("VERB", "AUX"):
            return self._verb_marks(i, outer)
        if self.tree.pos[i] == "ADJ":
            return self._predicate_marks(i, outer)
        return self._noun_marks(i, outer)

    # --- what stands above ----------------------------------------------------------------------------------------

    def outer(self, i: int, depth: int) -> World:
        """The world that a token's governor puts it in, its own marks left out."""
        tree = self.tree
        dep, head = tree.dep[i], tree.head[i]
        if head == i or dep == "ROOT":
            return World()
        if dep == "conj":
            return self._coordinate(i, head, depth)
        if tree.pos[i] in ("VERB", "AUX") or dep in ("ccomp", "xcomp", "acomp", "attr", "oprd"):
            return self._clause(i, head, dep, depth)
        return self._argument(i, head, dep, depth)

    def _coordinate(self, i: int, head: int, depth: int) -> World:
        """A coordinate shares what stands above its partner, and its modals unless it has a subject or auxiliary of its own."""
        tree = self.tree
        own = tree.child(i, "nsubj", "nsubjpass", "aux") is not None
        if tree.pos[i] not in ("VERB", "AUX"):
            return self._shared_noun(i, head, depth)
        if own or tree.pos[head] not in ("VERB", "AUX"):
            return self.outer(head, depth + 1)
        shared = self.world(head, depth + 1)
        if shared.mode == ONGOING:
            shared = replace(shared, mode=REAL)
        negated = any(self._negates(k) for k in tree.kids[head])
        either = any(tree.lower[k] in ("or", "nor") for k in tree.children(head, "cc"))
        if negated and not either:
            return shared if tree.tag[i] == "VB" and tree.tag[head] == "VB" else self.outer(head, depth + 1)
        if not shared.positive and not negated:
            return shared
        if tree.tag[i] in ("VBD",) and tree.tag[head] in ("VB", "VBN"):
            return self.outer(head, depth + 1)
        return shared

    def _shared_noun(self, i: int, head: int, depth: int) -> World:
        if self.tree.pos[head] in ("VERB", "AUX"):
            return self.world(head, depth + 1)
        return self.outer(head, depth + 1)

    def _clause(self, i: int, head: int, dep: str, depth: int) -> World:
        tree = self.tree
        if dep in ("relcl", "amod", "acl"):
            return self._noun_clause(i, head, dep, depth)
        if dep == "advcl":
            return self._adverbial(i, head, depth)
        if dep in ("pcomp", "pobj", "prep"):
            return self._under_preposition(i, head, depth)
        if dep in ("ccomp", "xcomp", "acomp", "attr", "oprd", "dobj", "csubj", "csubjpass", "nsubj"):
            if dep == "ccomp" and self._parenthetical(i, head):
                return World(REAL, True, SURE, True, "said")
            return self._complement(i, head, depth)
        if dep in ("parataxis", "dep", "intj", "npadvmod"):
            return World()
        return self.world(head, depth + 1) if tree.pos[head] in ("VERB", "AUX") else World()

    def _parenthetical(self, i: int, head: int) -> bool:
        """A content before its verb of speech: "X left, Y said"."""
        return i < head and self.tree.lemma[head] in words()["speech_verbs"]

    def _complement(self, i: int, head: int, depth: int) -> World:
        """A clause or phrase that a predicate takes as its complement."""
        tree = self.tree
        if tree.dep[i] in ("acomp", "attr") or (tree.lemma[head] == "be" and tree.dep[i] == "xcomp"):
            above = self.world(head, depth + 1)
            if tree.dep[i] == "xcomp" and tree.tag[i] == "VB":  # "is to meet"
                return World(PLANNED, above.positive, SURE, above.said, "plan")
            return above
        if tree.lemma[head] == "be" and tree.dep[i] in ("csubj", "ccomp"):
            return self._of_adjective(i, head, depth)
        above = self.world(head, depth + 1)
        effect = self._effect(i, head, above)
        return self._embedded(i, above, effect)

    def _of_adjective(self, i: int, head: int, depth: int) -> World:
        """ "it is possible that X", "that X is true"."""
        above = self.world(head, depth + 1)
        adjective = self.tree.child(head, "acomp", "attr")
        if adjective is None:
            return above
        found = signatures("a").get(self.tree.lower[adjective])
        return self._embedded(i, above, _chosen(found, above)) if found else above

    def _embedded(self, i: int, above: World, effect: str) -> World:
        """The complement's world, with the marks of a clause that has its own tense."""
        mark = self.tree.child(i, "mark")
        if mark is not None and self.tree.lower[mark] in ("whether", "if"):
            return World(UNKNOWN, True, OPEN, True, "unknown")
        return under(above, effect)

    def _effect(self, i: int, head: int, above: World) -> str:
        tree = self.tree
        part = {"VERB": "v", "AUX": "v", "ADJ": "a", "NOUN": "n", "PROPN": "n", "ADV": "a"}.get(tree.pos[head], "v")
        table = signatures(part)
        found = None
        for k in tree.children(head, "prt", "acomp", "prep", "advmod"):
            found = found or table.get(f"{tree.lemma[head]} {tree.lower[k]}")
        if found is None and part == "v" and tree.tag[head] == "VBN" and tree.dep[i] == "xcomp":
            found = signatures("a").get(tree.lower[head])
        found = found or table.get(tree.lemma[head])
        clause = tree.pos[i] in ("VERB", "AUX")
        infinitive = clause and tree.tag[i] == "VB" and self._has_to(i)
        if found is None:
            return self._default(i, head, infinitive)
        effect = _chosen(found, above)
        return self._fitted(i, head, effect, infinitive, clause)

    def _fitted(self, i: int, head: int, effect: str, infinitive: bool, clause: bool) -> str:
        """The effect where a predicate means another thing with an infinitive, a finite clause or a gerund."""
        tree, lemma = self.tree, self.tree.lemma[head]
        finite = clause and not infinitive and tree.tag[i] != "VBG"
        if infinitive and effect == "said":
            return (
                "ask"
                if lemma in ("tell", "warn", "advise", "inform", "write")
                else "plan"
                if lemma in ("announce",)
                else "said"
            )
        if infinitive and lemma in ("forget", "neglect"):
            return "no" if effect in ("no", "fact") else effect
        if lemma in ("forget", "regret", "mind") and not infinitive:
            return "fact"
        if finite and effect in ("plan", "noplan"):
            if lemma in ("decide", "agree", "determine", "mean", "resolve"):
                return "said"
            return (
                "plan" if lemma in ("promise", "vow", "pledge", "propose", "guarantee", "swear", "threaten") else "said"
            )
        if finite and effect in _NOT_OF_CLAUSES:
            return "same"
        if effect == "delayed" and tree.tag[i] == "VBG":
            return "late"
        if effect in ("intent", "wish") and not clause:
            return "wish"
        if finite and lemma in ("suggest", "insist", "recommend"):
            return "ask" if tree.tag[i] == "VB" else "said"
        if lemma == "stop" and infinitive:
            return "purpose"
        if effect == "purpose":
            return "purpose" if infinitive else "fact"
        if lemma in ("need", "have") and not clause:
            return "same"
        if not clause and lemma == "face":
            return "fact"
        return effect

    def _has_to(self, i: int) -> bool:
        return any(self.tree.lower[k] == "to" and self.tree.dep[k] == "aux" for k in self.tree.kids[i])

    def _default(self, i: int, head: int, infinitive: bool) -> str:
        tree = self.tree
        if infinitive:
            if tree.lemma[i] in _RESULT_INFINITIVES and tree.pos[head] == "VERB" and tree.dep[i] in ("advcl",):
                return "fact"
            return "wish" if tree.pos[head] in ("ADJ", "NOUN") else "purpose"
        if tree.dep[i] == "ccomp" and tree.tag[i] != "VBG":
            return "said"
        return "same"

    # --- clauses below nouns and adverbial clauses ------------------------------------------------------------------

    def _noun_clause(self, i: int, head: int, dep: str, depth: int) -> World:
        tree = self.tree
        if dep == "acl" and self._has_to(i):
            if tree.lower[head] in _FACT_NOUNS_TO or any(tree.lower[k] in _FACT_NOUNS_TO for k in tree.kids[head]):
                return self._phrase_world(head, depth)
            found = signatures("n").get(tree.lemma[head])
            above = self._phrase_world(head, depth)
            if tree.child(i, "auxpass") is not None and found is None:
                return World(PLANNED, above.positive, SURE, above.said, "plan")
            if found is None:
                return under(above, "wish" if above.settled else "same")
            return under(above, _chosen(found, above))
        finite = tree.child(i, "mark", "aux") is not None or tree.tag[i] not in ("VBG", "VBN")
        if dep == "acl" and finite:
            found = signatures("n").get(tree.lemma[head])
            above = self._phrase_world(head, depth)
            return under(above, _chosen(found, above)) if found else World()
        above = self._phrase_world(head, depth)
        if dep == "relcl" or above.settled or not above.positive:
            definite = tree.pos[head] == "PROPN" or any(
                tree.lower[k] in _DEFINITE or tree.dep[k] == "poss" for k in tree.kids[head]
            )
            if dep == "relcl" and not definite and not above.settled and above.positive:
                return World(above.mode, True, above.sure, above.said, above.how)
            return World(said=above.said)
        return World(above.mode, True, above.sure, above.said, above.how)

    def _phrase_world(self, head: int, depth: int) -> World:
        """The world a noun phrase is mentioned in; a thing that is no event still stands in its clause's world."""
        if self.tree.pos[head] in ("VERB", "AUX", "ADJ"):
            return self.world(head, depth + 1)
        return self.world(head, depth + 1)

    def _adverbial(self, i: int, head: int, depth: int) -> World:
        tree = self.tree
        mark = tree.child(i, "mark", "advmod")
        marker = tree.lower[mark] if mark is not None else ""
        above = self.world(head, depth + 1) if tree.pos[head] in ("VERB", "AUX", "ADJ", "NOUN") else World()
        if marker in ("if", "unless", "provided", "assuming", "lest") or tree.lower[i] in ("provided", "assuming"):
            return World(POSSIBLE, marker != "lest", OPEN if marker == "unless" else MAYBE, above.said, "if")
        if marker in ("whether",):
            return World(UNKNOWN, True, OPEN, above.said, "unknown")
        if marker in ("until", "till", "before", "once", "when", "as", "after") and above.mode in (
            PLANNED,
            EXPECTED,
            POSSIBLE,
            WISHED,
        ):
            if tree.tag[i] in ("VBZ", "VBP", "VBG", "VB"):
                return World(above.mode, True, above.sure, above.said, above.how)
        if self._has_to(i) and not marker:
            return self._purpose(i, head, above)
        if marker in ("so", "that") and self._modal(i):
            return World(PLANNED, True, MAYBE, above.said, "purpose")
        if not marker and tree.tag[i] == "VBG":
            return (
                World(above.mode, True, above.sure, above.said, above.how)
                if not above.settled
                else World(said=above.said)
            )
        return World(said=above.said)

    def _purpose(self, i: int, head: int, above: World) -> World:
        tree = self.tree
        found = signatures("v").get(tree.lemma[head])
        if found is not None and tree.pos[head] in ("VERB", "AUX") and i > head:
            effect = self._fitted(i, head, _chosen(found, above), True, True)
            if effect not in ("fact", "said", "no") or tree.lemma[head] in (
                "fail",
                "manage",
                "refuse",
                "decline",
                "forget",
            ):
                return under(above, effect)
        adjective = tree.child(head, "acomp", "oprd") if tree.pos[head] in ("AUX", "VERB") else None
        if adjective is not None and i > adjective:
            known = signatures("a").get(tree.lower[adjective])
            if known:
                return under(above, _chosen(known, above))
        if tree.lemma[i] in _RESULT_INFINITIVES and tree.lemma[i] != "see" and above.settled and i > head:
            if tree.lemma[head] in (
                "go",
                "rise",
                "fall",
                "return",
                "come",
                "live",
                "grow",
                "climb",
                "drop",
                "wake",
                "arrive",
            ):
                return World(said=above.said)
        return World(PLANNED, True, MAYBE, above.said, "purpose")

    def _under_preposition(self, i: int, head: int, depth: int) -> World:
        """A gerund or noun after a preposition: "without meeting", "after leaving", "accused of killing"."""
        tree = self.tree
        preposition, governor = tree.lower[head], tree.head[head]
        if tree.pos[head] not in ("ADP", "SCONJ", "PART", "VERB"):
            return self.world(head, depth + 1)
        if tree.pos[governor] == "ADP" and governor != head:
            preposition, governor = f"{tree.lower[governor]} {preposition}", tree.head[governor]
        above = self.world(governor, depth + 1) if governor != head else World()
        if preposition == "with" and tree.child(i, "nsubj", "nsubjpass") is not None:
            return World(said=above.said)
        if preposition == "without":
            return World(above.mode if above.settled else REAL, False, SURE, above.said, "no")
        if preposition in ("instead of", "rather than"):
            return World(REAL, False, SURE, above.said, "no")
        if preposition in ("in case of", "in event of"):
            return World(POSSIBLE, True, MAYBE, above.said, "if")
        part = {"VERB": "v", "AUX": "v", "ADJ": "a", "NOUN": "n", "PROPN": "n"}.get(tree.pos[governor])
        found = signatures(part).get(f"{tree.lemma[governor]} {preposition}") if part else None
        if found is None and part and self._governs(preposition, governor, i):
            found = signatures(part).get(tree.lemma[governor])
            if found is None and part == "v":
                found = signatures("a").get(tree.lower[governor])
        if tree.lemma[governor] in ("accuse", "suspect", "convict", "charge") and preposition in ("of", "with"):
            return World(REAL, True, PROBABLE if tree.lemma[governor] != "convict" else SURE, True, "belief")
        if found is not None:
            effect = _chosen(found, above)
            if part != "v" or tree.pos[i] in ("VERB", "AUX") or effect in _NOUN_EFFECTS:
                return under(above, effect)
            return self._loose_noun(i, governor, above)
        if preposition == "for" and tree.pos[i] == "VERB" and tree.pos[governor] == "VERB":
            return World(said=above.said)
        if preposition in ("after", "since", "following", "despite", "during", "because of", "due to", "amid"):
            return World(said=above.said)
        if preposition in ("before", "ahead of", "until", "pending", "prior to") and tree.pos[i] in ("NOUN", "PROPN"):
            return World(said=above.said) if tree.pos[i] == "VERB" else self._ahead_noun(i, above)
        if tree.pos[i] in ("VERB", "AUX"):
            return World(above.mode, above.positive or above.settled, above.sure, above.said, above.how)
        return self._loose_noun(i, governor, above)

    def _governs(self, preposition: str, governor: int, i: int) -> bool:
        """Is the phrase the governor's complement, not an adjunct of time or place?"""
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

    # --- arguments ---------------------------------------------------------------------------------------------------

    def _argument(self, i: int, head: int, dep: str, depth: int) -> World:
        """An event noun as subject, object or in a phrase."""
        tree = self.tree
        if dep in ("pobj", "pcomp"):
            return self._under_preposition(i, head, depth)
        if dep in ("compound", "nmod", "poss", "amod"):
            return self._in_phrase(i, head, dep, depth)
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
        if lemma == "be":
            return self._of_copula(i, head, above)
        raised = self._raised(head)
        if lemma in words()["occur_verbs"] and not patient:
            return (
                replace(above, mode=REAL, positive=True, sure=SURE)
                if lemma in ("end", "follow") and above.settled
                else above
            )
        if not patient:
            if raised is not None:
                return (
                    self.world(raised, depth + 1)
                    if tree.lemma[raised] in words()["occur_verbs"] | words()["light_verbs"] | {"be"}
                    or passive(tree, raised)
                    else self._loose_noun(i, head, above)
                )
            return self._loose_noun(i, head, above)
        if raised is not None and dep == "nsubjpass":
            return self.world(raised, depth + 1)
        found = signatures("v").get(lemma)
        for k in tree.children(head, "prt"):
            found = signatures("v").get(f"{lemma} {tree.lower[k]}") or found
        if tree.tag[head] == "VBN" and dep == "nsubjpass":
            found = signatures("a").get(tree.lower[head]) or found
        if found is not None:
            effect = self._fitted(i, head, _chosen(found, above), False, False)
            if effect in ("fact", "same"):
                return self._loose_noun(i, head, above)
            if effect == "said":
                return self._announced(i, head, above)
            if effect == "ongoing":
                return replace(above, mode=ONGOING if above.settled and above.mode == ONGOING else above.mode)
            return under(above, effect)
        return self._loose_noun(i, head, above)

    def _announced(self, i: int, head: int, above: World) -> World:
        """ "announced cuts" tells what is to come, "announced the death of", "reported a loss" what has."""
        tree = self.tree
        definite = any(tree.lower[k] in _DEFINITE or tree.dep[k] == "poss" for k in tree.kids[i])
        coming = tree.lemma[head] in ("announce", "unveil", "outline") and tree.lemma[i] not in ("death", "resignation", "loss", "profit")
        if coming and not definite and above.settled and above.positive:
            return World(PLANNED, True, SURE, True, "plan")
        return World(said=True) if above.settled else self._loose_noun(i, head, above)

    def _raised(self, head: int) -> int | None:
        """ "is expected to take place": the verb below, of which the subject is truly an argument."""
        below = self.tree.child(head, "xcomp")
        return below if below is not None and self._has_to(below) else None

    def _of_copula(self, i: int, head: int, above: World) -> World:
        adjective = self.tree.child(head, "acomp", "attr")
        if adjective is None or adjective == i:
            return above
        found = signatures("a").get(self.tree.lower[adjective])
        if found is None:
            return self._loose_noun(i, head, above)
        below = self.tree.child(adjective, "xcomp")
        return self.world(below) if below is not None else under(above, _chosen(found, above))

    def _loose_noun(self, i: int, head: int, above: World) -> World:
        """A noun whose verb says nothing of it: what is definite is taken for granted, the rest shares its verb's world."""
        tree = self.tree
        definite = any(tree.lower[k] in _DEFINITE or tree.dep[k] == "poss" for k in tree.kids[i])
        if definite or (above.settled and above.positive):
            return World(said=above.said)
        if above.settled:
            taken = tree.dep[i] in ("dobj", "nsubjpass")
            return World(REAL, not taken, min(above.sure, PROBABLE) if taken else SURE, above.said, above.how)
        return World(above.mode, True, above.sure, above.said, above.how)

    def _in_phrase(self, i: int, head: int, dep: str, depth: int) -> World:
        tree = self.tree
        found = signatures("n").get(tree.lemma[head]) if dep == "compound" else None
        above = self.world(head, depth + 1)
        if found is not None:
            return under(above, _chosen(found, above))
        return World(above.mode, above.positive or above.settled, above.sure, above.said, above.how)

    # --- a token's own marks -----------------------------------------------------------------------------------------

    def _negates(self, k: int) -> bool:
        return self.tree.dep[k] == "neg" or (
            self.tree.lower[k] in self.words["negators"] and self.tree.dep[k] in ("advmod", "neg", "preconj")
        )

    def _modal(self, i: int) -> str:
        """The modal of a verb, "" if it has none."""
        for k in self.tree.children(i, "aux"):
            if self.tree.tag[k] == "MD" or self.tree.lower[k] in words()["modal_verbs"]:
                return self.tree.lower[k]
        return ""

    def _verb_marks(self, i: int, outer: World) -> World:
        tree = self.tree
        world = self._tense(i, outer)
        if self._negated(i) and not (world.settled and self._until(i)):
            world = world.turned() if world.mode != UNKNOWN else world
        world = self._adverbs(i, world)
        if world.settled and self._later(i):
            world = replace(world, mode=PLANNED, ahead=True) if world.positive else world
        if tree.sentence[i] in self.questions and self._main(i):
            return World(UNKNOWN, True, OPEN, world.said, "unknown")
        if self._imperative(i):
            return World(WISHED, world.positive, OPEN, world.said, "ask")
        return world

    def _until(self, i: int) -> bool:
        """ "did not visit until July": no visit before, a visit then."""
        tree = self.tree
        if tree.tag[i] not in ("VB", "VBG", "VBN") or any(tree.tag[k] in ("MD", "VBZ", "VBP") for k in tree.children(i, "aux")):
            return False
        below = [i, *tree.children(i, "dobj", "npadvmod")]
        return any(tree.lower[k] == "until" for j in below for k in tree.children(j, "prep"))

    def _later(self, i: int) -> bool:
        """Is a past participle without a past tense placed ahead: "plants closed by 2030", "to be published in May"?"""
        return self.tree.tag[i] in ("VBN", "VBG") and not self.tree.children(i, "aux", "auxpass") and self._ahead(i)

    def _negated(self, i: int) -> bool:
        tree = self.tree
        if any(self._negates(k) and not self._only(k) for k in tree.kids[i]):
            return True
        for k in tree.children(i, "nsubj", "nsubjpass", "dobj", "attr", "expl"):
            if tree.lower[k] in ("nobody", "none", "nothing", "neither", "no-one"):
                return True
            if any(
                tree.lower[m] in ("no", "neither", "zero") and tree.dep[m] in ("det", "neg", "preconj", "nummod")
                for m in tree.kids[k]
            ):
                return True
        first = min([i, *tree.kids[i]])
        return tree.lower[first] in ("neither", "nor") and first != i

    def _only(self, k: int) -> bool:
        """ "not only", "not just" deny nothing."""
        return (
            k + 1 < len(self.tree)
            and self.tree.lower[k] == "not"
            and self.tree.lower[k + 1] in ("only", "just", "merely")
        )

    def _tense(self, i: int, outer: World) -> World:
        """The world after a verb's modal, future or progressive; what already is no fact stays so."""
        tree = self.tree
        modal = self._modal(i)
        if modal in self.words["possible_modals"]:
            past = tree.tag[i] == "VBN"
            return World(
                REAL if past else POSSIBLE, outer.positive, MAYBE, outer.said, "could" if modal == "could" else "may"
            )
        if not outer.settled:
            return outer
        if modal in self.words["future_words"]:
            return World(
                PLANNED if self._willed(i) else EXPECTED, outer.positive, min(outer.sure, SURE), outer.said, "will"
            )
        if modal in self.words["would_modals"]:
            return self._would(i, outer)
        if modal in self.words["necessity_modals"]:
            past = any(tree.lower[k] == "have" for k in tree.children(i, "aux"))
            if modal == "must" and past:
                return World(REAL, outer.positive, PROBABLE, outer.said, "belief")
            if past:
                return World(REAL, not outer.positive, PROBABLE, outer.said, "nowish")
            return World(
                EXPECTED if modal == "should" else WISHED,
                outer.positive,
                PROBABLE if modal == "should" else OPEN,
                outer.said,
                "should",
            )
        if modal in self.words["ability_modals"]:
            return World(ONGOING, outer.positive, SURE, outer.said, "can")
        if self._going_to(i):
            return World(PLANNED, outer.positive, SURE, outer.said, "will")
        if self._headline_future(i):
            return World(PLANNED, outer.positive, SURE, outer.said, "will")
        if tree.tag[i] == "VBG" and any(tree.lemma[k] == "be" for k in tree.children(i, "aux")):
            ahead = self._ahead(i)
            past = any(tree.lower[k] in ("was", "were") for k in tree.children(i, "aux"))
            if ahead and not past:
                return World(PLANNED, outer.positive, SURE, outer.said, "will")
            return replace(outer, mode=REAL if past else ONGOING)
        if tree.tag[i] in ("VBZ", "VBP") and self._ahead(i):
            return World(PLANNED, outer.positive, SURE, outer.said, "will")
        if tree.tag[i] in ("VBZ", "VBP") and outer.mode == REAL and tree.lemma[i] in words()["state_verbs"]:
            return replace(outer, mode=ONGOING)
        return outer

    def _would(self, i: int, outer: World) -> World:
        """ "would": a past's future below speech; after "if" or with "have", counter to fact."""
        tree = self.tree
        perfect = any(tree.lower[k] == "have" for k in tree.children(i, "aux"))
        if perfect:
            return World(REAL, not outer.positive, PROBABLE, outer.said, "counter")
        for k in tree.children(i, "advcl"):
            mark = tree.child(k, "mark", "advmod")
            if mark is not None and tree.lower[mark] in ("if", "unless"):
                return World(POSSIBLE, outer.positive, MAYBE, outer.said, "would")
        return World(EXPECTED, outer.positive, PROBABLE, outer.said, "would")

    def _willed(self, i: int) -> bool:
        """Is a future someone's to carry out: a subject that acts, or a passive of an act?"""
        tree = self.tree
        if passive(tree, i):
            return True
        who = tree.child(i, "nsubj")
        if who is None:
            return True
        return (
            tree.pos[who] in ("PROPN", "PRON")
            or tree.entity[who] != ""
            or tree.lemma[who]
            in (
                "government",
                "company",
                "president",
                "minister",
                "police",
                "army",
                "court",
                "leader",
                "team",
                "union",
                "party",
                "official",
                "meeting",
                "summit",
                "visit",
                "talk",
                "trial",
                "election",
            )
        )

    def _going_to(self, i: int) -> bool:
        tree = self.tree
        head = tree.head[i]
        return tree.dep[i] == "xcomp" and tree.lower[head] in ("going", "gon") and self._has_to(i)

    def _headline_future(self, i: int) -> bool:
        """ "President to meet envoy": an infinitive that heads its line."""
        tree = self.tree
        if not self._has_to(i) or tree.tag[i] != "VB":
            return False
        if tree.dep[i] == "ROOT":
            return True
        return (
            tree.dep[i] in ("relcl", "acl")
            and tree.dep[tree.head[i]] == "ROOT"
            and tree.pos[tree.head[i]] in ("PROPN", "NOUN")
            and not signatures("n").get(tree.lemma[tree.head[i]])
        )

    def _ahead(self, i: int) -> bool:
        tree = self.tree
        for k in tree.kids[i]:
            if k in self.ahead or tree.lower[k] in _TIMES_AHEAD:
                return True
            if tree.dep[k] == "prep" and any(m in self.ahead for m in tree.kids[k]):
                return True
            if tree.dep[k] == "npadvmod" and any(tree.lower[m] in ("next", "coming") for m in tree.kids[k]):
                return True
        return False

    def _main(self, i: int) -> bool:
        """Does a question ask for this predicate: the main clause, or one coordinate with it?"""
        tree = self.tree
        for _ in range(8):
            if tree.dep[i] == "ROOT":
                return True
            if tree.dep[i] not in ("conj", "ccomp", "xcomp", "acomp", "attr"):
                return False
            i = tree.head[i]
        return False

    def _imperative(self, i: int) -> bool:
        tree = self.tree
        if tree.tag[i] != "VB" or tree.dep[i] != "ROOT":
            return False
        return tree.child(i, "nsubj", "nsubjpass", "aux", "expl") is None

    def _adverbs(self, i: int, world: World) -> World:
        tree, lists = self.tree, self.words
        for k in tree.kids[i]:
            lower = tree.lower[k]
            if tree.dep[k] not in ("advmod", "npadvmod", "amod", "dep"):
                continue
            if lower in lists["possible_adverbs"] and world.positive:
                world = replace(world, sure=min(world.sure, MAYBE), how="may")
            elif lower in lists["probable_adverbs"]:
                world = replace(world, sure=min(world.sure, PROBABLE), how="seem")
            elif lower in lists["hearsay_adverbs"]:
                world = replace(world, sure=min(world.sure, PROBABLE), said=True)
            elif lower in ("almost", "nearly") and tree.tag[i] in ("VBD", "VBN") and k < i:
                world = world.turned()
        return world

    def _to_be_done(self, i: int) -> bool:
        """ "an event to be held in May"."""
        return any(self._has_to(k) and self.tree.child(k, "auxpass") is not None for k in self.tree.children(i, "acl", "relcl"))

    def _predicate_marks(self, i: int, outer: World) -> World:
        if any(self._negates(k) for k in self.tree.kids[i]):
            return outer.turned()
        return outer

    def _noun_marks(self, i: int, outer: World) -> World:
        tree, lists = self.tree, self.words
        world = outer
        for k in tree.kids[i]:
            lower, dep = tree.lower[k], tree.dep[k]
            if dep not in ("amod", "det", "compound", "neg", "advmod", "nmod", "acl"):
                continue
            if lower in ("no", "neither") and i not in self.light:
                world = World(world.mode, False, world.sure, world.said, "no")
            elif lower in lists["alleged_adjectives"]:
                world = replace(world, sure=min(world.sure, PROBABLE), said=True)
            elif lower in lists["possible_adjectives"]:
                world = World(POSSIBLE, world.positive, MAYBE, world.said, "maybe")
            elif lower in lists["planned_adjectives"] and world.settled:
                world = World(
                    PLANNED,
                    world.positive,
                    SURE if lower in ("upcoming", "forthcoming", "scheduled") else PROBABLE,
                    world.said,
                    "plan",
                )
            elif lower in lists["expected_adjectives"] and world.settled:
                world = World(EXPECTED, world.positive, PROBABLE, world.said, "expect")
            elif lower in lists["cancelled_adjectives"]:
                world = World(CANCELLED, False, SURE, world.said, "off")
            elif lower in lists["failed_adjectives"] and lower not in ("failed", "so-called"):
                world = World(world.mode, False, world.sure, world.said, "no")
            elif lower in lists["ongoing_adjectives"] and world.settled and dep != "acl":
                world = replace(world, mode=ONGOING)
        if world.settled and world.positive and self._to_be_done(i):
            world = World(PLANNED, True, SURE, world.said, "plan")
        if world.settled and any(k in self.ahead for k in tree.kids[i]):
            world = World(PLANNED, world.positive, SURE, world.said, "plan")
        return world


def _chosen(found: Signature | None, above: World) -> str:
    if found is None:
        return "same"
    return found.affirmed if above.positive else found.negated
