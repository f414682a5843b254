"""What a relative time leans on: the report's own day, the narrative so far, and the tense of the verb above it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reading.time_values import Grain, Point

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE_AUXILIARIES = frozenset({"would", "may", "might", "should", "can"})
_SURE_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall"})
_PLANS = frozenset(
    [
        *("plan", "expect", "schedule", "hope", "intend", "want", "aim", "seek", "agree", "set", "due", "promise"),
        *(
            "threaten",
            "prepare",
            "vow",
            "pledge",
            "propose",
            "likely",
            "ready",
            "slate",
            "bind",
            "decide",
            "try",
            "need",
        ),
    ]
)
_SAYING = frozenset(
    {"say", "be", "report", "show", "have", "do", "tell", "add", "note", "quote", "write", "believe", "think"}
)
_PLANNED_STATES = frozenset({"scheduled", "expected", "due", "set", "slated", "planned", "likely"})
_ARRANGING = frozenset({"plan", "schedule", "slate", "arrange", "set", "postpone", "reschedule", "delay"})
_AHEAD = frozenset({"slated", "planned", "scheduled", "proposed", "expected", "forthcoming", "impending", "upcoming"})
_CONDITIONS = frozenset({"when", "if", "once", "until", "unless", "before", "after"})
_UNCHANGED = frozenset(  # the same in the past, which a tagger seldom tells
    {"hurt", "cut", "put", "hit", "let", "quit", "shut", "cost", "beat", "cast", "split", "spread", "burst", "shed"}
)
_DONE = frozenset({"able", "unable", "difficult", "hard", "easy", "impossible", "quick", "slow"})


_AGEING = frozenset(
    [
        *("war", "truce", "conflict", "dispute", "strike", "siege", "ceasefire", "ban", "embargo", "blockade", "law"),
        *("agreement", "treaty", "crisis", "campaign", "policy", "slump", "insurgency", "uprising", "rebellion"),
        *(
            "alliance",
            "partnership",
            "programme",
            "program",
            "investigation",
            "inquiry",
            "feud",
            "offensive",
            "boycott",
        ),
    ]
)
_AMOUNT = re.compile(r"[$£€¥]\s?\d|\d\s?%|\d (?:percent|per cent|cents|pence|dollars|euros|pounds|yen|francs)\b")
_PERIODS = (Grain.QUARTER, Grain.HALF)


@dataclass
class Told:
    """The narrative: what has been dated so far in the report, latest first where asked."""

    points: list[tuple[int, Point, bool]] = field(default_factory=list)  # offset, point, leans on the report's day
    other_period: int = -1  # where the report went on from quarters to "the first nine months"
    leant: bool = False  # whether a point that leans on the report's own day was given since this was last cleared

    def add(self, offset: int, point: Point, leaning: bool) -> None:
        self.points.append((offset, point, leaning))

    def leave_quarters(self, offset: int) -> None:
        """From here on the report speaks of another period than the quarter it told of."""
        self.other_period = offset

    def latest_period(self) -> Point | None:
        """The quarter or half told last, unless the report has gone on to another period."""
        told = next((o for o, p, _ in reversed(self.points[-40:]) if p.grain in _PERIODS), -1)
        return self.latest(*_PERIODS) if told > self.other_period else None

    def latest(self, *grains: Grain, within: int = 0) -> Point | None:
        """The latest point of one of these grains (any, if none named), told at or after the offset ``within``."""
        for offset, point, leaning in reversed(self.points[-40:]):
            if offset < within:
                return None
            if not grains or point.grain in grains:
                self.leant = self.leant or leaning
                return point
        return None


class Tenses:
    """Answers, for an offset, whether the clause speaks of the past (-1), the future (+1) or leaves it open (0)."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._starts: list[int] = []

    def token(self, offset: int) -> Token | None:
        if not self._starts:
            self._starts = self.doc.to_array("IDX").tolist()
        index = bisect_right(self._starts, offset) - 1
        return self.doc[index] if 0 <= index < len(self.doc) else None

    def at(self, offset: int) -> int:
        token = self.token(offset)
        if token is None:
            return 0
        for _ in range(12):
            head = token.head
            if head.i == token.i:
                break
            if token.pos_ == "NOUN" and token.idx < offset and _is_ahead(token):
                return 1
            token = head
            if token.pos_ in ("VERB", "AUX"):
                break
        if token.pos_ not in ("VERB", "AUX"):
            return 0
        if token.lemma_ in _ARRANGING and _of_object(token, offset):
            return 1
        lean = self._of_verb(token)
        return 0 if lean == 1 and _is_aside(self.token(offset)) else lean

    def no_longer(self, offset: int) -> bool:
        """Whether the clause tells what is not to be any longer, or not after all."""
        token = self.token(offset)
        while token is not None and token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
            token = token.head
        if token is None:
            return False
        refused = any(c.dep_ == "neg" for c in token.lefts) and any(
            t.lower_ == "after" and t.i + 1 < len(t.doc) and t.nbor().lower_ == "all" for t in token.subtree
        )
        return refused or any(c.lower_ == "longer" for c in token.lefts)

    def _of_verb(self, verb: Token) -> int:
        for _ in range(4):
            helpers = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
            if any(h in _SURE_FUTURE for h in helpers):
                return 1
            if "have" in helpers or "has" in helpers or "had" in helpers:
                return -1
            if any(h in _FUTURE_AUXILIARIES for h in helpers):
                return 1
            if verb.tag_ == "VBD" or (verb.tag_ == "VBN" and ("was" in helpers or "were" in helpers)):
                return 1 if "was" in helpers and _is_planned(verb) else -1
            if "to" in helpers or _is_planned(verb):
                return self._of_infinitive(verb)
            present = verb.tag_ in ("VBP", "VBZ") or (verb.tag_ == "VBN" and ("is" in helpers or "are" in helpers))
            if present and any(c.lower_ in _CONDITIONS for c in verb.children if c.dep_ in ("mark", "advmod")):
                return 1  # when the case is heard in May
            if verb.tag_ == "VBP" and verb.lower_ in _UNCHANGED:
                return -1
            if verb.lemma_ == "be" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "to":
                return 1  # "are to march", taken for a noun
            if verb.tag_ in ("VBP", "VBZ"):
                return 0 if verb.lemma_ in _SAYING else 1
            if verb.tag_ == "VBG" and any(h in ("is", "are", "'s", "’s", "am", "'re", "’re") for h in helpers):
                return 1
            if verb.tag_ == "VBN" and not helpers:
                return -1
            head = verb.head.head if verb.head.pos_ == "ADP" else verb.head  # after meeting him on Monday
            if head.i == verb.i or head.pos_ not in ("VERB", "AUX"):
                return 0
            verb = head
        return 0

    def _of_infinitive(self, verb: Token) -> int:
        """ "plans to meet": ahead; "managed to win": as the verb above it."""
        head = verb.head
        if head.pos_ == "ADJ" and head.lemma_ in _DONE:  # was able to leave, made it hard to meet
            return -1 if head.head.tag_ == "VBD" else 1
        if any(c.lower_ == "had" for c in (*head.children, *head.head.children)):
            return -1
        if _is_planned(verb) or head.lemma_ in _PLANS or head.i == verb.i or head.pos_ not in ("VERB", "AUX"):
            return 1
        passive = head.tag_ == "VBN" and any(c.lower_ in ("was", "were") for c in head.lefts)
        return -1 if head.tag_ == "VBD" or (passive and verb.dep_ == "advcl") else 1  # was sent to make the trip


def _is_aside(token: Token | None) -> bool:
    """ "is trying to sell under a June agreement": the verb says nothing of when the agreement was."""
    if token is None or token.dep_ != "compound" or token.head.pos_ != "NOUN" or token.head.dep_ != "pobj":
        return False
    return token.head.head.lower_ in ("under", "from", "after", "since", "with", "despite", "following", "of")


class Around:
    """What stands around an offset, as far as a value may ask. Without a parse it answers no."""

    def has_subject(self, _offset: int) -> bool:
        """Whether it is in a clause that says of whom."""
        return False

    def is_noun(self, _offset: int) -> bool:
        """Whether the word there is a noun of its own, not one before another."""
        return False

    def belongs_to_noun(self, _offset: int) -> bool:
        """Whether the word there hangs on a noun, itself or by "in", "for": "the cuts in July", "July contracts"."""
        return False

    def is_adverb(self, _offset: int) -> bool:
        return False

    def precedes_verb(self, _offset: int) -> bool:
        """Whether a verb's plain form comes right after the word there: "will one day lead"."""
        return False

    def ages_thing(self, _offset: int) -> bool:
        """Whether "old" is said of what is no person: "the eight-month-old truce"."""
        return False

    def names_amount(self, _offset: int) -> bool:
        """Whether money or a percentage stands before it in its sentence."""
        return False


@dataclass
class Parsed(Around):
    """Answers from the report's parse."""

    tenses: Tenses
    text: str

    def has_subject(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        while token is not None and token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
            token = token.head
        chain = (token, token.head) if token is not None else ()
        return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for t in chain for c in t.lefts)

    def is_noun(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        return token is not None and token.pos_ == "NOUN" and token.dep_ == "pobj"

    def belongs_to_noun(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        if token is None:
            return False
        above = token.head.head if token.head.lower_ in ("in", "for") else token.head
        return above.i != token.i and above.pos_ == "NOUN"

    def is_adverb(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        return token is not None and token.dep_ == "npadvmod"

    def precedes_verb(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        return token is not None and token.i + 1 < len(token.doc) and token.nbor().tag_ in ("VB", "VBP")

    def ages_thing(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        return token is not None and token.head.pos_ == "NOUN" and token.head.lemma_ in _AGEING

    def names_amount(self, offset: int) -> bool:
        token = self.tenses.token(offset)
        begin = token.sent.start_char if token is not None else offset
        return _AMOUNT.search(self.text, max(begin, offset - 600), offset) is not None


def _is_planned(verb: Token) -> bool:
    """ "due Friday", "set for Friday", but not "a record set on Friday", "as planned Friday"."""
    if verb.lower_ not in _PLANNED_STATES or any(c.lower_ == "as" for c in verb.lefts):
        return False
    return verb.lower_ != "set" or any(c.lower_ == "for" or c.dep_ == "xcomp" for c in verb.children)


def _is_ahead(noun: Token) -> bool:
    """ "the planned visit" in September."""
    return any(c.dep_ == "amod" and c.lower_ in _AHEAD for c in noun.lefts)


def _of_object(verb: Token, offset: int) -> bool:
    """Whether a time after the verb's object is the object's: "has scheduled a hearing Friday", "set it for Friday"."""
    return any(c.dep_ == "dobj" and c.idx < offset for c in verb.rights)
