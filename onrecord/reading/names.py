"""Names in a report: where they are, and what they name. All occurrences of a name vote on its type.

The pipeline's own spans are a first guess; titles, given names, other occurrences, known bodies and countries
correct it. Headlines are read last, by the names their report has taught.
"""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.model import EntityType
from onrecord.reading.countries import countries
from onrecord.reading.roles import Role, given_names, name_words, organisations, role_of, sector_modifiers, singular
from onrecord.reading.words import Found, Words, fold

Tally = dict[EntityType, float]
_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.FACILITY,
    "NORP": EntityType.GROUP,
    "PRODUCT": EntityType.PRODUCT,
    "WORK_OF_ART": EntityType.OTHER,
    "EVENT": EntityType.OTHER,
    "LAW": EntityType.OTHER,
}
_ORGANISATION_WORDS = name_words("organisation")
_FACILITY_WORDS = name_words("facility")
_PLACE_WORDS = name_words("place")
_SAYING = name_words("saying")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_HAPPENING_WORDS = name_words("happening")
_AGE = re.compile(r"\d{1,3}")
_EDGE = frozenset(
    [
        "'s",
        "’s",
        "'",
        "’",
        '"',
        "“",
        "”",
        ",",
        ".",
        ":",
        ";",
        "(",
        ")",
        "-",
        "–",
        "—",
        "the",
        "The",
        "a",
        "an",
        "this",
        "that",
    ]
)
_GIVEN_WEIGHT = {EntityType.PERSON: 1.5, EntityType.OTHER: 1.5, EntityType.ORGANISATION: 1.2, EntityType.PLACE: 0.6}
_LONGEST_NAME = 7
_FORMS_OF_ADDRESS = frozenset(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "sir", "lady", "dr", "dr.", "madam", "madame", "dame", "lord"]
)


def gather(words: Words) -> list[Found]:
    """All names, in text order, typed, with titles; none overlaps another or a time."""
    taken = _times(words)
    body, later = _from_pipeline(words, taken)
    body += _called_bodies(words, body)
    _with_titles(body, words)
    kinds = _vote(body, words)
    body = [f for f in body if kinds[f.key] is not EntityType.OTHER]
    for found in body:
        found.type = _kind(found, kinds)
    _mark(body, taken)
    missed = _missed(words, taken, kinds, later)
    _with_titles(missed, words)
    _by_surname(body, missed)
    everything = sorted(body + missed, key=lambda f: (f.first, -f.last))
    for found in everything:
        _describe(found, words)
    return _without_overlaps([f for f in everything if not _adjective(f, words)])


def _by_surname(body: list[Found], missed: list[Found]) -> None:
    """A lone name that is the last one of a person whom the pipeline left out is that person's."""
    surnames = {_surname(f.key) for f in missed if f.type is EntityType.PERSON and " " in f.key}
    for item in body:
        bare = " " not in item.key and item.key in surnames
        if bare and not (organisations().get(item.core) or countries().names.get(item.core)):
            item.type = EntityType.PERSON


def _times(words: Words) -> list[bool]:
    taken = [False] * len(words)
    spans = iter(sorted((t.start, t.end) for t in words.page.times))
    current = next(spans, None)
    for i, start in enumerate(words.start):
        while current and current[1] <= start:
            current = next(spans, None)
        if current and current[0] < words.end(i):
            taken[i] = True
    return taken


def _mark(found: list[Found], taken: list[bool]) -> None:
    for item in found:
        for i in range(item.first, item.last):
            taken[i] = True


def _from_pipeline(words: Words, taken: list[bool]) -> tuple[list[Found], list[Found]]:
    """The pipeline's spans, trimmed: those of running text, and those of headlines."""
    body: list[Found] = []
    headlines: list[Found] = []
    surnames = {s[-1].lower_ for s in words.page.doc.ents if s.label_ == "PERSON" and len(s) > 1}
    for span in words.page.doc.ents:
        kind = _LABELS.get(span.label_)
        if kind is None:
            continue
        for first, last in _pieces(words, span.start, span.end, surnames):
            first, last = _trimmed(words, first, last)
            if first >= last or last - first > _LONGEST_NAME or any(taken[first:last]):
                continue
            if not any(words.capital(i) or words.text[i][:1].isdigit() for i in range(first, last)):
                continue
            item = Found(first, last, last - 1, kind, core=words.joined(first, last))
            (headlines if words.sentence[first] in words.headlines else body).append(item)
    return body, headlines


def _called_bodies(words: Words, known: list[Found]) -> list[Found]:
    """Proper nouns the pipeline left out, right after what they are: "the news site Daraja"."""
    covered = {i for item in known for i in range(item.first, item.last)}
    found = []
    for i in range(1, len(words)):
        if words.pos[i] != "PROPN" or i in covered or words.pos[i - 1] != "NOUN" or not words.capital(i):
            continue
        item = Found(i, i + 1, i, EntityType.ORGANISATION, core=words.text[i])
        if (
            words.lower[i] not in given_names()
            and _body_before(item, words)
            and words.pos[min(i + 1, len(words) - 1)] != "PROPN"
        ):
            found.append(item)
    return found


def _pieces(words: Words, first: int, last: int, surnames: set[str]) -> list[tuple[int, int]]:
    """A span cut at line ends, at a possessive inside it ("Kenya's Foreign Ministry"), at "and" beside a surname."""
    found, begin = [], first
    for i in range(first, last):
        joins = words.lower[i] == "and" and first < i < last - 1
        people = joins and (words.lower[i - 1] in surnames or words.lower[i + 1] in surnames)
        if people or "\n" in words.text[i] or (words.tag[i] == "POS" and i + 1 < last):
            found.append((begin, i))
            begin = i + 1
    return [*found, (begin, last)]


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    while first < last and (words.text[first] in _EDGE or not words.text[first].strip()):
        first += 1
    while last > first and (words.text[last - 1] in _EDGE or not words.text[last - 1].strip()):
        last -= 1
    return first, last


# --- titles ----------------------------------------------------------------------------------------------------


def _with_titles(found: list[Found], words: Words) -> None:
    """Moves titles out of a name's core and takes in those before it."""
    for item in found:
        if item.type is EntityType.PLACE and countries().of(item.core):
            continue
        inside = _title_inside(item, words)
        if item.type in (EntityType.PERSON, EntityType.OTHER) or inside or words.capital(item.first):
            _title_before(item, words, inside)


def _title_inside(item: Found, words: Words) -> bool:
    """Splits "President Kone" into title and core."""
    for cut in range(item.last - 1, item.first, -1):
        if not _is_title(words, item.first, cut) or not all(words.capital(i) for i in range(cut, item.last)):
            continue
        rest = words.lower[cut : item.last]
        if _body_word(rest[-1]) or role_of(rest) or rest[0] in ("of", "for"):
            return False
        item.title = words.joined(item.first, cut)
        item.core = words.joined(cut, item.last)
        item.type = EntityType.PERSON
        return True
    return False


def _is_title(words: Words, first: int, last: int) -> bool:
    found = role_of(words.lower[max(first, last - 3) : last])
    return found is not None and found[0].kind == "person"


def _body_word(word: str) -> bool:
    word = word.rstrip(".")
    return word in _ORGANISATION_WORDS or word in _FACILITY_WORDS or word in _PLACE_WORDS


def _title_before(item: Found, words: Words, inside: bool) -> None:
    """Extends a name to the left over its titles: "former Foreign Minister", "Kenyan police spokeswoman"."""
    before = item.first
    floor = before
    while floor > max(0, before - 8) and (
        words.pos[floor - 1] not in ("SPACE", "PUNCT") or words.text[floor - 1] == "-"
    ):
        floor -= 1
    if not inside:
        found = role_of(words.lower[max(floor, before - 3) : before])
        if not _titles(found, item, words, before):
            return
        assert found is not None
        begin = before - found[1]
    else:
        begin = before
    while begin > floor and _title_modifier(words, begin - 1, begin):
        begin -= 1
    if begin == before:
        return
    item.title = words.joined(begin, before) + (f" {item.title}" if item.title else "")
    item.first = begin
    item.type = EntityType.PERSON


def _titles(found: tuple[Role, int] | None, item: Found, words: Words, before: int) -> bool:
    """Is this role a title of the name after it?"""
    if found is None or found[0].kind != "person":
        return False
    role, length = found
    if singular(" ".join(words.lower[before - length : before])) != role.word and role.word not in words.lower:
        return False
    if words.tag[before - 1] in ("NNS", "NNPS") and not role.word.endswith("."):
        return False
    last = item.core.split()[-1].casefold() if item.core else ""
    if _body_word(last) or (item.type is EntityType.PLACE and not role.title) or item.core in organisations():
        return False
    if role.title:
        return True
    return item.type is EntityType.PERSON or item.core.split()[0].casefold() in given_names()


def _title_modifier(words: Words, i: int, following: int) -> bool:
    lower = words.lower[i]
    if lower == "-":
        return words.lower[i - 1] in ("former", "ex", "vice", "then")
    if lower == "and" or words.tag[i] == "POS":
        return words.tag[i] == "POS" and words.capital(i - 1) and lower.endswith("s")
    if lower in ("former", "then", "ex", "late", "deputy", "acting", "vice", "senior", "prime"):
        return True
    if words.capital(i) and words.pos[i] in ("PROPN", "ADJ", "NOUN"):
        return True
    return words.pos[i] in ("ADJ", "NOUN") and words.tag[i] not in ("JJR", "JJS") and following < len(words)


# --- votes -----------------------------------------------------------------------------------------------------


def _vote(found: list[Found], words: Words) -> dict[str, EntityType]:
    """What each name of the report names, by all its occurrences."""
    votes: dict[str, Tally] = defaultdict(lambda: defaultdict(float))
    for item in found:
        votes[item.key][item.type] += 1
        for kind, weight in _evidence(item, words):
            votes[item.key][kind] += weight
    cores = {item.key: item.core for item in found}
    for key, tally in votes.items():
        _known(cores[key], tally)
    kinds = {key: max(tally.items(), key=lambda pair: (pair[1], pair[0].value))[0] for key, tally in votes.items()}
    surnames = {_surname(key) for key, kind in kinds.items() if kind is EntityType.PERSON and " " in key}
    given = given_names()
    for key, kind in kinds.items():
        if (key in surnames and kind is not EntityType.PERSON and not _place_name(key, votes[key])) or (
            kind is EntityType.OTHER and len(key.split()) == 2 and key.split()[0] in given and not _happening(key)
        ):
            kinds[key] = EntityType.PERSON
    return kinds


def _happening(key: str) -> bool:
    return key.split()[-1] in _HAPPENING_WORDS


def _place_name(key: str, tally: Tally) -> bool:
    known = countries()
    title = key.title()
    return tally[EntityType.PLACE] >= 2 and (title in known.names or title in known.capitals)


def _surname(key: str) -> str:
    parts = [p for p in key.split() if p not in _SUFFIXES]
    return parts[-1] if parts else key


def _evidence(item: Found, words: Words) -> list[tuple[EntityType, float]]:
    parts = item.core.split()
    if not parts:
        return []
    last = parts[-1].casefold().rstrip(".")
    if last in _ORGANISATION_WORDS:
        return [(EntityType.ORGANISATION, 4)]
    if len(parts) > 1 and (last in _PLACE_WORDS or parts[0] in ("Lake", "Mount", "Gulf", "Strait")):
        return [(EntityType.PLACE, 3)]
    if len(parts) > 1 and last in _FACILITY_WORDS:
        return [(EntityType.FACILITY, 3)]
    if len(parts) > 1 and last in _HAPPENING_WORDS:
        return [(EntityType.OTHER, 4)]
    found: list[tuple[EntityType, float]] = []
    if not item.title and parts[0].casefold() not in given_names() and _body_before(item, words):
        found.append((EntityType.ORGANISATION, 6))
    if item.title:
        found.append((EntityType.PERSON, 5))
    weight = _GIVEN_WEIGHT.get(item.type, 0.0)
    if len(parts) in (2, 3, 4) and weight and parts[0].casefold() in given_names() and _plain_words(parts):
        found.append((EntityType.PERSON, weight))
    if len(parts) == 1 and len(parts[0]) < 6 and parts[0].isupper():
        found.append((EntityType.ORGANISATION, 1))
    return found + _around(item, words, len(parts))


def _body_before(item: Found, words: Words) -> bool:
    """Is the name said to be a body by the noun before it ("the news site Daraja")?"""
    before = role_of(words.lower[max(0, item.first - 3) : item.first])
    if before is None or before[0].kind != "office" or before[0].sector == "GOV":
        return False
    return words.tag[item.first - 1] in ("NN", "NNP") and words.sentence[item.first - 1] == words.sentence[item.first]


def _plain_words(parts: list[str]) -> bool:
    return all(p[:1].isalpha() for p in parts) and not any(_body_word(p.casefold()) for p in parts)


def _personal(words: Words, after: int) -> bool:
    """Does what follows speak of a person: an age between commas, "who", "himself"?"""
    next_words = [*words.lower[after : after + 3], "", "", ""]
    if next_words[0] == ",":
        return next_words[1] in ("who", "whose") or bool(_AGE.fullmatch(next_words[1]) and next_words[2] in (",", "."))
    return next_words[0] in ("who", "himself", "herself")


def _around(item: Found, words: Words, length: int) -> list[tuple[EntityType, float]]:
    found: list[tuple[EntityType, float]] = []
    after = item.last
    if item.type is not EntityType.GROUP and _personal(words, after):
        found.append((EntityType.PERSON, 3))
    if length == 1 and after < len(words) and words.lower[after] in _SAYING:
        found.append((EntityType.PERSON, 0.4))
    if length == 1 and item.type is not EntityType.PERSON and _pronoun_follows(item, words):
        found.append((EntityType.PERSON, 1.2))
    if item.first and words.lower[item.first - 1] in ("in", "near", "across", "outside"):
        found.append((EntityType.PLACE, 0.6))
    return found


def _pronoun_follows(item: Found, words: Words) -> bool:
    """He or she, or his or her, later in the clause whose subject the name is."""
    if words.dep[item.head] not in ("nsubj", "nsubjpass"):
        return False
    stop = min(len(words), words.bounds[words.sentence[item.head]][1], item.last + 14)
    for i in range(item.last, stop):
        if words.lower[i] in ("he", "she", "his", "himself", "herself"):
            return True
        if words.pos[i] == "PROPN" or words.text[i] in ('"', "“"):
            return False
    return False


def _known(core: str, tally: Tally) -> None:
    """Known bodies and countries weigh more than the pipeline's guess, less than a title."""
    body, total = organisations().get(core.replace("’", "'")), sum(tally.values())
    if tally[EntityType.PERSON] > 0.5 * total:
        return
    if body:
        tally[body.type] += total
    elif core and countries().names.get(core):
        tally[EntityType.PLACE] += total
    elif core and countries().people.get(core) and " " not in core:
        tally[EntityType.GROUP] += total


def _kind(item: Found, kinds: dict[str, EntityType]) -> EntityType:
    return EntityType.PERSON if item.title else kinds[item.key]


# --- what the pipeline missed ----------------------------------------------------------------------------------


def _missed(words: Words, taken: list[bool], kinds: dict[str, EntityType], headlines: list[Found]) -> list[Found]:
    """Names the pipeline left out: known ones, ones seen elsewhere in the report, ones with a title before them."""
    lexicon = dict(kinds)
    for key, kind in kinds.items():
        if kind is EntityType.PERSON:
            lexicon.setdefault(_surname(key), kind)
    suggested = {item.first: item for item in headlines}
    found: list[Found] = []
    i = 0
    while i < len(words):
        item = None
        if not taken[i] and (words.capital(i) or words.text[i][:1].isdigit()) and words.text[i] not in _EDGE:
            item = _known_here(words, taken, i, lexicon) or _from_headline(suggested.get(i), kinds)
            if item is None and words.sentence[i] not in words.headlines:
                item = _run(words, taken, i)
        if item is not None and not any(taken[item.first : item.last]):
            found.append(item)
            _mark([item], taken)
            i = item.last
        else:
            i += 1
    return found


def _known_here(words: Words, taken: list[bool], i: int, lexicon: dict[str, EntityType]) -> Found | None:
    bodies, lands = organisations(), countries()
    for last in range(min(len(words), i + 5), i, -1):
        if any(taken[i:last]) or not (words.capital(last - 1) or words.text[last - 1].isdigit()):
            continue
        text = words.joined(i, last).replace("’", "'")
        kind = _known_kind(text, words, i)
        if kind is None and len(text) > 2:
            kind = lexicon.get(fold(text))
            if kind is EntityType.GROUP and words.pos[last - 1] == "ADJ":
                kind = None
        if kind is not None and not (text in bodies and text in lands.names):
            return Found(i, last, last - 1, kind, core=words.joined(i, last))
    return None


def _known_kind(text: str, words: Words, i: int) -> EntityType | None:
    body = organisations().get(text)
    if body and (len(text) > 2 or words.pos[i] == "PROPN"):
        return body.type
    if text in countries().names and (len(text) > 3 or words.pos[i] == "PROPN"):
        return EntityType.PLACE
    if text in countries().people and text.endswith(("s", "men")) and words.tag[i].endswith("S"):
        return EntityType.GROUP
    return None


def _from_headline(item: Found | None, kinds: dict[str, EntityType]) -> Found | None:
    """A span of the pipeline in a headline, kept only where something else speaks for it."""
    if item is None:
        return None
    parts = item.core.split()
    if len(parts) == 2 and item.type is EntityType.PERSON and parts[0].casefold() in given_names():
        return item
    return item if item.key in kinds or (item.type is EntityType.PLACE and len(parts) == 1) else None


def _run(words: Words, taken: list[bool], i: int) -> Found | None:
    """A run of proper nouns with a given name at its head, or a title before it."""
    if words.pos[i] != "PROPN":
        return None
    last = i
    while last < min(len(words), i + 5) and not taken[last] and words.capital(last) and words.pos[last] == "PROPN":
        last += 1
    text = words.lower[i:last]
    if last == i or (last < len(words) and taken[last]) or _body_word(text[-1]) or role_of(text):
        return None
    item = Found(i, last, last - 1, EntityType.OTHER, core=words.joined(i, last))
    before = role_of(words.lower[max(0, i - 3) : i]) if i else None
    if (before and before[0].title and _titles(before, item, words, i)) or (
        2 <= last - i <= 3 and text[0] in given_names() and all(len(t) > 1 for t in text)
    ):
        item.type = EntityType.PERSON
    else:
        return None
    return item


# --- what a name says besides ----------------------------------------------------------------------------------


def _describe(item: Found, words: Words) -> None:
    """Country, sector, role and gender as the name and its title give them."""
    if item.type in (EntityType.ORGANISATION, EntityType.OFFICE):
        _kind_before(item, words)
    known = organisations().get(item.core.replace("’", "'").removeprefix("the ").removeprefix("The "))
    if item.type is EntityType.PERSON:
        describe_title(item, words)
        return
    if known and item.type is not EntityType.PLACE:
        item.country, item.sector = known.country or item.country, known.sector or item.sector
        return
    lands = countries()
    if item.type in (EntityType.PLACE, EntityType.GROUP):
        item.country = lands.of(item.core)
        item.plural = item.type is EntityType.GROUP
        return
    item.country = item.country or country_within(words, item.first, item.last)
    found = role_of(words.lower[max(item.first, item.last - 3) : item.last]) or role_of([words.lower[item.first]])
    if found and not item.role:
        item.sector = found[0].sector
        item.role = found[0].word
    for i in range(item.first, item.last):
        item.sector = sector_modifiers().get(words.lower[i], item.sector) if not item.sector else item.sector


def _kind_before(item: Found, words: Words) -> None:
    """Takes in what a body is called by before its name: "the Kenyan news site Daraja"."""
    found = role_of(words.lower[max(0, item.first - 3) : item.first])
    if found is None or found[0].kind != "office" or words.sentence[item.first - 1] != words.sentence[item.first]:
        return
    begin = item.first - found[1]
    floor = words.bounds[words.sentence[item.first]][0]
    while begin > floor and item.first - begin < 7 and words.pos[begin - 1] in ("ADJ", "NOUN", "PROPN", "DET"):
        begin -= 1
        if words.pos[begin] == "DET":
            break
    item.sector = sector_of(words.lower[begin : item.first], found[0])
    item.country = country_within(words, begin, item.first)
    item.role = found[0].word
    item.first = begin


def describe_title(item: Found, words: Words) -> None:
    """Role, country, sector and gender from a person's title and given name."""
    given = item.core.split()[0].casefold().rstrip(".") if item.core else ""
    if " " in item.core and given_names().get(given, "u") != "u":
        item.gender = given_names()[given]
    if not item.title:
        return
    tokens = [
        words.lower[i]
        for i in range(item.first, item.last)
        if words.start[i] - words.start[item.first] < len(item.title)
    ]
    found = role_of(tokens)
    if found is None:
        return
    role = found[0]
    item.gender = role.gender or item.gender
    item.country = country_within(words, item.first, item.first + len(tokens))
    item.sector = sector_of(tokens, role)
    if role.word.rstrip(".") not in _FORMS_OF_ADDRESS:
        item.role, item.leader = role.word, role.leader


def sector_of(tokens: list[str], role: Role) -> str | None:
    """The role's sector, unless a word beside it names another."""
    sector = role.sector
    modifiers = sector_modifiers()
    for token in tokens:
        token = token.replace("’", "'")
        if token in modifiers and token not in role.word.split():
            if modifiers[token] == "ELI" and sector not in ("GOV", "LEG", "JUD"):
                continue
            if modifiers[token] in ("GOV",) and role.sector not in ("CVL", "BUS", None):
                continue
            sector = modifiers[token]
            if sector == "ELI":
                break
    return sector


def country_within(words: Words, first: int, last: int) -> str | None:
    """The first country named, as noun or adjective, among these tokens."""
    lands = countries()
    for i in range(first, last):
        if not words.capital(i):
            continue
        for stop in range(min(last, i + 3), i, -1):
            found = lands.of(words.joined(i, stop))
            if found:
                return found
    return None


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Names inside another's title stay; two names over the same core do not."""
    kept: list[Found] = []
    for item in found:
        if kept and item.first < kept[-1].last:
            continue
        kept.append(item)
    return kept


def _adjective(item: Found, words: Words) -> bool:
    """A people's or country's name used as an adjective ("Kenyan", "U.S."), which names nobody by itself."""
    if item.type is EntityType.GROUP:
        if "-" in item.core or words.pos[item.head] == "ADJ" or words.tag[item.head] == "JJ":
            return True
        return words.dep[item.head] in ("amod", "compound", "nmod") and not words.tag[item.head].endswith("S")
    if item.type is EntityType.PLACE and item.core in countries().adjectives:
        return words.dep[item.head] in ("amod", "compound", "nmod")
    return False


__all__ = ["country_within", "describe_title", "gather", "sector_of"]
