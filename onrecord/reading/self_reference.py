"""Which participants of an event may be the one who tells it: no label before a colon, no pronoun for somebody nearer.

Who tells of himself is a party and confirms what he tells. A pronoun that may as well stand for another makes nobody a
party: such a claim is left as that of an outsider.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import Attribution, EntityType, EventMention, Holder, Mention, Participant
from onrecord.reading.attribution_quotes import is_quoted
from onrecord.reading.event_tree import Tree
from onrecord.reading.page import Page

_ONE_PERSON = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_THING = frozenset({"it", "its", "itself"})
_SEVERAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_PRONOUNS = _ONE_PERSON | _THING | _SEVERAL
_BODIES = frozenset({EntityType.ORGANISATION, EntityType.OFFICE, EntityType.PLACE})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_WITHIN_A_NAME = frozenset({"compound", "amod", "nmod", "poss"})


def without_others(
    page: Page, tree: Tree, holder: Holder, attribution: Attribution | None, event: EventMention
) -> EventMention:
    """The event without those of its participants that would wrongly be taken for its teller."""
    if attribution is None or not attribution.source:
        return event

    def kept(people: Iterable[Participant]) -> tuple[Participant, ...]:
        return tuple(
            p for p in people
            if not _labels(page, tree, attribution, event, p) and not _of_another(page, tree, holder, attribution, p)
            and not _told_of_its_object(tree, event, p)
        )  # fmt: skip

    actors, recipients = kept(event.actors), kept(event.recipients)
    if len(actors) == len(event.actors) and len(recipients) == len(event.recipients):
        return event
    return replace(event, actors=actors, recipients=recipients)


def _labels(page: Page, tree: Tree, attribution: Attribution, event: EventMention, person: Participant) -> bool:
    """ "Tolm: ferries sink", "He said: 'There will be rain'": who is named as speaking does not act in what is said."""
    if not any(s.start < person.end and person.start < s.end for s in attribution.source):
        return False
    if is_quoted(page, event.anchor.start) and not is_quoted(page, person.start):
        return not _own_infinitive(tree, attribution, event)
    if person.start > event.anchor.end or all(c.text.strip() == ":" for c in attribution.cue):
        return True
    return _in_a_clause(tree, attribution, event)


def _in_a_clause(tree: Tree, attribution: Attribution, event: EventMention) -> bool:
    """ "Tolm said that the boat, which …, appeared to sink": the clause of what is said has a subject of its own."""
    i = tree.at.get(event.anchor.start)
    while i is not None and tree.head[i] != i:
        above = tree.head[i]
        if tree.within(above, attribution.cue):
            verbs = (i, *tree.children(i, "aux", "auxpass"))
            return tree.dep[i] == "ccomp" and any(tree.tag[k] in _FINITE for k in verbs)
        i = above
    return False


def _own_infinitive(tree: Tree, attribution: Attribution, event: EventMention) -> bool:
    """ "The government promised to 'deal seriously' with it": the subject of the cue is that of the infinitive."""
    i = tree.at.get(event.anchor.start)
    while i is not None and tree.dep[i] in ("xcomp", "conj"):
        i = tree.head[i]
        if tree.within(i, attribution.cue):
            return True
    return False


def _of_another(page: Page, tree: Tree, holder: Holder, attribution: Attribution, person: Participant) -> bool:
    """Whether a pronoun may as well be somebody named nearer to it than the one who speaks."""
    word, i = person.text.lower(), tree.at.get(person.start)
    if i is None or word not in _PRONOUNS or not (person.entity is None or person.entity == holder.entity):
        return False
    if word in _ONE_PERSON and attribution.number == "several":
        return True
    if person.entity is None and tree.dep[i] not in _SUBJECT:
        return True  # "have not banned it": nothing says that it is the speaker
    source = attribution.source[0]
    if page.sentence_at(source.start) != page.sentence_at(person.start):
        return False
    before = source.start if source.start < person.start else page.sentences[page.sentence_at(person.start)].start
    nearer = _nearest(page, tree, word, before, i)
    if source.start > person.start and person.entity is None and (nearer is not None or _told_before(tree, word, i)):
        return True
    return nearer is not None and nearer.entity != holder.entity and not _outranks(tree, attribution, i, nearer)


def _told_of_its_object(tree: Tree, event: EventMention, person: Participant) -> bool:
    """ "They stopped a boat, suspected of carrying guns", "a boat that on Monday carried guns": the boat, not they."""
    pronoun, i = tree.at.get(person.start), tree.at.get(event.anchor.start)
    if pronoun is None or i is None or person.text.lower() not in _PRONOUNS or tree.dep[pronoun] not in _SUBJECT:
        return False
    while tree.head[i] != i and i != tree.head[pronoun]:
        after_its_object = pronoun < tree.head[pronoun] < i and tree.pos[tree.head[pronoun]] == "VERB"
        if after_its_object and (_passive_aside(tree, i) or _relative(tree, i)):
            return True
        i = tree.head[i]
    return False


def _passive_aside(tree: Tree, i: int) -> bool:
    return tree.tag[i] == "VBN" and tree.dep[i] in ("advcl", "acl") and tree.child(i, "aux", "auxpass", "nsubj") is None


def _relative(tree: Tree, i: int) -> bool:
    """A clause read as one beside the first, whose "that" stands right behind a noun, with no "and" before it."""
    openers = [k for k in tree.children(i, "mark", "nsubj") if tree.lower[k] == "that" and k]
    return tree.dep[i] in ("conj", "relcl") and any(tree.pos[k - 1] in ("NOUN", "PROPN") for k in openers)


def _nearest(page: Page, tree: Tree, word: str, start: int, pronoun: int) -> Mention | None:
    """The mention last told before a pronoun that it could stand for."""
    fits = [m for m in page.mentions_near(start, tree.start[pronoun]) if _could_mean(page, tree, word, m, pronoun)]
    fits = [m for m in fits if start <= m.start and m.end <= tree.start[pronoun]]
    return max(fits, key=lambda m: (m.end, m.start), default=None)


def _could_mean(page: Page, tree: Tree, word: str, mention: Mention, pronoun: int) -> bool:
    entity, head = page.entity(mention.entity), _head(tree, mention)
    if entity is None or head is None or tree.dep[head] in _WITHIN_A_NAME:
        return False
    if tree.head[head] == _governor(tree, pronoun) and tree.dep[head] in _SUBJECT and tree.dep[pronoun] != "poss":
        return False  # "Velmark forced it", "Maas reached out to her": the object is somebody else
    if word in _ONE_PERSON:
        return entity.type is EntityType.PERSON and not entity.plural
    if word in _SEVERAL:
        return entity.plural
    return entity.type in _BODIES and not entity.plural


def _governor(tree: Tree, pronoun: int) -> int:
    """The verb that a pronoun belongs to, by whatever preposition."""
    above = tree.head[pronoun]
    while tree.pos[above] == "ADP" and tree.head[above] != above:
        above = tree.head[above]
    return above


def _head(tree: Tree, mention: Mention) -> int | None:
    inside = [k for k in range(*_tokens(tree, mention)) if not mention.start <= tree.start[tree.head[k]] < mention.end]
    return inside[-1] if inside else None


def _tokens(tree: Tree, mention: Mention) -> tuple[int, int]:
    first = tree.at.get(mention.start, -1)
    last = first
    while first >= 0 and last < len(tree) and tree.start[last] < mention.end:
        last += 1
    return (first, last) if first >= 0 else (0, 0)


def _outranks(tree: Tree, attribution: Attribution, pronoun: int, nearer: Mention) -> bool:
    """ "The company said in a talk with Lind Mills it would close": the subject of what is said is who says it."""
    verb, head = tree.head[pronoun], _head(tree, nearer)
    cued = tree.within(tree.head[verb], attribution.cue)
    return tree.dep[pronoun] in _SUBJECT and cued and head is not None and tree.dep[head] not in _SUBJECT


def _told_before(tree: Tree, word: str, pronoun: int) -> bool:
    """ "The mill closed when it lost money, the company said": a noun before the pronoun that it could stand for."""
    tags = {"NNS", "NNPS"} if word in _SEVERAL else {"NN", "NNP"}
    k = pronoun - 1
    while k >= 0 and tree.sentence[k] == tree.sentence[pronoun]:
        if tree.tag[k] in tags and tree.dep[k] not in _WITHIN_A_NAME:
            return True
        k -= 1
    return False


__all__ = ["without_others"]
