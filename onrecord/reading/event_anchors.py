"""Which tokens anchor an event: verbs, event nouns, light verbs with their nouns, predicative adjectives, headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.event_lexicon import patterns, title_stem, wanted, words
from onrecord.reading.event_tree import Tree
from onrecord.reading.quantities import toll_words
from onrecord.reading.status_scope import cannot_help

_NOT_PREDICATES = words()["event_anchors.not_predicates"]
_PREPOSITION_LIKE = words()["event_anchors.preposition_like"]
_SUFFIXES = ("tion", "sion", "ment", "ance", "ence", "ancy", "ing", "ure", "age", "al", "ism", "ery", "dom")
_SUFFIXES_ALONE = ("tion", "sion", "ment", "ing", "al")
STATES = {"dead": "DEATH", "injured": "INJURY", "wounded": "INJURY", "missing": "MOVE", "hurt": "INJURY"}
_OF_OWN_OBJECTS = words()["event_anchors.of_own_objects"]
_OF_THINGS = words()["event_anchors.of_things"]
HINT = 0.5  # chance from which a noun that no list knows is an event
_NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ"})
_NO_EVENT_NAMES = frozenset({"PERSON", "GPE", "LOC", "MONEY", "PERCENT", "DATE", "TIME", "QUANTITY", "CARDINAL"})
_NAMED_OCCASIONS, _OCCASIONS = words()["event_anchors.named_occasions"], words()["event_anchors.occasions"]
_SEEN_OR_SO = words()["event_anchors.seen_or_so"]
_AT_OCCASIONS = frozenset({"at", "during", "after", "before", "following"})
_HELD = frozenset({"attend", "host", "throw", "hold", "organise", "organize", "celebrate"})
_OPENS_FIRE = frozenset({"open", "return", "exchange", "trade", "cease", "hold"})
_VERB_POS = frozenset({"VERB"})
_MODIFIES, _PARTICIPLE = frozenset({"amod", "compound"}), frozenset({"VBN", "VBG"})
_HYPHENS, _OPENING_QUOTES = frozenset("-\u2010\u2011"), frozenset("\"'\u201c\u2018")
_NAMED = frozenset({"name", "call", "dub", "title", "entitle", "nickname", "christen"})
_PICTURED = frozenset({"picture", "photograph"})


@dataclass(slots=True)
class Anchor:
    """An anchoring token. ``light`` is the light verb that carries a noun's arguments and status.

    ``kind``: verb, noun, adjective, toll, title; speech, state, light, hint and attribute, of which no claims are made.
    """

    token: int
    kind: str
    light: int | None = None


@lru_cache(maxsize=1)
def _noun_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Nouns that are events, that are with an argument, and that never are by their ending alone."""
    lists = words()
    single = {key for key in patterns("n") if " " not in key and "+" not in key}
    return lists["event_nouns"] | single, lists["weak_nouns"] - single, lists["never_nouns"]


def find_anchors(tree: Tree, chances: Sequence[float] = ()) -> list[Anchor]:
    """Anchors in order of the text; ``chances`` of each token to be one, 0 … 1, as the encoder has them."""
    found: dict[int, Anchor] = {}
    for i, pos in enumerate(tree.pos):
        if pos in ("VERB", "AUX"):
            anchor = _verb(tree, i)
        elif pos in ("NOUN", "PROPN"):
            anchor = _noun(tree, i)
        elif pos == "ADJ":
            anchor = _adjective(tree, i)
        else:
            anchor = None
        if anchor:
            anchor.kind = "attribute" if _attribute(tree, i) else anchor.kind
            found[i] = anchor
    _join_light_verbs(tree, found)
    for anchor in _titles(tree, found):
        found[anchor.token] = anchor
    _add_tolls(tree, found)
    likely = {i for i, chance in enumerate(chances) if chance >= HINT and _nominal(tree, i)}
    for i in range(len(tree)):
        if i not in found and (i in likely or _occasion(tree, i)):
            found[i] = Anchor(i, "hint")  # "burglary", "the playoffs": no list of nouns is whole
    return [found[i] for i in sorted(found)]


def _attribute(tree: Tree, i: int) -> bool:
    """ "war-torn", "a life-threatening wound", "a tiger named Borel", "(pictured)": of what kind something is."""
    if tree.tag[i] == "VBN" and tree.lemma[i] in _PICTURED:
        return True
    if tree.tag[i] == "VBN" and tree.dep[i] == "acl" and tree.lemma[i] in _NAMED:
        return _name_follows(tree, i)
    if tree.tag[i] == "VBN" and tree.dep[i] == "amod" and i < tree.head[i] and not _lexical(tree, i):
        return True  # "a wooded slope"; "the kidnapped clerk" tells an event
    joined = _hyphen(tree, i - 1) and tree.dep[i] in _MODIFIES and tree.tag[i] in _PARTICIPLE
    return joined or (
        _hyphen(tree, i + 1) and i + 2 < len(tree) and tree.dep[i + 2] in _MODIFIES and tree.tag[i + 2] in _PARTICIPLE
    )


def _hyphen(tree: Tree, i: int) -> bool:
    """Whether a token is a hyphen with no blank on either side."""
    if not 0 < i < len(tree) - 1 or tree.word[i] not in _HYPHENS:
        return False
    return tree.end[i - 1] == tree.start[i] and tree.end[i] == tree.start[i + 1]


def _name_follows(tree: Tree, i: int) -> bool:
    following = [k for k in range(i + 1, min(i + 3, len(tree))) if tree.pos[k] != "DET"]
    first = tree.word[following[0]][:1] if following else ""
    return first.isupper() or first in _OPENING_QUOTES


def _add_tolls(tree: Tree, found: dict[int, Anchor]) -> None:
    """ "put the number of dead at nine" tells of deaths; the verb that puts it there lends its form."""
    for word, verb in toll_words(tree).items():
        known = found.get(word)
        if known is None or known.kind != "verb":
            found[word] = Anchor(word, "toll", verb)
        if verb in found and found[verb].kind != "speech":
            found[verb].kind = "light"
        tally = next((k for k in tree.ancestors(word) if tree.head[k] == verb), word)
        if tally != word and tally in found:
            del found[tally]  # the number itself is no event


# --- verbs -------------------------------------------------------------------------------------------------------


def _verb(tree: Tree, i: int) -> Anchor | None:
    lists = words()
    lemma, dep, lower = tree.lemma[i], tree.dep[i], tree.lower[i]
    if dep in ("aux", "auxpass") or lower in lists["modal_verbs"] or not lower[0].isalpha() or len(lower) < 2:
        return None
    if _dated(tree, i):
        return None
    if dep == "prep" or (lower in _NOT_PREDICATES and tree.tag[i] in ("VBG", "VBN") and _prepositional(tree, i)):
        return None
    if lemma == "be":
        return Anchor(i, "state") if _copula_counts(tree, i) else None
    if tree.pos[i] == "AUX" and lemma not in ("have", "do", "get", "need"):
        return None
    if _periphrastic(tree, i) or cannot_help(tree, i):
        return None
    if dep in ("amod", "compound") and not _participle_counts(tree, i):
        return None
    if is_speech(tree, i):
        return Anchor(i, "speech")
    if lemma in lists["state_verbs"] and not _lexical(tree, i):
        return Anchor(i, "state")
    if lemma in _SEEN_OR_SO and tree.tag[i] != "VB" and not _lexical(tree, i):
        return Anchor(i, "attribute")  # "seen above", "ranges from": it is so; "will see the envoy" comes about
    return Anchor(i, "verb")


def _prepositional(tree: Tree, i: int) -> bool:
    """ "following the call", "including Spain": a verb's form that heads no clause."""
    return tree.child(i, "nsubj", "nsubjpass", "aux", "auxpass") is None and tree.lemma[i] in _PREPOSITION_LIKE


def _copula_counts(tree: Tree, i: int) -> bool:
    """A copula is kept as a state where it has a predicate and no event of its own."""
    return tree.child(i, "attr", "acomp", "prep") is not None


def _periphrastic(tree: Tree, i: int) -> bool:
    """ "going to meet", "have to leave", "used to live": the lower verb is the event."""
    below = tree.child(i, "xcomp")
    if below is None or tree.child(below, "aux") is None:
        return False
    lower = tree.lower[i]
    return lower in ("going", "gon", "used") or (tree.lemma[i] == "have" and tree.child(i, "dobj") is None)


def _participle_counts(tree: Tree, i: int) -> bool:
    """ "the wounded soldiers" tells an event, "leading banks" none."""
    return tree.tag[i] in ("VBN", "VBD") or (tree.tag[i] == "VBG" and _lexical(tree, i))


def _lexical(tree: Tree, i: int) -> bool:
    return tree.lemma[i] in patterns("v")


_ALSO_ACTS = words()["event_anchors.also_acts"]


def is_speech(tree: Tree, i: int) -> bool:
    """A predicate of speech that is no act of its own kind: what it says is an attribution's content."""
    lemma = tree.lemma[i]
    if lemma not in words()["speech_verbs"] or lemma in _ALSO_ACTS:
        return False
    if lemma in ("show", "read", "signal", "ask", "suggest", "recall", "post", "sound", "testify", "quote"):
        return tree.child(i, "ccomp") is not None
    return True


# --- nouns -------------------------------------------------------------------------------------------------------


def _noun(tree: Tree, i: int) -> Anchor | None:
    lemma, dep = tree.lemma[i], tree.dep[i]
    if len(lemma) < 3 or tree.entity[i] in ("PERSON", "MONEY", "PERCENT", "DATE", "TIME", "QUANTITY", "CARDINAL"):
        return None
    if dep == "compound" and not _compound_counts(tree, i):
        return None
    if lemma == "order" and i and tree.lower[i - 1] == "in":  # "in order to"
        return None
    if _label(tree, i) or _gunfire(tree, i) or _dated(tree, i):
        return None
    proper = tree.pos[i] == "PROPN"
    if proper and (tree.entity[i] in ("ORG", "GPE", "LOC", "FAC") or not _title_noun(tree, i)):
        return None
    sure, weak, never = _noun_lists()
    if lemma in sure or _known_compound(tree, i):
        return Anchor(i, "noun")
    if proper or lemma in never:
        return None
    if lemma in weak:
        return Anchor(i, "noun") if _weighty(tree, i) else None
    if tree.tag[i] in ("NN", "NNS") and _derived(lemma) and _has_argument(tree, i):
        return Anchor(i, "noun")
    return None


def _dated(tree: Tree, i: int) -> bool:
    """ "scheduled for March 31": a month, whatever the tagger makes of it."""
    return tree.word[i] == "March" and i + 1 < len(tree) and tree.word[i + 1][:1].isdigit()


def _gunfire(tree: Tree, i: int) -> bool:
    """ "opened fire", "came under fire": shots, of which the verb tells; nothing burns."""
    head = tree.head[i]
    if tree.lemma[i] != "fire":
        return False
    return (tree.dep[i] == "dobj" and tree.lemma[head] in _OPENS_FIRE) or (
        tree.dep[i] == "pobj" and tree.lower[head] == "under" and tree.child(i, "det") is None
    )


def _known_compound(tree: Tree, i: int) -> bool:
    """ "medical leave", "press conference": an event by its modifier."""
    if f"{tree.lemma[i]}" not in _heads_of_compounds():
        return False
    known = patterns("n")
    return any(f"{tree.lower[k]}+{tree.lemma[i]}" in known for k in tree.kids[i])


@lru_cache(maxsize=1)
def _heads_of_compounds() -> frozenset[str]:
    return frozenset(key.split("+")[-1] for key in patterns("n") if "+" in key)


def _title_noun(tree: Tree, i: int) -> bool:
    """A capitalised common noun, as headlines have them: known as an event, head of its phrase."""
    return tree.lower[i] in _noun_lists()[0] or tree.lemma[i] in patterns("n")


def _compound_counts(tree: Tree, i: int) -> bool:
    """ "bankruptcy protection", "murder suspect": the modifier tells an event, the head a thing about it."""
    head = tree.head[i]
    return tree.pos[head] == "NOUN" and tree.lemma[head] in _OF_THINGS and tree.lemma[i] in _noun_lists()[0]


def _weighty(tree: Tree, i: int) -> bool:
    """A noun that can tell an event does so with an agent, an object, an infinitive or a clause of its own."""
    for k in tree.kids[i]:
        if tree.dep[k] in ("poss", "acl", "relcl", "compound") or (tree.dep[k] == "prep" and tree.kids[k]):
            return True
    return tree.dep[i] in ("dobj", "nsubjpass", "nsubj")


def _derived(lemma: str) -> bool:
    return len(lemma) > 6 and lemma.endswith(_SUFFIXES)


def _has_argument(tree: Tree, i: int) -> bool:
    for k in tree.kids[i]:
        if tree.dep[k] == "prep" and tree.lower[k] in ("of", "by", "against", "between", "with", "on", "to", "from"):
            return tree.lemma[i].endswith(_SUFFIXES_ALONE)
        if tree.dep[k] == "poss":
            return tree.lemma[i].endswith(("tion", "sion", "ing"))
    return False


def _adjective(tree: Tree, i: int) -> Anchor | None:
    """ "three people are dead", "five dead in crash", "climber dead after fall"."""
    lower = tree.lower[i]
    if lower in STATES and tree.dep[i] in ("amod", "advmod") and i == tree.head[i] + 1:
        return Anchor(i, "adjective")  # "One dead, two hurt": behind what it is said of it is no attribute
    if lower in STATES and tree.dep[i] in ("acomp", "ROOT", "oprd", "conj", "attr", "ccomp", "dobj", "nsubj"):
        return Anchor(i, "adjective")
    return Anchor(i, "adjective") if lower in STATES and tree.child(i, "nummod") is not None else None


def _label(tree: Tree, i: int) -> bool:
    """ "COMPETITION: the firm has …" heads a paragraph, and tells nothing."""
    return tree.word[i].isupper() and i + 1 < len(tree) and tree.word[i + 1] == ":"


def _nominal(tree: Tree, i: int) -> bool:
    """A noun or a predicative adjective that nothing else tells to be no event."""
    lemma, name = tree.lemma[i], tree.entity[i]
    if len(lemma) < 3 or name in _NO_EVENT_NAMES or lemma in _noun_lists()[2] or tree.tag[i] not in _NOMINAL_TAGS:
        return False
    if _label(tree, i) or _gunfire(tree, i):
        return False
    return tree.tag[i] != "JJ" or tree.dep[i] in ("acomp", "ROOT", "oprd")


def _occasion(tree: Tree, i: int) -> bool:
    """ "the World Cup", "at a party": what is called an event by its name, or by what is done at it."""
    if tree.pos[i] == "PROPN":
        last = i + 1 == len(tree) or tree.pos[i + 1] != "PROPN" or tree.sentence[i + 1] != tree.sentence[i]
        return last and (tree.lower[i] in _NAMED_OCCASIONS or tree.entity[i] == "EVENT")
    if tree.lemma[i] not in _OCCASIONS or tree.pos[i] != "NOUN":
        return False
    head = tree.head[i]
    return (tree.dep[i] == "pobj" and tree.lower[head] in _AT_OCCASIONS) or (
        tree.dep[i] in ("dobj", "nsubjpass") and tree.lemma[head] in _HELD
    )


# --- light verbs -------------------------------------------------------------------------------------------------


def _join_light_verbs(tree: Tree, found: dict[int, Anchor]) -> None:
    """ "held talks": the noun is the anchor, and takes the verb's arguments and status."""
    lists = words()
    for i in list(found):
        anchor = found.get(i)
        if anchor is None or anchor.kind != "noun":
            continue
        verb, dep = tree.head[i], tree.dep[i]
        if dep == "conj" and verb in found and found[verb].kind == "noun":
            anchor.light = found[verb].light
            continue
        if dep == "pobj" and tree.head[verb] != verb and tree.dep[verb] == "prep":
            carrier = tree.head[verb]  # "entered into talks"
            if f"{tree.lemma[carrier]} {tree.lower[verb]}" in lists["light_verbs"] and carrier in found:
                anchor.light = carrier
                found[carrier].kind = "light"
            continue
        if dep not in ("dobj", "nsubjpass") or not _light(tree, verb):
            continue
        if _has_own_reading(tree, verb, i) or tree.child(verb, "xcomp", "ccomp") is not None:
            continue
        anchor.light = verb
        carried = (
            tree.lemma[verb] in lists["light_strong"] or tree.lemma[i] in patterns("n") or _known_compound(tree, i)
        )
        if carried and verb in found:
            found[verb].kind = "light"


def _light(tree: Tree, verb: int) -> bool:
    """A verb that lends its form to a noun: "held", "carried out"."""
    lists, lemma = words(), tree.lemma[verb]
    particle = tree.child(verb, "prt")
    whole = lemma if particle is None else f"{lemma} {tree.lower[particle]}"
    return whole in lists["light_verbs"] or lemma in lists["light_verbs"]


def _has_own_reading(tree: Tree, verb: int, noun: int) -> bool:
    """ "imposed a curfew": the verb's own pattern asks for this object, so the verb is no light one."""
    if tree.lemma[verb] in _OF_OWN_OBJECTS:
        return any(p.wants and wanted(p.wants, tree.lemma[noun]) for p in patterns("v").get(tree.lemma[verb], ()))
    return tree.lemma[verb] == "accept" and f"accept {tree.lemma[noun]}" in patterns("v")


# --- titles ------------------------------------------------------------------------------------------------------


def _titles(tree: Tree, found: dict[int, Anchor]) -> list[Anchor]:
    """Verbs that a tagger takes for names in a headline in title case: "Minister Invites Envoy to Capital"."""
    added: list[Anchor] = []
    first = 0
    count = len(tree)
    while first < count:
        last = first
        while last + 1 < count and tree.sentence[last + 1] == tree.sentence[first]:
            last += 1
        if _title_case(tree, first, last):
            added += _title_verbs(tree, first, last, found)
        first = last + 1
    return added


def _title_case(tree: Tree, first: int, last: int) -> bool:
    letters = [tree.word[i] for i in range(first, last + 1) if tree.word[i][:1].isalpha() and len(tree.word[i]) > 3]
    if not 3 <= len(letters) <= 30:
        return False
    return sum(w[0].isupper() for w in letters) / len(letters) > 0.8


def _title_verbs(tree: Tree, first: int, last: int, found: dict[int, Anchor]) -> list[Anchor]:
    if any(
        i in found and tree.pos[i] == "VERB" and tree.tag[i] in ("VBZ", "VBD", "VBP") for i in range(first, last + 1)
    ):
        return []
    for i in range(first + 1, last):
        stem = title_stem(tree.lower[i])
        if stem and tree.pos[i] in ("PROPN", "NOUN") and i not in found and tree.pos[i - 1] in ("PROPN", "NOUN"):
            return [Anchor(i, "title")]
    return []
