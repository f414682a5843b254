"""A token's own marks on its world: negation, modals, tense, questions, adverbs, and a noun's adjectives."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree
from onrecord.reading.participants import headline_infinitive, participant_like, passive
from onrecord.reading.status_reported import backshifted, given_up
from onrecord.reading.status_scope import anybody, charged, forbidding, lost_apostrophe, part_only
from onrecord.reading.status_signatures import signatures, status_words
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
)

_NOUN_ACTS = words()["status_contexts.noun_acts"]
_ALSO_ALONE = frozenset({"drop", "withdraw", "reverse", "stall"})  # "sales dropped": nobody dropped them
_NOT_QUITE = frozenset({"almost", "nearly"})
_PAST = frozenset({"was", "were", "had", "have", "has"})
_ELIDED = frozenset({"hope", "guess", "thank"})  # "Hope it ends soon": who hopes is left out
_HARDLY_ANY = frozenset({"little", "scant", "few"})
_TIMES_AHEAD = frozenset({"tomorrow", "tonight", "soon", "shortly"})


class Marks:
    """What the words around a token make of its world. ``ahead`` are tokens of times that lie after the report."""

    def __init__(self, tree: Tree, questions: frozenset[int], ahead: frozenset[int], light: dict[int, int]) -> None:
        self.tree = tree
        self.questions = questions
        self.ahead = ahead
        self.today: frozenset[int] = frozenset()  # tokens of the report's own day: what "would" be then is to come
        self.light = light  # event noun -> its light verb
        self.known: dict[int, World] = {}
        self.words = status_words()

    def _has_to(self, i: int) -> bool:
        return any(self.tree.lower[k] == "to" and self.tree.dep[k] == "aux" for k in self.tree.kids[i])

    def _infinitive(self, i: int) -> bool:
        """ "to change", "to be changed"; not "to have changed"."""
        be = any(self.tree.lower[k] == "be" for k in self.tree.children(i, "auxpass"))
        return (self.tree.tag[i] == "VB" or be) and self._has_to(i) and not self._perfect(i)

    def _perfect(self, i: int) -> bool:
        return any(self.tree.lower[k] == "have" for k in self.tree.children(i, "aux"))

    def _of_present(self, i: int) -> bool:
        """ "when it opens", "when it is opened", "once it has been opened"."""
        tree = self.tree
        if tree.tag[i] == "VBN":
            return any(tree.tag[k] in ("VBZ", "VBP") for k in tree.children(i, "aux", "auxpass"))
        return tree.tag[i] in ("VBZ", "VBP", "VBG", "VB")

    def _elliptic(self, i: int) -> bool:
        """ "Strike called off", "Talks postponed": a headline's participle taken for a past."""
        tree = self.tree
        if tree.lemma[i] in _ALSO_ALONE:
            return False
        if tree.tag[i] not in ("VBD", "VBN") or tree.child(i, "dobj", "ccomp", "xcomp", "aux", "auxpass") is not None:
            return False
        keys = [tree.lemma[i], *(f"{tree.lemma[i]} {tree.lower[k]}" for k in tree.children(i, "prt"))]
        found = [signatures("v")[key] for key in keys if key in signatures("v")]
        return any(known.affirmed in ("off", "delayed") for known in found)

    def _marker(self, i: int) -> str:
        """The conjunction of an adverbial clause; "if" for one told by inversion: "should the dam break"."""
        tree = self.tree
        mark = tree.child(i, "mark")
        mark = mark if mark is not None else tree.child(i, "advmod")
        if mark is not None and tree.dep[mark] == "mark":
            return tree.lower[mark]
        first = tree.child(i, "aux", "nsubj", "nsubjpass")
        if first is not None and tree.lower[first] in ("should", "had", "were") and tree.dep[first] == "aux":
            return "if"
        return tree.lower[mark] if mark is not None else ""

    def _had(self, i: int) -> bool:
        return any(self.tree.lower[k] in ("had", "'d") for k in self.tree.children(i, "aux"))

    def _negates(self, k: int) -> bool:
        tree = self.tree
        if tree.lower[k] in ("longer", "more") and tree.dep[k] == "advmod":
            return any(tree.lower[m] == "no" for m in tree.kids[k]) or (k > 0 and tree.lower[k - 1] == "no")
        return tree.dep[k] == "neg" or (
            tree.lower[k] in self.words["negators"] and tree.dep[k] in ("advmod", "neg", "preconj")
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
        if self._negated(i) and self._until(i, world):
            conditional = world.mode in (PLANNED, EXPECTED) and tree.child(i, "advcl") is not None
            world = replace(world, sure=MAYBE) if conditional else world
        elif self._negated(i):
            if world.mode in (PLANNED, EXPECTED) and world.positive and given_up(tree, i, self.ahead):
                return World(CANCELLED, False, SURE, world.said, "off")
            world = self._denied(i, world) if world.mode != UNKNOWN else world
        world = self._adverbs(i, world)
        if world.settled and self._later(i):
            world = replace(world, mode=PLANNED, ahead=True) if world.positive else world
        asked = tree.sentence[i] in self.questions and self._main(i) and not self._own_mind(i)
        if asked and not (world.settled and self._asks_which(i)):
            return World(UNKNOWN, True, OPEN, world.said, "unknown")
        if self._imperative(i):
            return World(WISHED, world.positive, OPEN, world.said, "ask")
        return world

    def _denied(self, i: int, world: World) -> World:
        """A verb's world with its negation, as far as that reaches."""
        tree = self.tree
        focus = world.positive and world.how != "should"
        part = part_only(tree, i, [k for k in tree.kids[i] if self._negates(k)]) if focus else ""
        if part == "done":
            return replace(world, sure=min(world.sure, PROBABLE))
        if part and world.settled:
            return replace(world, mode=REAL, sure=min(world.sure, MAYBE), how="part")
        if part:
            return World(POSSIBLE, True, MAYBE, world.said, "part")
        turned = world.turned()
        judged = anybody(tree, i) or (tree.lemma[i] == "be" and tree.child(i, "attr") is not None)
        if turned.how == "can" and not turned.positive and judged:  # "no one can be held", "war cannot be the answer"
            return replace(turned, mode=POSSIBLE, sure=MAYBE)
        if turned.how == "could" and self._perfect(i):
            return replace(turned, sure=PROBABLE)  # "could not have seen it"
        advised = turned.how == "should" or (turned.how == "would" and self._has_to(i))
        if advised:  # "should not lose", "a fool not to prepare": what is right, not what is
            return replace(turned, sure=min(turned.sure, MAYBE))
        return replace(turned, sure=min(turned.sure, PROBABLE)) if self._softly(i) else turned

    def _softly(self, i: int) -> bool:
        """ "hardly", "seldom": nearly a negation, and the only one."""
        found = [k for k in self.tree.kids[i] if self._negates(k)]
        return bool(found) and all(self.tree.lower[k] in self.words["soft_negators"] for k in found)

    def _asks_which(self, i: int) -> bool:
        """ "Who killed him?", "Why was it banned?" take for granted that it is so."""
        tree = self.tree
        if self._modal(i) or any(tree.lower[k] in ("do", "does") for k in tree.children(i, "aux")):
            return False
        before = [k for k in tree.kids[i] if k < i]
        below = [m for k in before for m in tree.kids[k]]
        deeper = [m for k in below for m in tree.kids[k]]
        return any(tree.tag[k] in ("WP", "WRB", "WDT", "WP$") for k in (*before, *below, *deeper))

    def _until(self, i: int, world: World) -> bool:
        """ "did not visit until July", "will not be named until": no visit before, a visit then."""
        tree = self.tree
        if world.mode in (PLANNED, EXPECTED) and world.how in ("will", "would"):
            clauses = (tree.lower[m] for k in tree.children(i, "advcl") for m in tree.children(k, "mark"))
            return "until" in (*clauses, *(tree.lower[k] for k in tree.children(i, "prep")))
        if (
            not world.settled
            or tree.tag[i] not in ("VB", "VBG", "VBN")
            or any(tree.tag[k] in ("MD", "VBZ", "VBP") for k in tree.children(i, "aux"))
        ):
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
        if any(lost_apostrophe(tree, k) for k in (i, *tree.children(i, "aux", "auxpass"))):
            return True
        if self._no_object(i):
            return True
        if any(self._none(k) or self._not_one(k) for k in tree.children(i, "nsubj", "nsubjpass")):
            return True
        first = min([i, *tree.kids[i]])
        return tree.lower[first] in ("neither", "nor") and first != i

    def _no_object(self, i: int) -> bool:
        """ "offered no proof", "was nothing new": what is coordinate with it is not denied."""
        return any(self._none(k) for k in self.tree.children(i, "dobj", "attr", "expl"))

    def _none(self, k: int) -> bool:
        """ "nobody", "no soldiers", "neither side"."""
        tree = self.tree
        return tree.lower[k] in ("nobody", "none", "nothing", "neither", "no-one") or any(
            tree.lower[m] in ("no", "neither", "zero") and tree.dep[m] in ("det", "neg", "preconj", "nummod")
            for m in tree.kids[k]
        )

    def _not_one(self, k: int) -> bool:
        """ "not a single shot", "not one of them", "none of the miners"."""
        tree = self.tree
        return any(
            tree.lower[m] == "not" and m + 1 < len(tree) and tree.lower[m + 1] in ("a", "an", "one", "any")
            for m in tree.kids[k]
        )

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
            past = tree.tag[i] == "VBN" and any(tree.lower[k] in ("have", "'ve") for k in tree.children(i, "aux"))
            unable = modal == "could" and not past and any(map(self._negates, tree.kids[i]))
            if unable and outer.settled and not self._in_condition(i):
                return replace(outer, how="no")  # "could not reach a verdict": was unable to
            return World(
                REAL if past else POSSIBLE, outer.positive, MAYBE, outer.said, "could" if modal == "could" else "may"
            )
        if not outer.settled:
            ahead = outer.mode == UNKNOWN and (modal in self.words["future_words"] or modal == "should")
            return replace(outer, ahead=True) if ahead else outer
        if self._had(i) and tree.tag[i] == "VB":  # "had better leave"
            return World(EXPECTED, outer.positive, PROBABLE, outer.said, "should")
        if modal in self.words["future_words"]:
            return World(
                PLANNED if self._willed(i) else EXPECTED, outer.positive, min(outer.sure, SURE), outer.said, "will"
            )
        if modal in self.words["would_modals"]:
            return self._would(i, outer)
        if modal in self.words["necessity_modals"]:
            past = self._perfect(i)
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
        being = any(tree.lower[k] == "being" for k in tree.children(i, "auxpass"))
        if (tree.tag[i] == "VBG" or being) and any(tree.lemma[k] == "be" for k in tree.children(i, "aux")):
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

    def _in_condition(self, i: int) -> bool:
        """Does a clause above begin with "if"?"""
        tree = self.tree
        return any(tree.lower[k] in ("if", "unless") for j in tree.ancestors(i) for k in tree.children(j, "mark"))

    def _would(self, i: int, outer: World) -> World:
        """ "would": a past's future below speech; after "if" or with "have", counter to fact."""
        tree = self.tree
        if self._perfect(i):
            return World(REAL, not outer.positive, PROBABLE, outer.said, "counter")
        for k in tree.children(i, "advcl"):
            mark = tree.child(k, "mark", "advmod")
            if mark is not None and tree.lower[mark] in ("if", "unless"):
                return World(POSSIBLE, outer.positive, MAYBE, outer.said, "would")
        if tree.lemma[i] != "like" and not self._in_condition(i) and backshifted(tree, i, self.ahead | self.today):
            mode = PLANNED if self._willed(i) else EXPECTED
            return World(mode, outer.positive, SURE, outer.said, "would")
        return World(EXPECTED, outer.positive, PROBABLE, outer.said, "would")

    def _willed(self, i: int) -> bool:
        """Is a future someone's to carry out: a subject that acts, or a passive of an act?"""
        tree = self.tree
        if passive(tree, i):
            return True
        who = tree.child(i, "nsubj")
        if who is None:
            return True
        return participant_like(tree, who) or tree.lemma[who] in _NOUN_ACTS

    def _going_to(self, i: int) -> bool:
        tree = self.tree
        head = tree.head[i]
        return tree.dep[i] == "xcomp" and tree.lower[head] in ("going", "gon") and self._has_to(i)

    def _headline_future(self, i: int) -> bool:
        """ "President to meet envoy": an infinitive that heads its line."""
        tree = self.tree
        if not self._has_to(i) or tree.tag[i] != "VB":
            return False
        return tree.dep[i] == "ROOT" or headline_infinitive(tree, i)

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
        """ "Release them", "Don't shoot", she said."""
        tree = self.tree
        if tree.tag[i] != "VB" or self._has_to(i):
            return False
        if tree.lemma[i] in _ELIDED or (tree.lemma[i] in words()["speech_verbs"] and self._quoted_before(i)):
            return False
        bare = tree.child(i, "nsubj", "nsubjpass", "aux", "expl", "mark") is None
        forbids = tree.dep[i] in ("ROOT", "ccomp", "parataxis") and forbidding(tree, i)
        return (tree.dep[i] == "ROOT" and bare) or forbids

    def _quoted_before(self, i: int) -> bool:
        """ "The dam will break," read one letter."""
        return any(k < i for k in self.tree.children(i, "ccomp"))

    def _own_mind(self, i: int) -> bool:
        """ "I think it sank, right?" does not ask whether one thinks so."""
        tree = self.tree
        who = tree.child(i, "nsubj")
        if who is None or tree.lower[who] not in ("i", "we") or who > i:
            return False
        return all(k > who for k in tree.children(i, "aux"))

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
            elif lower in _NOT_QUITE and tree.tag[i] in ("VBD", "VBN") and k < i:
                world = world.turned()
        but = tree.lower[max(0, i - 2) : i] == ["all", "but"] and tree.tag[i] in ("VBD", "VBN")
        return world.turned() if but else world

    def _to_be_done(self, i: int) -> bool:
        """ "an event to be held in May"."""
        return any(
            self._has_to(k) and self.tree.child(k, "auxpass") is not None for k in self.tree.children(i, "acl", "relcl")
        )

    def _predicate_marks(self, i: int, outer: World) -> World:
        tree = self.tree
        bare = tree.lower[i] not in signatures("a")  # "almost dead", not "almost certain"
        if any(self._negates(k) or (bare and tree.lower[k] in _NOT_QUITE) for k in tree.kids[i]):
            return outer.turned()
        return outer

    def _came_about(self, i: int, adjective: str) -> bool:
        """Whether a plan is told as done: "the planned talks were held", "the next blast killed two"."""
        tree, verb = self.tree, self.tree.head[i]
        phrase = tree.dep[i] == "pobj" and tree.lower[verb] in ("through", "in", "during", "at")
        verb = tree.head[verb] if phrase else verb
        told = tree.tag[verb] == "VBD" or {tree.lower[k] for k in tree.children(verb, "aux", "auxpass")} & _PAST
        if tree.pos[verb] != "VERB" or not told or tree.lemma[verb] in words()["speech_verbs"]:
            return False
        forms = {f"{tree.lemma[verb]} {tree.lower[k]}" for k in tree.children(verb, "dobj", "prt")} | {tree.lemma[verb]}
        if tree.dep[i] == "nsubj" and forms & words()["occur_verbs"]:
            return True
        if tree.dep[i] in ("nsubjpass", "dobj") and tree.lemma[verb] in self.words["brought_about"]:
            return True
        return adjective == "next" and (tree.dep[i] == "nsubj" or phrase)

    def _noun_marks(self, i: int, outer: World) -> World:
        tree, lists = self.tree, self.words
        world = outer
        # "the eventual court ruling": the adjective hangs on the court
        inner = [m for k in tree.children(i, "compound") for m in tree.children(k, "amod")]
        for k in (*tree.kids[i], *inner):
            lower, dep = tree.lower[k], tree.dep[k]
            if dep not in ("amod", "det", "compound", "neg", "advmod", "nmod", "acl"):
                continue
            if lower in ("no", "neither") and i not in self.light:
                world = World(world.mode, False, world.sure, world.said, "no")
            elif lower in _HARDLY_ANY and tree.lemma[i] in signatures("n") and tree.child(i, "det") is None:
                world = World(world.mode, False, min(world.sure, PROBABLE), world.said, "no")  # "little doubt"
            elif lower in lists["alleged_adjectives"]:
                world = replace(world, sure=min(world.sure, PROBABLE), said=True)
            elif lower in lists["possible_adjectives"]:
                world = World(POSSIBLE, world.positive, MAYBE, world.said, "maybe")
            elif world.settled and self._came_about(i, lower):
                continue  # "the planned visit took place"
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
            elif lower == "attempted" and charged(tree, i):
                continue  # a count of attempted theft is a charge
            elif lower in lists["failed_adjectives"] and lower not in ("failed", "so-called"):
                world = World(world.mode, False, world.sure, world.said, "no")
            elif lower in lists["ongoing_adjectives"] and world.settled and dep != "acl":
                world = replace(world, mode=ONGOING)
        if world.settled and world.positive and self._to_be_done(i):
            world = World(PLANNED, True, SURE, world.said, "plan")
        if world.settled and any(k in self.ahead for k in tree.kids[i]):
            world = World(PLANNED, world.positive, SURE, world.said, "plan")
        return world
