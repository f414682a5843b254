"""Who is who within one report: name parts, titles, other names of bodies, descriptions, collectives, pronouns.

One pass in text order over mentions, each compared with a bounded number of recent entities, so that the time
grows with the report's length only. Where two readings are as good as each other, nothing is resolved.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque

from onrecord.model import EntityType
from onrecord.reading.countries import countries
from onrecord.reading.persons import (
    clash,
    compatible,
    infer_countries,
    lands_named,
    parts_of,
    role_words,
    split_name,
)
from onrecord.reading.roles import name_words, organisations, role_of, roles
from onrecord.reading.words import QUIET_PARTS, Found, Node, Words, fold

_RECENT = 24
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_PRONOUNS = _HE | _SHE | _THEY | _IT
_OWNED = frozenset({"office", "team", "campaign", "administration"})
_ADDRESSED = name_words("addressed")
_WHO = (EntityType.PERSON, EntityType.GROUP)
_BODIES = (EntityType.ORGANISATION, EntityType.OFFICE)
_SERVING = frozenset({"for", "of", "at", "from", "with", "in"})
_GENERIC = name_words("generic_role")
_COUNTRY_PAIRS = frozenset(
    ["countries", "nations", "governments", "states", "neighbours", "neighbors", "allies", "capitals"]
)
_PEOPLE_PAIRS = frozenset(["leaders", "men", "women", "presidents", "ministers", "premiers", "pair", "two"])
_BODY_PAIRS = frozenset({"companies", "teams", "parties"})


class Linker:
    """Gives every mention its entity. Use once: ``Linker(words, names, descriptions).link()``."""

    def __init__(self, words: Words, names: list[Found], descriptions: list[Found]) -> None:
        self.words = words
        self.names = names
        self.descriptions = descriptions
        self.nodes: list[Node] = []
        self.by_key: dict[str, Node] = {}
        self.people: dict[str, list[Node]] = defaultdict(list)  # by surname
        self.recent: deque[tuple[Node, Found]] = deque(maxlen=_RECENT)
        self.by_start: dict[int, Found] = {n.first: n for n in (*descriptions, *names)}
        self.pronouns: dict[int, Node] = {}
        self.pairs: dict[tuple[Node, ...], Node] = {}
        self.joined: list[tuple[int, list[Node]]] = []

    def link(self) -> list[Found]:
        """All mentions with their nodes, in text order."""
        self._people()
        self._others()
        self._appositions()
        self._places_of_office()
        infer_countries(self.nodes, lands_named(self.words, self.names))
        done: list[Found] = []
        nominal = {d.head: d for d in self.descriptions}
        named: dict[int, list[Found]] = defaultdict(list)
        for name in self.names:
            named[name.last - 1].append(name)
        for i in range(len(self.words)):
            for name in named.get(i, ()):
                self._meet(name, done)
            if i in nominal and (self._again(nominal[i]) or self._describe(nominal[i])):
                self._meet(nominal[i], done)
            elif self.words.lower[i] in _PRONOUNS and self.words.pos[i] == "PRON":
                pronoun = self._pronoun(i)
                if pronoun is not None:
                    self._meet(pronoun, done)
        return sorted(done, key=lambda f: (f.first, -f.last))

    def _meet(self, item: Found, done: list[Found]) -> None:
        assert item.node is not None
        done.append(item)
        item.node.count += 1
        self.by_start.setdefault(item.first, item)
        if item.form == "pronoun":
            self.pronouns[item.first] = item.node
        if self.words.page.part_at(self.words.start[item.first]) not in QUIET_PARTS:
            self.recent.append((item.node, item))

    def _node(self, item: Found, name: str, named: bool = True) -> Node:
        node = Node(name, item.type, plural=item.plural, named=named)
        self.nodes.append(node)
        self._learn(node, item)
        return node

    def _learn(self, node: Node, item: Found) -> None:
        node.country = node.country or item.country
        node.sector = node.sector or item.sector
        node.gender = node.gender or item.gender
        node.leader = node.leader or item.leader
        if item.role:
            node.heads.add(item.role)
        if item.title and item.role:
            node.add_role(role_words(item.title))

    # --- people ------------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """Full names first, then bare surnames go to the full name last met before them, else the first after."""
        people = [f for f in self.names if f.type is EntityType.PERSON]
        for item in people:
            if len(parts_of(item)) > 1:
                item.node = self._full(item)
        latest: dict[str, Node] = {}
        for item in people:
            parts = parts_of(item)
            surname = parts[-1] if parts else item.key
            if item.node is None:
                item.node = self._bare(item, surname, latest)
            latest[surname] = item.node

    def _full(self, item: Found) -> Node:
        parts = parts_of(item)
        for node in self.people[parts[-1]]:
            if compatible(parts, split_name(node.name)) and not clash(node, item):
                if len(item.core) > len(node.name):
                    node.name = item.core
                self._learn(node, item)
                return node
        node = self._node(item, item.core)
        self.people[parts[-1]].append(node)
        return node

    def _bare(self, item: Found, surname: str, latest: dict[str, Node]) -> Node:
        candidates = [n for n in self.people.get(surname, []) if not clash(n, item)]
        if not candidates and len(parts_of(item)) == 1:
            candidates = self._by_given(surname, item)
        last = latest.get(surname)
        if last in candidates:
            assert last is not None
            self._learn(last, item)
            return last
        if candidates:
            self._learn(candidates[0], item)
            return candidates[0]
        node = self._node(item, item.core)
        self.people[surname].append(node)
        return node

    def _by_given(self, word: str, item: Found) -> list[Node]:
        """The one person with this given name, if no title stands before it."""
        if item.title:
            return []
        full = [n for nodes in self.people.values() for n in nodes[:3] if " " in n.name]
        fits = [n for n in full if split_name(n.name)[0] == word][:2]
        return fits if len(fits) == 1 else []

    # --- bodies and places -------------------------------------------------------------------------------------

    def _others(self) -> None:
        acronyms: dict[str, Node] = {}
        for item in self.names:
            if item.node is not None:
                continue
            key = self._key(item)
            node = self.by_key.get(key)
            if node is None and item.core.isupper() and item.type is not EntityType.PLACE:
                node = acronyms.get(item.key)
            if node is None:
                node = self._node(item, _display(item))
                self.by_key[key] = node
                if item.type in (EntityType.ORGANISATION, EntityType.OFFICE) and " " in item.core:
                    for short in _initials(item.core):
                        acronyms.setdefault(short, node)
                after = item.last
                if after + 2 < len(self.words) and self.words.text[after] == "(" and self.words.text[after + 2] == ")":
                    acronyms[fold(self.words.text[after + 1])] = node
            self._learn(node, item)
            if node.name.isupper() and not item.core.isupper() and item.key == fold(node.name):
                node.name = _display(item)
            item.node = node

    def _key(self, item: Found) -> str:
        if item.type is EntityType.PLACE and item.country and countries().names.get(item.core.removeprefix("the ")):
            return f"land {item.country}"
        if item.type is EntityType.GROUP and item.country and item.core in countries().people:
            return f"people {item.country}"
        body = organisations().get(item.core.replace("’", "'"))
        return (
            fold(body.name) if body else fold(item.core).removesuffix(" inc").removesuffix(" corp").removesuffix(" ltd")
        )

    def _places_of_office(self) -> None:
        """A capital that speaks or acts stands for its government: an entity apart from the city."""
        for item in self.names:
            if item.type is not EntityType.PLACE:
                continue
            item.actor = acts(self.words, item)
            capital = countries().capitals.get(item.core)
            if item.actor and capital:
                key = f"government {capital}"
                item.type, item.country, item.sector = EntityType.OFFICE, capital, "GOV"
                if key not in self.by_key:
                    self.by_key[key] = self._node(item, item.core)
                item.node = self.by_key[key]

    # --- appositions -------------------------------------------------------------------------------------------

    def _appositions(self) -> None:
        """ "Jane Roe, a spokeswoman for the ministry," and "the ministry's spokeswoman, Jane Roe"."""
        names = {f.last: f for f in self.names if f.type is EntityType.PERSON}
        starts = {f.first: f for f in self.names if f.type is EntityType.PERSON}
        apposed = {
            self.words.head[f.head]: f
            for f in starts.values()
            if self.words.dep[f.head] == "appos" and f.head > f.first - 1
        }
        for item in self.descriptions:
            if item.type is not EntityType.PERSON or item.role == "pair":
                continue
            before, after = item.first - 1, item.head + 1
            person = None
            if before > 2 and self.words.text[before] == "," and self.words.text[before - 1].isdigit():
                before -= 2  # a name, an age, a description
            if before > 0 and self.words.text[before] in (",", "—", "–") and before in names:
                person = names[before] if self._apposed(item, names[before]) else None
            elif after + 1 < len(self.words) and self.words.text[after] == "," and after + 1 in starts:
                person = starts[after + 1] if item.definite else None
            elif item.head in apposed and 0 < apposed[item.head].first - item.head < 10 and item.definite:
                person = apposed[item.head]
            elif item.definite and (begin := self._named_after_phrase(item)) in starts:
                person = starts[begin]
            elif before > 0 and self.words.lower[before] in ("is", "was", "became", "remains") and before in names:
                person = names[before]
            if person is None or person.node is None or clash(person.node, item):
                continue
            item.node = person.node
            self._serve(item, self._owner(item))
            self._learn(person.node, item)
            person.node.add_role(item.core if item.owner is None else self._after_owner(item))

    def _named_after_phrase(self, item: Found) -> int:
        """Where a name may begin after "the envoy to the lakes, …"; -1 if nowhere."""
        words = self.words
        if item.head + 1 >= len(words) or words.lower[item.head + 1] not in ("of", "for", "to", "at", "in", "on"):
            return -1
        for i in range(item.head + 2, min(item.head + 9, len(words))):
            if words.text[i] == ",":
                return i + 1
            if words.pos[i] not in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "PART"):
                return -1
        return -1

    def _apposed(self, item: Found, name: Found) -> bool:
        """Not the next member of a list: "Roe, an official and three soldiers"."""
        after = item.head + 1
        if self.words.sentence[item.first] != self.words.sentence[name.first]:
            return False
        if self.words.dep[item.head].startswith("nsubj") or self.words.dep[name.head] in ("pobj", "pcomp"):
            return self.words.head[item.head] == name.head
        conj = after < len(self.words) and self.words.lower[after] == "and"
        return not (conj and self.words.dep[item.head] == "conj")

    def _after_owner(self, item: Found) -> str:
        assert item.owner is not None
        first = item.owner[1]
        while first < item.head and self.words.tag[first] == "POS":
            first += 1
        return self.words.joined(first, item.head + 1)

    # --- descriptions ------------------------------------------------------------------------------------------

    def _again(self, item: Found) -> bool:
        """A description already joined to a name: learns from its owner, a pronoun not resolved till now."""
        if item.node is None:
            return False
        if item.owner is not None and item.role in _GENERIC:
            self._serve(item, self._owner(item))
            item.node.country = item.node.country or item.country
            item.node.sector = item.sector or item.node.sector
        return True

    def _describe(self, item: Found) -> bool:
        """Finds or makes the entity of a description; false if there is none to be had."""
        if item.role == "pair":
            return self._pair(item)
        owner = self._owner(item)
        self._serve(item, owner)
        if owner is not None and item.type is EntityType.OFFICE and item.role in _OWNED:
            item.sector = owner.sector if owner.sector not in (None, "ELI") else item.sector
        if item.type is EntityType.PERSON:
            item.node = self._person_described(item) if item.definite else None
        else:
            item.node = self._body_described(item, owner)
        if item.node is None:
            item.node = self._node(item, item.core if owner is None else self._owned_name(item), named=False)
            if item.definite or not item.plural:
                self.by_key.setdefault(self._described_key(item, owner), item.node)
        self._learn(item.node, item)
        return True

    def _serve(self, item: Found, owner: Node | None) -> None:
        """Whom someone speaks or works for gives their country and sector: "a spokesman for the Kisumu Union"."""
        node: Node | Found | None = owner
        after = item.head + 1
        if node is None and item.type in _WHO and after < len(self.words) and self.words.lower[after] in _SERVING:
            names = (self.by_start.get(k) for k in range(after + 1, min(after + 4, len(self.words))))
            node = next((n.node or n for n in names if n is not None), None)
        if node is None:
            return
        item.country = item.country or node.country
        if item.type in _WHO and node.type in _BODIES and node.sector and item.role in _GENERIC:
            item.sector = node.sector

    def _owned_name(self, item: Found) -> str:
        assert item.owner is not None
        if self.words.tag[item.owner[0]] == "PRP$":
            owner = self._owner(item)
            return f"{owner.name}'s {self._after_owner(item)}" if owner else item.core
        text = self.words.joined(item.first, item.head + 1)
        return text.removeprefix("the ").removeprefix("The ")

    def _owner(self, item: Found) -> Node | None:
        if item.owner is None:
            return None
        first, last = item.owner
        if first in self.pronouns:
            return self.pronouns[first]
        for name in (self.by_start.get(k) for k in range(first, last)):
            if name is not None and name.last <= last:
                return name.node
        found = role_of(self.words.lower[first:last])
        return self._holder(found[0].word, item.country) if found else None

    def _holder(self, role: str, country: str | None) -> Node | None:
        """The one person of the report with this role."""
        fits = [
            n
            for n in self.nodes
            if n.type is EntityType.PERSON
            and n.named
            and role in n.heads
            and (not country or n.country in (None, country))
        ]
        return fits[0] if len(fits) == 1 else None

    def _described_key(self, item: Found, owner: Node | None) -> str:
        words = fold(item.core if owner is None or item.owner is None else self._after_owner(item))
        return f"{item.type} {words} {id(owner) if owner else ''}"

    def _person_described(self, item: Found) -> Node | None:
        role = item.role or ""
        seen: list[Node] = []
        for node, _ in reversed(self.recent):
            if node not in seen and node.type is EntityType.PERSON and not node.plural and not clash(node, item):
                seen.append(node)
        fits = [n for n in seen if role in n.heads and (not item.country or n.country in (None, item.country))]
        if item.country and any(n.country == item.country for n in fits):
            fits = [n for n in fits if n.country == item.country]
        if fits:
            return fits[0]
        known = roles().get(role)
        if known and known.title and known.sector in ("GOV", "REL"):
            return self._holder(role, item.country)
        return self.by_key.get(self._described_key(item, None))

    def _body_described(self, item: Found, owner: Node | None) -> Node | None:
        if not item.definite:
            return None
        node = self.by_key.get(self._described_key(item, owner))
        if node is not None or owner is not None:
            return node
        if item.core.casefold() != item.role:
            return None
        for node, _ in reversed(self.recent):
            if node.type in (EntityType.ORGANISATION, EntityType.OFFICE) and item.role in node.heads:
                return node
        return None

    # --- collectives -------------------------------------------------------------------------------------------

    def _pair(self, item: Found) -> bool:
        """The last two that suit, or nothing."""
        head = item.core
        if head in _COUNTRY_PAIRS:
            members = self._lands() or self._last_two(_is_country)
        elif head in _PEOPLE_PAIRS:
            members = self._last_two(_is_leader) if head == "leaders" else []
            members = members or self._last_two(_is_person)
        elif head in _BODY_PAIRS:
            members = self._last_two(_is_body)
        else:
            members = self._last_two(_is_side)
        if len(members) != 2:
            return False
        item.node = self._group(members, self.words.joined(item.first, item.last))
        return True

    def _lands(self) -> list[Node]:
        """The two countries most spoken of lately; those of two leaders just paired come first."""
        tally: Counter[str] = Counter()
        for age, (node, item) in enumerate(reversed(self.recent)):
            paired = item.role == "pair" and age < 8
            for one in node.members if paired else (node,):
                if one.country:
                    tally[one.country] += 20 if paired else 2 if one.leader else 1
        best = [land for land, _ in tally.most_common(2)]
        return [self._land(code) for code in best] if len(best) == 2 else []

    def _land(self, code: str) -> Node:
        key = f"land {code}"
        if key not in self.by_key:
            self.by_key[key] = Node(countries().name_of(code), EntityType.PLACE, country=code)
            self.nodes.append(self.by_key[key])
        return self.by_key[key]

    def _last_two(self, suits: object) -> list[Node]:
        assert callable(suits)
        found: list[Node] = []
        for node, _ in reversed(self.recent):
            if suits(node) and node not in found:
                found.append(node)
                if len(found) == 2:
                    break
        if len(found) < 2:
            counted = sorted((n for n in self.nodes if suits(n) and n.count and n not in found), key=lambda n: -n.count)
            found += counted[: 2 - len(found)]
        return found[::-1] if len(found) == 2 else []

    def _group(self, members: list[Node], name: str) -> Node:
        key = tuple(sorted(members, key=id))
        if key not in self.pairs:
            node = Node(name, EntityType.GROUP, plural=True, named=False, members=list(members))
            sectors = {m.sector for m in members}
            node.sector = sectors.pop() if len(sectors) == 1 else None
            self.nodes.append(node)
            self.pairs[key] = node
        return self.pairs[key]

    # --- pronouns ----------------------------------------------------------------------------------------------

    def _pronoun(self, i: int) -> Found | None:
        word = self.words.lower[i]
        node = None
        if word in _HE or word in _SHE:
            node = self._he_or_she(i, "m" if word in _HE else "f")
            kind = EntityType.PERSON
        elif word in _THEY:
            node, kind = self._they(i), EntityType.GROUP
        else:
            node, kind = self._it(i), EntityType.ORGANISATION
        if node is None:
            return None
        found = Found(
            i, i + 1, i, node.type if node.type else kind, "pronoun", core=self.words.text[i], plural=node.plural
        )
        found.node = node
        return found

    def _he_or_she(self, i: int, gender: str) -> Node | None:
        """The best of the recent people, if it is clearly better than the next one."""
        scores: dict[Node, float] = {}
        here = self.words.sentence[i]
        for age, (node, item) in enumerate(reversed(self.recent)):
            distance = here - self.words.sentence[item.first]
            if distance > 3:
                break
            if node.type is not EntityType.PERSON or node.plural or node.gender not in (gender, None):
                continue
            if self._same_clause_object(i, item):
                continue
            score = 3.0 - distance - 0.02 * age
            score += 1.0 if self._subject(item) else 0.0
            score += 0.6 if node.gender == gender else 0.0
            score += 0.3 if node.named else 0.0
            score += 0.4 if item.form == "pronoun" else 0.0
            scores[node] = max(scores.get(node, 0.0), score)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 0.25):
            return None
        best = ranked[0][0]
        if best.gender is None and len(ranked) == 1:
            best.gender = gender
        return best

    def _subject(self, item: Found) -> bool:
        """Subject of a verb, alone or joined to one by "and"."""
        head = item.head
        if self.words.dep[head] == "conj":
            head = self.words.head[head]
        return self.words.dep[head] in ("nsubj", "nsubjpass")

    def _same_clause_object(self, i: int, item: Found) -> bool:
        """ "Kone met him": the object is someone else than the subject of its own verb."""
        word = self.words.lower[i]
        if word not in ("him", "her", "them") or self.words.tag[i] == "PRP$":
            return False
        verb = self.words.head[i]
        if self.words.dep[i] == "pobj":
            verb = self.words.head[verb]
        return self.words.head[item.head] == verb and self.words.dep[item.head].startswith("nsubj")

    def _they(self, i: int) -> Node | None:
        here = self.words.sentence[i]
        joined = self._joined_before(i)
        if joined is not None:
            return joined
        for node, item in reversed(self.recent):
            distance = here - self.words.sentence[item.first]
            if distance > 1:
                return None
            subject = self.words.dep[item.head].startswith("nsubj")
            if node.plural and (subject or distance == 0) and not self._same_clause_object(i, item):
                return node
        return None

    def _joined_before(self, i: int) -> Node | None:
        """ "Kone and Traore … they": the subjects joined by "and" in this sentence or the one before."""
        here = self.words.sentence[i]
        recent = [(n, f) for n, f in self.recent if 0 <= here - self.words.sentence[f.first] <= 1]
        for node, item in recent:
            if not self.words.dep[item.head].startswith("nsubj") or node.plural:
                continue
            for other, second in recent:
                joined = self.words.dep[second.head] == "conj" and self.words.head[second.head] == item.head
                if joined and other is not node and other.type is node.type:
                    between = [f for _, f in recent if f.first > second.head and f.plural]
                    return None if between else self._group([node, other], f"{node.name} and {other.name}")
        return None

    def _it(self, i: int) -> Node | None:
        """A body or country that is the subject before it; "it rains" and "it is said that" are left alone."""
        if self.words.lower[i] == "it" and self.words.dep[i] not in ("nsubj", "nsubjpass"):
            return None
        verb = self.words.head[i]
        if self.words.lower[i] == "it" and _expletive(self.words, verb):
            return None
        here = self.words.sentence[i]
        fits: list[Node] = []
        for node, item in reversed(self.recent):
            distance = here - self.words.sentence[item.first]
            if distance > 1:
                break
            subject = self.words.dep[item.head].startswith("nsubj")
            if node.plural or not _is_body_or_land(node) or not subject:
                continue
            if node not in fits:
                fits.append(node)
        return fits[0] if len(fits) == 1 or (fits and self.words.lower[i] != "it") else None


# --- helpers ---------------------------------------------------------------------------------------------------


def acts(words: Words, item: Found) -> bool:
    """Does a place act here: the subject of a verb of action or speech, an agent, a partner in talks?"""
    i = item.last - 1
    if words.dep[i] == "nsubj" and words.pos[words.head[i]] == "VERB":
        return words.lower[words.head[i]] not in ("has", "had", "remains", "became", "lies", "sits", "is", "was")
    if words.dep[i] == "dobj" and words.lower[words.head[i]] in _ADDRESSED:
        return True
    if words.dep[i] == "pobj" and words.lower[words.head[i]] in ("with", "by", "between", "against"):
        return True
    if words.dep[i] == "conj" and words.head[i] != i:
        head = words.head[i]
        return words.dep[head] == "nsubj" and words.pos[words.head[head]] == "VERB"
    return False


def _expletive(words: Words, verb: int) -> bool:
    if words.lower[verb] in ("rained", "rains", "seems", "appears", "takes", "took", "remains", "happened"):
        return True
    return words.lower[verb] in ("is", "was", "'s", "’s", "be", "has")


def _display(item: Found) -> str:
    if item.type is EntityType.PLACE and item.country and countries().names.get(item.core) == item.country:
        return countries().name_of(item.country)
    return item.core.removeprefix("the ").removeprefix("The ")


def _initials(name: str) -> list[str]:
    capitals = "".join(p[0] for p in name.split() if p[0].isupper())
    return [capitals.casefold()] if len(capitals) > 1 else []


def _is_person(node: Node) -> bool:
    return node.type is EntityType.PERSON and node.named and not node.plural


def _is_leader(node: Node) -> bool:
    return _is_person(node) and node.leader


def _is_country(node: Node) -> bool:
    return node.type is EntityType.PLACE and node.country is not None and node.name == countries().name_of(node.country)


def _is_body(node: Node) -> bool:
    return node.type is EntityType.ORGANISATION and node.named


def _is_side(node: Node) -> bool:
    return _is_person(node) or _is_country(node) or _is_body(node)


def _is_body_or_land(node: Node) -> bool:
    return node.type in (EntityType.ORGANISATION, EntityType.OFFICE) or _is_country(node)


__all__ = ["Linker", "acts"]
