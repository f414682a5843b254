# ruff: noqa: E501 – one case a line
"""Who tells of himself: pronouns that are somebody nearer, labels before a colon, things that have no voice."""

from __future__ import annotations

import pytest
from event_pages import attribution, event, page_of

from onrecord.model import Authority, SourceKind, Stance

# text | source | kind | cue | content | anchor | authority
CASES = """
The board said that it had closed the road to Sarn. | The board | office | said | it had closed the road to Sarn | closed | party
Velmark has called on Sarn to help convince Grauland to stop its attacks. | Velmark | office | called on | Sarn to help convince Grauland to stop its attacks | attacks | other
The court in a talk with Brandel Mills said it would release the men. | The court | office | said | it would release the men | release | party
Ana Tolm said she had sued the school. | Ana Tolm | named | said | she had sued the school | sued | party
Ana Tolm said Ella Behl knew that she had been sued. | Ana Tolm | named | said | Ella Behl knew that she had been sued | sued | other
Ana Tolm said Piet Maas reached out to her and paid her. | Ana Tolm | named | said | Piet Maas reached out to her and paid her | reached | party
The board noted that the new rules limit boats but have not banned it. | The board | office | noted | the new rules limit boats but have not banned it | banned | other
The board said they had inspected a boat in March, suspected of carrying arms to Sarn. | The board | office | said | they had inspected a boat in March, suspected of carrying arms to Sarn | inspected | party
The board said they had inspected a boat in March, suspected of carrying arms to Sarn. | The board | office | said | they had inspected a boat in March, suspected of carrying arms to Sarn | carrying | other
The board said that they seized and searched a Sarn-flagged boat that on Monday attacked the port. | The board | office | said | that they seized and searched a Sarn-flagged boat that on Monday attacked the port | attacked | other
It will close the road to Sarn, the ministry said. | the ministry | office | said | It will close the road to Sarn | close | party
The road to Sarn was closed after it had burned, the board said. | the board | office | said | The road to Sarn was closed after it had burned | burned | other
Ana Tolm: Nine rebels robbed the bank. | Ana Tolm | named | : | Nine rebels robbed the bank. | robbed | other
The board and the navy said that the boat, launched on a lake near the border, appeared to have reached the coast. | The board and the navy | office | said | that the boat, launched on a lake near the border, appeared to have reached the coast | reached | other
The ministry promised to "punish harshly" the rebels of Sarn. | The ministry | office | promised | to "punish harshly" the rebels of Sarn | punish | party
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


def _told(row: tuple[str, ...]):
    text, source, kind, cue, content, anchor = row[:6]
    bare = page_of(text)
    at = text.index(source)
    speaker = bare.mention_of(at, at + len(source))
    made = attribution(
        text, source, cue, content, Stance.ASSERTS, source_kind=SourceKind(kind),
        source_entity=speaker.entity if speaker else None,
    )  # fmt: skip
    page = page_of(text, (made,))
    return next(c for c in page.claims if c.event == event(page, anchor).id)


@pytest.mark.parametrize("row", ROWS, ids=[f"{r[0]}"[:70] for r in ROWS])
def test_who_tells_of_himself(row: tuple[str, ...]) -> None:
    assert _told(row).authority is Authority(row[6])


def test_two_who_speak_are_not_she() -> None:
    text = "Ana Tolm and Piet Maas said she had sued the school."
    bare = page_of(text)
    tolm = bare.mention_of(0, 8)
    made = attribution(
        text, "Ana Tolm and Piet Maas", "said", "she had sued the school", Stance.ASSERTS,
        source_entity=tolm.entity if tolm else None, number="several",
    )  # fmt: skip
    page = page_of(text, (made,))
    assert next(c for c in page.claims if c.event == event(page, "sued").id).authority is Authority.OTHER


# text | source | kind | cue | content | anchor | holder
VOICES = """
Parameters like the angle of the Moon revealed that the bridge collapsed. | Parameters like the angle of the Moon | office | revealed | the bridge collapsed | collapsed | The Tarn Courier
A lesson from Ana Tolm: Rebels attacked the port. | A lesson from Ana Tolm | unnamed | : | Rebels attacked the port. | attacked | The Tarn Courier
The council came under criticism for attacking the port. | The council | office | came under criticism for | attacking the port | attacking | The Tarn Courier
The council came under withering criticism for attacking the port. | The council | office | came under withering criticism for | attacking the port | attacking | The Tarn Courier
The council drew criticism for attacking the port. | The council | office | drew criticism for | attacking the port | attacking | The Tarn Courier
The council ignored that rebels attacked the port. | The council | office | ignored | that rebels attacked the port | attacked | The Tarn Courier
It emerged that rebels attacked the port. | It | office | emerged | rebels attacked the port | attacked | The Tarn Courier
According to the police inquiry, rebels attacked the port. | the police inquiry | office | According to | rebels attacked the port | attacked | the police inquiry
The Bank of Sarn, the largest in the land, said rebels attacked the port. | The Bank of Sarn, the largest in the land, | office | said | rebels attacked the port | attacked | The Bank of Sarn
The board, which met on Monday, said rebels attacked the port. | The board, which met on Monday, | office | said | rebels attacked the port | attacked | The board
Police and the army, and the mayor, said rebels attacked the port. | Police and the army, and the mayor, | office | said | rebels attacked the port | attacked | Police and the army, and the mayor,
"""
SPOKEN = [tuple(part.strip() for part in line.split("|")) for line in VOICES.strip().splitlines()]


@pytest.mark.parametrize("row", SPOKEN, ids=[r[0][:70] for r in SPOKEN])
def test_who_has_a_voice_and_by_which_name(row: tuple[str, ...]) -> None:
    text, source, kind, cue, content, anchor, holder = row
    made = attribution(text, source, cue, content, Stance.ASSERTS, source_kind=SourceKind(kind))
    page = page_of(text, (made,))
    assert next(c for c in page.claims if c.event == event(page, anchor).id).holder.name == holder


# text | source | cue | content | anchor | authority: an office confirms what it tells, not what it speaks of in general
IN_GENERAL = """
Sarn police said two men died in a fire. | Sarn police | said | two men died in a fire | died | responsible
Sarn police said they would keep women safe from assaults. | Sarn police | said | they would keep women safe from assaults | assaults | other
Sarn police said they would help women after the assaults. | Sarn police | said | they would help women after the assaults | assaults | responsible
Sarn police said the land must live with droughts, storms and floods. | Sarn police | said | the land must live with droughts, storms and floods | floods | other
Sarn police put the number of dead at 13. | Sarn police | put | the number of dead at 13 | dead | responsible
Sarn police confirmed deaths. | Sarn police | confirmed | deaths | deaths | responsible
Sarn police said if you had a group that was killing people you would stop. | Sarn police | said | if you had a group that was killing people you would stop | killing | other
"""
GENERAL = [tuple(part.strip() for part in line.split("|")) for line in IN_GENERAL.strip().splitlines()]


@pytest.mark.parametrize("row", GENERAL, ids=[r[0][:70] for r in GENERAL])
def test_what_an_office_speaks_of_in_general_it_does_not_confirm(row: tuple[str, ...]) -> None:
    text, source, cue, content, anchor, expected = row
    made = attribution(text, source, cue, content, Stance.ASSERTS, source_kind=SourceKind.OFFICE)
    page = page_of(text, (made,))
    claim = next(c for c in page.claims if c.event == event(page, anchor).id)
    assert claim.authority is Authority(expected)


def test_nobody_reached_for_comment_holds_nothing() -> None:
    page = page_of("The mill could not be reached for comment. Rebels attacked the port.")
    told = {e.anchor.text: e.id for e in page.events}
    assert told.get("comment") not in {c.event for c in page.claims}
    assert told["attacked"] in {c.event for c in page.claims}
