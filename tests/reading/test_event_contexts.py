"""Contexts of PLOVER events, in invented sentences: exactly these, beyond none."""

from __future__ import annotations

import pytest
from event_pages import event, page_of

# sentence | anchor | contexts
GRID = """
Varland's navy seized a trawler off Kuresk. | seized | military
Kuresk expelled the ambassador of Varland. | expelled | diplomatic
The court in Tarn rejected the appeal of the former mayor. | rejected | legal
Lawmakers rejected the bill on Tuesday. | rejected | legislative
Thousands protested against a rise in fuel prices. | protested | economic
Thousands marched for press freedom in Oskan. | marched | pro-democracy rights_freedoms
Police arrested a banker over bribery and embezzlement. | arrested | corruption
Police arrested two men for smuggling cocaine. | arrested | illegal_drugs trafficking
Hackers attacked the ministry with ransomware. | attacked | cyber
The government accused Kuresk of spreading disinformation. | accused | misinformation
The two sides agreed to hold talks on the disputed border. | agreed | territory
Varland deployed peacekeepers to Oskan. | deployed | peacekeeping
Rights groups accused the army of torture. | accused | human_rights military
Villagers protested against deforestation. | protested | environment
Kuresk threatened to resume uranium enrichment. | threatened | cbrn
Nurses protested over the shortage of vaccines. | protested | health
Varland offered food aid to families displaced by the flood. | offered | disasters human_security
Kuresk deported forty migrants. | deported | migration
A suicide bomber attacked a market in Tarn. | attacked | terrorism
Bill Christian criticised the plan. | criticised | -
Rebels attacked a village near Tarn. | attacked | -
The minister visited Oskan. | visited | -
""".strip().splitlines()


@pytest.mark.parametrize("row", GRID)
def test_what_the_words_of_the_sentence_tell(row):
    sentence, anchor, names = (cell.strip() for cell in row.split("|"))
    found = event(page_of(sentence), anchor)
    told = set(found.contexts)
    if names == "-":
        assert not told - {"diplomatic", "military"}  # what the code alone implies
        return
    assert set(names.split()) <= told


def test_the_codes_contexts_come_first_and_none_twice():
    found = event(page_of("Varland's army bombed the town of Tarn, where soldiers of Kuresk were."), "bombed")
    assert found.contexts[0] == "military"
    assert len(set(found.contexts)) == len(found.contexts)


def test_an_event_of_the_news_scheme_has_none():
    found = event(page_of("Twelve people died in a flood in Tarn."), "died")
    assert (found.scheme, found.contexts) == ("news", ())
