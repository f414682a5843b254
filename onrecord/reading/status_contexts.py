"""From the dependency tree to the world of each predicate: what its governors, by their signatures, put it in."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading.event_lexicon import words
from onrecord.reading.participants import headline_infinitive, passive
from onrecord.reading.status_arguments import chosen
from onrecord.reading.status_phrases import Phrases
from onrecord.reading.status_reported import (
    definite,
    longer,
    presupposes,
)
from onrecord.reading.status_scope import asked_for, cannot_help, disallows, filed_for, sought
from onrecord.reading.status_signatures import signatures
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
_FAR_APART = 60  # tokens
_RESULT_INFINITIVES = words()["status_contexts.result_infinitives"]
_GOING = frozenset({"go", "rise", "fall", "return", "come", "live", "grow", "climb", "drop"})
_TRAVELLING = frozenset({"travel", "fly", "go", "come", "drive", "sail", "journey", "return", "march"})
_FACT_NOUNS_TO = words()["status_contexts.fact_nouns_to"]
_NOT_OF_CLAUSES = frozenset({"off", "delayed", "no", "stopped", "try", "purpose", "ongoing", "allow", "noplan"})
_INQUIRIES = words()["status_contexts.inquiries"]
_OVERTAKING = frozenset({"pass", "overtake", "surpass", "beat", "defeat", "edge", "outpace", "merge", "combine"})
_NAMING = frozenset({"call", "name", "entitle", "title", "dub", "nickname", "term"})
_LATELY = frozenset({"recently", "newly", "already", "previously", "just"})
_HEARSAY = frozenset({"say", "report", "allege", "claim", "rumor", "rumour", "tip"})
_MEASURED = frozenset({"cost", "take"})
_CONFIRMING = frozenset({"confirm", "verify", "prove", "demonstrate", "ascertain", "establish"})
_BEEN = frozenset({"is", "are", "was", "were", "be", "been", "am", "'s", "'re"})
_WHOEVER = frozenset({"anyone", "anybody", "whoever", "everyone", "everybody", "those"})
_STEPS = frozenset({"step", "measure", "action", "precaution", "effort", "move", "initiative"})
_AS_BELIEF = {"expect": "belief", "unlikely": "unknown"}  # "sure to leave" looks ahead, "sure that he left" does not
_BREAKS, _DASHES = frozenset({":", ";"}), frozenset({"—", "–", "--"})
_COUNTER = World(REAL, False, PROBABLE, how="counter")


class Contexts(Phrases):
    """The worlds of one page's tokens, each found once."""

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
        if i in self.light and not self._turned_down(i, depth):
            return self._noun_marks(i, self.world(self.light[i], depth + 1))
        outer = self.outer(i, depth)
        if self.tree.pos[i] in ("VERB", "AUX"):
            return self._verb_marks(i, outer)
        if self.tree.pos[i] == "ADJ":
            return self._predicate_marks(i, outer)
        return self._noun_marks(i, outer)

    def _turned_down(self, i: int, depth: int) -> bool:
        """ "the offer was not accepted": it was made."""
        verb = self.light[i]
        taken = self.tree.lemma[verb] in ("accept", "receive", "get") and asked_for(self.tree, i)
        return taken and definite(self.tree, i) and not self.world(verb, depth + 1).positive

    # --- what stands above ----------------------------------------------------------------------------------------

    def outer(self, i: int, depth: int) -> World:
        """The world that a token's governor puts it in, its own marks left out."""
        tree = self.tree
        dep, head = tree.dep[i], tree.head[i]
        if head == i or dep == "ROOT" or depth > _DEEP:
            to_come = self._infinitive(i) and tree.child(i, "nsubj", "nsubjpass") is not None
            return World(PLANNED, True, SURE, how="will") if to_come else World()  # "Ferry to be revived"
        if i < head and dep in ("ccomp", "advcl", "dep", "parataxis") and self._colon_between(i, head, dep):
            return World()  # "the union called it off: nobody will march": what explains it does not hold it
        depth += 1
        if dep == "conj":
            if cannot_help(tree, head):
                return World(said=self.outer(head, depth).said)  # "cannot help but notice"
            return self._coordinate(i, head, depth)
        if tree.pos[i] in ("VERB", "AUX") or dep in ("ccomp", "xcomp", "acomp", "attr", "oprd"):
            return self._clause(i, head, dep, depth)
        if dep == "advcl" and tree.child(i, "aux") is not None:
            return self._clause(i, head, dep, depth)  # a verb taken for a noun: "should the dam break"
        return self._argument(i, head, dep, depth)

    def _colon_between(self, i: int, head: int, dep: str) -> bool:
        breaks = _BREAKS | _DASHES if dep == "ccomp" else _BREAKS
        return head - i < _FAR_APART and any(self.tree.word[k] in breaks for k in range(i + 1, head))

    def _coordinate(self, i: int, head: int, depth: int) -> World:
        """A coordinate shares what stands above its partner, and its modals unless it has a subject of its own."""
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
            return self.outer(head, depth + 1) if self._no_object(head) else shared
        if tree.tag[i] in ("VBD",) and tree.tag[head] in ("VB", "VBN"):
            return self.outer(head, depth + 1)
        return shared

    def _shared_noun(self, i: int, head: int, depth: int) -> World:
        had = self.words["had_by_filing"]
        filed = filed_for(self.tree, head) if self.tree.lemma[head] in had and self.tree.lemma[i] not in had else None
        if filed is not None:
            return under(self.world(filed, depth + 1), "ask")  # bankruptcy and, it is hoped, protection
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
            bids = tree.tag[i] == "VB" and tree.child(i, "nsubj", "aux") is None and self._imperative(head)
            return self.world(head, depth + 1) if bids else World()  # "wait an hour, then open the gates"
        return self.world(head, depth + 1) if tree.pos[head] in ("VERB", "AUX") else World()

    def _parenthetical(self, i: int, head: int) -> bool:
        """A content before its verb of speech: "X left, Y said"."""
        return i < head and self.tree.lemma[head] in words()["speech_verbs"]

    def _complement(self, i: int, head: int, depth: int) -> World:
        """A clause or phrase that a predicate takes as its complement."""
        tree = self.tree
        if headline_infinitive(tree, i):
            return World(PLANNED, True, SURE, how="will")
        adjective = tree.child(head, "acomp") if tree.dep[i] == "xcomp" and tree.lemma[head] == "be" else None
        if adjective is not None and tree.tag[adjective] == "JJ":  # "it is not easy to leave"
            known = tree.lower[adjective] in signatures("a") or tree.tag[head] not in ("VBZ", "VBP")
            return self._of_adjective(i, head, depth) if known else under(self.world(head, depth + 1), "wish")
        if tree.dep[i] in ("acomp", "attr") or (tree.lemma[head] == "be" and tree.dep[i] == "xcomp"):
            above = self.world(head, depth + 1)
            if tree.tag[head] == "VBD" and self._has_to(i) and self._perfect(i):
                return replace(_COUNTER, said=above.said)  # "was to have met"
            if tree.dep[i] == "xcomp" and (tree.tag[i] == "VB" or self._has_to(i)):  # "is to meet", "is to be held"
                return World(PLANNED, above.positive, SURE, above.said, "plan")
            return above
        if tree.lemma[head] == "be" and tree.dep[i] in ("csubj", "ccomp"):
            return self._of_adjective(i, head, depth)
        steps = tree.child(head, "dobj")
        if steps is not None and tree.lemma[steps] in _STEPS and steps < i and self._infinitive(i):
            return self._noun_infinitive(i, steps, depth)  # "took steps to prevent it", hung on the taking
        above = self.world(head, depth + 1)
        odd = self._odd_complement(i, head, above)
        if odd is not None:
            return odd
        if tree.lower[head] in ("going", "gon") and self._has_to(i) and tree.child(head, "aux") is not None:
            return World(PLANNED, above.positive, SURE, above.said, "will")
        effect = self._effect(i, head, above)
        if effect in ("noplan", "nowish") and longer(tree, head):
            return World(CANCELLED, False, SURE, above.said, "off")  # "no longer plans to visit"
        made = self._embedded(i, above, effect)
        if tree.dep[i] in ("csubj", "nsubj") and (not made.positive or above.how in ("would", "could")):
            return self._subject_clause(i, head, above)
        weighed = effect == "maybe" and tree.lemma[head] == "consider" and tree.tag[i] == "VBG"
        return replace(made, ahead=True) if weighed else made

    def _odd_complement(self, i: int, head: int, above: World) -> World | None:
        """Complements whose form decides: "has yet to sign", "ought to have signed", "wish they had signed"."""
        tree = self.tree
        perfect = any(tree.lower[k] in ("have", "had") for k in tree.children(i, "aux"))
        yet = any(tree.lower[k] == "yet" for k in tree.children(head, "advmod"))
        if yet and tree.lemma[head] in ("have", "be", "remain") and self._has_to(i):
            return World(REAL, False, SURE, above.said, "no")
        if tree.lower[head] == "ought":
            if perfect:
                return replace(_COUNTER, positive=not above.positive, said=above.said)
            return World(EXPECTED, above.positive, PROBABLE, above.said, "should")
        if tree.lemma[head] in _MEASURED and self._has_to(i) and self._measure(head, i):
            return World(above.mode, above.positive, above.sure, above.said, above.how)  # "costs 90 crowns to join"
        past = tree.child(i, "nsubj", "nsubjpass") is not None and any(
            tree.lower[k] == "had" for k in tree.children(i, "aux")
        )
        if tree.lemma[head] == "wish" and past:
            return replace(_COUNTER, said=above.said)
        return None

    def _subject_clause(self, i: int, head: int, above: World) -> World:
        """ "Closing the mill did not save the town": it was closed. "Closing it will not": it may be."""
        if presupposes(self.tree, i) or (above.positive and above.settled):
            return World(said=above.said)
        past = self.tree.tag[head] in ("VBD", "VBN") or any(self.tree.lower[k] == "did" for k in self.tree.kids[head])
        return World(said=above.said) if past and above.settled else World(POSSIBLE, True, MAYBE, above.said, "would")

    def _of_adjective(self, i: int, head: int, depth: int) -> World:
        """ "it is possible that X", "that X is true"."""
        above = self.world(head, depth + 1)
        adjective = self.tree.child(head, "acomp", "attr")
        if adjective is None:
            return above
        found = signatures("a").get(self.tree.lower[adjective])
        if found is None and self.tree.dep[i] == "csubj" and (not above.positive or above.how in ("would", "could")):
            return self._subject_clause(i, head, above)
        if found is None:
            return above
        effect = chosen(found, above)
        if self.tree.lower[adjective] in ("sure", "certain") and not self._has_to(i):
            effect = _AS_BELIEF.get(effect, effect)
        return self._embedded(i, above, effect)

    def _embedded(self, i: int, above: World, effect: str) -> World:
        """The complement's world, with the marks of a clause that has its own tense."""
        mark = self.tree.child(i, "mark")
        if mark is not None and self.tree.lower[mark] in ("whether", "if"):
            return World(UNKNOWN, True, OPEN, True, "unknown")
        if effect in ("unknown", "disbelief", "doubt", "unlikely") and presupposes(self.tree, i):
            return World(said=above.said)
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
        infinitive = clause and self._infinitive(i)
        if cannot_help(tree, head):
            return "fact"
        if infinitive and self._stayed(head, above):
            return "same"
        if found is None:
            return self._default(i, head, infinitive)
        effect = chosen(found, above)
        if effect == "no" and disallows(tree, head):
            effect = "norm"
        if clause and effect == "fact" and not above.positive and tree.lemma[head] in _CONFIRMING:
            effect = "unknown"  # "could not confirm that it sank"
        return self._fitted(i, head, effect, infinitive, clause)

    def _fitted(self, i: int, head: int, effect: str, infinitive: bool, clause: bool) -> str:
        """The effect where a predicate means another thing with an infinitive, a finite clause or a gerund."""
        tree, lemma = self.tree, self.tree.lemma[head]
        finite = clause and not infinitive and tree.tag[i] != "VBG"
        if clause and self._has_to(i) and (meant := self._before_infinitive(head, effect)):
            return meant
        if lemma == "use":
            return effect if infinitive else "fact"
        if effect == "said" and lemma in _HEARSAY and passive(tree, head) and clause and self._has_to(i):
            return "belief"  # "is said to own it"
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
        if lemma in ("forget", "remember", "regret", "mind") and not infinitive:
            return "fact"
        if lemma in ("like", "love") and not infinitive:
            return "fact"
        if finite and lemma in ("sure", "certain") and tree.lemma[tree.head[head]] != "make":
            return _AS_BELIEF.get(effect, effect)
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
        if lemma == "consider" and tree.tag[i] == "VBG":
            return "maybe"
        if effect in ("intent", "wish") and not clause:
            return "wish"
        if finite and lemma in ("suggest", "insist", "recommend"):
            return "ask" if tree.tag[i] == "VB" or self._subjunctive(i) else "said"
        if lemma == "stop" and infinitive:
            return "purpose"
        if effect == "purpose":
            return "purpose" if infinitive else "fact"
        if lemma in ("need", "have") and not clause:
            return "same"
        if not clause and lemma == "face":
            return "fact"
        return effect

    def _before_infinitive(self, head: int, effect: str) -> str:
        """Verbs of another meaning before an infinitive: "has to", "has got to", "is supposed to", "is meant to"."""
        tree, lemma = self.tree, self.tree.lemma[head]
        helpers = {tree.lower[k] for k in tree.children(head, "aux", "auxpass")}
        if lemma == "have":
            return self._obliged(head)
        if lemma == "get" and tree.tag[head] == "VBN" and helpers & {"has", "have", "'s", "'ve"}:
            return "must"
        if lemma in ("suppose", "mean") and tree.tag[head] == "VBN" and helpers & _BEEN:
            if any(self._negates(k) for k in tree.kids[head]):
                return "nowish"
            return "expect" if lemma == "suppose" and not helpers & {"was", "were"} else "purpose"
        if tree.lower[head] == "able" and effect == "allow":
            return "allow" if tree.tag[tree.head[head]] == "VBD" else "can"
        return ""

    def _obliged(self, have: int) -> str:
        """ "has to leave" is must, "had to leave" left; who does not have to may, who did not have to did not."""
        tree = self.tree
        helpers = {tree.lower[k] for k in tree.children(have, "aux")}
        negated = any(self._negates(k) for k in tree.kids[have])
        if tree.tag[have] in ("VBD", "VBN") or "did" in helpers:
            return "spared" if negated else "fact"
        present = tree.tag[have] in ("VBZ", "VBP") or helpers & {"do", "does"}
        if negated:
            return "none" if present else "noplan"
        return "must" if present else "fact"

    def _subjunctive(self, i: int) -> bool:
        """ "insisted that the guild agree": a plain form below one who is one."""
        who = self.tree.child(i, "nsubj")
        one = who is not None and (self.tree.tag[who] in ("NN", "NNP") or self.tree.lower[who] in ("he", "she", "it"))
        joined = who is not None and self.tree.child(who, "conj") is not None
        return self.tree.tag[i] == "VBP" and one and not joined and self.tree.child(i, "aux") is None

    def _default(self, i: int, head: int, infinitive: bool) -> str:
        tree = self.tree
        if infinitive:
            if tree.lemma[head] in _OVERTAKING and tree.lemma[i] in ("become", "win"):
                return "fact"
            if tree.lemma[i] in _RESULT_INFINITIVES and tree.pos[head] == "VERB" and tree.dep[i] in ("advcl",):
                return "fact"
            if tree.lemma[head] == "vote":
                return "noplan" if any(self._negates(k) for k in tree.kids[head]) else "plan"
            return "wish" if tree.pos[head] in ("ADJ", "NOUN") else "purpose"
        if tree.dep[i] == "ccomp" and tree.tag[i] != "VBG":
            return "said"
        return "same"

    # --- clauses below nouns and adverbial clauses ------------------------------------------------------------------

    def _noun_clause(self, i: int, head: int, dep: str, depth: int) -> World:
        tree = self.tree
        if headline_infinitive(tree, i):
            return World(PLANNED, True, SURE, how="will")
        if sought(tree, i):
            return World(POSSIBLE, True, MAYBE, True, "if")  # "a reward for information leading to an arrest"
        if dep != "amod" and self._has_to(i) and (dep == "acl" or self._infinitive(i)):
            return self._noun_infinitive(i, head, depth)
        if self._names(i) or self._just_done(i, dep) or self._colours(i, dep):
            return World(said=self.world(head, depth + 1).said)
        finite = tree.child(i, "mark", "aux") is not None or tree.tag[i] not in ("VBG", "VBN")
        if dep == "acl" and finite:
            found = signatures("n").get(tree.lemma[head])
            above = self.world(head, depth + 1)
            return under(above, chosen(found, above)) if found else World()
        above = self.world(head, depth + 1)
        if tree.tag[i] == "VBD" and not self._modal(i):
            return World(said=above.said)  # "proposed a rule that banned cars in 2019": a past is no plan
        if dep == "relcl" and above.mode in (PLANNED, EXPECTED) and self._whoever(i, head):
            return World(POSSIBLE, True, MAYBE, above.said, "if")
        if dep == "relcl" or above.settled or not above.positive:
            known = tree.pos[head] == "PROPN" or definite(tree, head)
            if dep == "relcl" and not known and not above.settled and above.positive:
                return World(above.mode, True, above.sure, above.said, above.how)
            return World(said=above.said)
        return World(above.mode, True, above.sure, above.said, above.how)

    def _whoever(self, i: int, head: int) -> bool:
        """ "Workers who strike", "anyone who attacks": if any do."""
        tree = self.tree
        who = tree.child(i, "nsubj")
        if who is None or tree.lower[who] not in ("who", "that") or tree.word[who - 1] == ",":
            return False
        bare = tree.tag[head] == "NNS" and tree.child(head, "det", "poss", "nummod") is None
        present = tree.tag[i] in ("VBZ", "VBP") and tree.child(i, "aux") is None
        return present and (bare or tree.lower[head] in _WHOEVER)

    def _noun_infinitive(self, i: int, head: int, depth: int) -> World:
        """ "a plan to leave", "a step to protect the port", "hope for the mill to recover", "the first to leave"."""
        tree = self.tree
        above = self.world(head, depth + 1)
        if tree.lower[head] in _FACT_NOUNS_TO or any(self._singles_out(k) for k in tree.kids[head]):
            return above
        if tree.lemma[tree.head[head]] == "cost" and tree.dep[head] == "dobj":
            return self.world(tree.head[head], depth + 1)  # "cost a million to build"
        if (done := self._of_attempt(head, depth)) is not None:
            return done
        found = signatures("n").get(tree.lemma[head])
        if tree.lemma[head] == "reason" and tree.child(i, "nsubj", "nsubjpass") is None:
            return under(above, "wish")  # "a reason to leave"; "the reason for him to leave" explains what he did
        if tree.child(i, "auxpass") is not None and found is None:
            return World(PLANNED, above.positive, SURE, above.said, "plan")
        if found is None:
            return under(above, "wish" if above.settled else "same")
        effect = chosen(found, above)
        made = under(above, effect)
        return replace(made, ahead=True) if effect == "maybe" else made  # an option to buy looks ahead

    def _singles_out(self, k: int) -> bool:
        """ "the first woman to lead it", "the largest ship to dock": who did it, not what it was for."""
        tree = self.tree
        most = any(tree.lower[m] in ("most", "least") for m in tree.kids[k])
        return tree.lower[k] in _FACT_NOUNS_TO or (tree.dep[k] == "amod" and (tree.tag[k] == "JJS" or most))

    def _names(self, i: int) -> bool:
        """ "the plan, called Aurora": the name is there, whatever becomes of the plan."""
        tree = self.tree
        return tree.tag[i] == "VBN" and tree.lemma[i] in _NAMING and tree.child(i, "aux", "auxpass") is None

    def _just_done(self, i: int, dep: str) -> bool:
        """ "orders of the recently announced ferry"."""
        tree = self.tree
        lately = any(tree.lower[k] in _LATELY for k in tree.children(i, "advmod"))
        return dep == "amod" and tree.tag[i] == "VBN" and lately

    def _colours(self, i: int, dep: str) -> bool:
        """ "the proposed law", "a long-awaited visit": the law is ahead, the proposing and the waiting are not."""
        lists = ("planned_adjectives", "expected_adjectives", "alleged_adjectives", "possible_adjectives")
        return dep == "amod" and self.tree.tag[i] == "VBN" and any(self.tree.lower[i] in self.words[n] for n in lists)

    def _adverbial(self, i: int, head: int, depth: int) -> World:
        tree = self.tree
        marker = self._marker(i)
        if marker == "for" and tree.pos[head] == "NOUN" and self._infinitive(i):
            return self._noun_infinitive(i, head, depth)
        above = self.world(head, depth + 1) if tree.pos[head] in ("VERB", "AUX", "ADJ", "NOUN") else World()
        if marker in ("if", "whether") and i > head and self._inquires(head, above):
            return World(UNKNOWN, True, OPEN, above.said, "unknown")
        if marker == "if" and above.how == "counter" and self._had(i):
            return replace(_COUNTER, said=above.said)
        if marker in ("if", "unless", "provided", "assuming", "lest") or tree.lower[i] in ("provided", "assuming"):
            return World(POSSIBLE, marker != "lest", OPEN if marker == "unless" else MAYBE, above.said, "if")
        if marker in ("whether",):
            return World(UNKNOWN, True, OPEN, above.said, "unknown")
        if marker == "as" and above.mode == POSSIBLE and self._of_present(i):
            return World(said=above.said)  # "the loss could grow as it pays its debts": it pays them
        if (
            marker in ("until", "till", "before", "once", "when", "as", "after")
            and above.mode
            in (
                PLANNED,
                EXPECTED,
                POSSIBLE,
                WISHED,
            )
            and self._of_present(i)
        ):
            return World(above.mode, True, above.sure, above.said, above.how)
        if headline_infinitive(tree, i):
            return World(PLANNED, True, SURE, how="will")
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

    def _measure(self, verb: int, end: int) -> bool:
        """Is an amount told between a verb and what it is the amount of?"""
        tree = self.tree
        amounts = [k for k in tree.children(verb, "dobj", "npadvmod", "dative") if k < end]
        counted = any(tree.dep[m] in ("nummod", "quantmod") for k in amounts for m in tree.kids[k])
        return counted or any(tree.pos[k] == "NUM" for k in amounts)

    def _stayed(self, head: int, above: World) -> bool:
        """ "did not travel to see her": who did not go did not see her there."""
        return self.tree.lemma[head] in _TRAVELLING and not above.positive

    def _inquires(self, head: int, above: World) -> bool:
        """ "it was not known if", "asked if": an open question, no condition."""
        tree = self.tree
        if tree.lemma[head] in ("ask", "wonder", "check", "inquire"):
            return True
        return tree.lemma[head] in _INQUIRIES and not above.positive

    def _purpose(self, i: int, head: int, above: World) -> World:
        tree = self.tree
        if tree.lemma[head] in _MEASURED and self._measure(head, i):
            return above
        if self._stayed(head, above) and i > head:
            return above
        found = signatures("v").get(tree.lemma[head])
        if found is not None and tree.pos[head] in ("VERB", "AUX") and i > head:
            effect = self._fitted(i, head, chosen(found, above), True, True)
            if effect not in ("fact", "said", "no") or tree.lemma[head] in (
                "fail",
                "manage",
                "refuse",
                "decline",
                "forget",
                "hesitate",
                "use",
            ):
                return under(above, effect)
        adjective = tree.child(head, "acomp", "oprd") if tree.pos[head] in ("AUX", "VERB") else None
        if adjective is not None and i > adjective:
            known = signatures("a").get(tree.lower[adjective])
            if known:
                return under(above, chosen(known, above))
        led = tree.lemma[head] in _GOING or (tree.lemma[head] in _OVERTAKING and tree.lemma[i] in ("become", "win"))
        result = tree.lemma[i] in _RESULT_INFINITIVES and tree.lemma[i] != "see" and led
        if result and above.settled and i > head:
            return World(said=above.said)
        return World(PLANNED, True, MAYBE, above.said, "purpose")
