"""Origins: the deepest holder a claim can be traced to. Copies, credits and citations collapse into it.

Two claims with the same key rest on one origin. A named speaker is one origin whoever quotes them. An unnamed source
cannot be known to be the same as another outlet's unnamed source, so its key holds the outlet that heard it first-hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from onrecord.linking.words import fold
from onrecord.model import Claim, Holder, Origin, Report, SourceKind

_DOMAIN = re.compile(r"^(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?:[:/].*)?$")
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go"))
_OUTLET_TAILS = tuple(
    f" {tail}" for tail in ("news agency", "newspaper", "website", "online", "news site", "magazine", "news", "agency")
)
_UNNAMED_BY = re.compile(r",? (?:who|which|that)\b.*$|,? (?:speaking )?on (?:the )?condition of anonymity\b.*$")
_ARTICLES = re.compile(r"^(?:the|a|an|one|two|three|several|some|another|his|her|their|its)\s+")
_INITIALS = re.compile(r"^(?:[Tt]he )?(?:[A-Z]\.?){3,8}$")
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|sir|president|prime minister|minister|secretary|senator|sen|rep|governor|gov|general|gen|"
    r"colonel|col|captain|capt|chief|officer|sheriff|mayor|judge|justice|king|queen|prince|princess|pope|chancellor|ambassador|"
    r"spokesman|spokeswoman|spokesperson|professor|prof)\.?\s+)+"
)


def origin_of(claim: Claim, report: Report, copied: Report | None = None) -> Origin:
    """Where a claim comes from, with the chain that leads there in names, the report's own outlet first.

    ``copied`` is the earliest report whose text this one repeats, if any: what the copy says is the original's.
    """
    teller = copied or report
    links = [report.outlet or "unknown outlet"]
    how: list[str] = []
    if copied is not None and copied.id != report.id:
        links.append(copied.outlet or copied.address)
        how.append(f"copy of {links[-1]}")
    heard = _cited(claim)
    agency = next((c for c in teller.credits if outlet_key(c) != outlet_key(teller.outlet or "")), None)
    if agency is not None and not heard:
        links.append(agency)
        how.append(f"credits {agency}")
    links.extend(holder.name for holder in heard)
    how.extend(f"cites {holder.name}" for holder in heard)
    outlet = family_of(links[-1]) if len(links) > 1 or report.outlet else report.address
    return _origin(claim.holder, outlet, _without_repeats(links), how)


def _cited(claim: Claim) -> list[Holder]:
    """Outlets between the report's own voice and the holder, and the holder itself if it is one."""
    return [h for h in claim.chain if h.kind is SourceKind.OUTLET and not h.own_voice]


def _origin(holder: Holder, outlet: str, links: list[str], how: list[str]) -> Origin:
    told = "; ".join(how)
    if holder.kind is SourceKind.OUTLET:
        key = f"outlet:{outlet_key(outlet)}"
        return Origin(key, links[-1], holder.kind, True, tuple(links), told or "own voice")
    chain = (*links, holder.name)
    quotes = f"quotes {holder.name}"
    named = holder.kind is not SourceKind.UNNAMED
    words = f"{told}; {quotes}" if told else quotes
    name = plain_name(holder.name)
    if holder.kind is SourceKind.NAMED:
        key = f"named:{_TITLES.sub('', name) or name}"
    elif holder.kind is SourceKind.UNNAMED:
        key = f"unnamed:{outlet_key(outlet)}:{_UNNAMED_BY.sub('', name)}"  # whether or not it is said again why
        words = f"{told}; an unnamed source of {links[-1]}" if told else f"an unnamed source of {links[-1]}"
    else:
        # Initials are one body's own; other offices of one name are told apart by country.
        country = "" if _INITIALS.search(holder.name.strip()) else (holder.country or "").lower()
        key = f"{holder.kind}:{country}:{name}"
    return Origin(key, holder.name, holder.kind, named, chain, words)


def plain_name(name: str) -> str:
    """A holder's name folded, without article or number word."""
    return _ARTICLES.sub("", fold(name).strip(" \"'.,"))


def _without_repeats(links: Sequence[str]) -> list[str]:
    out: list[str] = []
    for link in links:
        if not out or outlet_key(out[-1]) != outlet_key(link):
            out.append(link)
    return out


def independent(left: Origin, right: Origin) -> bool:
    """Whether two origins are two: neither the same key, nor the same unnamed words under one outlet."""
    return left.key != right.key


@lru_cache(maxsize=8192)
def outlet_key(name: str) -> str:
    """One key for an outlet's names and domains: ``valecourier`` for ``The Vale Courier``, ``www.valecourier.com``."""
    known = _families().get(_known_form(name))
    if known is not None:
        return _bare(known)
    return _bare(name)


def family_of(name: str) -> str:
    """The publisher family's name, else the outlet's own."""
    return _families().get(_known_form(name), name)


def _known_form(name: str) -> str:
    folded = fold(name)
    domain = _DOMAIN.match(folded)
    if domain and " " not in folded:
        host = domain[1].removeprefix("www.")
        return host if host in _families() else _registrable(host)
    return folded.removeprefix("the ") if folded not in _families() else folded


def _registrable(host: str) -> str:
    """The part of a host name that is registered: ``news.vale.co.uk`` → ``vale.co.uk``."""
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def _bare(name: str) -> str:
    folded = fold(name)
    domain = _DOMAIN.match(folded)
    if domain and " " not in folded:
        folded = _registrable(domain[1].removeprefix("www.")).split(".")[0]
    folded = folded.removeprefix("the ")
    for tail in _OUTLET_TAILS:
        if len(folded) > len(tail) + 2:
            folded = folded.removesuffix(tail)
    plain = re.sub(r"[^\w]", "", folded)
    return plain.removeprefix("the") if len(plain) > 6 else plain


_own_families: tuple[str, ...] = ()


def use_families(lines: Iterable[str]) -> None:
    """Which outlets belong together beyond the table that is shipped: lines in its form, which stand above it."""
    global _own_families
    if (given := tuple(lines)) != _own_families:
        _own_families = given
        _families.cache_clear()
        outlet_key.cache_clear()


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    table: dict[str, str] = {}
    lines = files("onrecord").joinpath("data/linking-outlets.tsv").read_text("utf8").splitlines()
    for line in (*lines, *_own_families):
        if line and not line.startswith("#"):
            family, *names = (part.strip() for part in line.split("\t"))
            table[fold(family)] = family
            table.update((fold(name), family) for name in names if name)
    return table
