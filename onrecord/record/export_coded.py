"""The fixed formats of event data, each with the record beside it: which events, which files, piece by piece. Pure.

Beside a fixed format stands ``FILE.record.jsonl``: for each row the event as the contract gives it – status, standing
with its history, and every claim with its holder and words – under the row's own id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath

from onrecord.errors import OptionError
from onrecord.model import PLOVER_QUADS, EventRecord
from onrecord.record import export_gdelt, export_map, export_plover, export_polecat
from onrecord.record.coding import Coded, LeftOut, ReportFacts, code, mentions_of, realised
from onrecord.record.contract import event_to_contract
from onrecord.record.export import json_line

FIXED = ("gdelt", "polecat", "plover", "ngec")
MAP = "geojson"
CODED = (*FIXED, MAP)
Piece = tuple[int, bytes]  # which of the files, and what comes next in it


class CodedExport:
    """The files of one export. ``rows`` and ``left`` are right once the pieces have been taken."""

    def __init__(
        self, form: str, facts: Callable[[str], ReportFacts], *, all_statuses: bool = False, report_dates: bool = False
    ) -> None:
        if form not in CODED:
            raise OptionError("format", f"“{form}” is none of {', '.join(CODED)}")
        self.form, self.left, self.rows = form, LeftOut(), 0
        self._facts, self._all, self._dates = facts, all_statuses, report_dates

    def files(self, path: PurePath) -> list[Path]:
        """The file asked for, and those beside it."""
        stem = path.name[: -len(path.suffix)] if path.suffix else path.name
        beside = [f"{stem}.mentions{path.suffix}"] if self.form == "gdelt" else []
        beside += [f"{stem}.record.jsonl"] if self.form != MAP else []
        return [Path(path), *(Path(path.with_name(name)) for name in beside)]

    def pieces(self, events: Iterable[EventRecord]) -> Iterator[Piece]:
        chosen = realised(events, self.left, all_statuses=self._all)
        if self.form == MAP:
            return (
                (0, piece)
                for piece in export_map.collection(map(self._counted, export_map.features(chosen, self.left)))
            )
        return self._fixed(chosen)

    def _counted(self, feature: dict[str, object]) -> dict[str, object]:
        self.rows += 1
        return feature

    def _fixed(self, events: Iterable[EventRecord]) -> Iterator[Piece]:
        last = 2 if self.form == "gdelt" else 1
        yield from ((n, b"") for n in range(last + 1))
        if self.form == "polecat":
            yield 0, export_polecat.header()
        for event in events:
            coded = self._coded(event)
            lacking = self._lacking(coded)
            if lacking is not None:
                self.left.lacking[lacking] += 1
                continue
            self.rows += 1
            yield 0, self._line(coded)
            if self.form == "gdelt":
                yield 1, b"".join(export_gdelt.mention_lines(coded))
            yield last, json_line(beside(coded, self.form))

    def _coded(self, event: EventRecord) -> Coded:
        facts = {t.report.id: self._facts(t.report.id) for t in mentions_of(event)}
        return code(event, facts, report_dates=self._dates)

    def _lacking(self, coded: Coded) -> str | None:
        """What the format asks for and the event does not have."""
        if self.form == "gdelt":
            return None if coded.cameo else "without a CAMEO code"
        if coded.event.type not in PLOVER_QUADS:
            return "without a PLOVER type"
        if self.form == "plover":
            if not coded.actors:
                return "without an actor"
            return None if coded.dated.day else "without a day"
        return None

    def _line(self, coded: Coded) -> bytes:
        lines = {
            "gdelt": export_gdelt.event_line,
            "polecat": export_polecat.event_line,
            "plover": export_plover.plover_line,
            "ngec": export_plover.ngec_line,
        }
        return lines[self.form](coded)


def beside(coded: Coded, form: str) -> dict[str, object]:
    """A line of the file beside: the row's id, on what its date rests, and the event with all its claims."""
    event = coded.event
    return {
        "id": export_gdelt.event_number(event.id) if form == "gdelt" else event.id,
        "date_basis": coded.dated.basis,
        "goldstein": coded.goldstein,
        "place_raw": coded.place.text if coded.place else None,
        "geonames": coded.place.geonames if coded.place else None,
        "shown_by": coded.told.id,
        **event_to_contract(event),
    }
