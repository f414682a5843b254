"""Titles in the reports' own words: the stretch of a sentence that tells an event. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.model import ReportHead, Stance, Testimony
from onrecord.record.words import clip

LONGEST_TITLE = 110  # characters
_PRONOUNS = frozenset(
    "i you he she it we they him her them us his its their this that these those who which".split()  # noqa: SIM905
)
_ANAPHOR = re.compile(r"(?i:the|this|that|these|those|his|her|its|their) [a-z]+")
# Where a clause ends: stops, dashes, and words that open another clause.
_BOUNDARY = re.compile(
    r"[;:]\s|[.!?]['\"”’]?(?:\s|$)|,['\"”’]?\s|\s[–—-]\s|—|\n"
    r"|\s(?=(?:as|after|while|when|although|though|because|but|which|who|whose|following|amid|where|despite)\s)",
    re.IGNORECASE,
)
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mrs?|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|No|vs|(?:[A-Z]\.)+[A-Z])$"
)
_RELATIVE = frozenset({"which", "who", "whom", "whose"})
_WORD = re.compile(r"\w{4,30}")
# A title does not begin with the word that made its clause depend on another.
_SUBORDINATE = re.compile(
    r"(?:after|before|while|when|although|though|because|but|and|as|that|amid|following|if|since|until|unless)\s+",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:of|by|than|into|from)\s+(?=\S+\s+\S+\s+\S)", re.IGNORECASE)  # "of content that …"
_NOMINATIVES = {"them": "They", "him": "He", "us": "We", "me": "I"}
_OPENING = " \t\n\"'“”‘’([,;:–—-"
_CLOSING = " \t\n\"'“”‘’([,;:–—-"


def is_pronoun(text: str) -> bool:
    return text.strip().casefold() in _PRONOUNS


def is_anaphor(text: str) -> bool:
    """Whether a description takes up what was told before: "the letter", "his report"; no name is in it."""
    return _ANAPHOR.fullmatch(text.strip()) is not None


def fragment(testimony: Testimony) -> str:
    """The clause around the event's anchor, from its actor on, at most ``LONGEST_TITLE`` characters."""
    words = testimony.claim.words
    mention = testimony.mention
    anchor = mention.anchor
    if not words.start <= anchor.start < words.end:
        return clip(words.text, LONGEST_TITLE)
    inside = [p for p in (*mention.actors, *mention.recipients) if words.start <= p.start and p.end <= words.end]
    before = [p.start for p in inside if p.start < anchor.start]
    start = min(before) if before else _clause_start(words.text, anchor.start - words.start) + words.start
    if anchor.start - start > LONGEST_TITLE - 20:
        start = _clause_start(words.text, anchor.start - words.start) + words.start
    reach = [anchor.end, *(p.end for p in inside if anchor.end <= p.start and p.end - start <= LONGEST_TITLE)]
    for thing in (testimony.place, testimony.time):
        if thing is not None and anchor.end <= thing.start and thing.end <= words.end:
            reach += [thing.end] if thing.end - start <= LONGEST_TITLE else []
    end = _clause_end(words.text, min(max(reach), words.end) - words.start) + words.start
    text = words.text[start - words.start : end - words.start].lstrip(_OPENING).rstrip(_CLOSING)
    text = text[opening.end() :] if (opening := _SUBORDINATE.match(text)) else text
    text = text[dangling.end() :] if (dangling := _DANGLING.match(text)) else text
    first, _, rest = text.partition(" ")
    text = f"{_NOMINATIVES[first.lower()]} {rest}" if first.lower() in _NOMINATIVES else text
    if len(text.split()) < 3 or first.lower() in _RELATIVE:
        text = words.text.strip()
    text = clip(text, LONGEST_TITLE)
    return text[:1].upper() + text[1:]


def _clause_start(text: str, position: int) -> int:
    last = 0
    for match in _BOUNDARY.finditer(text, max(0, position - 4 * LONGEST_TITLE), position):
        if not _shortens(text, match):
            last = match.end()
    return last


def _shortens(text: str, stop: re.Match[str]) -> bool:
    """ "on Nov. 8": a full stop that ends no clause."""
    return stop[0][0] == "." and _SHORTENED.search(text, max(0, stop.start() - 12), stop.start()) is not None


def _clause_end(text: str, position: int) -> int:
    ends = (m.start() for m in _BOUNDARY.finditer(text, position) if not _shortens(text, m))
    return next(ends, len(text))


def title_score(testimony: Testimony) -> float:
    """How well this testimony's words would serve as the event's title."""
    mention, claim = testimony.mention, testimony.claim
    actors = [p for p in mention.actors if not is_pronoun(p.text)]
    score = 4.0 * mention.headline + 2.0 * bool(actors) + bool(mention.recipients) + (testimony.place is not None)
    score += claim.holder.own_voice - 2.0 * (claim.stance is Stance.DENIES) - 1.0 * mention.background
    score -= 2.0 * bool(mention.actors and not actors) + 3.0 * _without_subject(testimony)
    length = len(claim.words.text.split())
    return score + (4 <= length <= 30)


def _without_subject(testimony: Testimony) -> bool:
    """A clause that opens with a participle, "killing two": it lacks whom it is said of."""
    anchor, lemma = testimony.mention.anchor.text.casefold(), testimony.mention.lemma
    return anchor.endswith("ing") and anchor != lemma and fragment(testimony).casefold().startswith(anchor)


def event_title(testimonies: Sequence[Testimony]) -> str:
    """The title of an event: the best fragment among its testimonies, the first among equals."""
    return fragment(max(testimonies, key=title_score))


def story_title(reports: Iterable[ReportHead], fallback: str) -> str:
    """The headline that shares most words with the others, copies aside; the earliest among equals."""
    titled = [r for r in reports if r.title and r.title.strip()]
    titled = [r for r in titled if r.copy_of is None] or titled
    if not titled:
        return fallback
    words = {r.id: frozenset(_WORD.findall((r.title or "").casefold())) for r in titled}
    counted = Counter(word for held in words.values() for word in held)

    def order(head: ReportHead) -> tuple[float, str, int, str]:
        shared = sum(counted[w] - 1 for w in words[head.id]) / (len(words[head.id]) + 3)
        return (-round(shared, 6), head.published.value if head.published else "9", head.sequence, head.id)

    return clip(min(titled, key=order).title or fallback, LONGEST_TITLE)
