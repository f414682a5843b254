# ruff: noqa: E501 – the table of cases reads best as one row a line
"""Standing: the table of cases of ``docs/standing.md``, and what must hold of any record."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.model import Certainty, Standing, Status, Testimony
from onrecord.record.moments import known_at
from onrecord.record.standing import history, standing, status_of, tell

from .builders import at, head, stamp
from .builders import testimony as say

OFFICE = "office:the Ministry of Ports!"
PARTY = "named:Ada Quill*"
RIVAL = "office:the Harbour Workers' Union*"
LEAK = "unnamed:a port official"
EXPERT = "named:Jon Marl"


def case(*rows: tuple[object, ...]) -> list[Testimony]:
    """Rows of (who, says, more) said on days 1, 2, 3 … by an outlet each."""
    result = []
    for index, row in enumerate(rows, start=1):
        who, says, more = (*row, {})[:3]
        values = {"day": index, "number": index, "outlet": f"Outlet {index}", **more}
        result.append(say(who, says, **values))
    return result


DENIES = {"stance": "denies"}
CONFIRMS = {"stance": "confirms"}
WANTS = {"stance": "wants"}
SENTENCE = "The harbour ferry Osprey sank in the strait of Tessaly early on a stormy Sunday."
ONE = {"day": 1, "outlet": "Outlet 1", "number": 1}

# (what happens, the claims in the order they became known, the standing after each moment that changed it, status)
CASES = [
    ("an unnamed source tells it", [(LEAK, "happened")], "rumoured", "happened"),
    ("two unnamed sources tell it: they cannot be told apart", [(LEAK, "happened"), ("unnamed:a diplomat", "happened")], "rumoured", "happened"),
    ("an outlet tells it with a hedge", [("own:", "happened?")], "rumoured", "happened"),
    ("a named expert calls it possible", [(EXPERT, "possible")], "rumoured", "possible"),
    ("the office calls it possible", [(OFFICE, "possible")], "rumoured", "possible"),
    ("an outlet tells it in its own voice", [("own:", "happened")], "reported", "happened"),
    ("a named outsider tells it", [(EXPERT, "happened")], "reported", "happened"),
    ("an office that is no party to it tells it", [("office:the Weather Service", "happened")], "reported", "happened"),
    ("a document tells it", [("document:the port's log", "happened")], "reported", "happened"),
    ("first a leak, then an outlet in its own voice", [(LEAK, "happened"), ("own:", "happened")], "rumoured corroborated", "happened"),
    ("a hedge, then plain words of the same outlet", [("own:", "happened?", {"origin": "o"}), ("own:", "happened", {"origin": "o"})], "rumoured reported", "happened"),
    ("two outlets, one origin", [("own:", "happened", {"origin": "agency"}), ("own:", "happened", {"origin": "agency"})], "reported", "happened"),
    ("two outlets, two origins", [("own:", "happened"), ("own:", "happened")], "reported corroborated", "happened"),
    ("two outlets tell it in nearly the same sentence: one text", [("own:", "happened", {"text": SENTENCE}), ("own:", "happened", {"text": SENTENCE.replace("early", "late")})], "reported", "happened"),
    ("two named persons", [(EXPERT, "happened"), ("named:Una Reed", "happened")], "reported corroborated", "happened"),
    ("an outlet's own voice rests on the person it quotes", [(EXPERT, "happened", ONE), ("own:", "happened", ONE)], "reported", "happened"),
    ("a report tells twice in its own voice what it denies once", [("own:", "happened", ONE), ("own:", "happened", ONE), ("own:", "did_not_happen", ONE)], "reported", "happened"),
    ("another outlet cites the outlet whose source is unnamed", [(LEAK, "happened", ONE), ("outlet:The Outlet 1", "happened")], "rumoured reported", "happened"),
    ("a plain word and a hedged one", [(EXPERT, "happened"), ("named:Una Reed", "happened?")], "reported", "happened"),
    ("a party says so", [(PARTY, "happened")], "confirmed", "happened"),
    ("the office responsible says so", [(OFFICE, "happened")], "confirmed", "happened"),
    ("the office responsible says so with a hedge", [(OFFICE, "happened?")], "rumoured", "happened"),
    ("a court's ruling says so", [("document:the court's ruling!", "happened")], "confirmed", "happened"),
    ("an unnamed official confirms it", [(LEAK, "happened", CONFIRMS)], "rumoured", "happened"),
    ("an unnamed party confirms it", [("unnamed:a minister*", "happened", CONFIRMS)], "rumoured", "happened"),
    ("reported, then confirmed", [("own:", "happened"), (OFFICE, "happened", CONFIRMS)], "reported confirmed", "happened"),
    ("corroborated, then confirmed", [("own:", "happened"), ("own:", "happened"), (OFFICE, "happened")], "reported corroborated confirmed", "happened"),
    ("confirmed, then repeated by an outlet", [(OFFICE, "happened"), ("own:", "happened")], "confirmed", "happened"),
    ("confirmed, then told again by the office with a hedge", [(OFFICE, "happened"), (OFFICE, "happened?")], "confirmed", "happened"),
    ("the office plans it", [(OFFICE, "planned")], "confirmed", "planned"),
    ("a party promises it", [(PARTY, "planned", {"stance": "promises"})], "confirmed", "planned"),
    ("the office expects it", [(OFFICE, "expected", {"stance": "expects"})], "reported", "expected"),
    ("the office confirms what is expected", [("own:", "expected"), (OFFICE, "expected", CONFIRMS)], "reported confirmed", "expected"),
    ("an outlet tells of a plan", [("own:", "planned")], "reported", "planned"),
    ("a wish of a party", [(PARTY, "possible", WANTS)], "reported", "possible"),
    ("a wish of an unnamed person", [(LEAK, "possible", WANTS)], "rumoured", "possible"),
    ("a demand", [(EXPERT, "unknown", {"stance": "asks"})], "reported", "unknown"),
    ("a threat by a party does not confirm", [(PARTY, "possible", {"stance": "threatens"})], "reported", "possible"),
    ("a wish, then the office plans it", [(PARTY, "possible", WANTS), (OFFICE, "planned")], "reported confirmed", "planned"),
    ("the office declines to comment on what is reported", [("own:", "happened"), (OFFICE, "unknown", {"stance": "declines_to_comment"})], "reported", "happened"),
    ("reported, then denied by an unnamed official", [("own:", "planned"), (LEAK, "did_not_happen", DENIES)], "reported disputed", "planned"),
    ("reported, denied, confirmed by the office", [("own:", "planned"), (LEAK, "did_not_happen", DENIES), (OFFICE, "planned", CONFIRMS)], "reported disputed confirmed", "planned"),
    ("reported, then denied by the office responsible", [("own:", "happened"), (OFFICE, "did_not_happen", DENIES)], "reported denied", "did_not_happen"),
    ("denied by a party, then told again by an outlet", [("own:", "happened"), (PARTY, "did_not_happen", DENIES), ("own:", "happened")], "reported denied disputed", "happened"),
    ("denied, then confirmed by the same side", [("own:", "happened"), (PARTY, "did_not_happen", {**DENIES, "country": "ATL", "sector": "GOV"}), (OFFICE, "happened", {"country": "ATL", "sector": "GOV"})], "reported denied confirmed", "happened"),
    ("party against party", [(OFFICE, "happened"), (RIVAL, "did_not_happen", DENIES)], "confirmed disputed", "happened"),
    ("party against party, the denial first", [(RIVAL, "did_not_happen", DENIES), (OFFICE, "happened")], "denied disputed", "happened"),
    ("confirmed, then denied by an outsider", [(OFFICE, "happened"), (EXPERT, "did_not_happen", DENIES)], "confirmed disputed", "happened"),
    ("confirmed, denied by an outsider, confirmed again", [(OFFICE, "happened"), (EXPERT, "did_not_happen", DENIES), (OFFICE, "happened", CONFIRMS)], "confirmed disputed confirmed", "happened"),
    ("only a denial is known", [(PARTY, "did_not_happen", DENIES)], "denied", "did_not_happen"),
    ("its only origin takes it back", [("own:", "happened", {"origin": "o"}), ("own:", "did_not_happen", {"origin": "o"})], "reported retracted", "did_not_happen"),
    ("the office takes back its own word", [(OFFICE, "happened"), (OFFICE, "did_not_happen", DENIES)], "confirmed retracted", "did_not_happen"),
    ("one of two origins takes it back", [("own:", "happened"), ("own:", "happened", {"origin": "o"}), ("own:", "did_not_happen", {"origin": "o"})], "reported corroborated disputed", "happened"),
    ("taken back, then held again", [("own:", "happened", {"origin": "o"}), ("own:", "did_not_happen", {"origin": "o"}), ("own:", "happened", {"origin": "o"})], "reported retracted reported", "happened"),
    ("the office calls off its plan", [(OFFICE, "planned"), (OFFICE, "cancelled")], "confirmed superseded", "cancelled"),
    ("the office calls off what an outlet told", [("own:", "planned"), (OFFICE, "cancelled")], "reported superseded", "cancelled"),
    ("an unnamed source says the office's plan is off", [(OFFICE, "planned"), (LEAK, "cancelled")], "confirmed disputed", "planned"),
    ("called off, then planned anew", [(OFFICE, "planned"), (OFFICE, "cancelled"), (OFFICE, "planned")], "confirmed superseded confirmed", "planned"),
    ("nothing but the calling off is known", [(OFFICE, "cancelled")], "confirmed", "cancelled"),
    ("an outlet says that it did not happen", [("own:", "did_not_happen")], "reported", "did_not_happen"),
    ("the office says that it did not happen, nobody held it", [(OFFICE, "did_not_happen")], "confirmed", "did_not_happen"),
    ("planned by the office, then told by an outlet to have happened", [(OFFICE, "planned"), ("own:", "happened")], "confirmed reported", "happened"),
    ("planned, told to have happened, confirmed", [(OFFICE, "planned"), ("own:", "happened"), (PARTY, "happened")], "confirmed reported confirmed", "happened"),
    ("a plan denied, then it happened", [("own:", "planned"), (LEAK, "did_not_happen", DENIES), ("own:", "happened"), ("own:", "happened")], "reported disputed reported corroborated", "happened"),
    ("a source denies one thing and confirms another in one breath", [("own:", "planned"), (LEAK, "did_not_happen", {**DENIES, "day": 2, "number": 2, "outlet": "Outlet 2"}), (LEAK, "planned", {**CONFIRMS, "day": 2, "number": 2, "outlet": "Outlet 2"})], "reported disputed", "planned"),
    ("a person says both in one report, of two things", [(EXPERT, "happened", ONE), (EXPERT, "did_not_happen", {**ONE, "sequence": 0})], "reported", "happened"),
    ("the denial that it did not happen", [("own:", "did_not_happen"), (OFFICE, "happened", DENIES)], "reported confirmed", "happened"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "status"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_table_of_cases(rows, expected, status):
    claims = case(*rows)
    steps = history(claims)
    assert " ".join(s.standing.value for s in steps) == expected
    assert standing(claims).value == expected.split()[-1]
    assert status_of(claims).value == status


def test_table_is_in_the_documentation():
    page = (Path(__file__).resolve().parents[2] / "docs" / "standing.md").read_text(encoding="utf-8")
    for what, _, expected, status in CASES:
        row = f"| {what} | {expected.replace(' ', ' → ')} | {status.replace('_', ' ')} |"
        assert row in page, row


def test_every_change_names_its_claim_and_says_why():
    claims = case(
        ("own:", "planned"), (LEAK, "did_not_happen", DENIES), (OFFICE, "planned", {**CONFIRMS, "outlet": "All Foo News"})
    )  # fmt: skip
    assert [(s.claim, s.since, s.why) for s in history(claims)] == [
        (claims[0].id, at(1), "reported as planned by Outlet 1 in its own voice"),
        (
            claims[1].id,
            at(2),
            "denied by a port official (unnamed), in Outlet 2, held by Outlet 1 in its own voice",
        ),
        (
            claims[2].id,
            at(3),
            "confirmed as planned by the Ministry of Ports, the office responsible, in All Foo News",
        ),
    ]


def test_what_a_revision_keeps_is_not_said_again():
    first, later = head("Harbour Post", at(1)), head("Harbour Post", at(1), id="rlater", updated=stamp(at(3)))
    told = [
        say(LEAK, "planned", 1, report=first),
        say(LEAK, "planned", 3, report=later),
        say(OFFICE, "did_not_happen", 3, report=later, **DENIES),
    ]
    assert [(s.standing, s.since) for s in history(told)] == [(Standing.RUMOURED, at(1)), (Standing.DENIED, at(3))]
    assert [t.report.id for t in known_at(told, at(2))] == [first.id]


def test_order_comes_from_the_text_where_there_is_no_time():
    report = head("Harbour Post")
    told = [
        say(OFFICE, "planned", None, 2, report=report, stance="confirms"),
        say(LEAK, "did_not_happen", None, 1, report=report, stance="denies"),
        say("outlet:The Lantern", "planned?", None, 0, report=report),
    ]
    assert [(s.standing, s.since, s.sequence) for s in history(told)] == [
        (Standing.RUMOURED, None, 0),
        (Standing.DISPUTED, None, 1),
        (Standing.CONFIRMED, None, 2),
    ]


def test_what_is_told_to_come_before_an_update_was_known_before_it():
    """The report's own date is later than the update's: text order still puts the denial first."""
    report = head("Harbour Post", at(5))
    told = [
        say(OFFICE, "planned", 4.5, 2, report=report, said=at(4.5)),
        say(LEAK, "did_not_happen", 5, 1, report=report, stance="denies"),
        say("outlet:The Lantern", "planned", 4, 0, report=report),
    ]
    assert [(s.standing.value, s.since) for s in history(told)] == [
        ("reported", at(4)),
        ("disputed", at(4.5)),
        ("confirmed", at(4.5)),
    ]
    assert standing(told, at(4.2)) is Standing.REPORTED


def test_as_of_sees_only_what_was_known():
    claims = case(("own:", "planned"), (LEAK, "did_not_happen", DENIES), (OFFICE, "planned", CONFIRMS))
    assert [standing(claims, at(day)).value for day in (1, 2, 2.9, 3, 9)] == [
        "reported", "disputed", "disputed", "confirmed", "confirmed",
    ]  # fmt: skip
    assert history(claims, at(0.5)) == ()
    with pytest.raises(ValueError, match="no claim was known"):
        standing(claims, at(0.5))


def test_undated_claims_are_known_from_when_the_ledger_learnt_them():
    undated = [say("own:", "happened", None)]
    assert history(undated, at(1)) == ()
    assert standing(undated, undated[0].report.appended) is Standing.REPORTED


def test_the_speaker_is_the_best_placed_latest_holder():
    claims = case(("own:", "expected"), (OFFICE, "planned"), ("own:", "expected"))
    told = tell(claims)
    assert (told.status, told.speaker, told.claims) == (Status.PLANNED, claims[1], tuple(claims))


# --- who is no second origin, and what is no dispute -----------------------------------------------------------

# (what is told, the claims, the last standing)
APART = [
    ("nobody knows who they are", [(EXPERT, "happened", ONE), ("unnamed:they", "happened")], "reported"),
    ("a headline sums up its report", [(EXPERT, "happened", ONE), ("unnamed:envoys", "happened", {**ONE, "headline": True})], "reported"),
    ("the headline of another report does not", [(EXPERT, "happened", ONE), ("unnamed:envoys", "happened", {"headline": True})], "corroborated"),
    ("the letter is of who wrote it", [(EXPERT, "happened", ONE), ("document:the letter", "happened", ONE)], "reported"),
    ("a letter is a document of its own", [(EXPERT, "happened", ONE), ("document:a letter of the mayor", "happened", ONE)], "corroborated"),
    ("what was only possible did not come", [(EXPERT, "possible"), ("own:", "did_not_happen")], "rumoured"),
    ("what was only possible is denied", [(EXPERT, "possible"), ("own:", "did_not_happen", DENIES)], "disputed"),
    ("who called it possible says that it did not come", [(EXPERT, "possible", ONE), (EXPERT, "did_not_happen")], "reported"),
    ("what nearly happened to one happened to another", [("own:", "happened"), (EXPERT, "did_not_happen", {"text": "Jon Marl nearly opened the bridge.", "anchor": "opened"})], "reported"),
    ("one sentence tells both, of two things", [("own:", "happened"), ("own:", "happened", {**ONE, "outlet": "Outlet 9"}), ("own:", "did_not_happen", {**ONE, "outlet": "Outlet 9"})], "corroborated"),
    ("a short sentence told word for word is one text", [(EXPERT, "happened", {"text": "The bridge has no opening."}), ("own:", "happened", {"text": "The bridge has no opening."})], "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [c[1:] for c in APART], ids=[c[0] for c in APART])
def test_no_second_origin_and_no_dispute(rows, expected):
    assert standing(case(*rows)).value == expected


def test_of_two_things_by_one_word_neither_denies_the_other():
    told = case(
        ("own:", "happened", {"text": "The ministry held its opening of the new harbour tunnel at Sarn."}),
        ("named:Una Reed", "did_not_happen", {"text": "Clerks saw no opening for a rise of wages."}),
    )  # fmt: skip
    assert standing(told) is Standing.REPORTED


# --- what must hold of any record ------------------------------------------------------------------------------

WHO = [OFFICE, PARTY, RIVAL, LEAK, EXPERT, "own:", "unnamed:a diplomat", "document:the port's log"]
SAYS = [s.value for s in Status] + ["happened?", "planned?"]
STANCES = ["asserts", "confirms", "denies", "wants", "expects", "declines_to_comment"]
ROWS = st.tuples(st.sampled_from(WHO), st.sampled_from(SAYS), st.sampled_from(STANCES), st.integers(1, 4))


def _told(rows, distinct=True):
    return [
        say(
            who,
            says,
            day=index if distinct else 1 + index % 3,
            stance=stance,
            outlet=f"Outlet {outlet}",
            number=index,
            certainty=Certainty.CT_PLUS,
        )
        for index, (who, says, stance, outlet) in enumerate(rows, start=1)
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=8), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_in_which_claims_are_handed_over_does_not_matter(rows, distinct, random):
    told = _told(rows, distinct)
    shuffled = list(told)
    random.shuffle(shuffled)
    assert history(shuffled) == history(told)
    assert tell(shuffled) == tell(told)


@settings(max_examples=100, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=8))
def test_history_is_total_grows_and_never_names_an_unknown_claim(rows):
    told = _told(rows)
    steps = history(told)
    assert steps
    assert {s.claim for s in steps} <= {t.id for t in told}
    assert [s.since for s in steps] == sorted(s.since for s in steps)
    for moment in range(1, len(told) + 1):
        part = history(told, at(moment))
        assert part == steps[: len(part)]


@settings(max_examples=100, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6), st.sampled_from(WHO))
@example(
    [
        ("unnamed:a port official", "happened", "asserts", 1),
        ("own:", "happened", "asserts", 2),
        ("office:the Ministry of Ports!", "possible", "asserts", 2),
    ],
    "office:the Ministry of Ports!",
)
def test_a_silence_changes_nothing_once_somebody_spoke(rows, who):
    told = _told(rows)
    if all(t.claim.stance.value in {"wants", "declines_to_comment"} or t.claim.status.value == "unknown" for t in told):
        return
    late = say(who, "unknown", day=20, stance="declines_to_comment", outlet="Late Edition", number=99)
    assert history([*told, late]) == history(told)


@settings(max_examples=100, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_telling_the_same_again_changes_nothing(rows):
    told = _told(rows)
    last = told[-1]
    again = say(
        *rows[-1][:2], day=30, stance=rows[-1][2], outlet=last.report.outlet, number=77, origin=last.origin.key
    )  # fmt: skip
    assert standing([*told, again]) is standing(told)


def test_one_thousand_claims_of_one_event_are_weighed_quickly():
    told = [say("own:", "happened", day=1 + i / 1000, outlet=f"Outlet {i}", number=i) for i in range(1000)]
    assert [s.standing.value for s in history(told)] == ["reported", "corroborated"]
