"""Verbs with their particles, mentions that take up another, and participants that are everywhere; invented reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.linking import digest, link
from onrecord.linking.event_grounds import akin, one_deed, other_kinds, strangers
from onrecord.linking.event_views import EventView, views
from onrecord.linking.lemmas import lemma_of, with_particle
from onrecord.model import Digest, EventDigest, Judgement, JudgementKind, Quantity, Status, Verdict

from .builders import MACHINE, MADE, event, moment, reading, report

STORY = "Regatta at Port Sallow. Sailors from three harbours had come. "


def told(text: str, *mentions: tuple[str, str, dict[str, Any]], day: str | None = "2031-05-02", outlet: str) -> Digest:
    """A report of the regatta that tells ``text``, with these mentions: anchor, lemma, and what else is known."""
    whole = STORY + text
    source = report(whole, title="Regatta at Port Sallow", day=day, outlet=outlet)
    made = []
    for number, (words, lemma, more) in enumerate(mentions, start=1):
        known = {name: value for name, value in more.items() if name not in ("on", "place")}
        made.append(event(whole, f"v{number}", words, lemma, **known))
    found = digest(reading(source, *made))
    return replace(found, events=tuple(_set(e, more) for e, (_, _, more) in zip(found.events, mentions, strict=True)))


def _set(found: EventDigest, more: dict[str, Any]) -> EventDigest:
    """With the day and the place that are given."""
    on = moment(more["on"]) if "on" in more else None
    return replace(found, earliest=on, latest=on, time_mark="syntax" if on else None, place=more.get("place"))


def judged(left: Digest, right: Digest, one: str = "v1", two: str = "v1") -> Judgement | None:
    pair = {f"{left.report}.{one}", f"{right.report}.{two}"}
    found = link(left, [right], MACHINE, MADE)
    return next((j for j in found if j.kind is JudgementKind.EVENT and {j.left, j.right} == pair), None)


@pytest.mark.parametrize(
    ("verb", "after", "word"),
    [
        ("turn", " down the offer", "turn down"),
        ("hand", " over, the mayor said", "hand over"),
        ("turn", " the offer", "turn"),
        ("go", " on a hunger strike", "go"),
        ("sail", " over the bar", "sail"),
        ("turn", "", "turn"),
    ],
)
def test_a_verb_with_its_particle_is_a_word_of_its_own(verb: str, after: str, word: str) -> None:
    assert with_particle(verb, after) == word


def test_a_noun_before_such_a_word_takes_no_particle() -> None:
    one = told("The call off the coast came late.", ("call", "call", {}), outlet="Vale Courier")
    two = told("They call off the race.", ("call", "call", {}), outlet="Vale Courier")
    assert [view.word for view in (*views(one), *views(two))] == ["call", "call off"]


def test_a_verb_with_its_particle_has_the_senses_of_its_own() -> None:
    assert lemma_of("call off").senses & lemma_of("cancel").senses
    assert akin(lemma_of("turn down"), lemma_of("reject"))
    assert not akin(lemma_of("turn down"), lemma_of("turn up"))


def test_a_rare_sense_makes_words_akin() -> None:
    one, other = lemma_of("pull out"), lemma_of("withdraw")
    assert one.senses.isdisjoint(other.senses | other.wider)
    assert one.wider.isdisjoint(other.senses)
    assert akin(one, other)


WITHDRAWN = {"on": "2031-05-09", "actors": ("Odalys Brent",)}


def withdrawal() -> Digest:
    text = "Treasurer Odalys Brent will withdraw on 9 May."
    return told(text, ("withdraw", "withdraw", WITHDRAWN | {"kind": "CONCEDE"}), outlet="Vale Courier")


def test_what_somebody_with_a_name_does_on_one_stated_day_is_one_deed_in_akin_words() -> None:
    deed = WITHDRAWN | {"kind": "MOVE"}
    found = judged(
        withdrawal(), told("Odalys Brent is to pull out on 9 May.", ("pull", "pull", deed), outlet="Port Mirror")
    )
    assert found is not None
    assert found.verdict is Verdict.SAME


def test_who_pulls_out_of_a_town_unheard_of_in_the_other_report_did_another_thing() -> None:
    deed = WITHDRAWN | {"kind": "MOVE", "recipients": ("Eastmarch",)}
    text = "Odalys Brent is to pull out of Eastmarch on 9 May."
    found = judged(withdrawal(), told(text, ("pull", "pull", deed), outlet="Port Mirror"))
    assert found is None or found.verdict is not Verdict.SAME


def rally(town: str, country: str, outlet: str) -> Digest:
    """Miners rally in a town, told with a second sentence that takes the rally up."""
    who = {"kind": "PROTEST", "actors": ("Hundreds of miners",), "place": town.casefold(), "on": "2031-05-01"}
    text = f"Hundreds of miners rallied in {town} against the toll law on 1 May. The rally in {country} was large."
    taken_up = {"kind": "PROTEST", "antecedent": "v1"}
    return told(text, ("rallied", "rally", who), ("rally in", "rally", taken_up), outlet=outlet)


def test_a_mention_that_takes_up_another_is_of_the_same_parties_and_place() -> None:
    _, taken_up = views(rally("Kelmar", "Ostavia", "Vale Courier"))
    assert taken_up.event.actors == ("hundreds of miners",)
    assert "kelmar" in taken_up.where
    assert {"kelmar", "ostavia"} <= taken_up.names


@pytest.mark.parametrize(("one", "two"), [("v1", "v1"), ("v2", "v2"), ("v1", "v2")])
def test_who_is_everywhere_is_not_the_same_in_two_places(one: str, two: str) -> None:
    left = rally("Kelmar", "Ostavia", "Vale Courier")
    elsewhere = judged(left, rally("Brask", "Lunderia", "Port Mirror"), one, two)
    assert elsewhere is None or elsewhere.verdict is not Verdict.SAME
    here = judged(left, rally("Kelmar", "Ostavia", "Port Mirror"), one, two)
    assert here is not None
    assert here.verdict is Verdict.SAME


def ruling(court: str, outlet: str) -> Digest:
    deed = {"kind": "LEGAL", "actors": ("Appeal judges",), "on": "2031-05-01"}
    text = f"Appeal judges in {court} ruled on the salt tax on 1 May."
    return told(text, ("ruled", "rule", deed), outlet=outlet)


def test_general_participants_are_known_by_the_place_they_are_named_with() -> None:
    apart, alike = ruling("Ostavia", "Vale Courier"), ruling("Lunderia", "Port Mirror")
    found = judged(apart, alike)
    assert found is not None
    assert found.verdict is not Verdict.SAME
    assert any(r.name == "strangers" for r in found.reasons)
    same = judged(apart, ruling("Ostavia", "Port Mirror"))
    assert same is not None
    assert same.verdict is Verdict.SAME


def test_those_who_meet_others_hold_another_meeting() -> None:
    def meeting(guest: str, outlet: str) -> Digest:
        deed = {"kind": "CONSULT", "actors": ("Ilse Tarrow",), "recipients": (guest,), "on": "2031-05-01"}
        return told(f"Ilse Tarrow met {guest} on 1 May.", ("met", "meet", deed), outlet=outlet)

    left = meeting("Bram Solker", "Vale Courier")
    other, same = (
        judged(left, meeting("Nadi Orrin", "Port Mirror")),
        judged(left, meeting("Bram Solker", "Port Mirror")),
    )
    assert other is not None
    assert other.verdict is not Verdict.SAME
    assert same is not None
    assert same.verdict is Verdict.SAME


def test_what_is_called_off_lay_ahead() -> None:
    plan = {"actors": ("Odalys Brent",), "kind": "AGREE", "on": "2031-05-20", "status": Status.PLANNED}
    left = told("Odalys Brent is to host a regatta on 20 May.", ("regatta on", "regatta", plan), outlet="Vale Courier")
    off = {"actors": ("Odalys Brent",), "kind": "AGREE", "status": Status.CANCELLED}
    right = told("Odalys Brent called off the regatta.", ("regatta.", "regatta", off), outlet="Port Mirror")
    found = judged(left, right)
    assert found is not None
    assert found.reasons[0].name != "apart"


def test_a_report_without_a_date_is_held_apart_by_no_guess() -> None:
    dated = told("The ferry sank on 9 May.", ("sank", "sink", {"on": "2031-05-09"}), outlet="Vale Courier")
    text = "The ferry sank. Divers had searched the wreck on 2 June."
    guessed = told(
        text, ("sank", "sink", {}), ("searched", "search", {"on": "2031-06-02"}), day=None, outlet="Port Mirror"
    )
    assert views(guessed)[0].window == (None, None)
    found = judged(dated, guessed)
    assert found is not None
    assert found.reasons[0].name != "apart"


@pytest.mark.parametrize(
    ("one", "two", "verbatim"),
    [
        ("The race was put off for want of wind.", "The race was put off for want of wind.", True),
        ("The race was put off for want of wind.", "The race was put off for want of any wind.", False),
        ("The race was put off.", "The race was put off.", False),  # too short to be copied, it recurs
    ],
)
def test_a_sentence_copied_word_for_word_tells_of_one_event(one: str, two: str, verbatim: bool) -> None:
    pair = (
        told(text, ("race", "race", {}), outlet=outlet) for text, outlet in ((one, "Harbour Post"), (two, "Bay Radio"))
    )
    found = judged(*pair)
    assert ("told in the same words" in ([r.words for r in found.reasons] if found else [])) is verbatim
    assert not verbatim or (found is not None and found.verdict is Verdict.SAME and found.score >= 0.99)


def visit(words: str, lemma: str, window: tuple[str, str], outlet: str, status: Status = Status.PLANNED) -> Digest:
    """A visit of one to another, dated to these days."""
    who = {"kind": "CONSULT", "actors": ("Ilse Tarrow",), "recipients": ("Bram Solker",), "status": status}
    found = told(f"Ilse Tarrow will {words} Bram Solker in Port Sallow.", (words, lemma, who), outlet=outlet)
    first, last = map(moment, window)
    return replace(found, events=(replace(found.events[0], earliest=first, latest=last, time_mark="syntax"),))


@pytest.mark.parametrize(
    ("window", "status", "one"),
    [
        (("2031-05-12", "2031-05-18"), Status.PLANNED, True),  # next week
        (("2031-05-12", "2031-05-18"), Status.HAPPENED, False),  # some day of that week
        (("2031-05-19", "2031-05-25"), Status.PLANNED, False),
        (("2031-05-01", "2031-05-31"), Status.PLANNED, False),  # in May
    ],
)
def test_a_plan_for_next_week_is_the_one_for_a_day_of_it(window: tuple[str, str], status: Status, one: bool) -> None:
    day = visit("receive", "receive", ("2031-05-15", "2031-05-15"), "Vale Courier")
    week = visit("lunch with", "lunch", window, "Port Mirror", status)
    assert one_deed(views(day)[0], views(week)[0]) is one


def test_two_accounts_of_one_explosion_need_no_party() -> None:
    def blast(words: str, anchor: str, lemma: str, town: str, outlet: str) -> EventView:
        deed = {"kind": "ASSAULT", "mode": "explosives", "on": "2031-05-01", "place": town}
        return views(told(words, (anchor, lemma, deed), outlet=outlet))[0]

    shell = blast("A shell went off behind the Kelmar bakery.", "went", "go", "kelmar", "Vale Courier")
    here = blast("An explosion wrecked two trams in Kelmar.", "explosion", "explosion", "kelmar", "Port Mirror")
    there = blast("An explosion wrecked two trams in Brask.", "explosion", "explosion", "brask", "Port Mirror")
    assert one_deed(shell, here)
    assert not one_deed(shell, there)


def grew(firm: str, share: int, outlet: str) -> Digest:
    text = f"Profits of {firm} grew by {share} percent."
    found = told(text, ("grew", "grow", {"recipients": (firm,)}), outlet=outlet)
    figure = Quantity(0, 1, str(share), "percent", share, share)
    return replace(found, events=(replace(found.events[0], quantities=(figure,)),))


def test_figures_of_two_firms_of_one_trade_are_not_compared() -> None:
    left = grew("Marden Shipping", 6, "Vale Courier")
    other, same = (
        judged(left, grew("Pellow Shipping", 8, "Port Mirror")),
        judged(left, grew("Marden Shipping", 8, "Port Mirror")),
    )
    assert other is None or other.verdict is not Verdict.SAME
    assert same is not None
    assert same.verdict is Verdict.SAME


def test_measures_of_two_things_are_two_though_one_name_is_in_both() -> None:
    def trade(one: str, two: str, share: int, outlet: str) -> Digest:
        text = f"Trade of {one} with {two} shrank by {share} percent."
        found = told(text, ("shrank", "shrink", {}), outlet=outlet)
        figure = Quantity(0, 1, str(share), "percent", share, share)
        return replace(
            found,
            names=(*found.names, one.casefold(), two.casefold()),
            events=(replace(found.events[0], quantities=(figure,)),),
        )

    left = trade("Ostavia", "Lunderia", 12, "Vale Courier")
    other = judged(left, trade("Ostavia", "Brendland", 30, "Port Mirror"))
    same = judged(left, trade("Ostavia", "Lunderia", 30, "Port Mirror"))
    assert other is None or other.verdict is not Verdict.SAME
    assert same is not None
    assert same.verdict is Verdict.SAME


def test_two_firms_of_one_trade_are_strangers() -> None:
    def sale(buyer: str, bought: str, outlet: str) -> EventView:
        found = told(
            f"{buyer} bought {bought}.",
            ("bought", "buy", {"actors": (buyer,), "recipients": (bought,), "kind": "DEAL"}),
            outlet=outlet,
        )
        return views(replace(found, names=(*found.names, buyer.casefold(), bought.casefold())))[0]

    left = sale("Marden Shipping", "Tarn Mills", "Vale Courier")
    assert strangers(left, sale("Pellow Shipping", "Olm Mills", "Port Mirror"))
    assert not strangers(left, sale("Marden Shipping", "Tarn Mills", "Port Mirror"))
    assert not strangers(left, sale("Marden", "Tarn Mills", "Port Mirror"))


def test_many_such_are_not_the_one_told() -> None:
    text = "Port Sallow has seen many such regattas."
    found = views(told(text, ("regattas", "regatta", {}), outlet="Vale Courier"))[0]
    assert found.habit
    opened = told("The regatta at Port Sallow opened.", ("regatta at", "regatta", {}), outlet="Port Mirror")
    assert not views(opened)[0].habit


def test_an_everyday_verb_of_two_kinds_done_by_others_is_two() -> None:
    def left(words: str, who: str, kind: str, outlet: str) -> EventView:
        return views(told(words, ("left", "leave", {"kind": kind, "actors": (who,)}), outlet=outlet))[0]

    bank = left("The savings bank left its rates alone.", "The savings bank", "MARKET", "Vale Courier")
    envoy = left("Envoy Odalys Brent left the cabinet.", "Odalys Brent", "CONCEDE", "Port Mirror")
    short = left("Brent left the cabinet.", "Brent", "APPOINTMENT", "Bay Radio")
    assert other_kinds(bank, envoy)
    assert not other_kinds(envoy, short)


def sentenced(words: str, anchor: str, lemma: str, outlet: str, kind: str = "COERCE") -> Digest:
    people = {"actors": ("court",), "recipients": ("Ilse Tarrow",)}
    text = f"A court in Eastmarch {words} on Friday. Heavy rain delayed the race."
    return told(
        text, (anchor, lemma, {"kind": kind, "on": "2031-05-02", "place": "Eastmarch", **people}), outlet=outlet
    )


@pytest.mark.parametrize(
    ("words", "one"),
    [("jailed Ilse Tarrow for nine years", True), ("jailed Ilse Tarrow for life", True), ("jailed Ilse Tarrow", False)],
)
def test_who_is_jailed_for_years_is_sentenced(words: str, one: bool) -> None:
    ruling = sentenced(
        "sentenced Ilse Tarrow to nine years in prison", "sentenced", "sentence", "Vale Courier", "SANCTION"
    )
    jail = sentenced(words, "jailed", "jail", "Port Mirror")
    assert one_deed(views(ruling)[0], views(jail)[0]) is one


def journey(text: str, anchor: str, lemma: str, on: str, people: tuple[str, str], more: str = "") -> EventView:
    whole = f"{text} {more}"
    plan = {"kind": "CONSULT", "mode": "visit", "status": Status.PLANNED, "on": on}
    known = {"actors": people[:1], "recipients": people[1:]}
    made = told(whole, (anchor, lemma, {**plan, **known}), outlet=f"Outlet {lemma}")
    names = (*made.names, *(n.lower() for n in people), "mara quill", "brask", "ostavia")
    return views(replace(made, names=tuple(dict.fromkeys(names))))[0]


def test_one_traveller_makes_one_journey_on_a_day() -> None:
    plan = journey(
        "Regent Aldo Voss will visit Ostavia on 9 May.", "visit", "visit", "2031-05-09", ("Aldo Voss", "Ostavia")
    )
    same = journey("Voss would travel to Brask on 9 May.", "travel", "travel", "2031-05-09", ("Voss", "Brask"))
    later = journey("Voss would travel to Brask on 29 May.", "travel", "travel", "2031-05-29", ("Voss", "Brask"))
    other = journey("Corm would travel to Brask on 9 May.", "travel", "travel", "2031-05-09", ("Corm", "Brask"))
    assert one_deed(plan, same)
    assert not one_deed(plan, later)
    assert not one_deed(plan, other)
