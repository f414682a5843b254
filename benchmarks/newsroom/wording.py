"""Sentences: one claim in many wordings. An anchor stands in square brackets until the report is put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from benchmarks.newsroom.casting import COMMON_FILLERS, Cast, Namer, Source
from benchmarks.newsroom.plots import Told
from benchmarks.newsroom.world import Outlet

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FIGURE = re.compile(r"\{(?:n|k|year)\}")
WEEK = 6  # days within which a weekday's name is enough

# By what is told: whole clauses ``{clause}``, reported ones ``{that}``, ``{who}`` says it, ``{on}`` a day.
FRAMES = {
    "asserts": (
        "{clause}, {who} said{on}.",
        "{who} said{on} that {that}.",
        "according to {who}, {clause}.",
        "{clause}, according to {who}.",
        "{who} told {outlet} that {that}.",
        "{who} said{on} {that}.",
    ),
    "unnamed": (
        "{clause}, {who} told {outlet}.",
        "{clause}, {who} said{on}.",
        "{who} told {outlet} that {that}.",
        "{clause}, according to {who}.",
        "{who} said{on} that {that}.",
    ),
    "announces": (
        "{who} announced{on} that {that}.",
        "{clause}, {who} said in a statement{on}.",
        "{who} said in a statement{on} that {that}.",
        "{clause}, {who} announced{on}.",
        "{clause}, {who} said{on}.",
    ),
    "confirms": (
        "{who} confirmed{on} that {that}.",
        "{clause}, {who} confirmed{on}.",
        "in a statement{on}, {who} confirmed that {that}.",
    ),
    "denies": (
        "{who} denied{on} that {that}.",
        "{who} rejected reports that {that}.",
        "{who} said{on} that {not_that}.",
        "{not_clause}, {who} said{on}.",
        "{who} denied a report that {that}.",
    ),
    "cancels": (
        "{subject} will no longer {base}, {who} said{on}.",
        "{who} said{on} that {subject} would no longer {base}.",
        "{who} called off {noun}{on}: {subject} would not {base} after all.",
        "{noun} has been [cancelled], {who} said{on}: {subject} will not {base}.",
    ),
    "reports": (
        "{clause}, {cited} reported{on}.",
        "{cited} reported{on} that {that}.",
        "{clause}, according to {cited}.",
    ),
    "citing": (
        "{clause}, {cited} reported{on}, citing {who}.",
        "{cited}, citing {who}, reported{on} that {that}.",
        "{who} told {cited} that {that}.",
    ),
    "own": ("{clause}.",),
    "hedged": ("{subject} reportedly {past}.", "{subject} may have {part}."),
    "withdraws": (
        "{not_clause}, contrary to an earlier report by {outlet}.",
        "{outlet} withdraws its report that {that}: {not_clause}.",
        "correction: {not_clause}, as {outlet} wrongly reported.",
    ),
}
TOLLS = (
    "{number} people were [killed], {who} said{on}.",
    "{who} said{on} that {number} people had been [killed].",
    "{who} put the number of [dead] at {number}.",
    "the [death] toll stood at {number}, {who} said{on}.",
)
FOLLOW_UPS = {
    "planned": (
        "{noun} had been in preparation for weeks, {who} added.",
        "preparations for {noun} were under way, {who} said.",
        "{who} gave no further details of {noun}.",
        "{who} said that the plans for {noun} were complete.",
    ),
    "happened": (
        "{who} gave no further details of {noun}.",
        "{who} would not say more about {noun}.",
        "news of {noun} had spread quickly, {who} said.",
        "{who} said that nobody had expected {noun}.",
    ),
}


@dataclass
class Sentence:
    """What a report says in one sentence; ``told`` numbers its claim among the event's, none for background."""

    marked: str
    told: int | None = None

    @property
    def text(self) -> str:
        return self.marked.replace("[", "").replace("]", "")

    def anchors(self) -> list[tuple[int, int]]:
        """Where the words in brackets stand once the brackets are gone."""
        found, at = [], 0
        for piece in self.marked.split("["):
            inner, closed, rest = piece.partition("]")
            if closed:
                found.append((at, at + len(inner)))
            at += len(inner) + len(rest)
        return found


@dataclass
class Writer:
    """Writes sentences for one report. ``used`` keeps an event's reports from saying a thing in the same words."""

    cast: Cast
    outlet: Outlet
    now: datetime
    random: Random
    used: set[str]
    printed: set[str]  # background told in the world, figures apart
    namer: Namer = field(init=False)

    def __post_init__(self) -> None:
        self.namer = Namer(self.cast, self.random)

    def told(self, told: Told, source: Source | None, cited: Outlet | None) -> str:
        """A claim as a sentence with its anchors in brackets."""
        frame = self._fresh(TOLLS if told.toll is not None else FRAMES[_form(told, source)])
        return capital(self._fill(frame, told, source, cited))

    def filler(self) -> str | None:
        """A sentence of background that no other report has, or it would be a copy; none if all were used."""
        left = [f for f in (*self.cast.words["fillers"], *COMMON_FILLERS) if f not in self.used]
        self.random.shuffle(left)
        for chosen in left:
            plain = self.namer.fill(_FIGURE.sub("#", chosen))
            if plain in self.printed:
                continue  # said of the same place before: again it would be a copy, with other figures a contradiction
            self.used.add(chosen)
            self.printed.add(plain)
            low, high = str(self.random.randint(2, 20)), str(self.random.randint(2, 60))
            return capital(self.namer.fill(chosen.replace("{n}", high).replace("{k}", low)))
        return None

    def follow_up(self, told: Told, source: Source) -> str | None:
        """More of the same claim, the event taken up by a noun; none if the event's reports have them all."""
        left = [f for f in FOLLOW_UPS[told.says] if f not in self.used]
        if not left:
            return None
        text = capital(self._fill(self._fresh(tuple(left)), told, source, None))
        if text in self.printed:
            return None
        self.printed.add(text)
        return text

    def headline(self, told: Told, source: Source | None) -> str:
        """The first claim in few words."""
        role, base, past, _, rest = self._predicate()
        namer = Namer(self.cast, self.random, set(self.cast.roles))
        subject, plural = namer.subject(role)
        noun = namer.fill(self.random.choice(self.cast.words["nouns"]))
        who = "" if source is None else namer.fill(namer.source(source)).split(",")[0]
        if told.says == "did_not_happen":
            made = f"{who} denies {noun}" if who else f"correction: {noun}"
        elif told.says == "cancelled":
            made = f"{who} calls off {noun}"
        elif told.says == "planned":
            made = f"{subject} to {base} {namer.fill(rest)}"
        else:
            made = f"{subject} {_number(past, plural)} {namer.fill(rest)}"
        return capital(" ".join(made.replace("[", "").replace("]", "").split()))

    def _predicate(self) -> list[str]:
        return list(self.random.choice(self.cast.words["does"]))

    def _fresh_predicate(self) -> list[str]:
        """A way to tell the deed that no report of the event has used, as long as there is one."""
        every = self.cast.words["does"]
        chosen: list[str] = self.random.choice([d for d in every if " ".join(d) not in self.used] or every)
        self.used.add(" ".join(chosen))
        return chosen

    def _fresh(self, frames: tuple[str, ...]) -> str:
        left = [f for f in frames if f not in self.used] or list(frames)
        chosen = self.random.choice(left)
        self.used.add(chosen)
        return chosen

    def _fill(self, frame: str, told: Told, source: Source | None, cited: Outlet | None) -> str:
        """The parts of a frame in the order in which they stand, so that the first name is the full one."""
        role, base, past, part, rest = self._fresh_predicate()
        result, at = "", 0
        parts = {
            "who": lambda: self.namer.source(source) if source else "",
            "cited": lambda: cited.name if cited else "",
            "outlet": lambda: self.outlet.name,
            "number": lambda: in_words(self.cast.tolls[told.toll or 0]),
            "on": lambda: f" on {_DAYS[self.now.weekday()]}" if self.random.random() < 0.5 else "",
            "noun": lambda: self.namer.fill(self.random.choice(self.cast.words["nouns"])),
            "subject": lambda: self.namer.subject(role)[0],
            "base": lambda: self._ending(base, rest),
            "past": lambda: self._ending(past, rest),
            "part": lambda: self._ending(part, rest),
            "clause": lambda: self._clause(told, role, base, past, rest),
            "that": lambda: self._that(told, role, base, part, rest, source),
            "not_clause": lambda: self._not(role, base, past, rest, planned=self._is_ahead()),
            "not_that": lambda: self._not_that(role, base, part, rest, source),
        }
        while (start := frame.find("{", at)) >= 0:
            end = frame.index("}", start)
            result += frame[at:start] + parts[frame[start + 1 : end]]()
            at = end + 1
        return _comma(result + frame[at:])

    def _is_ahead(self) -> bool:
        return self.cast.happens.date() > self.now.date()

    def _ending(self, verb: str, rest: str) -> str:
        return " ".join(f"{verb} {self.namer.fill(rest)} {self._when()}".split())

    def _clause(self, told: Told, role: str, base: str, past: str, rest: str) -> str:
        subject, plural = self.namer.subject(role)
        if told.says == "planned":
            verb = self.random.choice(("will {}", "are to {}" if plural else "is to {}", "will {}")).format(base)
        else:
            verb = _number(past, plural)
        return f"{subject} {self._ending(verb, rest)}"

    def _said_subject(self, role: str, source: Source | None) -> str:
        """A subject after who says it: "it" where both are one."""
        return "it" if source is not None and source.first == f"{{{role}}}" else self.namer.subject(role)[0]

    def _that(self, told: Told, role: str, base: str, part: str, rest: str, source: Source | None) -> str:
        subject = self._said_subject(role, source)
        ahead = told.says == "planned" or (told.says == "did_not_happen" and self._is_ahead())
        verb = f"would {base}" if ahead else f"had {part}"
        return f"{subject} {self._ending(verb, rest)}"

    def _not(self, role: str, base: str, past: str, rest: str, *, planned: bool) -> str:
        subject, plural = self.namer.subject(role)
        if planned:
            return f"{subject} {self._ending(f'will not {base}', rest)}"
        if past.startswith("was "):
            return f"{subject} {self._ending(_number(past, plural).replace(' ', ' not ', 1), rest)}"
        return f"{subject} {self._ending(f'did not {base}', rest)}"

    def _not_that(self, role: str, base: str, part: str, rest: str, source: Source | None) -> str:
        subject = self._said_subject(role, source)
        verb = f"would not {base}" if self._is_ahead() else f"had not {part}"
        return f"{subject} {self._ending(verb, rest)}"

    def _when(self) -> str:
        """The event's day as this report says it."""
        days = (self.cast.happens.date() - self.now.date()).days
        weekday, exact = _DAYS[self.cast.happens.weekday()], self.date(self.cast.happens)
        if -WEEK <= days <= WEEK and self.random.random() < 0.7:
            return f"on {weekday}"
        if _weeks_apart(self.now, self.cast.happens) == 1 and self.random.random() < 0.4:
            return "next week"
        return f"on {exact}"

    def date(self, moment: datetime) -> str:
        month = _MONTHS[moment.month - 1]
        return f"{month} {moment.day}" if self.outlet.month_first else f"{moment.day} {month}"


def _form(told: Told, source: Source | None) -> str:
    if told.who == "own":
        return "withdraws" if told.says == "did_not_happen" else ("hedged" if told.hedged else "own")
    if told.who.startswith("@"):
        return "reports"
    if told.heard is not None:
        return "citing"
    if told.says == "cancelled":
        return "cancels"
    if told.stance != "asserts":
        return told.stance
    if source is not None and source.kind == "unnamed":
        return "unnamed"
    return "announces" if told.says == "planned" and source is not None and source.kind == "office" else "asserts"


def _weeks_apart(one: datetime, two: datetime) -> int:
    def monday(moment: datetime) -> int:
        return (moment - timedelta(days=moment.weekday())).toordinal()

    return (monday(two) - monday(one)) // 7


def _number(past: str, plural: bool) -> str:
    return "were " + past.removeprefix("was ") if plural and past.startswith("was ") else past


def _comma(text: str) -> str:
    """One comma where a name's own and the sentence's meet; none before the full stop."""
    while ",," in text:
        text = text.replace(",,", ",")
    return " ".join(text.replace(",.", ".").replace(",:", ":").split())


def in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def capital(text: str) -> str:
    """The first letter large, past an opening bracket."""
    at = 1 if text.startswith("[") else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]
