"""What becomes of an event in the news: plots, as steps. A step is one report with what it makes whom say.

``standings`` is what docs/standing.md makes of the plot, written down by hand: the history of the standing. So are the
contradictions. ``benchmarks.newsroom.truth`` computes both from the claims, and a test holds them against each other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """One claim: ``who`` is a source of the act, ``own`` for the report's voice, or ``@n`` for step n's outlet.

    ``heard``: the step whose outlet heard it first, where another outlet's report hands it on.
    """

    who: str
    says: str = "happened"
    stance: str = "asserts"
    hedged: bool = False
    toll: int | None = None  # which of the event's tolls, 0 the first
    heard: int | None = None


@dataclass(frozen=True)
class Step:
    """``by``: agency, or the number of an outlet. ``copies``: the step whose text is taken over, and how.

    ``revises``: the step whose report is brought up to date; ``replaced`` claims of it give way to the new ones.
    """

    by: str
    told: tuple[Told, ...] = ()
    hours: int = 6  # after the step before
    copies: int | None = None
    mode: str = ""  # full, edited, inside
    revises: int | None = None
    replaced: tuple[int, ...] = ()
    change: str = ""  # kind of change in the claims, as ``onrecord revisions`` calls it
    after: bool = False  # published when the event is past


@dataclass(frozen=True)
class Plot:
    name: str
    needs: str  # planned, happened, toll, rival: what an act must have
    steps: tuple[Step, ...]
    standings: str
    contradictions: tuple[str, ...] = ()  # "attribute kind"


def _plans(who: str, **more: object) -> Told:
    return Told(who, "planned", **more)  # type: ignore[arg-type]


def _denies(who: str) -> Told:
    return Told(who, "did_not_happen", "denies")


_LEAK = _plans("leak")
_COPIES = (
    Step("1", copies=0, mode="full", hours=1),
    Step("2", copies=0, mode="edited", hours=2),
    Step("3", copies=0, mode="inside", hours=3),
)

PLOTS = (
    Plot(
        "leak_confirmed",
        "planned",
        (
            Step("0", (_LEAK,)),
            Step("1", (_plans("leak", heard=0),), hours=3),
            Step("agency", (_plans("office", stance="confirms"),), hours=30),
            Step("2", copies=2, mode="full", hours=1),
            Step("3", copies=2, mode="inside", hours=2),
        ),
        "rumoured confirmed",
    ),
    Plot(
        "leak_denied",
        "planned",
        (
            Step("0", (_LEAK,)),
            Step("1", (_plans("@0"),), hours=4),
            Step("2", (_denies("office"),), hours=20),
        ),
        "rumoured reported denied",
        ("occurrence resolved",),
    ),
    Plot(
        "denied_then_confirmed",
        "planned",
        (
            Step("0", (_LEAK,)),
            Step("1", (_denies("office"),), hours=12),
            Step("agency", (_plans("office", stance="confirms"),), hours=40),
            Step("2", copies=2, mode="edited", hours=1),
        ),
        "rumoured denied confirmed",
        ("occurrence resolved",),
    ),
    Plot(
        "planned_cancelled",
        "planned",
        (
            Step("agency", (_plans("office"),)),
            Step("0", copies=0, mode="full", hours=2),
            Step("1", (Told("office", "cancelled"),), hours=48),
        ),
        "confirmed superseded",
        ("occurrence superseded",),
    ),
    Plot(
        "planned_happened",
        "planned",
        (
            Step("0", (_plans("office"),)),
            Step("1", (Told("own"),), after=True),
            Step("agency", (Told("office", stance="confirms"),), hours=8),
        ),
        "confirmed reported confirmed",
    ),
    Plot(
        "two_outlets",
        "happened",
        (
            Step("0", (Told("own"),)),
            Step("1", (Told("own"),), hours=3),
            Step("2", (Told("office", stance="confirms"),), hours=18),
        ),
        "reported corroborated confirmed",
    ),
    Plot(
        "agency_copied", "happened", (Step("agency", (Told("office"),)), *_COPIES), "confirmed"
    ),
    Plot(
        "own_copied",
        "happened",
        (
            Step("agency", (Told("own"),)),
            *_COPIES[:2],
            Step("4", (Told("@0"),), hours=2),
        ),
        "reported",
    ),
    Plot(
        "toll_rises",
        "toll",
        (
            Step("agency", (Told("office"), Told("office", toll=0))),
            Step("0", copies=0, mode="full", hours=1),
            Step("1", (Told("own"), Told("office", toll=1)), hours=12),
            Step("agency", (Told("office", toll=1),), hours=2, revises=0, replaced=(1,), change="figure"),
        ),
        "confirmed",
        ("number superseded",),
    ),
    Plot(
        "toll_disputed",
        "toll",
        (
            Step("0", (Told("office"), Told("office", toll=0))),
            Step("1", (Told("outsider"), Told("outsider", toll=1)), hours=10),
        ),
        "confirmed",
        ("number disputed",),
    ),
    Plot(
        "side_against_side",
        "rival",
        (
            Step("0", (Told("office"),)),
            Step("1", (_denies("rival"),), hours=5),
            Step("agency", (Told("office"), _denies("rival")), hours=6),
        ),
        "confirmed disputed",
        ("occurrence disputed",),
    ),
    Plot(
        "leaks_only",
        "planned",
        (
            Step("0", (_LEAK,)),
            Step("1", (_plans("leak2"),), hours=9),
        ),
        "rumoured",
    ),
    Plot(
        "hedged_confirmed",
        "happened",
        (
            Step("0", (Told("own", hedged=True),)),
            Step("1", (Told("office", stance="confirms"),), hours=14),
            Step("2", (Told("office"),), hours=3),
        ),
        "rumoured confirmed",
    ),
    Plot(
        "taken_back",
        "happened",
        (
            Step("0", (Told("own"),)),
            Step("1", (Told("@0"),), hours=2),
            Step("0", (Told("own", "did_not_happen"),), hours=26),
        ),
        "reported retracted",
        ("occurrence superseded",),
    ),
    Plot(
        "source_steps_forward",
        "planned",
        (
            Step("0", (_LEAK,)),
            Step("0", (_plans("person"),), hours=10, revises=0, replaced=(0,), change="source_named"),
            Step("1", (_plans("person"),), hours=20),
        ),
        "rumoured corroborated",
    ),
    Plot(
        "denial_added",
        "planned",
        (
            Step("0", (_LEAK,)),
            Step("0", (_denies("office"),), hours=5, revises=0, change="denial_added"),
        ),
        "rumoured denied",
        ("occurrence resolved",),
    ),
    Plot(
        "plan_carried_out",
        "planned",
        (
            Step("0", (_plans("office"),)),
            Step("1", (Told("own"),), after=True),
            Step("1", (Told("office", stance="confirms"),), hours=5, revises=1, change="confirmation_added"),
        ),
        "confirmed reported confirmed",
    ),
    Plot(
        "called_off_in_revision",
        "planned",
        (
            Step("agency", (_plans("office"),)),
            Step("0", (_plans("outsider"),), hours=8),
            Step("agency", (Told("office", "cancelled"),), hours=30, revises=0, change="called_off"),
        ),
        "confirmed superseded",
        ("occurrence superseded",),
    ),
    Plot(
        "outsiders_agree",
        "happened",
        (
            Step("0", (Told("outsider"),)),
            Step("1", (Told("person"),), hours=7),
        ),
        "reported corroborated",
    ),
)  # fmt: skip
