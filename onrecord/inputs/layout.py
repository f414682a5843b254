"""Which lines of a report are headline, standfirst, byline, dateline, update, credit or boilerplate, and what they say.

Pure: text and what is already known in, parts and found facts out. Nothing is guessed: a time is given only where the
text states its day, or states a clock time and the day of publication is known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from onrecord.inputs import phrases
from onrecord.inputs.dates import DAY_NAMED, MONTH, WEEKDAY, day_of, find_clock, is_date_line, moment_stamp, stamp
from onrecord.inputs.lines import Line, ends_sentence, first_block, fold, headline_form, split_lines
from onrecord.model import Part, PartKind, Stamp

HEAD_LINES = 14
FOOT_LINES = 10
_LONG_HEAD, _LONG_FOOT = 400_000, 100_000  # characters
_MOST_LINES = 1500  # looked at from the start; as many again from the end


@dataclass(frozen=True)
class Hints:
    """What fields or options already say of the report."""

    title: str | None = None
    outlet: str | None = None
    published: Stamp | None = None
    markdown: bool = False


@dataclass(frozen=True)
class Layout:
    """``body`` is false if the text is nothing but boilerplate and credits. ``place`` is the dateline's, as written."""

    parts: tuple[Part, ...] = ()
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    place: str | None = None
    credits: tuple[str, ...] = ()
    published: Stamp | None = None
    updated: Stamp | None = None
    body: bool = True


_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,5}"
_TITLED = r"[A-ZÀ-Þ][\w'’.-]+(?:[ /-][A-ZÀ-Þ][\w'’.-]*){0,4}"
_REGION = r"(?:,\s?[A-ZÀ-Þ][\w'’.-]*(?:\s(?:of\s|and\s)?[A-ZÀ-Þ][\w'’.-]*){0,3}){0,2}"
_DATE = rf"(?:{WEEKDAY},?\s)?(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s\d{{4}})?"
_AGENCY = r"[(\[]\s?(?P<agency{0}>[A-Za-z][\w .&/’'-]{{0,40}})\s?[)\]]"
_DASH = r"(?:--+|[-–—_|]|:(?=\s))"
_UPPER_DATELINE = re.compile(
    rf"(?P<place>{_UPPER}{_REGION})(?:,?\s(?P<date>(?i:{_DATE})),?)?(?:,?\s?{_AGENCY.format('')})?(?P<sep>\s?{_DASH}\s?)"
)
_TITLED_DATELINE = re.compile(
    rf"(?P<place>{_TITLED}{_REGION}?)(?:,\s(?P<date>(?i:{_DATE})),?(?:\s?{_AGENCY.format('')})?|\s{_AGENCY.format('2')}|"
    rf",\s(?P<date2>(?i:{_DATE})),?\s{_AGENCY.format('3')})(?P<sep>\s?{_DASH}\s?)"
)
_AGENCY_DATELINE = re.compile(rf"(?:(?P<date>(?i:{_DATE})),?\s)?{_AGENCY.format('')}(?P<sep>\s?{_DASH}\s?)")
_PUBLISHED_ASIDE = re.compile(r"\((?:first\s)?(?:published|posted)\s(?P<when>[^()]{6,60})\)", re.I)
_RELATED = re.compile(
    r"\W*(?:related|read (?:more|also|next)|also read|see also|more on|more from|most (?:read|popular)|trending|"
    r"recommended|you (?:may|might))\b",
    re.I,
)
_SEGMENT = re.compile(r"\s*[|•·;]\s*|\s+[-–—]\s+(?=(?:last\s+)?updated)|\s+(?=(?:last\s+)?updated\b)", re.I)
_PARTICLES = frozenset((
    "and", "for", "of", "de", "da", "di", "del", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn",
    "the", "in", "at", "with", "&", "y", "e", "to",
))  # fmt: skip
_AFTER_NAMES = re.compile(
    r"\s(?=\d)|\s*[|•·/]{0,2}\s*\b(?=(?:last\s+)?(?:updated|published|posted)\b|\w+\s\d{1,2},?\s\d{4})", re.I
)
_FRESH_TAIL = re.compile(r"\bupdated\b[:\s]*(?P<when>.{4,60})$", re.I)
_NO_PLACE = ("FILE", "PHOTO", "WATCH", "BREAKING", "UPDATE", "VIDEO", "EXCLUSIVE", "OPINION", "ANALYSIS", "LIVE")
_DATE_SOMEWHERE = re.compile(rf"{DAY_NAMED}|\b\d{{4}}-\d{{2}}-\d{{2}}\b", re.I)
_UPDATE_SEPARATOR = re.compile(r"\s*:(?!\d)|\s+[-–—]\s|\s*\|\s")


def recognise(text: str, hints: Hints | None = None) -> Layout:
    """The parts of a report's text that are not body, and the title, outlet, byline and times stated there."""
    return _Recogniser(text, hints or Hints()).run()


@dataclass
class _Recogniser:
    text: str
    hints: Hints
    lines: list[Line] = field(default_factory=list)
    marks: dict[int, PartKind] = field(default_factory=dict)  # whole lines, by index
    pieces: list[Part] = field(default_factory=list)  # stretches within lines
    credits: list[str] = field(default_factory=list)
    folded_title: str = ""
    title: str | None = None
    staff_outlet: str | None = None
    holder: str | None = None
    byline: str | None = None
    byline_outlet: str | None = None
    dateline: str | None = None
    place: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    clocks: list[tuple[str, Line]] = field(default_factory=list)

    def run(self) -> Layout:
        self.lines = self._split()
        self.folded_title = fold((self.hints.title or "")[:400])
        if not self.lines:
            return Layout(body=False)
        self._front_matter()
        self._boilerplate()
        self._foot()
        self._head()
        self._update_clocks()
        return self._layout()

    # --- lines anywhere ---

    def _split(self) -> list[Line]:
        """All lines; of a very long text those of its start and end, where layout stands."""
        size, markdown = len(self.text), self.hints.markdown
        if size <= _LONG_HEAD + _LONG_FOOT:
            return split_lines(self.text, markdown=markdown)
        cut = self.text.rfind("\n", 0, size - _LONG_FOOT) + 1
        cut = cut if cut > _LONG_HEAD else size - _LONG_FOOT
        foot = split_lines(self.text[cut:], markdown=markdown)
        return [
            *split_lines(self.text[: self.text.rfind("\n", 0, _LONG_HEAD) + 1 or _LONG_HEAD], markdown=markdown),
            *(Line(line.start + cut, line.end + cut, line.text, line.gap) for line in foot),
        ]

    def _looked_at(self) -> list[int]:
        count = len(self.lines)
        if count <= 2 * _MOST_LINES:
            return list(range(count))
        return [*range(_MOST_LINES), *range(count - _MOST_LINES, count)]

    def _front_matter(self) -> None:
        if not (self.hints.markdown and self.lines[0].text == "---"):
            return
        end = next((i for i, line in enumerate(self.lines[1:60], 1) if line.text == "---"), None)
        for index in range(end + 1 if end else 0):
            self.marks[index] = PartKind.BOILERPLATE

    def _boilerplate(self) -> None:
        links = 0
        for index in self._looked_at():
            line = self.lines[index].text
            if index in self.marks or len(line) > 1200:
                links = 0
                continue
            if self._is_title(line):
                continue
            self._copyright(line)
            self._photo_credit(index)
            if index in self.marks:
                links = 0
            elif phrases.is_boilerplate(line):
                self.marks[index] = PartKind.BOILERPLATE
                links = 12 if _RELATED.match(line) and index > 0 else links
            elif links and index >= 3 and not ends_sentence(line) and 3 <= len(line.split()) <= 22:
                self.marks[index] = PartKind.BOILERPLATE
                links -= 1
            else:
                links = 0
                self._update(index)

    def _photo_credit(self, index: int) -> None:
        """A credit in brackets at the end of a caption; the caption's own words stay text."""
        line = self.lines[index]
        tail = line.text[-120:]
        match = phrases.PHOTO_TAIL.search(tail) if tail.endswith((")", "]")) or "(" in tail else None
        if not match:
            return
        if len(line.text) - len(match[0]) < 40:
            self.marks[index] = PartKind.BOILERPLATE
        else:
            self.pieces.append(Part(PartKind.BOILERPLATE, line.end - len(tail) + match.start(), line.end))

    def _copyright(self, line: str) -> None:
        match = phrases.COPYRIGHT.search(line[: phrases.LONGEST_LINE])
        if not match or not match["holder"]:
            return
        holder = re.split(r"\s+[-–—|]\s+|\bAll\b|\ball rights\b|\bInc\b|\bLtd\b|\bLLC\b", match["holder"])[0].strip(
            " .,-–—()"
        )
        holder = re.sub(r"^(?:by|the)\s+", "", holder, flags=re.I)
        if not holder[:1].isupper() or len(holder.split()) > 7:
            return
        known = phrases.AGENCIES.get(holder.lower())
        if known:
            self._credit(known)
        elif match["years"] or line[:1] == "©" or line[:9].lower() == "copyright":
            self.holder = self.holder or holder

    def _update(self, index: int) -> None:
        line = self.lines[index]
        body = line.text.lstrip("([*_ ")
        lead = len(line.text) - len(body)
        match = phrases.UPDATE.match(body[: phrases.LONGEST_LINE])
        if not match:
            return
        end = _update_end(body, match)
        if end == 0:
            return
        label = body[:end]
        if end >= len(body.rstrip(")]*_ .")):
            self.marks[index] = PartKind.UPDATE
        else:
            self.pieces.append(Part(PartKind.UPDATE, line.start, line.start + lead + end))
        if phrases.CORRECTED.search(label[:40]) and not phrases.FRESH.match(label):
            return
        self.clocks.append((label[match.end() :].strip(" :|-–—)]"), line))

    def _update_clocks(self) -> None:
        """The latest update wins. A clock time alone needs the day of publication."""
        known = self.hints.published or self.published
        day = day_of(known) if known else None
        for words, _ in self.clocks:
            found = stamp(_FROM_DATE.sub("", words), "text") or _clock_on(day, words)
            if found and (self.updated is None or found.latest > self.updated.latest):
                self.updated = found

    # --- the end ---

    def _foot(self) -> None:
        count = len(self.lines)
        start = max(1 if count > 1 else 0, count - FOOT_LINES, count // 3)
        for index in range(start, count):
            if index not in self.marks:
                self._foot_line(index, last=index >= count - 5)

    def _foot_line(self, index: int, *, last: bool) -> None:
        line = self.lines[index]
        text = line.text[: phrases.LONGEST_LINE]
        if len(line.text) > phrases.LONGEST_LINE:
            self._credit_tail(line)
            return
        team = phrases.STAFF.match(text) if last else None
        if team and phrases.CREDIT.match(text):
            self.staff_outlet = self.staff_outlet or team["outlet"]
            self.marks[index] = PartKind.CREDIT
            return
        named = phrases.AGENCY_LINE.match(text)
        if named and phrases.AGENCIES.get(named["name"].lower()):
            self.marks[index] = PartKind.CREDIT
            self._credit(phrases.agency(named["name"]))
            return
        if phrases.CREDIT.match(text) or (last and phrases.REPORTED_FROM.match(text)):
            self.marks[index] = PartKind.CREDIT
            self._credited_names(text)
            return
        self._credit_tail(line)

    def _credit_tail(self, line: Line) -> None:
        tail = line.text[-phrases.LONGEST_LINE :]
        match = phrases.CREDIT_TAIL.search(tail)
        if match:
            start = line.end - len(tail) + match.start()
            self.pieces.append(Part(PartKind.CREDIT, start, line.end))
            self._credited_names(match[0])

    def _credited_names(self, text: str) -> None:
        contributed = phrases.CONTRIBUTED.search(text)
        if contributed:
            for name in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", contributed["names"]):
                outlet = re.sub(r"^the\s+", "", name.split("’s ")[0].split("'s ")[0], flags=re.I)
                if phrases.AGENCIES.get(outlet.lower()) or outlet != name:
                    self._credit(phrases.agency(outlet))
        source = phrases.SOURCE_OF.search(text)
        if source and not contributed:
            name = phrases.agency(source["name"].removeprefix("the ").removeprefix("The "))
            if name in phrases.AGENCIES.values() or phrases.OUTLET_WORD.search(name):
                self._credit(name)

    def _credit(self, name: str) -> None:
        if name and name not in self.credits:
            self.credits.append(name)

    # --- the start ---

    def _head(self) -> None:
        """Headlines and standfirst come before the byline, the dateline and the first sentence, in that order."""
        index = self._headline()
        last_mark = None
        for i in range(index, min(len(self.lines), HEAD_LINES)):
            if i in self.marks:
                continue
            if self._head_line(i):
                last_mark = i
        if self.title and index and last_mark is not None:
            between = [i for i in range(index, last_mark) if i not in self.marks and not self._piece_in(i)]
            if len(between) <= 2 and all(len(self.lines[i].text.split()) <= 60 for i in between):
                self.marks.update(dict.fromkeys(between, PartKind.STANDFIRST))

    def _piece_in(self, index: int) -> bool:
        line = self.lines[index]
        return any(line.start <= p.start < line.end for p in self.pieces)

    def _headline(self) -> int:
        """Mark headline and standfirst; the index of the line after them."""
        free = [i for i in range(min(len(self.lines), HEAD_LINES)) if i not in self.marks]
        if not free:
            return 0
        if self.hints.title is not None:
            match = next((i for i in free[:4] if self._is_title(self.lines[i].text)), None)
            if match is None:
                return 0
            first, size = match, 1
        else:
            first = free[0]
            size = self._headline_size(first)
            if size == 0:
                return 0
        for i in range(first, first + size):
            self.marks[i] = PartKind.HEADLINE
        self.title = " ".join(self.lines[i].text.lstrip("# ").strip("*_ ") for i in range(first, first + size))
        return self._standfirst(first + size)

    def _headline_size(self, first: int) -> int:
        """How many lines the headline takes: one; all of a wrapped one; none if the first line is body."""
        line = self.lines[first].text
        following = len(self.lines) - first - 1
        if self.hints.markdown and line.startswith("#"):
            return 1
        if following == 0 or (phrases.BYLINE.match(line) and self._byline_of(line)) or self._dateline_of(line):
            return 0
        block = first_block(self.lines, first)
        if block > 1:  # a wrapped paragraph, or a wrapped headline
            joined = " ".join(self.lines[i].text for i in range(first, first + block))
            whole = first + block < len(self.lines) and block <= 3 and headline_form(joined)
            return block if whole else 0
        body = any(ends_sentence(self.lines[i].text) for i in range(first + 1, min(len(self.lines), first + 12)))
        return 1 if headline_form(line) and body and not is_date_line(line) else 0

    def _standfirst(self, index: int) -> int:
        taken = 0
        while index < len(self.lines) - 1 and taken < 3:
            line = self.lines[index].text
            if index in self.marks:
                index += 1
                continue
            words = len(line.split())
            special = ends_sentence(line) or line.endswith((":", ",")) or line[0] in "#(" or not 4 <= words <= 60
            special = special or line[0].islower() or self.lines[index + 1].text[0].islower()
            if (
                special
                or self._byline_of(line)
                or self._dateline_of(line)
                or is_date_line(line)
                or self._piece_in(index)
            ):
                break
            if first_block(self.lines, index) > 1 or phrases.PUBLISHED.match(line):
                break
            self.marks[index] = PartKind.STANDFIRST
            taken += 1
            index += 1
        return index

    def _is_title(self, line: str) -> bool:
        if not self.hints.title or len(line) > 400:
            return False
        title = self.folded_title
        if not title or abs(len(line) - len(self.hints.title)) > 120:
            return False
        found = fold(line)
        if not found:
            return False
        short = min(len(title), len(found)) >= 20 and len(found.split()) >= 4
        return title == found or (short and title.startswith(found + " ") and _site_tail(self.hints.title, line))

    def _head_line(self, index: int) -> bool:
        line = self.lines[index]
        if self._is_byline(index) or self._is_published(index):
            return True
        if self.dateline is None and (found := self._dateline_of(line.text)):
            self._take_dateline(line, found)
            return True
        aside = _PUBLISHED_ASIDE.search(line.text[-200:])
        if aside and self.published is None:
            self.published = stamp(aside["when"], "text")
            offset = line.end - len(line.text[-200:])
            self.pieces.append(Part(PartKind.DATELINE, offset + aside.start(), offset + aside.end()))
        return False

    def _is_byline(self, index: int) -> bool:
        found = self._byline_of(self.lines[index].text)
        if not found:
            return False
        self.marks[index] = PartKind.BYLINE
        fresh = _FRESH_TAIL.search(self.lines[index].text)
        if fresh:
            self.clocks.append((fresh["when"], self.lines[index]))
        if self.byline is None:
            self.byline, self.byline_outlet = found
        return True

    def _byline_of(self, line: str) -> tuple[str, str | None] | None:
        """The names of a byline, and the outlet it may give. ``By Monday the river had risen`` is none."""
        line = line.strip("*_ ")
        match = phrases.BYLINE.match(line) if len(line) <= 160 else None
        if not match:
            return None
        names = _AFTER_NAMES.split(line[match.end() :], maxsplit=1)[0]
        names = phrases.BYLINE_ROLE.sub("", names)
        outlet = re.search(r"\s*(?:\||•|·|/|\bfor\b)\s*(?P<outlet>(?:[Tt]he\s+)?[A-ZÀ-Þ][^|,]{2,50})$", names)
        names = (names[: outlet.start()] if outlet else names).strip(" .,;:")
        words = names.replace(",", " ").split()
        plain = all(w[:1].isupper() or w.lower() in _PARTICLES for w in words)
        when = re.match(rf"(?:{MONTH}|{WEEKDAY}|(?i:the|this|last|next))(?:\s|$)", names, re.I)
        if not words or len(words) > 16 or not plain or when or (ends_sentence(line) and len(words) > 6):
            return None
        return names, outlet["outlet"].strip() if outlet else None

    def _is_published(self, index: int) -> bool:
        line = self.lines[index].text.strip("*_ ")
        if len(line) > 160:
            return False
        marked = False
        for segment in _SEGMENT.split(line):
            label = phrases.PUBLISHED.match(segment)
            words = segment[label.end() :] if label else segment
            if phrases.FRESH.match(segment) or not is_date_line(words.strip("() ")):
                continue
            found = stamp(_FROM_DATE.sub("", words.strip("() ")), "text") or stamp(words.strip("() "), "text")
            if found:
                self.published = self.published or found
                marked = True
        if marked:
            self.marks[index] = PartKind.DATELINE
            for segment in _SEGMENT.split(line):
                if fresh := phrases.UPDATE.match(segment):
                    self.clocks.append((segment[fresh.end() :].strip(" :|-–—)"), self.lines[index]))
        return marked

    def _dateline_of(self, line: str) -> re.Match[str] | None:
        start = line[:140]
        if start.startswith(_NO_PLACE):
            return None
        match = _AGENCY_DATELINE.match(start) or _UPPER_DATELINE.match(start) or _TITLED_DATELINE.match(start)
        if not match:
            return None
        groups = match.groupdict()
        rest = line[match.end() :]
        spaced = match["sep"][:1].isspace() or match["sep"].endswith(" ") or not rest
        letters = [c for c in rest[:60] if c.isalpha()]
        shouted = len(letters) > 8 and not any(c.islower() for c in letters)
        if shouted or not spaced:
            return None
        sure = any(groups.get(k) for k in ("agency", "agency2", "agency3", "date", "date2"))
        if not sure:
            bare = match["sep"].strip() not in {":", "|"} and bool(rest) and match["sep"][:1].isspace()
            opening = rest.lstrip("\"'“‘`(")[:1]
            return match if bare and (opening.isupper() or opening.isdigit()) else None
        return match if match["sep"].strip() != ":" else None

    def _take_dateline(self, line: Line, match: re.Match[str]) -> None:
        groups = match.groupdict()
        end = match.end() - (len(match[0]) - len(match[0].rstrip()))
        self.pieces.append(Part(PartKind.DATELINE, line.start, line.start + end))
        self.dateline = match[0].rstrip().rstrip("-–—_|: ").strip()
        self.place = groups.get("place")
        name = groups.get("agency") or groups.get("agency2") or groups.get("agency3")
        if name:
            self._credit(phrases.agency(name))
        when = groups.get("date") or groups.get("date2")
        if when and re.search(r"\d{4}", when):
            self.published = self.published or stamp(when, "text")

    # --- the result ---

    def _layout(self) -> Layout:
        parts = [Part(kind, self.lines[i].start, self.lines[i].end) for i, kind in self.marks.items()]
        covered = sorted((p.start, p.end) for p in parts)
        starts = [s for s, _ in covered]
        for piece in sorted(self.pieces, key=lambda p: p.start):
            at = bisect_left(starts, piece.start + 1) - 1
            if not (at >= 0 and covered[at][1] > piece.start):
                parts.append(piece)
        parts.sort(key=lambda p: (p.start, p.end))
        idle = {PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.UPDATE}
        body = any(self.marks.get(i) not in idle for i in range(len(self.lines)))
        outlet = self.staff_outlet or self.holder or self.byline_outlet
        if outlet is None and len(self.credits) == 1 and self.dateline:
            outlet = self.credits[0]
        return Layout(
            tuple(parts), self.title, outlet, self.byline, self.dateline, self.place, tuple(self.credits),
            self.published, self.updated, body,
        )  # fmt: skip


_FROM_DATE = re.compile(
    r"^.{0,40}?(?=\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Za-z]{3,9}\.?,?\s+\d{4}|\d{4}-\d{2}-\d{2}))(?<![:\d])",
    re.I,
)


def _site_tail(title: str, line: str) -> bool:
    """Whether a title is a line and then the site's name: ``Bridge opens | The Harven Post``."""
    rest = title[len(line.rstrip(" .")) :].lstrip()
    return rest[:1] in {"|", "-", "–", "—", ":", "·", "»"}


def _update_end(body: str, match: re.Match[str]) -> int:
    """Where the update's label ends in its line; 0 if the line only begins like one."""
    rest = body[match.end() : match.end() + 200]
    whole = len(body.rstrip())
    immediate = _UPDATE_SEPARATOR.match(rest)
    if immediate:
        after = rest[immediate.end() :].strip(" )]*_")
        return whole if is_date_line(after) else match.end() + len(immediate[0].rstrip())
    if match[0].lower().startswith("this") or rest.strip(" .)").lower() == "appended":
        return whole if whole <= 400 else 0
    dated = _DATE_SOMEWHERE.search(rest[:60])
    clock = find_clock(rest[:40])
    if not (dated or clock):
        return 0
    if is_date_line(rest.strip(" )]*_")) or (whole <= 60 and not ends_sentence(body)):
        return whole
    for separator in _UPDATE_SEPARATOR.finditer(rest[:110]):
        return match.end() + len(rest[: separator.end()].rstrip())
    return 0


def _clock_on(day: date | None, words: str) -> Stamp | None:
    """A time of day on the day of publication, or on a named day of its year; a day in figures may be another day."""
    clock = find_clock(words)
    if day is None or clock is None or re.search(r"\d\s?[/.-]\s?\d{1,2}(?!\d|[:.]\d|\s?[ap]\.?m)", words):
        return None
    named = _DAY_IN_YEAR.search(words)
    if named:
        other = stamp(f"{named[0]} {day.year}", "text")
        found = day_of(other) if other else None
        if found is None or not 0 <= (found - day).days <= 200:
            return None
        day = found
    return moment_stamp(day, clock, words, "text")


_DAY_IN_YEAR = re.compile(rf"\b(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?!\d|:)", re.I)


__all__ = ["Hints", "Layout", "recognise"]
