"""The benchmark sets: which task scores which gold file, and which figures are kept of the whole and of a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.newsroom import score

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"

ATTRIBUTION = (
    "token.source.f1", "token.cue.f1", "token.content.f1",
    "span_overlap.source.f1", "span_overlap.cue.f1", "span_overlap.content.f1", "attribution.f1",
)  # fmt: skip
ATTRIBUTION_CASE = ("token.source.f1", "token.content.f1", "attribution.f1")
PLACES = ("recognition.f1", "acc@161km_of_matched", "resolved_of_all")
TIMES = ("relaxed.f1", "value.f1", "type.f1")
STATUS = ("anchors_found", "negated.f1", "future.f1", "uncertain.f1", "all_three_right")
FACTUALITY = ("macro_f1", "pearson_r")
GROUPS = ("b3.f1", "pairs.p", "pairs.r", "pairs.f1")


@dataclass(frozen=True)
class BenchmarkSet:
    """One gold file. ``figures`` are dotted paths into what score.py prints; ``per_case`` are frozen for each case."""

    name: str
    task: str
    figures: tuple[str, ...]
    per_case: tuple[str, ...]
    through: str = "readings"  # or stories, events: what the program prints; ledger: what it makes; pairs of texts
    file: str = ""  # the gold file's name, if it is not the set's
    sample: int = 1  # of so many incidents one is taken, by a hash of its name; 1: all
    held_out: int = 1  # of so many rows one is taken, by the number in its id: those that no training saw; 1: all

    @property
    def gold(self) -> Path:
        """The file that the figures are measured against; of what is invented, the words it is made of."""
        if self.through == "ledger":
            return Path(__file__).with_name("newsroom") / "acts.json"
        return BENCH / "data" / f"{self.file or self.name}.jsonl.gz"


SETS = {
    s.name: s
    for s in (
        BenchmarkSet("attribution.polnear-dev", "attribution", ATTRIBUTION, ATTRIBUTION_CASE),
        BenchmarkSet("times.timebank", "times", TIMES, ("relaxed.f1", "value.f1")),
        BenchmarkSet("times.aquaint", "times", TIMES, ("relaxed.f1", "value.f1")),
        BenchmarkSet("status.meantime-apple", "status", STATUS, ("anchors_found", "all_three_right")),
        BenchmarkSet("status.meantime-gm", "status", STATUS, ("anchors_found", "all_three_right")),
        BenchmarkSet("status.uds-ih2-dev", "factuality", FACTUALITY, ("macro_f1",)),
        BenchmarkSet("status.uw-dev", "factuality", FACTUALITY, ("macro_f1",)),
        BenchmarkSet("event-types.plv-train", "event-types", ("accuracy", "macro_f1"), ("accuracy",), held_out=5),
        BenchmarkSet("places.lgl", "places", PLACES, ("recognition.f1", "resolved_of_all")),
        BenchmarkSet("stories.news-cluster", "stories", GROUPS, (), "stories"),
        BenchmarkSet("same-event.gva-news", "stories", GROUPS, (), "stories", sample=4),
        BenchmarkSet("newsroom", "newsroom", score.FIGURES, score.CASE, "ledger"),
        BenchmarkSet("same-event.ecbplus-dev", "same-event", ("conll_f1", "muc.f1", "b3.f1", "ceafe.f1"), (), "events"),
        BenchmarkSet(
            "claims.claimdiff", "claims", ("weakens.macro_f1", "strengthens.macro_f1"), ("weakens", "strengthens"),
            "pairs", "claims.claimdiff-weak-train",
        ),
        BenchmarkSet("stance.emergent", "stance", ("stance.macro_f1",), ("stance",), "pairs"),
    )
}  # fmt: skip
