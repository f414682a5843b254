"""The layout of reports: every kind of part, and what must stay body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.dates import stamp
from onrecord.inputs.layout import Hints, Layout, recognise

BODY = "The ferry to Norrhaven will sail again on Friday, the port said.\nTickets cost four crowns.\n"


def parts(text: str, layout: Layout) -> list[tuple[str, str]]:
    return [(p.kind.value, text[p.start : p.end]) for p in layout.parts]


def test_headline_standfirst_byline_date_and_body() -> None:
    text = (
        "Ferry to Norrhaven sails again\nService had been halted since the January storm\n\n"
        "By Ada Lorne and Tom Vale, Staff Writers\nMonday, 3 March 2025 14:05 GMT\n\n" + BODY
    )
    layout = recognise(text)
    assert parts(text, layout) == [
        ("headline", "Ferry to Norrhaven sails again"),
        ("standfirst", "Service had been halted since the January storm"),
        ("byline", "By Ada Lorne and Tom Vale, Staff Writers"),
        ("dateline", "Monday, 3 March 2025 14:05 GMT"),
    ]
    assert layout.title == "Ferry to Norrhaven sails again"
    assert layout.byline == "Ada Lorne and Tom Vale"
    assert layout.published is not None
    assert (layout.published.value, layout.published.origin) == ("2025-03-03T14:05:00Z", "text")


def test_a_standfirst_with_a_full_stop_stands_before_the_byline() -> None:
    text = "Ferry sails again\nThe port says the pier is safe.\nBy Ada Lorne\n" + BODY
    assert parts(text, recognise(text))[1] == ("standfirst", "The port says the pier is safe.")


@pytest.mark.parametrize(
    ("start", "dateline", "place", "credits"),
    [
        ("HARVEN, Oct 13 (Reuters) – The", "HARVEN, Oct 13 (Reuters)", "HARVEN", ("Reuters",)),
        ("NORRHAVEN (AP) _ The", "NORRHAVEN (AP)", "NORRHAVEN", ("Associated Press",)),
        ("NORRHAVEN, Ostland (AP)_ The", "NORRHAVEN, Ostland (AP)", "NORRHAVEN, Ostland", ("Associated Press",)),
        ("HARVEN, Ostland — The", "HARVEN, Ostland", "HARVEN, Ostland", ()),
        ("HARVEN, 3 March 2025 - The", "HARVEN, 3 March 2025", "HARVEN", ()),
        ("Harven (AFP) - The", "Harven (AFP)", "Harven", ("Agence France-Presse",)),
        ("Harven, March 3 (Ostpress) - The", "Harven, March 3 (Ostpress)", "Harven", ("Ostpress",)),
        ("(Bloomberg) -- The", "(Bloomberg)", None, ("Bloomberg",)),
        ("PORT NORR - The", "PORT NORR", "PORT NORR", ()),
    ],
)
def test_datelines(start: str, dateline: str, place: str | None, credits: tuple[str, ...]) -> None:
    text = f"{start} ferry will sail again on Friday, the port said.\nTickets cost four crowns.\n"
    layout = recognise(text)
    assert (layout.dateline, layout.place, layout.credits) == (dateline, place, credits)
    [(kind, stretch)] = parts(text, layout)
    assert kind == "dateline"
    assert text.startswith(stretch)
    assert len(stretch) < len(start)


def test_a_dateline_with_day_and_year_dates_the_report() -> None:
    text = "HARVEN, 3 March 2025 - The ferry sails on Friday.\nTickets cost four crowns.\n"
    found = recognise(text).published
    assert found is not None
    assert (found.value, found.origin) == ("2025-03-03", "text")


@pytest.mark.parametrize(
    "text",
    [
        "NATO - the alliance of the north - met on Friday.\nIt met again on Monday.\n",
        "THE FERRY - IT SAILS ON FRIDAY, THE PORT SAID, AND THE FARES ARE LOW.\nTICKETS COST FOUR CROWNS.\n",
        "The ferry - an old one - sails again on Friday.\nTickets cost four crowns.\n",
        "FILE - The ferry in the harbour on a day in May.\nTickets cost four crowns.\n",
    ],
)
def test_no_datelines(text: str) -> None:
    assert recognise(text).dateline is None


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        (
            "UPDATE 8:38 PM Israel time: The port confirmed it.",
            "UPDATE 8:38 PM Israel time:",
            "2025-03-03T20:38:00+02:00",
        ),
        ("UPDATE (5:30 p.m. ET): The port confirmed it.", "UPDATE (5:30 p.m. ET):", "2025-03-03T17:30:00-05:00"),
        ("UPDATE: The port confirmed it.", "UPDATE:", None),
        ("Updated: 4 March 2025 14:05 GMT", "Updated: 4 March 2025 14:05 GMT", "2025-03-04T14:05:00Z"),
        (
            "Last updated on March 4, 2025 at 9:10 am GMT",
            "Last updated on March 4, 2025 at 9:10 am GMT",
            "2025-03-04T09:10:00Z",
        ),
        ("UPDATE 11/28 12:45 p.m.: The port confirmed it.", "UPDATE 11/28 12:45 p.m.:", None),
        ("CORRECTION: An earlier report gave a wrong fare.", "CORRECTION:", None),
    ],
)
def test_updates(line: str, label: str, value: str | None) -> None:
    text = f"Ferry sails again\n{line}\n{BODY}"
    layout = recognise(text, Hints(published=stamp("2025-03-03", "field")))
    assert ("update", label) in parts(text, layout)
    assert (layout.updated.value if layout.updated else None) == value


def test_a_clock_time_without_a_known_day_is_no_update_time() -> None:
    text = "Ferry sails again\nUPDATE 8:38 PM Israel time: The port confirmed it.\n" + BODY
    layout = recognise(text)
    assert ("update", "UPDATE 8:38 PM Israel time:") in parts(text, layout)
    assert layout.updated is None


def test_updated_figures_are_body() -> None:
    text = "Updated figures show that the ferry carried 900 people.\nCorrection officers were among them.\n"
    assert recognise(text).parts == ()


@pytest.mark.parametrize(
    ("line", "credits", "outlet"),
    [
        ("(Reporting by Ada Lorne; Editing by Tom Vale)", (), None),
        ("The Associated Press contributed to this report.", ("Associated Press",), None),
        ("Ada Lorne in Harven contributed to this report.", (), None),
        ("The Harven Post’s Tom Vale contributed to this story.", ("Harven Post",), None),
        ("(Reuters)", ("Reuters",), None),
        ("The Norrhaven News Staff is a team of journalists on the coast.", (), "Norrhaven News"),
    ],
)
def test_credits(line: str, credits: tuple[str, ...], outlet: str | None) -> None:
    text = f"{BODY}The port is old.\n{line}\n"
    layout = recognise(text)
    assert parts(text, layout) == [("credit", line)]
    assert (layout.credits, layout.outlet) == (credits, outlet)


def test_a_credit_at_the_end_of_a_paragraph() -> None:
    text = BODY + "The port is old. (Reporting by Ada Lorne; Editing by Tom Vale)"
    assert parts(text, recognise(text)) == [("credit", "(Reporting by Ada Lorne; Editing by Tom Vale)")]


BOILERPLATE = [
    "Sign up for our newsletter",
    "Sign up here to get the morning briefing in your inbox.",
    "Read more",
    "Read more: Ferry fares rise",
    "Share this",
    "Share on Facebook",
    "Click here for the full list",
    "© 2025 Norrhaven News. All rights reserved.",
    "All rights reserved",
    "We use cookies to give you the best experience.",
    "Advertisement",
    "Photo: Ada Lorne",
    "Follow us on Twitter",
    "Facebook",
    "Subscribe now",
    "Related articles",
    "https://norrhaven.example/ferry",
    "Download our app",
    "(Photo by Tom Vale)",
    "By continuing you agree to our terms of use.",
    "Comments (12)",
    "Tags: ferry, port",
    "Loading...",
    "View this email in your browser",
]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate(line: str) -> None:
    text = f"{BODY}{line}\nThe port is old.\n"
    assert parts(text, recognise(text)) == [("boilerplate", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Followers of the old ferry wept.",
        "Terms of the sale were not disclosed.",
        "Shares fell after the accident.",
        "Photographs show the pier under water.",
        "Subscribers to the line were told on Friday.",
        "Readers wrote to the port.",
        "By Monday the river had risen.",
        "Advertisements for the ferry were taken down.",
        "Video shows the pier sinking.",
    ],
)
def test_body_that_only_begins_like_boilerplate(line: str) -> None:
    text = f"{BODY}{line}\nThe port is old.\n"
    assert recognise(text).parts == ()


def test_links_after_a_related_label() -> None:
    text = BODY + "Read more:\nFerry fares rise again\nPort chief leaves after storm\n"
    assert [k for k, _ in parts(text, recognise(text))] == ["boilerplate"] * 3


def test_only_boilerplate_has_no_body() -> None:
    assert not recognise("Sign up for our newsletter\nShare this\nAll rights reserved\n").body


@pytest.mark.parametrize("line", ["Ferry sails again.", "Ferry Sails Again", "FERRY SAILS AGAIN"])
def test_a_known_title_is_a_headline_only_where_the_text_repeats_it(line: str) -> None:
    text = f"{line}\n\n{BODY}"
    assert parts(text, recognise(text, Hints(title="Ferry sails again"))) == [("headline", line)]
    assert recognise(BODY, Hints(title="Ferry sails again")).parts == ()


def test_a_title_with_the_sites_name() -> None:
    text = "Ferry to Norrhaven sails again after repairs\n" + BODY
    layout = recognise(text, Hints(title="Ferry to Norrhaven sails again after repairs | Norrhaven News"))
    assert [k for k, _ in parts(text, layout)] == ["headline"]


def test_hard_wrapped_text_has_no_false_headline() -> None:
    text = "The ferry to Norrhaven will sail again on Friday, the\nport said. Tickets cost four crowns.\n"
    assert recognise(text).parts == ()


def test_a_wrapped_headline_is_one_headline() -> None:
    text = "Ferry to Norrhaven sails again after nine months\nof repairs to the pier\n\n" + BODY
    assert recognise(text).title == "Ferry to Norrhaven sails again after nine months of repairs to the pier"


def test_markdown() -> None:
    text = "---\ntitle: x\n---\n\n# Ferry sails again\n\n*By Ada Lorne*\n\n" + BODY
    layout = recognise(text, Hints(markdown=True))
    assert layout.title == "Ferry sails again"
    assert layout.byline == "Ada Lorne"


def test_a_copyright_line_names_the_outlet() -> None:
    assert recognise(BODY + "© 2025 Norrhaven News\n").outlet == "Norrhaven News"
    assert recognise(BODY + "Copyright 2025 The Associated Press. All rights reserved.\n").credits == (
        "Associated Press",
    )


@given(st.text(alphabet=st.sampled_from("Ab1 .,:-–(\n\r©U|'\""), max_size=300), st.booleans())
def test_parts_are_ordered_inside_the_text_and_apart(text: str, markdown: bool) -> None:
    last = 0
    for part in recognise(text, Hints(markdown=markdown)).parts:
        assert last <= part.start < part.end <= len(text)
        last = part.end
