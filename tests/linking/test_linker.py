"""Judgements about a new report: expected pairs of invented reports, and no dependence on the order of candidates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking import digest, link, link_all
from onrecord.model import Digest, Judgement, JudgementKind, Report, Status, Verdict

from .builders import MACHINE, MADE, digested, event, reading, report, time

FIRE = (
    "Two workers died when fire broke out at the Brennock tannery in Lower Sallow on Tuesday night, officials said. "
    "Fire chief Ilse Tarrow said the blaze began in a drying room and took forty crews nine hours to put out. "
    "One of the dead was named as Pavo Lint, 34, a foreman from Eastmarch. "
    "Police have sealed off the Brennock tannery and are questioning its owner, Corwin Hale."
)
FIRE_AGAIN = (
    "LOWER SALLOW - A blaze that killed two people at a leather works is being treated as suspicious. "
    "The Brennock tannery burned through Tuesday night; Pavo Lint, 34, was among the victims. "
    "Detectives spoke to the owner, Corwin Hale, on Wednesday, said Ilse Tarrow, who leads the local fire service. "
    "Neighbours described flames above the roof of the tannery."
)
FIRE_A_YEAR_EARLIER = (
    "Three workers were hurt when fire broke out at a paper mill in Lower Sallow on Friday night, officials said. "
    "Fire chief Oma Brandt said the blaze began in a boiler room and took twelve crews two hours to put out. "
    "One of the injured was named as Tilde Marr, 51, a fitter from Westholm. "
    "Police have closed the road to the Gellan mill."
)
GRAIN = (
    "Orvania's parliament voted on Wednesday to raise the duty on imported grain after a week of blockades. "
    "Finance minister Jurek Sand said the measure would cost bakers little. "
    "Farmers' leader Anka Pell called it a beginning."
)


def by_kind(found: tuple[Judgement, ...], kind: JudgementKind) -> list[Judgement]:
    return [j for j in found if j.kind is kind]


def story_of(left: Digest, right: Digest) -> Judgement | None:
    found = by_kind(link(left, [right], MACHINE, MADE), JudgementKind.STORY)
    assert len(found) <= 1
    return found[0] if found else None


def test_two_outlets_on_one_fire_tell_one_story_and_the_reasons_say_why() -> None:
    left = digested(FIRE, title="Two die in tannery fire", day="2031-03-05")
    right = digested(FIRE_AGAIN, title="Tannery blaze suspicious, police say", day="2031-03-06")
    found = story_of(left, right)
    assert found is not None
    assert found.verdict is Verdict.SAME
    words = [r.words for r in found.reasons]
    assert any(w.startswith("both name ") and "Corwin Hale" in w for w in words)
    assert "both give the age 34" in words
    assert "published 1 day apart" in words


def test_a_look_alike_of_a_year_before_is_another_story() -> None:
    left = digested(FIRE, title="Two die in tannery fire", day="2031-03-05")
    right = digested(FIRE_A_YEAR_EARLIER, title="Three hurt in mill fire", day="2030-03-02")
    found = story_of(left, right)
    assert found is None or found.verdict is Verdict.DIFFERENT
    if found is not None:
        assert "ages differ: 34 in one, 51 in the other" in [r.words for r in found.reasons]


def test_reports_of_different_matters_get_no_row() -> None:
    assert story_of(digested(FIRE, day="2031-03-05"), digested(GRAIN, day="2031-03-05")) is None


def test_a_copy_tells_the_same_story() -> None:
    left, right = digested(GRAIN, day="2031-03-05", outlet="A"), digested(GRAIN, day="2031-03-06", outlet="B")
    found = link(left, [right], MACHINE, MADE)
    assert [j.verdict for j in by_kind(found, JudgementKind.COPY)] == [Verdict.SAME]
    assert [j.verdict for j in by_kind(found, JudgementKind.STORY)] == [Verdict.SAME]


def test_one_long_headline_over_two_short_texts_is_one_story() -> None:
    headline = "Orvanian premier Sand dismisses grain minister Pell after bridge blockades"
    left = digested("Watch the whole session here.", title=headline, day="2031-03-05")
    right = digested("A live account of the day in the capital.", title=headline, day="2031-03-06")
    found = story_of(left, right)
    assert found is not None
    assert (found.verdict, found.reasons[0].words) == (Verdict.SAME, "the same headline")
    assert f"h:{next(k for k in left.keys if k.startswith('h:'))[2:]}" in right.keys


def test_a_report_is_never_judged_against_itself() -> None:
    one = digested(GRAIN)
    assert link(one, [one], MACHINE, MADE) == ()


VISIT = (
    "Premier Jurek Sand invited President Osk Brandel to Port Amelin on {day}. "
    "The two discussed the straits of Tessaly."
)


def visit(day: str, written: str, published: str | None = None) -> tuple[Report, Digest]:
    text = VISIT.format(day=written)
    source = report(text, title="Sand invites Brandel to Port Amelin", day=published)
    invited = event(
        text,
        "v1",
        "invited",
        "invite",
        kind="AGREE",
        actors=("Jurek Sand",),
        recipients=("Osk Brandel",),
        time="t1" if day else None,
    )
    times = (time(text, "t1", written, day),) if day else ()
    return source, digest(reading(source, invited, times=times))


def event_judgements(left: Digest, right: Digest) -> list[Judgement]:
    return by_kind(link(left, [right], MACHINE, MADE), JudgementKind.EVENT)


def test_an_invitation_of_the_same_day_is_one_event() -> None:
    _, left = visit("2031-05-04", "4 May 2031", "2031-05-05")
    _, right = visit("2031-05-04", "May 4, 2031", "2031-05-04")
    (found,) = event_judgements(left, right)
    assert found.verdict is Verdict.SAME
    assert any(r.name == "times_meet" for r in found.reasons)


def test_the_same_invitation_a_year_apart_is_two_events() -> None:
    _, left = visit("2031-05-04", "4 May 2031", "2031-05-05")
    _, right = visit("2030-05-04", "4 May 2030", "2030-05-05")
    (found,) = event_judgements(left, right)
    assert found.verdict is Verdict.DIFFERENT
    assert found.reasons[0].name == "apart"
    assert found.reasons[0].words == "times cannot meet: 2030-05-04 and 2031-05-04" or found.reasons[0].words == (
        "times cannot meet: 2031-05-04 and 2030-05-04"
    )


def test_without_dates_an_invitation_that_may_recur_is_unsure() -> None:
    _, left = visit("", "Monday")
    _, right = visit("", "Tuesday")
    (found,) = event_judgements(left, right)
    assert found.verdict is Verdict.UNSURE
    assert "no shared date" in [r.words for r in found.reasons]
    assert "both with Jurek Sand and Osk Brandel" in [r.words for r in found.reasons]


def test_publication_sets_undated_events_of_different_months_apart() -> None:
    _, left = visit("", "Monday", "2031-01-08")
    _, right = visit("", "Monday", "2031-09-10")
    (found,) = event_judgements(left, right)
    assert found.verdict is Verdict.DIFFERENT


SACKING = "The Norrail board sacked Osk Brandel as head of its harbour yards{when} over the crane affair. {rest}"


def sacking(published: str, when: str = "", day: str = "", rest: str = "Crews cheered.") -> Digest:
    """A sacking told on one day, dated in so many words only where ``day`` is given."""
    text = SACKING.format(when=f" on {when}" if when else "", rest=rest)
    source = report(text, title="Brandel out at Norrail yards", day=published)
    who = {"actors": ("The Norrail board",), "recipients": ("Osk Brandel",)}
    times = (time(text, "t1", when, day),) if day else ()
    return digest(reading(source, event(text, "v1", "sacked", "sack", time="t1" if day else None, **who), times=times))


def test_a_guess_at_its_time_holds_no_mention_apart_for_good() -> None:
    """Weeks later it is told again without its day: that it is not of these weeks is only guessed."""
    left, right = sacking("2031-01-08", "7 January", "2031-01-07"), sacking("2031-02-20", rest="Yards reopened.")
    found = event_judgements(left, right)
    assert found
    assert all("apart" not in {r.name for r in j.reasons} for j in found)
    assert "times_guessed" in {r.name for r in found[0].reasons}
    assert found[0].score > 0.0


def test_years_hold_mentions_apart_though_they_are_guessed() -> None:
    left, right = sacking("2031-01-08", "7 January", "2031-01-07"), sacking("2033-02-20", rest="Yards reopened.")
    assert all(j.verdict is Verdict.DIFFERENT for j in event_judgements(left, right))


def test_what_is_recalled_as_one_of_its_kind_is_not_the_news() -> None:
    """ "On 4 March 2030 a fire …": a year before, told with *a*, it is not the fire of the undated headline."""
    past = "Fire crews are in Lower Sallow again. On 4 March 2030 a fire at the Lund mill injured two people."
    recalled = replace(event(past, "v1", "fire at", "fire", kind="DISASTER", time="t1"), background=True)
    source = report(past, title="Lower Sallow mourns", day="2031-03-06")
    left = digest(reading(source, recalled, times=(time(past, "t1", "4 March 2030", "2030-03-04"),)))
    news = "The Lower Sallow fire killed five people."
    told = event(news, "v1", "fire", "fire", kind="DISASTER")
    right = digest(reading(report(news, title="Lower Sallow fire kills five", day="2031-03-06"), told))
    assert all(j.verdict is Verdict.DIFFERENT for j in event_judgements(left, right))


def test_two_stated_days_hold_mentions_apart_for_good() -> None:
    left, right = sacking("2031-01-08", "7 January", "2031-01-07"), sacking("2031-02-20", "19 February", "2031-02-19")
    (found,) = event_judgements(left, right)
    assert found.verdict is Verdict.DIFFERENT
    assert found.reasons[0].name == "apart"


def blaze(place: str, firm: str) -> Digest:
    text = (
        f"A fire destroyed a warehouse of {firm} in {place} on Monday. Nobody was hurt, and the cause is not known yet."
    )
    burned = event(text, "v1", "fire", "fire", kind="DISASTER", time="t1")
    source = report(text, title=f"Fire in {place}", day="2031-05-06")
    made = digest(reading(source, burned, times=(time(text, "t1", "Monday", "2031-05-05"),)))
    return replace(made, events=(replace(made.events[0], place=place.casefold()),))


def test_two_fires_of_one_day_that_name_other_places_and_firms_are_not_one() -> None:
    left, right = blaze("Port Amelin", "Osk Brandel"), blaze("Lower Sallow", "Corwin Hale")
    assert Verdict.SAME not in [j.verdict for j in event_judgements(left, right)]
    found = event_judgements(left, blaze("Port Amelin", "the Brandel works"))
    assert [j.verdict for j in found] == [Verdict.SAME]


def consulting(words: str, lemma: str, day: str, other: str = "Osk Brandel") -> Digest:
    text = (
        f"Premier Jurek Sand {words} President {other} in Port Amelin on {day}. They spoke for an hour of the straits."
    )
    source = report(text, title=f"Sand and {other} on the straits", day="2031-05-07")
    told = event(
        text, "v1", words.split()[-2] if " " in words else words, lemma, kind="CONSULT", actors=("Jurek Sand",),
        recipients=(other,), time="t1",
    )  # fmt: skip
    return digest(reading(source, told, times=(time(text, "t1", day, f"2031-05-{day.split()[0]:0>2}"),)))


def test_those_who_come_together_on_one_day_do_so_once_whatever_it_is_called() -> None:
    met = consulting("met", "meet", "5 May")
    assert [j.verdict for j in event_judgements(met, consulting("held talks with", "talk", "5 May"))] == [Verdict.SAME]
    for other in (
        consulting("held talks with", "talk", "7 May"),
        consulting("held talks with", "talk", "5 May", "Corwin Hale"),
    ):
        assert Verdict.SAME not in [j.verdict for j in event_judgements(met, other)]


def deed(words: str, anchor: str, lemma: str, kind: str | None, day: str = "5 May", *parties: str) -> Digest:
    """A report of one sentence, dated ``day``: its first party acts, the others are acted upon."""
    text = f"{words} on {day}. The harbour of Port Amelin was calm, and the straits were open to all ships."
    names = parties or ("Tarrow Lines", "Sallow Ferries")
    done = event(text, "v1", anchor, lemma, kind=kind, actors=names[:1], recipients=names[1:], time="t1")
    source = report(text, title="Tarrow Lines and Sallow Ferries", day="2031-05-07", outlet=anchor)
    return digest(reading(source, done, times=(time(text, "t1", day, f"2031-05-{day.split()[0]:0>2}"),)))


BOUGHT = deed("Tarrow Lines purchased Sallow Ferries", "purchased", "purchase", "DEAL")


def test_what_the_same_parties_do_on_one_day_is_one_deed_in_other_words_and_of_another_kind() -> None:
    (found,) = event_judgements(BOUGHT, deed("Tarrow Lines obtained Sallow Ferries", "obtained", "obtain", None))
    assert found.verdict is Verdict.SAME
    merged = deed("Tarrow Lines merged with Sallow Ferries", "merged", "merge", "DEAL")
    assert [j.verdict for j in event_judgements(BOUGHT, merged)] == [Verdict.SAME]


def test_a_deed_of_another_day_party_or_word_is_another() -> None:
    for other in (
        deed("Tarrow Lines obtained Sallow Ferries", "obtained", "obtain", None, "9 May"),
        deed(
            "Tarrow Lines obtained Brandel Yards", "obtained", "obtain", None, "5 May", "Tarrow Lines", "Brandel Yards"
        ),
        deed("Tarrow Lines sued Sallow Ferries", "sued", "sue", None),
        deed("Tarrow Lines blamed Sallow Ferries", "blamed", "blame", "ACCUSE"),
    ):
        assert Verdict.SAME not in [j.verdict for j in event_judgements(BOUGHT, other)]


def test_one_party_in_one_place_does_one_thing_of_a_kind_a_day() -> None:
    words = "Rebels of the Fell {} the old mill of Sallow near the river"
    one, two = (
        deed(words.format(w), w, lemma, "ASSAULT", "5 May", "Rebels of the Fell")
        for w, lemma in (("bombarded", "bombard"), ("struck", "strike"))
    )
    (found,) = event_judgements(*(replace(d, events=(replace(d.events[0], place="sallow"),)) for d in (one, two)))
    assert found.verdict is Verdict.SAME
    elsewhere = (replace(d, events=(replace(d.events[0], place=p),)) for d, p in ((one, "sallow"), (two, "fell")))
    assert all(j.score < found.score for j in event_judgements(*elsewhere))


def planned(words: str, day: str | None, published: str) -> Digest:
    text = f"Premier Jurek Sand will meet President Osk Brandel {words}. {words} of the meeting is all that is known."
    meets = event(
        text, "v1", "meet", "meet", kind="CONSULT", actors=("Jurek Sand", "Osk Brandel"), status=Status.PLANNED,
        time="t1" if day else None,
    )  # fmt: skip
    times = (time(text, "t1", words, day),) if day else ()
    return digest(reading(report(text, title="Sand to meet Brandel", day=published), meets, times=times))


def test_an_undated_plan_is_not_for_its_long_window_what_happens_months_later() -> None:
    plan = planned("some day", None, "2031-01-04")
    (near,) = event_judgements(plan, planned("on 20 January", "2031-01-20", "2031-01-10"))
    (far,) = event_judgements(plan, planned("on 20 April", "2031-04-20", "2031-04-10"))
    assert near.verdict is Verdict.SAME
    assert far.verdict is Verdict.UNSURE


def test_a_noun_that_takes_up_a_dated_plan_is_not_set_apart_from_it() -> None:
    text = "Premier Jurek Sand will resign on 20 May. His office gave no reason for the resignation."
    resigns = event(text, "v1", "resign", "resign", kind="CONCEDE", status=Status.PLANNED, time="t1")
    noun = event(text, "v2", "resignation", "resignation", kind="CONCEDE")
    source = report(text, day="2031-05-02")
    one = digest(reading(source, resigns, noun, times=(time(text, "t1", "20 May", "2031-05-20"),)))
    found = by_kind(link(one, [], MACHINE, MADE), JudgementKind.EVENT)
    assert "apart" not in [r.name for j in found for r in j.reasons]


def test_a_noun_that_takes_up_an_undated_plan_is_not_set_apart_from_its_fulfilment() -> None:
    text = "Premier Jurek Sand will visit Port Amelin. His office gave no details of the visit."
    plan = event(text, "v1", "visit Port", "visit", kind="CONSULT", status=Status.PLANNED, actors=("Jurek Sand",))
    noun = event(text, "v2", "visit.", "visit", kind="CONSULT", antecedent="v1")
    one = digest(reading(report(text, title="Sand in Port Amelin", day="2031-05-02"), plan, noun))
    told = "Premier Jurek Sand visited Port Amelin on 20 May. The visit lasted for two days, his office said."
    visited = event(told, "v1", "visited", "visit", kind="CONSULT", actors=("Jurek Sand",), time="t1")
    later = report(told, title="Sand in Port Amelin", day="2031-05-22")
    other = digest(reading(later, visited, times=(time(told, "t1", "20 May", "2031-05-20"),)))
    assert "apart" not in [r.name for j in event_judgements(one, other) for r in j.reasons]


def test_a_mention_that_takes_up_an_earlier_one_is_the_same_event() -> None:
    text = "Premier Jurek Sand invited President Osk Brandel to Port Amelin. The invitation was accepted at once."
    first = event(text, "v1", "invited", "invite", kind="AGREE", actors=("Jurek Sand",))
    second = event(text, "v2", "invitation", "invitation", kind="AGREE", antecedent="v1", status=Status.HAPPENED)
    source = report(text)
    found = by_kind(link(digest(reading(source, first, second)), [], MACHINE, MADE), JudgementKind.EVENT)
    assert [(j.left, j.right, j.verdict) for j in found] == [(f"{source.id}.v1", f"{source.id}.v2", Verdict.SAME)]


def told_at_length(day: str | None) -> Digest:
    """A report with two invitations' words, a meeting to come and a refusal; the day makes it another report."""
    text = (
        "Premier Jurek Sand invited President Osk Brandel to Port Amelin. The invitation followed a quarrel. "
        "Sand and Brandel will meet in May. Anka Pell refused to attend."
    )
    source = report(text, title="Sand invites Brandel", day=day)
    pair = ("Jurek Sand",), ("Osk Brandel",)
    found = reading(
        source,
        event(text, "v1", "invited", "invite", kind="AGREE", actors=pair[0], recipients=pair[1]),
        event(text, "v2", "invitation", "invitation", kind="AGREE"),
        event(text, "v3", "meet", "meet", kind="CONSULT", actors=("Sand", "Brandel"), status=Status.PLANNED),
        event(text, "v4", "refused", "refuse", kind="REJECT", actors=("Anka Pell",)),
    )
    return digest(found)


POOL = [
    told_at_length("2031-05-01"),
    told_at_length("2031-05-02"),
    digested(FIRE, title="Two die in tannery fire", day="2031-03-05"),
    digested(FIRE_AGAIN, title="Tannery blaze suspicious", day="2031-03-06"),
    digested(FIRE_A_YEAR_EARLIER, title="Three hurt in mill fire", day="2030-03-02"),
    digested(GRAIN, title="Orvania raises grain duty", day="2031-03-05"),
    visit("2031-05-04", "4 May 2031", "2031-05-05")[1],
]


@settings(max_examples=15, deadline=None)
@given(st.permutations(POOL), st.integers(0, len(POOL) - 1))
def test_the_order_of_candidates_changes_nothing(pool: list[Digest], which: int) -> None:
    new = POOL[which]
    assert link(new, pool, MACHINE, MADE) == link(new, POOL, MACHINE, MADE)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(POOL), min_size=2, unique_by=lambda d: d.report))
def test_what_is_judged_of_two_reports_depends_on_these_two_alone(pool: list[Digest]) -> None:
    new, *others = pool
    one_by_one = {j for other in others for j in link(new, [other], MACHINE, MADE)}
    assert set(link(new, others, MACHINE, MADE)) == one_by_one


@pytest.mark.parametrize("cells", [1, 60, 400_000])
def test_reports_linked_together_are_judged_as_one_by_one(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.linking.event_identity.MOST_CELLS", cells)
    waiting = [(new, POOL[:at]) for at, new in enumerate(POOL)]
    together = list(link_all(waiting, MACHINE, MADE))
    assert len(together) == len(set(together)) > len(POOL)
    assert set(together) == {j for new, others in waiting for j in link(new, others, MACHINE, MADE)}


@settings(max_examples=10, deadline=None)
@given(st.permutations(POOL))
def test_the_order_of_arrival_changes_no_judgement(pool: list[Digest]) -> None:
    def all_judged(order: list[Digest]) -> set[Judgement]:
        return {j for i, new in enumerate(order) for j in link(new, order[:i], MACHINE, MADE)}

    assert all_judged(pool) == all_judged(POOL)
