"""Who is a party to an event: who takes part, who speaks for them, and the offices of a state that takes part."""

from __future__ import annotations

import re

from onrecord.model import Entity, EntityType, Holder, Participant, SourceKind
from onrecord.reading.attribution_quotes import is_quoted
from onrecord.reading.event_lexicon import words
from onrecord.reading.homes import homes_in, homes_of
from onrecord.reading.page import Page

_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_WORD = re.compile(r"[^\W\d_]{3,}")
_TOKEN = re.compile(r"[^\W\d_]{2,}|[,;:]")
_LEADING = r"leads?|led|heads?|headed|runs?|ran|chairs?|chaired|owns?|owned|represents?|commands?|speaks\s+for"
# What a relative clause tells of somebody is no office of theirs, unless it says that they lead or speak for it.
_ASIDE = re.compile(rf",?\s+(?:who|whom|whose|which|that)\b(?!\s+(?:{_LEADING})\b).*", re.I | re.S)
_FORMER = re.compile(r"\b(?:former|ex|onetime|ousted|sacked|dismissed|retired)\b", re.I)
# Behind these stands where somebody is or whom they speak of, not whom they speak for.
_BESIDE = frozenset(
    ["in", "near", "from", "outside", "around", "to", "against", "about", "on", "between", "by", "opposite", "behind"]
)
_TIES = frozenset({"of", "for", "at", "with", ",", ";", ":", "and"})
_OTHERS = frozenset(
    [
        *("he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself"),
        *("they", "them", "their", "theirs", "themselves"),
    ]
)
_MINISTRY = re.compile(r"\b(\w+) (?:ministry|department)\b")
_IN_TOWN = re.compile(r"\b(?:in|at)\b.*", re.S)  # where a ministry sits: that may be the capital of any land
_APART = frozenset({"LEG", "JUD"})  # parliaments and courts: they answer for no government
_VOICED = re.compile(r"\bspoke(?:s(?:man|woman|person|people)|smen)\b|\bcommand|\bchief\b", re.I)
_SMALL = frozenset({"the", "and", "for", "its", "their", "his", "her", "this", "that"})
_BELOW = frozenset({"deputy", "vice", "assistant", "former", "ex", "acting", "under"})  # the office is another's
_VOICES = words()["parties.voices"]  # who speaks for a body, and leads it


def is_party(page: Page, holder: Holder, source: str, participant: Participant) -> bool:
    """Whether a holder, told of by the words ``source``, is or speaks for a participant of an event."""
    entity = page.entity(participant.entity)
    if holder.kind is SourceKind.DOCUMENT or _another(page, participant):
        return False
    if holder.entity and participant.entity == holder.entity:
        return True
    if entity is not None and holder.entity and holder.entity in entity.members:
        return True
    if _by_name(holder, source, participant, entity):
        return True
    if entity is None and _speaks_of_itself(page, holder, participant.text.lower()):
        return True
    office = holder.kind is SourceKind.OFFICE and entity is not None
    if office and entity is not None and (_office_of(holder, entity) or _ministry_of(page, source, entity)):
        return True
    return _of_the_body(holder, source, participant, entity) or _one_state(page, holder, source, participant, entity)


def _another(page: Page, participant: Participant) -> bool:
    """ "She saw nothing," said Tolm: who is quoted calls others so, never herself."""
    return participant.text.lower() in _OTHERS and is_quoted(page, participant.start)


def _speaks_of_itself(page: Page, holder: Holder, word: str) -> bool:
    """ "Brandel Mills announced that it would", "the neighbours said they had": nobody else is known by the word."""
    own = page.entity(holder.entity)
    person = holder.kind is SourceKind.NAMED if own is None else own.type is EntityType.PERSON
    return (word == "it" and not person and not holder.plural) or (word == "they" and (holder.plural or not person))


def _by_name(holder: Holder, source: str, participant: Participant, entity: Entity | None) -> bool:
    """Is a participant's name, or a person's last one, among the words that say for whom the holder speaks?"""
    spoken_for = (entity.name if entity else participant.text).split()
    if not spoken_for or not spoken_for[-1][:1].isupper() or len(spoken_for[-1]) <= 2:
        return False
    person = entity is not None and entity.type is EntityType.PERSON
    keys = {w.lower() for w in (spoken_for[-1:] if person else spoken_for) if w[:1].isupper()}
    return keys <= _standing_for(holder, source)


def _standing_for(holder: Holder, source: str) -> set[str]:
    """The words of a source that say who it is or for whom it speaks.

    Not "who keeps goats near Tarn", "a teacher in Tarn", "a former ambassador to Velmark"; an office in a town is its.
    """
    if holder.kind is not SourceKind.NAMED:
        return {w.lower() for w in _WORD.findall(_ASIDE.sub("", f"{holder.name} {source}"[:400]))}
    own = {w.lower() for w in _WORD.findall(holder.name)}
    told = _ASIDE.sub("", source[:400])
    if _FORMER.search(told):
        return own
    beside = False
    for word in _TOKEN.findall(told):
        if word.lower() in _BESIDE or word in _TIES:
            beside = word.lower() in _BESIDE
        elif not beside and len(word) > 2:
            own.add(word.lower())
    return own


def _office_of(holder: Holder, entity: Entity) -> bool:
    """Is an office named by the role of who takes part: "the prime minister's office" of Prime Minister Marden?"""
    name = holder.name.lower().replace("’", "'")
    roles = _roles_of(entity) if entity.type is EntityType.PERSON else set()
    return any(f"{role}'s " in f"{name} " or f"office of the {role}" in name for role in roles)


def _ministry_of(page: Page, source: str, entity: Entity) -> bool:
    """ "The foreign ministry in Ostrel" and a foreign minister, unless it is called the ministry of another land."""
    found = _MINISTRY.search(source.lower())
    if entity.type is not EntityType.PERSON or found is None:
        return False
    headed = {f"{found[1]} minister", f"{found[1]} secretary", f"minister of {found[1]}", f"{found[1]} chief"}
    if not headed & _roles_of(entity):
        return False
    theirs, whose = homes_of(page, entity), homes_in(_IN_TOWN.sub("", source))
    return not (theirs and whose) or bool(theirs & whose)


def _roles_of(entity: Entity) -> set[str]:
    """A person's titles, and what they end in: of "Velmark's Foreign Minister" the foreign minister, the minister."""
    found: set[str] = set()
    for title in entity.roles:
        parts = title.lower().split()
        under = max((n for n, word in enumerate(parts) if word in _BELOW), default=-1)
        found |= {" ".join(parts[n:]) for n in range(len(parts) if under < 0 else under + 1)}
    return found


def _of_the_body(holder: Holder, source: str, participant: Participant, entity: Entity | None) -> bool:
    """ "The speaker of the parliament of Velmark", "a spokesman for the union": they speak for who takes part."""
    if entity is None or entity.type is not EntityType.OFFICE or _FORMER.search(source):
        return False
    if holder.kind not in (SourceKind.OFFICE, SourceKind.NAMED):
        return False
    body = {w.lower() for w in _WORD.findall(participant.text)} - _SMALL
    said = _standing_for(holder, source)
    return bool(body) and body <= said and (body == said - _SMALL or bool((said - body) & _VOICES))


def _one_state(page: Page, holder: Holder, source: str, participant: Participant, entity: Entity | None) -> bool:
    """An office of the state that takes part, or whose head or forces do."""
    if not _of_state(holder.sector, holder.kind) or not _one_home(page, holder, source, participant, entity):
        return False
    sector = participant.sector
    own = page.entity(holder.entity)
    titles = (source, *(own.roles if own is not None else ()))
    if holder.kind is SourceKind.NAMED and any(map(_FORMER.search, titles)):
        return False
    if (sector in _APART or _speaks_for_itself(holder, titles)) and sector != holder.sector:
        return False
    return sector in _STATE or (
        entity is not None and entity.type in (EntityType.PLACE, EntityType.OFFICE) and not sector
    )


def _speaks_for_itself(holder: Holder, titles: tuple[str, ...]) -> bool:
    """ "A senator", "a judge", "a pilot": one of the state, who does not speak for the rest of it."""
    if holder.sector in _APART:
        return True
    return holder.kind is SourceKind.NAMED and holder.sector != "GOV" and not any(map(_VOICED.search, titles))


def _of_state(sector: str | None, kind: SourceKind) -> bool:
    return sector in _STATE or (sector is None and kind is SourceKind.OFFICE)


def _one_home(page: Page, holder: Holder, source: str, participant: Participant, entity: Entity | None) -> bool:
    """Are both of one country; where no table knows it, of one land by the report's own words?"""
    if participant.country and holder.country:
        return participant.country == holder.country
    if holder.kind is not SourceKind.OFFICE or participant.country or holder.country:
        return False
    mine = homes_in(source) or _homes_by_context(page, page.entity(holder.entity))
    theirs = homes_of(page, entity) if entity else homes_in(participant.text)
    return bool(mine & theirs)


def _homes_by_context(page: Page, office: Entity | None) -> frozenset[str]:
    """The home of an office; of "the ministry" that of the only ministry which the report names more fully."""
    if office is None:
        return frozenset()
    head = office.name.split()[-1:]
    alike = (e for e in page.entities if e.type is EntityType.OFFICE and e.name.split()[-1:] == head)
    fuller = [e for e in alike if homes_of(page, e)]
    return homes_of(page, office) or (homes_of(page, fuller[0]) if len(fuller) == 1 else frozenset())


__all__ = ["is_party"]
