"""Causes as they are stated, in invented sentences."""

from __future__ import annotations

import pytest
from event_pages import event, page_of

# sentence | anchor | cause | kind | excluded, hedged or firm | status of the event
GRID = """
The fire was caused by an electrical fault, police in Oskar said. | fire | an electrical fault | technical | firm | happened
A gas leak caused the explosion. | explosion | A gas leak | technical | firm | happened
Twelve people died in a crash caused by black ice. | crash | black ice | natural | firm | happened
The blast, which was caused by a gas leak, killed four. | blast | a gas leak | technical | firm | happened
The bridge collapsed because of years of neglect. | collapsed | years of neglect | mistake | firm | happened
The outage was due to a failed transformer. | outage | a failed transformer | technical | firm | happened
The ministry said the deaths were due to a virus and not to poison. | deaths | a virus | natural | firm | happened
The plant was shut owing to a leak. | shut | a leak | technical | firm | happened
The delay was the result of a quarrel. | delay | a quarrel | other | firm | happened
Investigators blamed the collapse on corroded cables. | collapse | corroded cables | technical | firm | happened
The flood was blamed on a blocked canal. | flood | a blocked canal | other | firm | happened
Ministers blamed the strike for the delays. | delays | the strike | deliberate | firm | happened
The cause of the fire was a cigarette. | fire | a cigarette | mistake | firm | happened
Faulty wiring was the cause of the fire. | fire | Faulty wiring | technical | firm | happened
Experts identified a cracked valve as the cause of the spill. | spill | a cracked valve | technical | firm | happened
The blackout resulted from a software error. | blackout | a software error | mistake | firm | happened
Heavy rain triggered the landslide. | landslide | Heavy rain | natural | firm | happened
The police said that a short circuit had set off the blaze. | blaze | a short circuit | technical | firm | happened
The derailment led to the closure of the line. | closure | The derailment | other | firm | happened
Police ruled out arson as the cause of the blaze. | blaze | arson | deliberate | excluded | happened
The crash was not caused by the weather. | crash | the weather | natural | excluded | happened
Officials denied that the fire was caused by arson. | fire | arson | deliberate | excluded | happened
The explosion may have been caused by a gas leak. | explosion | a gas leak | technical | hedged | happened
It was not clear whether the crash was caused by fog. | crash | fog | natural | hedged | happened
Police are investigating whether arson caused the blaze. | blaze | arson | deliberate | hedged | happened
The outbreak is believed to have been caused by spoiled fish. | outbreak | spoiled fish | other | hedged | happened
No deaths were caused by the storm. | deaths | - | - | - | did_not_happen
It is not known what caused the fire. | fire | - | - | - | happened
The crash came after heavy rain. | crash | - | - | - | happened
Mara Dell caused the fire. | fire | - | - | - | happened
""".strip().splitlines()  # noqa: E501 – rows of cases


@pytest.mark.parametrize("row", GRID)
def test_a_stated_cause(row):
    sentence, anchor, text, kind, how, status = (cell.strip() for cell in row.split("|"))
    found = event(page_of(sentence), anchor)
    assert found.status.value == status
    if text == "-":
        assert found.cause is None
        return
    cause = found.cause
    assert cause is not None
    assert (cause.text, sentence[cause.start : cause.end], cause.kind) == (text, text, kind)
    assert how == ("excluded" if cause.excluded else "hedged" if cause.hedged else "firm")


def test_who_denies_a_cause_does_not_deny_the_event():
    page = page_of("Officials in Tarn denied that the fire was caused by arson.")
    fire = event(page, "fire")
    (claim,) = [c for c in page.claims if c.event == fire.id]
    assert (claim.status.value, claim.stance.value) == ("happened", "asserts")
