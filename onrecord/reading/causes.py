"""Causes of events as they are stated: "the fire was caused by a short circuit", "blamed the collapse on neglect".

Only what words of cause join is taken: what merely comes before an event is no cause of it. A cause may be told with a
hedge ("may have been caused by") or ruled out ("arson was ruled out as the cause of the fire").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Cause
from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree

_LISTS = words()
_MAKERS, _MAKERS_WITH = _LISTS["causes.makers"], {"lead": "to", "result": "in"}
_RESULTS = _LISTS["causes.results"]
_GIVERS = {"blame": "on", "attribute": "to", "ascribe": "to"}  # "blamed the collapse on …"
_NAMERS = _LISTS["causes.namers"]
_NOUNS = _LISTS["causes.nouns"]
_OUTCOMES = frozenset({"result", "consequence", "outcome"})
_BECAUSE = frozenset({"because", "due", "owing", "thanks"})
_HEDGES = _LISTS["causes.hedges"]
_OPEN_MODALS = frozenset({"may", "might", "could", "can", "would"})
_KINDS = ("deliberate", "technical", "natural", "mistake")
_CLASSES = {kind: _LISTS[f"causes.{kind}"] for kind in _KINDS}
_OPENERS = frozenset({"whether", "that", "if"})
_BE = "be"


@dataclass(frozen=True, slots=True)
class _Link:
    """Tokens: what was caused, by what, and the word that says so, whose marks tell how sure it is."""

    effect: int
    cause: int
    bearer: int
    excluded: bool = False


def causes_in(tree: Tree, text: str) -> dict[int, Cause]:
    """The first cause stated of each token that stands for what was caused."""
    found: dict[int, Cause] = {}
    for link in _links(tree):
        if _tells(tree, link):
            found.setdefault(link.effect, _cause(tree, text, link))
    return found


def _tells(tree: Tree, link: _Link) -> bool:
    """Not "what caused it", not who did it, and not "no deaths were caused by the storm"."""
    if tree.pos[link.cause] in ("PRON", "DET") or tree.entity[link.cause] == "PERSON":
        return False
    return not any(tree.lower[k] in ("no", "zero", "neither") for k in tree.kids[link.effect])


def _links(tree: Tree) -> Iterator[_Link]:
    for i, lemma in enumerate(tree.lemma):
        if tree.lower[i] in _BECAUSE:
            yield from _of_because(tree, i)
        elif tree.pos[i] in ("VERB", "AUX"):
            yield from _of_verb(tree, i, lemma)
        elif lemma in _NOUNS or lemma in _OUTCOMES:
            yield from _of_noun(tree, i, lemma)


def _of_verb(tree: Tree, i: int, lemma: str) -> Iterator[_Link]:
    particle = tree.child(i, "prt")
    if particle is not None:
        lemma = f"{lemma} {tree.lower[particle]}"
    if lemma in _MAKERS or lemma in _MAKERS_WITH:
        yield from _made(tree, i, lemma)
    if lemma in _RESULTS:
        yield from _from_subject(tree, i)
    if lemma in _GIVERS:
        yield from _given(tree, i, _GIVERS[lemma])
    if lemma in _NAMERS or lemma == "rule out":
        yield from _named(tree, i, lemma == "rule out")


def _made(tree: Tree, i: int, lemma: str) -> Iterator[_Link]:
    agent = _agent(tree, i)
    if agent is not None:
        effect = _patient(tree, i)
        if effect is not None:
            yield _Link(effect, agent, i)
        return
    cause = _subject(tree, i)
    object_ = _after(tree, i, _MAKERS_WITH[lemma]) if lemma in _MAKERS_WITH else tree.child(i, "dobj")
    if cause is not None and object_ is not None:
        yield _Link(object_, cause, i)


def _subject(tree: Tree, i: int) -> int | None:
    """The subject of a verb; of a relative clause what it hangs from."""
    return _meant(tree, i, tree.child(i, "nsubj"))


def _patient(tree: Tree, i: int) -> int | None:
    """What a passive verb is said of: its subject, that of "is believed to have been", or the noun it modifies."""
    subject = tree.child(i, "nsubjpass")
    if subject is None and tree.dep[i] == "acl":
        return tree.head[i]
    if subject is None and tree.dep[i] == "xcomp":
        return tree.child(tree.head[i], "nsubjpass", "nsubj")
    return _meant(tree, i, subject)


def _meant(tree: Tree, i: int, subject: int | None) -> int | None:
    relative = subject is not None and tree.tag[subject] in ("WDT", "WP") and tree.dep[i] == "relcl"
    return tree.head[i] if relative else subject


def _agent(tree: Tree, i: int) -> int | None:
    by = tree.child(i, "agent")
    return None if by is None else tree.child(by, "pobj", "pcomp")


def _after(tree: Tree, i: int, preposition: str) -> int | None:
    return next((inner for word, _, inner in tree.preps(i) if word == preposition), None)


def _from_subject(tree: Tree, i: int) -> Iterator[_Link]:
    """ "resulted from a software error"."""
    subject, cause = _subject(tree, i), _after(tree, i, "from")
    if subject is not None and cause is not None:
        yield _Link(subject, cause, i)


def _given(tree: Tree, i: int, preposition: str) -> Iterator[_Link]:
    effect = tree.child(i, "dobj", "nsubjpass")
    if effect is None:
        return
    blamed_for = (_after(tree, i, "for") or _after(tree, effect, "for")) if tree.lemma[i] == "blame" else None
    if blamed_for is not None and not tree.entity[effect]:
        yield _Link(blamed_for, effect, i)
        return
    cause = _after(tree, i, preposition)
    if cause is None:
        cause = _after(tree, effect, preposition)
    if cause is not None:
        yield _Link(effect, cause, i)


def _named(tree: Tree, i: int, excluded: bool) -> Iterator[_Link]:
    """ "ruled out arson as the cause of the blaze", "named a cigarette as the cause of the fire"."""
    cause = tree.child(i, "dobj", "nsubjpass")
    noun = _after(tree, i, "as")
    if cause is None or noun is None or tree.lemma[noun] not in _NOUNS:
        return
    effect = _after(tree, noun, "of")
    if effect is not None:
        yield _Link(effect, cause, i, excluded)


def _of_noun(tree: Tree, i: int, lemma: str) -> Iterator[_Link]:
    """ "the cause of the fire was a cigarette", "a cigarette was the cause of the fire", "the result of a strike"."""
    verb, inner = tree.head[i], _after(tree, i, "of")
    if tree.lemma[verb] != _BE or inner is None:
        return
    other = tree.child(verb, "nsubj") if tree.dep[i] == "attr" else tree.child(verb, "attr")
    if other is None or other == i or tree.dep[i] not in ("attr", "nsubj"):
        return
    if lemma in _OUTCOMES:
        if tree.dep[i] == "attr":
            yield _Link(other, inner, verb)
    else:
        yield _Link(inner, other, verb)


def _of_because(tree: Tree, i: int) -> Iterator[_Link]:
    cause = tree.child(i, "pobj")
    inner = tree.child(i, "pcomp", "prep")
    if cause is None and inner is not None:
        cause = tree.child(inner, "pobj")
    if cause is None or inner is None or tree.head[i] == i:
        return
    above = tree.head[i]
    copular = tree.lemma[above] == _BE and tree.child(above, "nsubj") is not None
    effect = tree.child(above, "nsubj") if copular else above
    if effect is not None:
        yield _Link(effect, cause, above)


def _cause(tree: Tree, text: str, link: _Link) -> Cause:
    first, last = tree.edges(link.cause)
    while first < link.cause and tree.lower[first] in _OPENERS:
        first += 1
    start, end = tree.start[first], tree.end[last]
    heads = frozenset(tree.lemma[k] for k in range(first, last + 1) if tree.pos[k] in ("NOUN", "PROPN", "VERB", "ADJ"))
    negated = any(tree.dep[k] == "neg" or tree.lower[k] in ("never", "neither") for k in tree.kids[link.bearer])
    return Cause(
        start,
        end,
        text[start:end],
        tuple(sorted(heads)),
        _kind(heads, tree.lemma[link.cause]),
        excluded=link.excluded or negated,
        hedged=_hedged(tree, link.bearer),
    )


def _kind(heads: frozenset[str], head: str) -> str:
    """The class of a cause by its head, else by its other words; "other" where they tell none, or two."""
    for looked in (frozenset({head}), heads):
        fitting = [kind for kind in _KINDS if looked & _CLASSES[kind]]
        if fitting:
            return fitting[0] if len(fitting) == 1 else "other"
    return "other"


def _hedged(tree: Tree, bearer: int) -> bool:
    for i in (bearer, *tree.ancestors(bearer)):
        if tree.lemma[i] in _HEDGES or any(_opens(tree, k) for k in tree.kids[i]):
            return True
        if tree.dep[i] in ("ROOT", "acl", "relcl", "advcl"):
            return False
    return False


def _opens(tree: Tree, k: int) -> bool:
    """A modal, an adverb of doubt, or the "whether" of an open question."""
    if tree.dep[k] == "aux":
        return tree.lower[k] in _OPEN_MODALS
    if tree.dep[k] == "mark":
        return tree.lower[k] in ("whether", "if")
    return tree.dep[k] in ("advmod", "amod") and tree.lower[k] in _HEDGES
