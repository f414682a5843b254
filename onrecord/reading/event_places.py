"""Where an event is: the places that its sentence ties to it by "in", "near" and the like, and none that only stand by.

A place is told of an event by the words it hangs by: "a raid in Tarn", "the Tarn raid", "raided Tarn". A possessor, a
flag, who is from there and what somebody says there tell no place of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import EntityType, EventMention, PlaceMention
from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree
from onrecord.reading.page import Page
from onrecord.reading.roles import name_words

_HERE = words()["places.here"]  # in, at, near …
_ON_GROUND = words()["places.on_ground"]  # what one is on: an island, a coast
_SCENES = words()["places.scenes"]  # "Tarn was the scene of a raid"
_AT_HOME = words()["events.at_home"]  # what a land does where it is: "Kenya voted", "Ostrel hosted the talks"
_TOWARDS = words()["events.towards"]  # what is done to a land wherever one is: "Ostrel criticised Kenya"
_JOURNEYS = frozenset({"MOVE", "CONSULT", "LAUNCH", "RETREAT", "MOBILIZE"})
_ONSLAUGHTS = frozenset({"ASSAULT", "DISASTER", "ACCIDENT", "MOBILIZE"})
# What happens on a spot: a place told in the same clause holds for it too, and its noun may be named for its place.
_ON_THE_SPOT = frozenset(
    {
        "ASSAULT",
        "DISASTER",
        "ACCIDENT",
        "DEATH",
        "INJURY",
        "CRIME",
        "PROTEST",
        "SPORT",
        "ELECTION",
        "MOBILIZE",
        "COERCE",
    }
)
_SHARED = _ON_THE_SPOT - {"COERCE", "ELECTION"}  # what is told of in the clause of another event's place
_LANDS_OWN = frozenset({"DISASTER", "ACCIDENT", "PROTEST", "SPORT", "ELECTION"})  # "the Kenya election"
_OF = frozenset({"ASSAULT", "DISASTER", "MOBILIZE"})  # "the siege of Tarn"
_CLAUSES = frozenset({"relcl", "acl", "ccomp", "parataxis", "csubj", "pcomp"})
_NAMED_WITH = frozenset({"compound", "nmod", "poss", "amod", "nummod", "det"})
_BESIDE = frozenset({"conj", "appos", "npadvmod"})
_NOT_BELOW = frozenset({"to", "about", "on", "over", "against", "for", "regarding", "of", "with"})
_BUILDINGS = name_words("facility") | {"hospital", "clinic", "school", "university", "church", "consulate", "factory"}
_NOT_ABOVE = frozenset(
    {"for", "to", "about", "against", "over", "regarding", "like"}
)  # "a reprisal for the raid in Tarn"
_FEW = 12  # steps up a tree


@dataclass(frozen=True, slots=True)
class Tie:
    """What a place hangs by: a preposition or a relation, and the token that has it."""

    place: PlaceMention
    word: str
    holder: int
    within: bool = False  # a part of a name or phrase: "the Tarn raid", "in a Tarn hotel"

    @property
    def here(self) -> bool:
        """By a word that says where; "at" a land is against it."""
        return self.word in _HERE and not (self.word == "at" and self.place.kind == "country" and not self.within)


@dataclass(slots=True)
class Sites:
    """The ties of a page's places."""

    page: Page
    tree: Tree
    owners: Mapping[int, int]  # token → the anchor whose modifiers it carries

    def ties(self, places: Iterable[PlaceMention]) -> list[Tie]:
        found = (self._tie(p) for p in places if p.use == "location")
        return [t for t in found if t is not None]

    def _top(self, place: PlaceMention) -> int | None:
        tokens = self.page.tokens(place.start, place.end)
        inside = {t.i for t in tokens}
        return next((t.i for t in tokens if t.head.i not in inside or t.head.i == t.i), None)

    def _tie(self, place: PlaceMention) -> Tie | None:
        """The tie of a place: up through the names and phrases that it is a part of."""
        tree, i = self.tree, self._top(place)
        within = False
        for _ in range(_FEW):
            if i is None:
                return None
            head, dep = tree.head[i], tree.dep[i]
            if head == i:
                return self._by_word_before(place)
            if dep in _BESIDE and (dep != "npadvmod" or tree.pos[head] == "PROPN"):
                i = head
            elif dep in _NAMED_WITH:
                if tree.pos[head] not in ("NOUN", "PROPN") or self._people(head):
                    return None
                if head in self.owners:
                    return Tie(place, dep, self.owners[head], within=True)
                within, i = True, head
            elif dep == "pobj" and tree.lower[head] == "of" and tree.head[head] not in self.owners:
                if self._people(tree.head[head]):
                    return None
                i = tree.head[head]
            elif dep in ("pobj", "pcomp"):
                return self._by_preposition(place, head, within)
            elif dep in ("dobj", "nsubj", "nsubjpass", "attr"):
                return Tie(place, dep, head, within)
            elif dep == "npadvmod" and i == head + 1 and tree.pos[head] == "VERB":
                return Tie(place, "dobj", head, within)  # "shelled Tarn on Monday", as the parser often has it
            else:
                return self._by_word_before(place)
        return None

    def _by_preposition(self, place: PlaceMention, word: int, within: bool) -> Tie:
        """By the first of several: "outside" in "outside of Tarn"."""
        tree = self.tree
        while tree.pos[tree.head[word]] == "ADP" and tree.head[word] != word:
            word = tree.head[word]
        return Tie(place, tree.lower[word], tree.head[word], within)

    def _by_word_before(self, place: PlaceMention) -> Tie | None:
        """Where the parser lost it: the word right before says how it belongs."""
        at = self.tree.at.get(place.start)
        if at is None or at == 0 or self.tree.lower[at - 1] not in _HERE:
            return None
        return Tie(place, self.tree.lower[at - 1], self.tree.head[at - 1])

    def _people(self, i: int) -> bool:
        """Who belongs to a place or governs it is not there: "a Tarn law firm", "the president of Tarn"."""
        if self.tree.lower[i] in _BUILDINGS:
            return False
        mention = self.page.mention_of(self.tree.start[i], self.tree.end[i])
        return mention is not None and mention.type not in (EntityType.PLACE, EntityType.FACILITY)

    def owned(self, ties: Sequence[Tie], types: Mapping[int, str | None]) -> dict[int, str]:
        """The place that hangs by each anchor, by its token."""
        found: dict[int, str] = {}
        for tie in sorted(ties, key=lambda t: not t.here):
            anchor = self._anchor(tie)
            if anchor is not None and self._tells(tie, anchor, types.get(anchor)):
                found.setdefault(anchor, tie.place.id)
            for other in self._carried(tie, types):
                found.setdefault(other, tie.place.id)
        return found

    def _carried(self, tie: Tie, types: Mapping[int, str | None]) -> Iterator[int]:
        """What happens by a verb that is no event itself: "the race began in Tarn"; what hit a place: "a storm"."""
        tree, verb = self.tree, tie.holder
        if tie.here and verb not in self.owners and tree.pos[verb] in ("VERB", "AUX"):
            bearers = tree.children(verb, "nsubj", "nsubjpass")
            above = [tree.head[verb]] if tree.dep[verb] in ("relcl", "acl") else []
            yield from (self.owners[k] for k in (*bearers, *above) if k in self.owners)
        elif tie.word in ("dobj", "nsubjpass") and not tie.within:
            agents = (j for k in tree.children(verb, "agent") for j in tree.children(k, "pobj"))
            doers = (*tree.children(verb, "nsubj"), *agents)
            yield from (self.owners[k] for k in doers if types.get(self.owners.get(k, -1)) in _ONSLAUGHTS)

    def _anchor(self, tie: Tie) -> int | None:
        """The anchor that a tie speaks of: its holder, or what its holder takes part in, in the same clause."""
        i = tie.holder
        for _ in range(_FEW):
            if i in self.owners:
                return self.owners[i]
            if self.tree.dep[i] in _CLAUSES or self.tree.head[i] == i:
                return None
            i = self.tree.head[i]
        return None

    def _tells(self, tie: Tie, anchor: int, kind: str | None) -> bool:
        """Is that where the event is?"""
        direct = self.owners.get(tie.holder) == anchor
        if tie.here:
            return direct or kind in _ON_THE_SPOT or kind is None or self._takes_part(tie.holder, anchor)
        if not direct:
            return False
        if tie.word in _NAMED_WITH:
            return self._named_for_place(tie, kind)
        if tie.word in ("dobj", "nsubj", "nsubjpass", "attr"):
            return self._argument(tie, kind)
        return self._on_the_way(tie, kind)

    def _takes_part(self, holder: int, anchor: int) -> bool:
        """ "A court in Tarn jailed them": of words and dealings only what a party to them is in."""
        tree = self.tree
        return tree.dep[holder] in ("nsubj", "nsubjpass", "dobj", "pobj") and (
            tree.head[holder] == anchor or tree.head[tree.head[holder]] == anchor
        )

    def _named_for_place(self, tie: Tie, kind: str | None) -> bool:
        """ "the Tarn raid", "Kenya's election"; not "US strikes"."""
        if kind in _LANDS_OWN and not (kind == "SPORT" and tie.word == "poss"):
            return True
        return tie.word != "poss" and tie.place.kind != "country" and (kind in _ON_THE_SPOT or kind == "CONSULT")

    def _argument(self, tie: Tie, kind: str | None) -> bool:
        """What is attacked, visited, left; a land that votes or is hit by a storm; "the venue was Tarn"."""
        tree, verb = self.tree, tie.holder
        if tie.within:
            return kind in _ONSLAUGHTS and tie.word in ("dobj", "nsubjpass")
        if tie.word == "nsubj":
            scene = any(tree.lemma[k] in _SCENES for k in tree.children(verb, "attr"))
            return scene or tree.lemma[verb] in _AT_HOME
        if tie.word == "dobj":
            return kind in (_ONSLAUGHTS | _JOURNEYS) and tree.lemma[verb] not in _TOWARDS
        return True

    def _on_the_way(self, tie: Tie, kind: str | None) -> bool:
        """Where one goes, comes from, passes or strikes."""
        if tie.word in ("to", "into", "from", "towards", "toward", "for", "via", "through"):
            return kind in _JOURNEYS or (tie.word in ("into", "through") and kind in _ON_THE_SPOT)
        if tie.word == "on":
            return kind in _ONSLAUGHTS or self._is_ground(tie.place)
        if tie.word == "of":
            return kind in _OF
        return tie.word == "over" and kind in (_JOURNEYS | _ONSLAUGHTS)

    def _is_ground(self, place: PlaceMention) -> bool:
        return place.kind == "facility" or place.text.rsplit(maxsplit=1)[-1].casefold() in _ON_GROUND

    def shared(self, ties: Sequence[Tie], events: Sequence[EventMention]) -> Iterator[tuple[int, str]]:
        """Events by number with the one place told in their sentence, if what ties them lets it hold for them."""
        by_sentence: dict[int, dict[int, Tie]] = {}
        types = {self.tree.at[e.anchor.start]: e.type for e in events}
        for tie in ties:
            if tie.here or self._hit(tie, types):
                sites = by_sentence.setdefault(self.page.sentence_at(tie.place.start), {})
                sites.setdefault(tie.holder, tie)
        for number, event in enumerate(events):
            sites = by_sentence.get(event.sentence, {})
            if event.place is None and event.type in _SHARED and len(sites) == 1:
                tie = next(iter(sites.values()))
                if self._holds_for(self.tree.at[event.anchor.start], tie, types):
                    yield number, tie.place.id

    def _hit(self, tie: Tie, types: Mapping[int, str | None]) -> bool:
        """ "shelled Tarn, killing nine": what is done to a town is done in it."""
        kind = types.get(self.owners.get(tie.holder, -1))
        return tie.word == "dobj" and tie.place.kind != "country" and kind in _ONSLAUGHTS and self._argument(tie, kind)

    def _holds_for(self, i: int, tie: Tie, types: Mapping[int, str | None]) -> bool:
        """An event and a place of another part of its sentence: what is below the place's clause, or above it."""
        up, down = self._path(i), self._path(tie.holder)
        if tie.holder in up:
            return self._open(up[: up.index(tie.holder)], below=True)
        common = next((k for k in up if k in down), None)
        if common is None:
            return False
        event_side, place_side = up[: up.index(common)], down[: down.index(common)]
        owner = self._anchor(tie)
        on_the_spot = owner is None or types.get(owner) is None or types.get(owner) in _ON_THE_SPOT
        return on_the_spot and self._open(event_side, below=True) and self._open(place_side, below=False)

    def _open(self, path: Sequence[int], *, below: bool) -> bool:
        """No clause of its own lies on the way; what is only reacted to or spoken of is elsewhere."""
        tree = self.tree
        for i in path:
            if tree.dep[i] in ("ccomp", "parataxis", "csubj") or (below and tree.dep[i] in _CLAUSES):
                return False
            if tree.dep[i] == "relcl" and tree.dep[tree.head[i]] not in ("nsubj", "nsubjpass", "pobj", "dobj"):
                return False
            if tree.dep[i] == "prep" and tree.lower[i] in (_NOT_BELOW if below else _NOT_ABOVE):
                return False
        return True

    def _path(self, i: int) -> list[int]:
        return [i, *self.tree.ancestors(i)]


__all__ = ["Sites", "Tie"]
