"""Actors and recipients of an event mention, from the dependency tree, for verbs and for nouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.model import Mention, Participant
from onrecord.reading.event_anchors import STATES, Anchor
from onrecord.reading.event_lexicon import classes, patterns, words
from onrecord.reading.event_tree import Tree
from onrecord.reading.page import Page
from onrecord.reading.status_signatures import signatures

MOST = 6  # participants of one role
_OBJECT_CONTROL = words()["participants.object_control"]
_JUDGED, _FOR_DOING = words()["participants.judged"], frozenset({"for", "of", "with"})
_RECIPIENT_PREPS = [
    "with",
    "against",
    "to",
    "toward",
    "towards",
    "on",
    "upon",
    "at",
    "from",
    "for",
    "over",
    "of",
    "about",
    "into",
    "in",
    "between",
    "among",
    "by",
]
_VERB_PREPS = words()["participants.verb_preps"]
_NOUN_PREPS = words()["participants.noun_preps"]
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_PLACE_OK = frozenset({"GPE", "LOC", "FAC"})
_PEOPLE = words()["participants.people"]
_PRONOUNS = words()["participants.pronouns"]
_WHO = frozenset({"who", "which", "that", "whom", "whose"})
_COUNTRY_ADJECTIVE = frozenset({"NORP", "GPE", "ORG", "PERSON", "LOC"})
_PATIENT_SUBJECT = words()["participants.patient_subject"]
_RECEIVING = words()["participants.receiving"]
_AGENT = re.compile(r"[a-z]{3}(?:er|or|ist|ian|man|woman|eer|ee)$")
_NO_AGENTS = words()["participants.no_agents"]
_FROM_PLACES = words()["participants.from_places"]
_RUNNING = frozenset({"run", "stand", "campaign", "compete", "vie"})
_PRIZES = frozenset({"prize", "award", "medal", "trophy"})
_INVITING = frozenset({"invite", "summon", "welcome", "call", "receive", "host", "convene", "ask"})
_SUFFERED = words()["participants.suffered_nouns"]
_DONE_TO = words()["participants.done_to"]
_FROM_DOING = frozenset({"from", "of", "into"})
_SYMMETRIC = frozenset({"between", "among", "amongst"})


@dataclass(slots=True)
class Roles:
    """Head tokens of the participants found."""

    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)


def roles_of(tree: Tree, anchor: Anchor) -> Roles:
    """Actors and recipients of an anchor, as tokens that head their phrases."""
    roles = Roles()
    if anchor.kind == "title":
        _title_roles(tree, anchor.token, roles)
    elif anchor.kind == "toll":
        return roles  # who puts it there took no part
    elif anchor.kind == "noun":
        _noun_roles(tree, anchor, roles)
    elif anchor.kind == "adjective":
        _adjective_roles(tree, anchor.token, roles)
    else:
        _verb_roles(tree, anchor.token, roles)
    roles.actors = [a for a in _spread(tree, roles.actors) if not _thing(tree, a)]
    roles.recipients = [r for r in _spread(tree, roles.recipients) if r not in roles.actors and not _thing(tree, r)]
    return roles


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    """Nouns that stand for events, agreements, rules, goods and sums: they take part in nothing themselves."""
    listed = classes()
    named = ("talks", "visit", "deal", "peace", "sanctions", "curfew", "aid", "bill", "money", "verdict", "things")
    single = {key for key in patterns("n") if " " not in key and "+" not in key}
    return frozenset().union(words()["event_nouns"], single, _PRIZES, *(listed[name] for name in named)) - _PEOPLE


def _thing(tree: Tree, i: int) -> bool:
    if tree.lemma[i] in _PRIZES:
        return True
    return tree.pos[i] == "NOUN" and tree.entity[i] not in _NAMED and tree.lemma[i] in _things()


def _spread(tree: Tree, heads: list[int]) -> list[int]:
    """With their conjuncts, each once."""
    found: list[int] = []
    for head in heads:
        for i in tree.conjuncts(head):
            if i not in found and (i == head or tree.pos[i] in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")):
                found.append(i)
    return found[:MOST]


# --- verbs -------------------------------------------------------------------------------------------------------


def passive(tree: Tree, i: int) -> bool:
    """Is a verb's form passive: "was invited", "troops sent by", "the city attacked on Monday"?"""
    if tree.child(i, "nsubjpass", "auxpass", "csubjpass") is not None or _headline_passive(tree, i):
        return True
    if tree.dep[i] == "conj" and tree.tag[i] == "VBN" and tree.child(i, "nsubj", "aux", "dobj") is None:
        head = tree.head[i]
        return tree.tag[head] == "VBN" and passive(tree, head)
    if tree.tag[i] == "VBN" and tree.dep[i] in ("acl", "amod", "relcl"):
        return tree.child(i, "nsubj", "aux") is None
    return False


def _headline_passive(tree: Tree, i: int) -> bool:
    """ "Minister arrested in bribery probe": a line without full stop, and nobody it was done to but the subject."""
    if tree.tag[i] not in ("VBD", "VBN") or tree.dep[i] != "ROOT" or tree.lemma[i] not in _DONE_TO:
        return False
    if tree.child(i, "dobj", "aux", "ccomp", "xcomp", "dative") is not None:
        return False
    last = i
    while last + 1 < len(tree) and tree.sentence[last + 1] == tree.sentence[i]:
        last += 1
    while last > i and tree.pos[last] == "SPACE":
        last -= 1
    return tree.word[last] not in (".", "!", "?", "”", '"')


def subject(tree: Tree, i: int, depth: int = 0) -> int | None:
    """The understood subject of a verb: its own, its coordinate's, its controller's, or the noun it modifies."""
    own = tree.child(i, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        return _antecedent(tree, i, own)
    dep, head = tree.dep[i], tree.head[i]
    if depth > 8 or head == i:
        return None
    if dep == "conj":
        return subject(tree, head, depth + 1)
    if dep in ("xcomp", "ccomp") and tree.pos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
        return _controller(tree, head, depth)
    held = _held_back(tree, head) if dep == "pcomp" else None
    if held is not None:
        return held
    if dep in ("advcl", "pcomp", "prep", "dep", "parataxis"):
        return subject(tree, _verb_above(tree, i), depth + 1)
    if headline_infinitive(tree, i):
        return head
    if dep == "acl":
        return _noun_controller(tree, i, head, depth)
    if dep in ("relcl", "amod"):
        return head
    if dep in ("acomp", "attr"):
        return subject(tree, head, depth + 1)
    return None


def headline_infinitive(tree: Tree, i: int) -> bool:
    """ "President to meet envoy", "Ferry to be revived", taken for an infinitive that says which president."""
    head = tree.head[i]
    infinitive = tree.tag[i] == "VB" or any(tree.lower[k] == "be" for k in tree.children(i, "auxpass"))
    if not infinitive or tree.dep[i] not in ("relcl", "acl", "advcl", "xcomp") or tree.dep[head] != "ROOT":
        return False
    bare = tree.pos[head] in ("PROPN", "NOUN") and tree.child(head, "det", "poss") is None
    return (
        bare
        and any(tree.lower[k] == "to" for k in tree.children(i, "aux"))
        and not signatures("n").get(tree.lemma[head])
    )


def _held_back(tree: Tree, preposition: int) -> int | None:
    """ "prevented the marchers from storming", "accused rebels of attacking": the object is who does it.

    So it is with who is judged for what they did: "arrested Lind for robbing a bank", "thanked the divers for saving".
    """
    word, above = tree.lower[preposition], tree.head[preposition]
    doing = (_OBJECT_CONTROL if word in _FROM_DOING else frozenset()) | (_JUDGED if word in _FOR_DOING else frozenset())
    if tree.dep[above] == "dobj" and tree.lemma[tree.head[above]] in doing:
        return above
    return tree.child(above, "dobj") if tree.lemma[above] in doing else None


def _antecedent(tree: Tree, i: int, own: int) -> int:
    """The noun that a relative pronoun stands for."""
    if tree.lower[own] not in _WHO:
        return own
    clause = i
    for _ in range(4):
        if tree.dep[clause] == "relcl":
            return tree.head[clause]
        clause = tree.head[clause]
    return own


def _controller(tree: Tree, head: int, depth: int) -> int | None:
    if tree.lemma[head] in _OBJECT_CONTROL and not passive(tree, head):
        controlled = tree.child(head, "dobj", "dative")
        if controlled is not None:
            return controlled
        for name, _, k in tree.preps(head):
            if name in ("on", "to", "upon", "for"):
                return k
    return subject(tree, head, depth + 1)


def _verb_above(tree: Tree, i: int) -> int:
    for j in tree.ancestors(i):
        if tree.pos[j] in ("VERB", "AUX"):
            return j
    return tree.head[i]


def _noun_controller(tree: Tree, i: int, head: int, depth: int) -> int | None:
    """ "a man carrying a bag", "the plan by Spain to leave", "its plan to leave"."""
    if tree.tag[i] in ("VBG", "VBN", "VBD") and tree.child(i, "aux") is None:
        return head
    owner = tree.child(head, "poss")
    if owner is not None:
        return owner
    for name, _, k in tree.preps(head):
        if name in ("by", "of", "for", "to"):
            return k
    found = subject(tree, _verb_above(tree, i), depth + 1)
    return found if found != head else None


def _verb_roles(tree: Tree, i: int, roles: Roles) -> None:
    understood = subject(tree, i)
    if passive(tree, i):
        agent = next((k for name, _, k in tree.preps(i) if name == "by"), None)
        if agent is not None:
            roles.actors.append(agent)
        if understood is not None:
            roles.recipients.append(understood)
    elif understood is not None:
        (roles.recipients if _suffers(tree, i) else roles.actors).append(understood)
    for k in tree.children(i, "dative"):
        if tree.pos[k] != "ADP" and tree.lower[k] not in _WHO:
            roles.recipients.append(k)
    direct = tree.children(i, "dobj")
    own = tree.child(i, "nsubj")
    if tree.dep[i] == "relcl" and not direct and own is not None and tree.lower[own] not in _WHO:
        direct = [] if passive(tree, i) else [tree.head[i]]
    for k in direct:
        if tree.lower[k] in _WHO and tree.dep[i] == "relcl":
            k = tree.head[i]
        roles.recipients += _participants_in(tree, k)
    embedded = tree.child(i, "ccomp", "xcomp")
    if embedded is not None and not direct and tree.lemma[i] in _OBJECT_CONTROL:
        inner = tree.child(embedded, "nsubj")
        if inner is not None and tree.child(embedded, "aux") is not None:
            roles.recipients.append(inner)
    _prepositional(tree, i, _VERB_PREPS, roles)
    if not roles.recipients and embedded is not None and tree.dep[embedded] in ("xcomp", "ccomp"):
        _inherited(tree, i, embedded, roles)


def _inherited(tree: Tree, i: int, inner: int, roles: Roles) -> None:
    """ "refused to free the crew", "said it would help Spain": who is spoken of receives the act that speaks."""
    own = tree.child(inner, "nsubj", "nsubjpass")
    other = own is not None and tree.lower[own] not in _PRONOUNS and participant_like(tree, own)
    if own is not None and other and tree.lemma[i] in words()["speech_verbs"]:
        roles.recipients.append(own)
        return
    for k in tree.children(inner, "dobj", "dative", "nsubjpass"):
        if tree.pos[k] != "ADP":
            roles.recipients += _participants_in(tree, k)
    if not roles.recipients:
        _prepositional(tree, inner, _VERB_PREPS, roles)


def _suffers(tree: Tree, i: int) -> bool:
    """ "the ship sank", not "the navy sank the ship"."""
    if tree.lemma[i] in ("burn", "sink", "explode", "capsize", "derail") and tree.child(i, "dobj") is not None:
        return False
    return tree.lemma[i] in _PATIENT_SUBJECT or tree.lemma[i] == "burn"


def _prepositional(tree: Tree, i: int, wanted: frozenset[str], roles: Roles) -> None:
    for name, at, k in tree.preps(i):
        if name == "to" and tree.lower[tree.head[at]] == "according":
            continue
        if name in _SYMMETRIC:
            roles.actors += tree.conjuncts(k)
        elif name == "for" and tree.lemma[i] in _RUNNING and not tree.entity[k]:
            continue  # "ran for president": an office, no one
        elif name in wanted and name != "by":
            inside = _participants_in(tree, k)
            if name in ("in", "at", "on", "from", "over", "about", "for", "of", "into") and roles.recipients:
                continue
            roles.recipients += inside
        elif name in ("including", "alongside") and roles.actors:
            roles.actors.append(k)


def _participants_in(tree: Tree, k: int) -> list[int]:
    """The phrase itself if it stands for people, bodies or places; else those its words belong to ("Iran's plans")."""
    if participant_like(tree, k):
        return [k]
    for j in tree.kids[k]:
        if tree.dep[j] in ("poss", "compound", "amod", "nmod") and tree.entity[j] in _COUNTRY_ADJECTIVE:
            return [k] if tree.dep[j] != "poss" else [j]
    for name, _, j in tree.preps(k):
        if name in ("of", "by", "against", "with", "from", "to", "between", "in", "on") and participant_like(tree, j):
            return [j]
    return []


def participant_like(tree: Tree, i: int) -> bool:
    """Can this phrase take part in an event: a name, a pronoun, people or a body?"""
    if tree.entity[i] in _NAMED or tree.lower[i] in _PRONOUNS:
        return True
    if tree.pos[i] == "PROPN" and tree.entity[i] not in ("DATE", "TIME", "MONEY", "EVENT", "PERCENT"):
        return True
    if tree.lemma[i] in _PEOPLE:
        return True
    if tree.pos[i] == "NOUN" and _AGENT.search(tree.lemma[i]) and tree.lemma[i] not in _NO_AGENTS:
        return True
    return tree.pos[i] == "NUM" and tree.dep[i] in ("nsubj", "nsubjpass", "dobj") and not tree.kids[i]


# --- nouns, adjectives, titles ---------------------------------------------------------------------------------------


def _noun_roles(tree: Tree, anchor: Anchor, roles: Roles) -> None:
    i = anchor.token
    for k in tree.kids[i]:
        if (tree.dep[k] == "poss" and participant_like(tree, k)) or (
            tree.dep[k] in ("compound", "amod", "nmod") and _names_actor(tree, k)
        ):
            suffered = tree.dep[k] == "poss" and tree.lemma[i] in _SUFFERED and not _of_someone(tree, i)
            (roles.recipients if suffered else roles.actors).append(k)
    for name, _, k in tree.preps(i):
        if name == "by" or (name == "from" and not roles.actors and tree.lemma[i] not in _FROM_PLACES):
            roles.actors.append(k)
            roles.recipients += [
                j for inner, _, j in tree.preps(k) if inner in ("on", "against") and participant_like(tree, j)
            ]
        elif name == "of" and participant_like(tree, k):
            (roles.recipients if roles.actors or _takes_object(tree, i) else roles.actors).append(k)
    carrier = anchor.light
    if carrier is None and tree.dep[i] in ("dobj", "nsubjpass") and tree.lemma[tree.head[i]] in words()["light_verbs"]:
        carrier = tree.head[i]  # "imposed sanctions on": a verb of its own, with the same participants
    if carrier is not None:
        _light_roles(tree, carrier, i, roles)
    _prepositional(tree, i, _NOUN_PREPS, roles)
    if not roles.actors and not roles.recipients and tree.dep[i] == "pobj":
        _invited(tree, i, roles)
    infinitive = tree.child(i, "acl")
    if anchor.light is None and not roles.actors and infinitive is not None and tree.dep[i] == "dobj":
        above = subject(tree, tree.head[i])
        if above is not None and tree.lemma[tree.head[i]] in words()["light_verbs"]:
            roles.actors.append(above)


def _of_someone(tree: Tree, i: int) -> bool:
    """ "the rebels' release of hostages": the owner is who does it."""
    return any(name == "of" and participant_like(tree, k) for name, _, k in tree.preps(i))


def _invited(tree: Tree, i: int, roles: Roles) -> None:
    """ "invited her to a meeting": who invites and who is invited take part in the meeting."""
    verb = tree.head[tree.head[i]]
    if tree.lemma[verb] not in _INVITING or tree.lower[tree.head[i]] not in ("to", "for", "at"):
        return
    if tree.child(verb, "dobj", "nsubjpass") is None:
        return  # "called for a meeting" invites nobody
    host = subject(tree, verb)
    if passive(tree, verb):
        roles.recipients += [host] if host is not None else []
        roles.actors += [k for name, _, k in tree.preps(verb) if name == "by"]
        return
    roles.actors += [host] if host is not None else []
    roles.recipients += tree.children(verb, "dobj")


def _light_roles(tree: Tree, verb: int, noun: int, roles: Roles) -> None:
    holder = subject(tree, verb)
    if tree.lemma[verb] in _RECEIVING and not passive(tree, verb):
        if holder is not None and holder != noun:
            roles.recipients.append(holder)
        roles.actors += [k for name, _, k in tree.preps(verb) if name == "from"]
        holder = None
    if passive(tree, verb):
        holder = next((k for name, _, k in tree.preps(verb) if name == "by"), None)
    if holder is not None and holder != noun and not roles.actors:
        roles.actors.append(holder)
    for k in tree.children(verb, "dative"):
        if tree.pos[k] != "ADP":
            roles.recipients.append(k)
    laid_on = tree.lemma[verb] in ("impose", "place", "put", "slap", "levy", "inflict", "wage")
    _prepositional(tree, verb, _NOUN_PREPS - ({"at", "over"} if laid_on else {"at", "on", "over"}), roles)


_OBJECT_NOUNS = words()["participants.object_nouns"]


def _takes_object(tree: Tree, i: int) -> bool:
    return tree.lemma[i] in _OBJECT_NOUNS or tree.lemma[i].endswith("ment")


def _names_actor(tree: Tree, k: int) -> bool:
    return tree.entity[k] in ("GPE", "NORP", "ORG", "PERSON") or (
        tree.pos[k] == "PROPN" and tree.entity[k] not in ("DATE", "EVENT")
    )


def _adjective_roles(tree: Tree, i: int, roles: Roles) -> None:
    counted = tree.child(i, "nummod", "nsubj")
    who = tree.child(tree.head[i], "nsubj", "nsubjpass") if tree.dep[i] in ("acomp", "attr") else None
    if tree.dep[i] == "oprd":  # "the quake left nine dead"
        who = tree.child(tree.head[i], "dobj", "nsubjpass") if counted is None else counted
    if tree.dep[i] in ("amod", "advmod") and tree.head[i] == i - 1:  # "climber dead after fall"
        who = i - 1
    for k in (who, counted):
        if k is not None:
            roles.recipients.append(k)
            return


def _title_roles(tree: Tree, i: int, roles: Roles) -> None:
    """In a title that the parser did not see through, who stands before the verb acts, who stands behind receives."""
    for j in range(i - 1, max(-1, i - 8), -1):
        if tree.sentence[j] == tree.sentence[i] and tree.pos[j] in ("PROPN", "NOUN"):
            roles.actors.append(j)
            break
    for j in range(i + 1, min(len(tree), i + 8)):
        if tree.sentence[j] != tree.sentence[i] or tree.pos[j] == "ADP":
            break
        if tree.pos[j] in ("PROPN", "NOUN") and (j + 1 >= len(tree) or tree.pos[j + 1] not in ("PROPN", "NOUN")):
            roles.recipients.append(j)
            break


# --- resolving ---------------------------------------------------------------------------------------------------


def resolve(page: Page, tree: Tree, token: int) -> Participant:
    """The participant's span, entity, country and sector."""
    first, last = tree.edges(token)
    while tree.pos[first] in ("PUNCT", "SPACE") and first < token:
        first += 1
    if (tree.dep[first] in ("preconj", "cc") or tree.tag[first] == "CC") and first < token:
        first += 1
    beside = tree.children(tree.head[token], tree.dep[token]) if tree.head[token] != token else []
    for k in (*tree.children(token, "appos"), *beside):
        low, high = tree.edges(k)
        named = tree.entity[k] == "ORG" and tree.pos[token] == "NOUN" and tree.dep[k] == "appos"
        if low == last + 1 and (tree.entity[k] == "PERSON" or named):
            last = high  # "the painter Ilse Maron", "its rival Brandel Mills"
    if tree.lower[last] in ("'s", "’s", "'") and last > token:
        last -= 1
    if last == token + 1 and tree.lower[last] in STATES:
        last = token  # "climber dead after fall"
    start, end = tree.start[first], tree.end[last]
    entity = entity_of(page, tree, token, start, end)
    known = page.entity(entity)
    country = known.country if known else None
    sector = known.sector if known else None
    return Participant(start, end, page.text[start:end], entity, country, sector)


def entity_of(page: Page, tree: Tree, token: int, start: int, end: int) -> str | None:
    """The entity a phrase stands for: the mention that covers its head, else one that it is part of or describes it."""
    at, to = tree.start[token], tree.end[token]
    inside = [m for m in mentions_near(page, start, end) if m.start <= at and to <= m.end]
    if inside:
        return max(inside, key=lambda m: m.end - m.start).entity
    return None


def mentions_near(page: Page, start: int, end: int) -> list[Mention]:
    """Mentions that overlap a span, found by bisection in the page's sorted mentions."""
    key = "onrecord_mention_starts"
    table = page.doc.user_data.get(key)
    if table is None or len(table[1]) != len(page.mentions):
        ordered = sorted(page.mentions, key=lambda m: m.start)
        table = page.doc.user_data[key] = ([m.start for m in ordered], ordered)
    starts, ordered = table
    low = bisect_left(starts, start - 120)
    high = bisect_left(starts, end)
    return [m for m in ordered[low:high] if m.end > start]
