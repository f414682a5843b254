"""Who holds a claim: the report's own voice, or an attribution's source; and how the holder stands to the event."""

from __future__ import annotations

import re

from onrecord.model import Attribution, Authority, Entity, EntityType, EventMention, Holder, SourceKind
from onrecord.reading.attribution_syntax import tops
from onrecord.reading.page import Page
from onrecord.reading.participants import mentions_near
from onrecord.reading.parties import is_party

_RELATIVE = re.compile(r",?\s+(?:who|which|that)$", re.I)  # "the officials, who"
_REFERRING = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|that)\b", re.I
)  # an office named by what it refers to
_ASIDES = frozenset({"appos", "relcl", "acl"})
UNSPECIFIED = "nobody named"
THE_REPORT = "the report"
_LONGEST_CHAIN = 8
_WORD = re.compile(r"[^\W\d_]{3,}")
_POLICE = "police|sheriff|detective|constabulary|prosecutor|investigator|gendarmerie|constable|inspector|fbi|attorney"
_RESCUE = "fire|rescue|emergency|ambulance|civil|disaster|coast|coastguard|paramedic|firefighter|hospital|doctor"
_RULERS = "ministry|minister|government|authority|authorities|governor|mayor|department|president|council"
_ARMY = "army|military|defence|defense|navy|forces|pentagon|general|commander"
_COURT = "court|judge|tribunal|justice|prosecutor|attorney|jury"
_HEALTH = "health|hospital|doctor|coroner|medical|medic|clinic"
_NATURE = "geological|survey|meteorological|weather|seismological|observatory|hurricane"
_SPOKEN_FOR = "spokesman|spokeswoman|spokesperson|chief|executive"  # of a firm, unless of an office of state
_FIRM = f"company|firm|board|chairman|ceo|{_SPOKEN_FOR}"
_RESPONSIBLE: dict[str, str] = {
    "ASSAULT": f"{_POLICE}|{_ARMY}|{_RULERS}|{_HEALTH}|{_RESCUE}",
    "COERCE": f"{_POLICE}|{_COURT}|{_RULERS}",
    "PROTEST": f"{_POLICE}|{_RULERS}|union",
    "MOBILIZE": f"{_ARMY}|{_RULERS}",
    "RETREAT": f"{_ARMY}|{_RULERS}",
    "SANCTION": _RULERS,
    "ACCUSE": f"{_COURT}|{_POLICE}",
    "AID": _RULERS,
    "CRIME": f"{_POLICE}|{_COURT}",
    "DEATH": f"{_POLICE}|{_HEALTH}|{_RESCUE}|{_RULERS}",
    "INJURY": f"{_POLICE}|{_HEALTH}|{_RESCUE}|{_RULERS}",
    "ACCIDENT": f"{_POLICE}|{_RESCUE}|{_RULERS}|{_FIRM}",
    "DISASTER": f"{_RESCUE}|{_POLICE}|{_RULERS}|{_NATURE}|{_HEALTH}",
    "RULING": _COURT,
    "ELECTION": f"electoral|election|commission|{_RULERS}",
    "APPOINTMENT": f"{_RULERS}|{_FIRM}",
    "DEAL": f"{_FIRM}|regulator|commission",
    "LAUNCH": f"{_FIRM}|agency",
    "LAW": f"{_RULERS}|parliament|senate|congress",
    "HEALTH": _HEALTH,
    "MOVE": f"{_POLICE}|{_RULERS}|{_RESCUE}",
    "SPORT": "club|league|federation|committee",
}
# One of many in a body is not its office; a member of a government is.
_MEMBER = re.compile(r"\bmembers? of (?!(?:[\w’'-]+ ){0,3}(?:government|cabinet))[^,;]*", re.I)
# What somebody was, and who stands below the office: "a former police chief", "who was mayor until 2028".
_NO_LONGER = re.compile(
    r"\b(?:former|ex|onetime|retired|ousted|sacked)\b[\s-][^,;()]*"
    r"|\bwho (?:was|were|had been|used to be|served as)\b.*",
    re.I | re.S,
)
_BELOW = re.compile(
    r"\b(?:vice|deputy|assistant)[ -](?:president|governor|mayor)\b"
    r"|\bpresident (?:of|at|for) (?!the (?:republic|country|state|court|parliament|senate|council))(?-i:(?=[a-z]))",
    re.I,
)
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_STATE_WORDS = frozenset(f"{_POLICE}|{_ARMY}|{_COURT}|{_RULERS}".split("|")) - {"department", "council", "president"}
_OF_NEWS = frozenset({"news", "press"})  # an agency of these is nobody's office
_RULER_WORDS, _SPOKEN_WORDS = frozenset(_RULERS.split("|")), frozenset(_SPOKEN_FOR.split("|"))
_RESPONSIBLE_WORDS = {kind: frozenset(listed.split("|")) for kind, listed in _RESPONSIBLE.items()}


def own_voice(page: Page) -> Holder:
    """The report itself, by its outlet's name if that is known."""
    return Holder(page.report.outlet or THE_REPORT, SourceKind.OUTLET, own_voice=True)


def unspecified() -> Holder:
    """The nobody of "reportedly"."""
    return Holder(UNSPECIFIED, SourceKind.UNNAMED, plural=True)


def holder_of(page: Page, attribution: Attribution) -> Holder:
    """The holder an attribution names: the entity's name where it has one, else the source as written."""
    entity = _named_in(page, attribution) or page.entity(attribution.source_entity)
    written = _RELATIVE.sub("", _without_aside(page, attribution))
    named = entity is not None and attribution.source_kind in (SourceKind.NAMED, SourceKind.OFFICE, SourceKind.OUTLET)
    by_itself = attribution.source_kind is SourceKind.OFFICE and not _REFERRING.match(written)
    name = entity.name if entity is not None and named and not (by_itself and written) else written
    if attribution.source_kind is SourceKind.OUTLET and _names_more(written, name):
        name = written
    if attribution.source_kind is SourceKind.OUTLET and _is_own_outlet(page, name):
        return own_voice(page)
    return Holder(
        name=name or UNSPECIFIED,
        kind=attribution.source_kind if name else SourceKind.UNNAMED,
        entity=entity.id if entity else None,
        country=entity.country if entity else None,
        sector=entity.sector if entity else None,
        plural=attribution.number == "several",
    )


def _without_aside(page: Page, attribution: Attribution) -> str:
    """A source's words without what a comma adds: "the Bank of Sarn" of "the Bank of Sarn, the largest in the land"."""
    whole = " ".join(part.text for part in attribution.source).strip()
    if len(attribution.source) != 1 or "," not in whole:
        return whole
    start, end = attribution.source[0].start, attribution.source[0].end
    tokens = page.tokens(start, end)
    asides = [(h, t) for h in tops(tokens) for t in h.rights if t.dep_ in _ASIDES and t.pos_ not in ("NUM", "PUNCT")]
    # "Our neighbour, Ana Tolm": what is added is the name.
    told = [t.left_edge for h, t in asides if h.pos_ == "PROPN" or t.pos_ != "PROPN"]
    cuts = [t for t in told if tokens[0].i + 1 < t.i <= tokens[-1].i and t.nbor(-1).text == ","]
    return page.text[start : min(t.nbor(-1).idx for t in cuts)].strip() if cuts else whole


def _names_more(written: str, name: str) -> bool:
    """Is "Wire" the last part of the name that is written, "Kestrel Wire"?"""
    words = written.removeprefix("The ").removeprefix("the ").split()
    return 1 < len(words) <= 4 and all(w[:1].isupper() for w in words) and words[-1:] == [name]


def _is_own_outlet(page: Page, name: str) -> bool:
    """ "The Courier has learned", in the Tarn Courier: the report speaks of its own outlet, by its name or its end."""
    mine, its = _plain_words(name), _plain_words(page.report.outlet or "")
    return bool(mine and its) and mine[-1] == its[-1] and set(mine) <= set(its)


def _plain_words(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", name.casefold()) if w != "the"]


def _named_in(page: Page, attribution: Attribution) -> Entity | None:
    """ "the news site Tamburo": the name that closes a description, if the description alone was resolved."""
    described = page.entity(attribution.source_entity)
    if described is None or not attribution.source or any(w[:1].isupper() for w in described.name.split()[-1:]):
        return None
    last = attribution.source[-1]
    for mention in mentions_near(page, last.start, last.end):
        if mention.form == "name" and mention.end == last.end and mention.entity != described.id:
            named = page.entity(mention.entity)
            if named is not None and named.type in (EntityType.ORGANISATION, EntityType.PERSON, EntityType.OTHER):
                return named
    return None


def chain_of(page: Page, attribution: Attribution | None, by_id: dict[str, Attribution]) -> tuple[Holder, ...]:
    """From the outlet to the holder: the report's own voice, then each attribution from the outermost in.

    A source that was told to, or taken from, another outlet stands behind that outlet.
    """
    inward: list[Holder] = []
    seen: set[str] = set()
    while attribution is not None and attribution.id not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(attribution.id)
        holder = holder_of(page, attribution)
        if not holder.own_voice and (not inward or inward[0] != holder):
            inward.insert(0, holder)
        if attribution.via and attribution.source_kind is not SourceKind.OUTLET:
            entity = page.entity(attribution.via_entity)
            outlet = Holder(entity.name if entity else attribution.via, SourceKind.OUTLET, attribution.via_entity)
            if outlet.name != holder.name and not _is_own_outlet(page, outlet.name):
                inward.insert(0, outlet)
        attribution = by_id.get(attribution.within or "")
    return (own_voice(page), *inward)


def authority_of(page: Page, holder: Holder, source: str, event: EventMention) -> Authority:
    """Whether the holder is a party to the event, or its office, or the office responsible for such events."""
    if holder.own_voice or holder.kind is SourceKind.OUTLET:
        return Authority.OTHER
    participants = (*event.actors, *event.recipients)
    if any(is_party(page, holder, source, p) for p in participants):
        return Authority.PARTY
    if not _of_country(page, holder, event):
        return Authority.OTHER
    words = _office_words(page, holder, source)
    responsible = _responsible_words(event, holder, words)
    if words & responsible or {w.removesuffix("s") for w in words} & responsible:
        return Authority.RESPONSIBLE
    return Authority.OTHER


def _office_words(page: Page, holder: Holder, source: str) -> set[str]:
    """The words that tell what a holder is, not what he was, nor whose deputy."""
    entity = page.entity(holder.entity)
    told = [_MEMBER.sub("", text) for text in (f"{holder.name} {source}"[:400], *(entity.roles if entity else ()))]
    # Whose president one is, or was, the source tells; the role alone does not.
    past = [no for text in told for no in (*_NO_LONGER.findall(text), *_BELOW.findall(text))]
    none = {w.lower() for no in past for w in _WORD.findall(no)}
    return {w.lower() for text in told for w in _WORD.findall(text)} - none


def _responsible_words(event: EventMention, holder: Holder, words: set[str]) -> frozenset[str]:
    """The words of offices that answer for such events; a firm's president rules nobody, a ministry is no firm."""
    responsible = _RESPONSIBLE_WORDS.get(event.type or "", frozenset())
    if words & _OF_NEWS:
        responsible -= {"agency"}
    if holder.kind is SourceKind.NAMED and holder.sector is not None and holder.sector not in _STATE:
        responsible -= _RULER_WORDS
    if holder.sector in _STATE or words & _STATE_WORDS:
        responsible -= _SPOKEN_WORDS
    return responsible


def _of_country(page: Page, holder: Holder, event: EventMention) -> bool:
    """Whether the holder's country, if known, is one of those the event is told of."""
    places = {place.country for place in page.places if place.id == event.place}
    told = {c for c in (*places, *(p.country for p in (*event.actors, *event.recipients))) if c}
    return not (holder.country and told) or holder.country in told
