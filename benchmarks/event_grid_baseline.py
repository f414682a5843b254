"""A peer for the event grid: what a few simple rules make of the same anchors.

Anchors are verbs and a list of nouns; the type is a word list's; status and certainty are read off tense, modals and
negation words of the sentence; actor and recipient are the nearest noun phrases left and right; the time is the first
date expression.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.event_grid import PUBLISHED, Case, Found, Outcome, judge
from onrecord.model import Participant

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TYPES = {
    "AGREE": "agree accept pledge promise invite agreement",
    "CONSULT": "meet visit talk discuss negotiate attend arrive talks meeting summit visit negotiation",
    "SUPPORT": "support praise sign approve ratify apology deal treaty",
    "CONCEDE": "resign concede resignation",
    "COOPERATE": "cooperate exchange export extradite",
    "AID": "help aid deliver evacuate save train",
    "RETREAT": "release free withdraw surrender withdrawal ceasefire truce",
    "REQUEST": "demand ask urge call appeal",
    "ACCUSE": "accuse condemn criticise investigate convict lawsuit",
    "REJECT": "reject refuse decline refusal",
    "THREATEN": "threaten warn",
    "PROTEST": "protest march strike walk",
    "SANCTION": "expel sanction expulsion",
    "COERCE": "arrest seize ban jail sentence charge deport raid arrest",
    "ASSAULT": "attack kill shell bomb shoot burn fight clash fire attack murder fighting invasion",
    "DEATH": "die drown death dead",
    "INJURY": "injure hurt",
    "ACCIDENT": "crash collide derail sink capsize collapse",
    "DISASTER": "flood erupt earthquake flood fire landslide eruption",
    "CRIME": "rob steal smuggle",
    "RULING": "uphold rule plead verdict trial",
    "ELECTION": "elect vote referendum",
    "APPOINTMENT": "name appoint",
    "DEAL": "acquire buy sell merger",
    "MARKET": "rise fall raise cut",
    "LAUNCH": "launch unveil release",
    "SPORT": "beat play win",
    "LAW": "pass",
    "MOVE": "leave flee escape return vanish",
    "STATEMENT": "speech interview announcement",
    "AWARD": "receive",
}
_KINDS = {word: kind for kind, listed in reversed(_TYPES.items()) for word in listed.split()}
_NEGATIONS = frozenset(
    {
        "not",
        "n't",
        "never",
        "no",
        "nobody",
        "none",
        "neither",
        "nor",
        "without",
        "unable",
        "failed",
        "refused",
        "denied",
    }
)
_MAYBE = frozenset(
    {"may", "might", "could", "perhaps", "possibly", "possible", "if", "unless", "whether", "fears", "chance"}
)
_PROBABLY = frozenset(["probably", "reportedly", "allegedly", "likely", "apparently"])
_AHEAD = frozenset(["will", "shall", "going", "plans", "plan", "planned", "to"])
_EXPECTED = frozenset(["expected", "scheduled", "would", "should", "set", "due"])
_WISHED = frozenset(
    {"hopes", "hoping", "wants", "want", "must", "urged", "asked", "demanded", "demand", "called", "wish"}
)
_DAYS = tuple(day_name)
_MONTHS = tuple(month_name)[1:]
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(_MONTHS)})(?: (?P<year>\d{{4}}))?\b"
    rf"|\b(?P<weekday>{'|'.join(_DAYS)})\b|\b(?P<only>(?:19|20)\d\d)\b"
    r"|\b(?P<near>yesterday|today|tomorrow|last night)\b"
)
_NEAR = {"yesterday": -1, "last night": -1, "today": 0, "tomorrow": 1}


def outcomes(given: Sequence[Case]) -> list[Outcome]:
    """Every case judged by the rules, over the same tagger that onrecord uses."""
    from onrecord.reading.reader import STOCK, load_pipeline

    docs = dict(
        zip(
            [c.text for c in given],
            load_pipeline(STOCK).pipe([c.text for c in given]),
            strict=True,
        )
    )

    def find(case: Case, start: int, end: int) -> Found | None:
        return find_in(docs[case.text], start, end)

    return [judge(case, find) for case in given]


def find_in(doc: Doc, start: int, end: int) -> Found | None:
    """The event the rules see at these offsets."""
    token = next((t for t in doc if t.idx < end and start < t.idx + len(t)), None)
    if token is None or not (token.pos_ in ("VERB", "NOUN") and (token.pos_ == "VERB" or token.lemma_ in _KINDS)):
        return None
    sentence = token.sent
    status = _status(token, sentence)
    return Found(
        _KINDS.get(token.lemma_.lower(), "-"),
        _nearest([c for c in doc.noun_chunks if c.sent == sentence and c.end <= token.i], -1),
        _nearest([c for c in doc.noun_chunks if c.sent == sentence and c.start > token.i], 0),
        status,
        _first_date(sentence.text, ahead=status.startswith(("planned", "expected", "possible"))),
    )


def _nearest(chunks: Sequence[Span], at: int) -> tuple[Participant, ...]:
    if not chunks:
        return ()
    chunk = chunks[at]
    return (Participant(chunk.start_char, chunk.end_char, chunk.text),)


def _status(token: Token, sentence: Span) -> str:
    before = {t.lower_ for t in sentence if t.i < token.i}
    if sentence.text.rstrip().endswith("?"):
        return "unknown Uu"
    if before & _NEGATIONS:
        return "did_not_happen CT-"
    for listed, answer in (
        (_MAYBE, "possible PS+"),
        (_WISHED, "possible Uu"),
        (_EXPECTED, "expected PR+"),
        (_AHEAD, "planned CT+"),
        (_PROBABLY, "happened PR+"),
    ):
        if before & listed:
            return answer
    going_on = token.tag_ == "VBG" and bool(before & {"is", "are"})
    return "ongoing CT+" if going_on else "happened CT+"


def _first_date(text: str, *, ahead: bool) -> tuple[str, ...]:
    found = _DATE.search(text)
    if found is None:
        return ()
    today = date.fromisoformat(PUBLISHED[:10])
    if found["near"]:
        return ((today + timedelta(days=_NEAR[found["near"]])).isoformat(),)
    if found["weekday"]:
        gap = (_DAYS.index(found["weekday"]) - today.weekday()) % 7
        return ((today + timedelta(days=gap if ahead or gap == 0 else gap - 7)).isoformat(),)
    if found["only"]:
        return (found["only"],)
    stated = f"{found['year'] or today.year}-{_MONTHS.index(found['month']) + 1:02}"
    return (f"{stated}-{int(found['day']):02}" if found["day"] else stated,)
