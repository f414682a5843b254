"""Claims: each event mention as held by one holder, the holder's stance applied.

Speech and states have no claims of their own. ``sequence`` is the order of telling as the text gives it: 0 the
background, 1 the body, one more for what is told to have been said after something told before, above all of these an
update's paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.model import (
    Attribution,
    Authority,
    Certainty,
    Claim,
    EventMention,
    Holder,
    Participant,
    PartKind,
    QuoteForm,
    SourceKind,
    Span,
    Stance,
    Status,
    TextSpan,
)
from onrecord.reading.attribution_quotes import is_quoted
from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree, tree_of
from onrecord.reading.holders import authority_of, chain_of, unspecified
from onrecord.reading.page import Page, step
from onrecord.reading.saying_acts import caller_off, holder_by_act, toll_teller
from onrecord.reading.self_reference import without_others
from onrecord.reading.status_reported import carries, definite, presupposed
from onrecord.reading.status_scope import asked_for
from onrecord.reading.status_signatures import status_words
from onrecord.reading.voices import has_no_voice

_BACKGROUND, _BODY = 0, 1
_NOBODY = frozenset({"nobody", "no one", "no-one", "none"})
_AUTHOR = frozenset({"i", "we"})
_LONGEST_WORDS = 700
_NEAR = 6  # sentences
_ACCUSING = frozenset({"accuse", "blame", "allege"})
_CONFLICT, _OF_LAW = frozenset({3, 4}), frozenset({"COP", "JUD"})
_AFTER = frozenset(["after", "later", "subsequently", "since", "afterwards", "afterward", "following", "then"])
_REACTIONS = words()["claims.reactions"]
_TOPICS = words()["claims.topics"]
_GRANTED = words()["claims.granted"]
# Acts of speech by which one holds something about what one will do or did.
_COMMITTING = words()["claims.committing"]
_FALSELY = words()["claims.falsely"]
_PARTICULAR = frozenset({"det", "poss", "nummod"})
_BEFORE_A_NOUN = frozenset({"NOUN", "PROPN", "ADJ", "PART"})
_IGNORING = frozenset({"ignore", "overlook", "disregard", "neglect", "forget"})  # "ignores that the dam leaks"
_REACHED = frozenset({"reach", "request", "contact", "ask", "respond", "available", "approach", "call"})
_SUPPOSING = frozenset({"if", "unless", "lest"})
_NO_MORE = frozenset({"more", "further", "beyond", "detail", "details", "elaborate"})
_SPEECH = words()["speech_verbs"]
_NEUTRAL_TO = {
    Stance.QUESTIONS: (Status.UNKNOWN, Certainty.UU),
    Stance.DECLINES_TO_COMMENT: (Status.UNKNOWN, Certainty.UU),
    Stance.EXPECTS: (Status.EXPECTED, Certainty.PR_PLUS),
    Stance.WANTS: (Status.POSSIBLE, Certainty.UU),
    Stance.ASKS: (Status.POSSIBLE, Certainty.UU),
    Stance.PROMISES: (Status.PLANNED, Certainty.PR_PLUS),
    Stance.THREATENS: (Status.POSSIBLE, Certainty.PS_PLUS),
}
_FLIPPED = {
    Certainty.CT_PLUS: Certainty.CT_MINUS,
    Certainty.PR_PLUS: Certainty.PR_MINUS,
    Certainty.PS_PLUS: Certainty.PS_MINUS,
}


@dataclass(slots=True)
class _Telling:
    """What is needed of a page to make its claims."""

    page: Page
    tree: Tree
    by_id: dict[str, Attribution]
    updates: list[Span]
    times: dict[str, tuple[datetime | None, datetime | None]]
    chains: dict[str | None, tuple[Holder, ...]]
    authors: frozenset[str]  # attributions to the report's author


def _run(page: Page) -> None:
    telling = _Telling(
        page,
        tree_of(page),
        {a.id: a for a in page.attributions},
        _update_paragraphs(page),
        {t.id: (t.earliest, t.latest) for t in page.times},
        {},
        _by_the_author(page),
    )
    kinds = {a.token: a.kind for a in page.doc.user_data.get("onrecord_anchors", [])}
    excused = _reasons_for_anonymity(page)
    for event in page.events:
        if any(low <= event.anchor.start < high for low, high in excused):
            continue
        if _asked_for_comment(telling.tree, event):
            continue
        if held(event, kinds.get(telling.tree.at.get(event.anchor.start, -1), "verb")):
            page.claims.append(_claim(telling, event, f"c{len(page.claims) + 1}"))
    _order(telling)


def _reasons_for_anonymity(page: Page) -> list[tuple[int, int]]:
    """Where a report tells why a source is not named, "because the visit is not announced yet": no news of its own."""
    found = []
    for attribution in page.attributions:
        if attribution.anonymity_reason and attribution.source:
            about = page.sentences[page.sentence_at(attribution.source[0].start)]
            start = page.text.find(attribution.anonymity_reason, about.start)
            if start >= 0:
                found.append((start, start + len(attribution.anonymity_reason)))
    return found


def held(event: EventMention, kind: str) -> bool:
    """Is an event mention something one can hold to have happened: no mere saying, state, attribute, light verb?

    ``kind`` is its anchor's; a saying that is an act of its own ("said it would help": AGREE) is held.
    """
    if kind in ("light", "state", "hint", "attribute") or event.type == "STATEMENT":
        return False
    return event.type is not None or kind != "speech"


def _asked_for_comment(tree: Tree, event: EventMention) -> bool:
    """ "could not be reached for comment": nobody said anything, and nobody says that anybody did."""
    i = tree.at.get(event.anchor.start)
    if i is None or tree.lemma[i] != "comment" or tree.dep[i] != "pobj":
        return False
    return tree.lower[tree.head[i]] == "for" and any(tree.lemma[k] in _REACHED for k in tree.ancestors(i))


def _claim(telling: _Telling, event: EventMention, name: str) -> Claim:
    page = telling.page
    attribution = _holding(telling, event)
    caller = caller_off(page, telling.tree, event)
    chain = _chain(telling, attribution)
    teller = caller or (toll_teller(page, telling.tree, event) if event.quantities else None)
    if attribution is None and (acting := holder_by_act(page, teller)) is not None:
        chain = (*chain, acting)
    hearsay = _hearsay(telling, event)
    if hearsay and attribution is None:
        chain = (*chain, unspecified())
    holder = chain[-1]
    status, certainty = _under_stance(telling, event, attribution)
    source = " ".join(s.text for s in attribution.source) if attribution else teller.text if teller else ""
    stance = _stance(telling, event, attribution)
    earliest, latest = _said(telling, event, attribution)
    return Claim(
        id=name,
        event=event.id,
        holder=holder,
        chain=chain,
        stance=stance,
        status=status,
        certainty=certainty,
        factuality=_held_number(status, certainty),
        authority=_authority(telling, event, attribution, holder, source, caller),
        words=_words(page, event),
        hedged=hearsay or (attribution is not None and attribution.hedged) or _vague(holder, status),
        attribution=attribution.id if attribution else None,
        sequence=_BACKGROUND if event.background else _BODY,
        said_earliest=earliest,
        said_latest=latest,
    )


def _authority(
    telling: _Telling,
    event: EventMention,
    attribution: Attribution | None,
    holder: Holder,
    source: str,
    caller: Participant | None,
) -> Authority:
    """How the holder stands to the event: who accuses others, or says what they are about to do to him, knows less.

    Then only who does it himself is a party; of an accusation police and courts may still be the office responsible.
    """
    event = _with_people(telling, event, caller)
    accusing = attribution is not None and bool(_cue_words(telling, attribution) & _ACCUSING)
    ahead = event.status in (Status.PLANNED, Status.EXPECTED) and (event.type is None or event.quad in _CONFLICT)
    if accusing or (ahead and event.actors):
        event = replace(event, recipients=())
    event = without_others(telling.page, telling.tree, holder, attribution, event)
    found = authority_of(telling.page, holder, source, event)
    if found is not Authority.RESPONSIBLE:
        return found
    if (accusing and holder.sector not in _OF_LAW) or _in_general(telling, event, attribution):
        return Authority.OTHER
    return found


def _in_general(telling: _Telling, event: EventMention, attribution: Attribution | None) -> bool:
    """ "to prevent assaults like those", "a danger seen in storms", "if you had a group that was killing people".

    No office confirms what it speaks of in general, or only supposes.
    """
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    if i is None or attribution is None:
        return False
    if any(tree.lower[k] in _SUPPOSING for up in (i, *tree.ancestors(i)) for k in tree.children(up, "mark")):
        return True
    named = any(p.text != p.text.lower() for p in (*event.actors, *event.recipients))
    if (named and tree.tag[i] == "NN") or event.time or event.place or event.quantities:
        return False
    if tree.pos[i] != "NOUN" or tree.dep[i] == "compound" or _heads_content(telling, event, attribution):
        return False
    while tree.dep[i] == "conj" and tree.pos[tree.head[i]] == "NOUN":  # "droughts, storms and floods"
        if _is_particular(tree, i):
            return False
        i = tree.head[i]
    return not _is_particular(tree, i)


def _is_particular(tree: Tree, i: int) -> bool:
    """Whether a noun is one thing, or so many: "the attack", "two attacks", "his New Year's Day attack"."""
    first = i
    while first and tree.sentence[first - 1] == tree.sentence[i] and tree.pos[first - 1] in _BEFORE_A_NOUN:
        first -= 1
    before = range(max(first - 1, 0), i)
    return any(tree.dep[k] in _PARTICULAR for k in tree.kids[i]) or any(
        tree.pos[k] in ("DET", "NUM") or tree.tag[k] == "PRP$" for k in before
    )


def _by_nobody(telling: _Telling, attribution: Attribution, outer: Attribution | None) -> bool:
    """Told without a holder in the report's own words, which are whose it is then.

    "Is expected", "is seen as"; "it underlines that", where "it" is no one who could say something; and what a report
    tells in the first person outside of quotations.
    """
    if attribution.source and (has_no_voice(telling.page, attribution) or attribution.id in telling.authors):
        return True
    if attribution.source:
        return attribution.source[0].text.lower() in _NOBODY  # "nobody had expected it"
    return outer is not None or (not attribution.hedged and attribution.quote is QuoteForm.INDIRECT)


def _by_the_author(page: Page) -> frozenset[str]:
    """Attributions to "I", in a column: no quotation stands around it, and nobody else is made to say it."""
    own = [
        a
        for a in page.attributions
        if len(a.source) == 1 and a.source[0].text.lower() in _AUTHOR and a.within is None and a.source_entity is None
    ]
    return frozenset(a.id for a in own if not is_quoted(page, a.source[0].start))


def _holding(telling: _Telling, event: EventMention) -> Attribution | None:
    """The innermost attribution whose source holds the event: not the intention of one who is to act.

    In "Rossi plans to resign" Rossi holds nothing to have happened; the plan is the report's to tell.
    """
    attribution = telling.by_id.get(event.attribution or "")
    for _ in range(8):
        if attribution is None:
            return None
        outer = telling.by_id.get(attribution.within or "")
        if (
            _own_intention(telling, event, attribution)
            or _by_nobody(telling, attribution, outer)
            or _unforeseen(telling, event, attribution)
            or _topic(telling, attribution)
            or _belies(telling, attribution)
            or bool(_cue_words(telling, attribution) & _IGNORING)
            or _only_hearsay(telling, attribution)
            or _what_is_denied(telling, event, attribution)
        ):
            attribution = outer
            continue
        return attribution
    return attribution


def _belies(telling: _Telling, attribution: Attribution | None) -> bool:
    """ "as the Courier wrongly reported": what was said is not so, by the word of who tells of it."""
    return attribution is not None and bool(_cue_words(telling, attribution) & _FALSELY)


def _what_is_denied(telling: _Telling, event: EventMention, attribution: Attribution) -> bool:
    """ "rejected claims that", "denied the accusations": that they were made is not denied.

    Nor is anything said on what a rejected request is for ("rejected a motion to unseal the letters"), or of whom
    something is denied to: "denied access to the ships that had fired".
    """
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    if i is None or attribution.stance is not Stance.DENIES:
        return False
    cues = {t.i for t in telling.page.tokens_of(attribution.cue)}
    for step_up, k in enumerate((i, *tree.ancestors(i))):
        if tree.head[k] in cues and k not in cues:
            if any(tree.lemma[m] in _GRANTED for m in tree.children(tree.head[k], "dobj", "nsubjpass")):
                return True
            taken = tree.dep[k] in ("dobj", "nsubjpass")
            return taken and (asked_for(tree, k, tree.lemma[tree.head[k]]) or (not step_up and carries(tree, k)))
    return False


def _only_hearsay(telling: _Telling, attribution: Attribution) -> bool:
    """ "Farmers | reportedly marched": the cue is that word; its clause's subject says nothing."""
    said = _cue_words(telling, attribution)
    return bool(said & status_words()["hearsay_adverbs"]) and not said & _SPEECH


def _cue_words(telling: _Telling, attribution: Attribution) -> set[str]:
    """The words of a cue and the adverbs that hang on them: forms and lemmas."""
    tokens = telling.page.tokens_of(attribution.cue)
    return {w for t in (*tokens, *(c for t in tokens for c in t.lefts)) for w in (t.lower_, t.lemma_.lower())}


def _unforeseen(telling: _Telling, event: EventMention, attribution: Attribution) -> bool:
    """ "The ministry had not foreseen the attack": who did not expect it is not the one who tells of it."""
    i = telling.tree.at.get(event.anchor.start)
    if i is None or attribution.stance is not Stance.EXPECTS or event.status is not Status.HAPPENED:
        return False
    verb = telling.tree.head[i]
    return telling.tree.within(verb, attribution.cue) and presupposed(telling.tree, i, verb)


def _topic(telling: _Telling, attribution: Attribution) -> bool:
    """ "The ministers discussed the attack": who speaks about a thing does not tell of it."""
    cues = [t.i for t in telling.page.tokens_of(attribution.cue)]
    verbs = [telling.tree.lemma[i] for i in cues if telling.tree.pos[i] == "VERB"]
    return bool(verbs) and all(verb in _TOPICS for verb in verbs)


def _own_intention(telling: _Telling, event: EventMention, attribution: Attribution) -> bool:
    """Is the cue a verb of will whose infinitive the event stands in: "plans to meet", "declined to invite"?"""
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    cues = {t.i for t in telling.page.tokens_of(attribution.cue)}
    for _ in range(12):
        if i is None or tree.head[i] == i:
            return False
        above = tree.head[i]
        if above in cues:
            infinitive = tree.tag[i] == "VB" and tree.dep[i] in ("xcomp", "advcl", "acl", "ccomp")
            own_subject = tree.child(i, "nsubj", "nsubjpass") is not None
            return infinitive and not own_subject and tree.lemma[above] not in _COMMITTING
        i = above
    return False


def _stance(telling: _Telling, event: EventMention, attribution: Attribution | None) -> Stance:
    """The attribution's stance; a denial where the words above the event deny it, whatever else the source does."""
    if attribution is None or _other_cause(event):
        return Stance.ASSERTS
    world = telling.page.doc.user_data.get("onrecord_worlds", {}).get(event.id)
    if world is not None and world.how == "denial":
        return Stance.DENIES
    if attribution.stance is Stance.DENIES and _called(telling, event, attribution):
        return Stance.ASSERTS
    return Stance.ASSERTS if _says_no_more(telling, event, attribution) else attribution.stance


def _called(telling: _Telling, event: EventMention, attribution: Attribution) -> bool:
    """ "dismissed the report as a plot to topple her": what it is called is held, not denied."""
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    cues = {t.i for t in telling.page.tokens_of(attribution.cue)}
    while i is not None and tree.head[i] != i and i not in cues:
        above = tree.head[i]  # the cue, or what is dismissed
        if tree.lower[i] == "as" and tree.dep[i] == "prep" and (above in cues or tree.head[above] in cues):
            return True
        i = tree.head[i]
    return False


def _says_no_more(telling: _Telling, event: EventMention, attribution: Attribution) -> bool:
    """ "would not say more about the march": who says no more of it has spoken of it, and takes it for granted."""
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    if i is None or attribution.stance is not Stance.DECLINES_TO_COMMENT:
        return False
    return tree.pos[i] == "NOUN" and definite(tree, i) and bool(_cue_words(telling, attribution) & _NO_MORE)


def _other_cause(event: EventMention) -> bool:
    """Who denies a cause, or rules it out, takes the event for granted."""
    return event.cause is not None and event.cause.excluded


def _with_people(telling: _Telling, event: EventMention, caller: Participant | None) -> EventMention:
    """ "The invitation" has the people of the event it takes up, where it names none itself; and who calls it off."""
    if caller is not None:
        event = replace(event, actors=(*event.actors, caller))
    if event.actors:
        return event
    if event.antecedent is None:
        earlier = _only_one_before(telling, event) or event
    else:
        earlier = next((e for e in telling.page.events if e.id == event.antecedent), event)
    return replace(event, actors=earlier.actors, recipients=(*event.recipients, *earlier.recipients))


def _only_one_before(telling: _Telling, event: EventMention) -> EventMention | None:
    """The event that a definite noun of another word takes up, if nothing else of its type was told: "the visit"."""
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    if i is None or event.type is None or tree.pos[i] != "NOUN" or not definite(tree, i):
        return None
    before = [e for e in telling.page.events if e.type == event.type and e.anchor.start < event.anchor.start]
    before += [e for e in telling.page.events if e.antecedent == event.id]  # "is off: they will not march"
    near = [e for e in before if event.sentence - e.sentence <= _NEAR and e.actors and not e.background]
    people = {tuple(sorted(p.entity or p.text for p in e.actors)) for e in near}
    return near[-1] if len(people) == 1 else None


def _chain(telling: _Telling, attribution: Attribution | None) -> tuple[Holder, ...]:
    key = attribution.id if attribution else None
    if key not in telling.chains:
        telling.chains[key] = chain_of(telling.page, attribution, telling.by_id)
    return telling.chains[key]


def _vague(holder: Holder, status: Status) -> bool:
    return holder.kind is SourceKind.UNNAMED and status is Status.POSSIBLE


def _under_stance(telling: _Telling, event: EventMention, attribution: Attribution | None) -> tuple[Status, Certainty]:
    """Status and certainty with the holder's stance applied to what the content's own words leave open."""
    belied = telling.by_id.get(event.attribution or "")
    if belied is not None and _belies(telling, belied):
        return _belied(event) if _heads_content(telling, event, belied) else (event.status, event.certainty)
    if attribution is None or not _heads_content(telling, event, attribution):
        return event.status, event.certainty
    stance = Stance.ASSERTS if _says_no_more(telling, event, attribution) else attribution.stance
    if stance is Stance.DENIES and event.status in (Status.HAPPENED, Status.ONGOING):
        return Status.DID_NOT_HAPPEN, _FLIPPED.get(event.certainty, Certainty.CT_MINUS)
    if stance is Stance.DENIES and event.status in (Status.PLANNED, Status.EXPECTED) and event.certainty in _FLIPPED:
        return Status.DID_NOT_HAPPEN, _FLIPPED[event.certainty]
    if stance is Stance.DECLINES_TO_COMMENT:
        return _NEUTRAL_TO[stance]
    if stance in _NEUTRAL_TO and event.status in (Status.HAPPENED, Status.ONGOING):
        return _NEUTRAL_TO[stance]
    return event.status, event.certainty


def _belied(event: EventMention) -> tuple[Status, Certainty]:
    if event.status in (Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.EXPECTED):
        return Status.DID_NOT_HAPPEN, _FLIPPED.get(event.certainty, Certainty.CT_MINUS)
    return event.status, event.certainty


def _heads_content(telling: _Telling, event: EventMention, attribution: Attribution) -> bool:
    """Is the event what the content says, rather than something it takes for granted on the way?"""
    tree, i = telling.tree, telling.tree.at.get(event.anchor.start)
    if i is None or _other_cause(event):
        return False
    worlds = telling.page.doc.user_data.get("onrecord_worlds", {})
    if event.id in worlds and worlds[event.id].how in ("denial", "no"):
        return False  # the words themselves already deny it
    for _ in range(12):
        above = tree.head[i]
        start = tree.start[above]
        if above == i or not any(c.start <= start < c.end for c in attribution.content):
            return True
        if tree.dep[i] not in ("conj", "ccomp", "xcomp", "dobj", "nsubjpass", "acomp", "attr") or (
            tree.dep[i] == "dobj" and any(tree.lower[k] in ("the", "this", "that") for k in tree.kids[i])
        ):
            return False
        i = above
    return False


def _held_number(status: Status, certainty: Certainty) -> float:
    """The holder's own commitment, -3 … +3, from status and certainty."""
    scale = {"CT": 3.0, "PR": 2.0, "PS": 1.0, "Uu": 0.0}[certainty.value[:2]]
    if status in (Status.PLANNED, Status.EXPECTED) and scale > 2:
        scale = 2.0
    return -scale if certainty.value.endswith("-") else scale


def _words(page: Page, event: EventMention) -> TextSpan:
    sentence = page.sentences[event.sentence]
    if sentence.end - sentence.start <= _LONGEST_WORDS:
        return page.piece(sentence.start, sentence.end)
    start = max(sentence.start, event.anchor.start - _LONGEST_WORDS // 2)
    return page.piece(start, min(sentence.end, start + _LONGEST_WORDS))


def _hearsay(telling: _Telling, event: EventMention) -> bool:
    """ "reportedly", "allegedly", "alleged" at the event or the verbs above it, in its own sentence."""
    tree, lists = telling.tree, status_words()
    i = tree.at.get(event.anchor.start)
    marks = lists["hearsay_adverbs"] | {"alleged", "rumoured", "rumored", "purported", "unconfirmed"}
    for _ in range(6):
        if i is None:
            return False
        if any(tree.lower[k] in marks and tree.dep[k] in ("advmod", "amod", "dep", "npadvmod") for k in tree.kids[i]):
            return True
        if tree.head[i] == i or tree.dep[i] in ("relcl", "advcl", "ccomp"):
            return False
        i = tree.head[i]
    return False


# --- when it was said ------------------------------------------------------------------------------------


def _said(
    telling: _Telling, event: EventMention, attribution: Attribution | None
) -> tuple[datetime | None, datetime | None]:
    """When the saying happened: its own time, else the update's, if the event stands in an update."""
    if attribution is not None and attribution.said in telling.times:
        return telling.times[attribution.said]
    report = telling.page.report
    if any(u.start <= event.anchor.start < u.end for u in telling.updates) and report.updated is not None:
        return report.updated.earliest, report.updated.latest
    return None, None


def _update_paragraphs(page: Page) -> list[Span]:
    """The stretches that updates cover: from an update's mark to the end of its paragraph."""
    found = []
    for part in page.report.parts:
        if part.kind is PartKind.UPDATE:
            end = page.text.find("\n", max(part.start, part.end - 1))
            found.append(Span(part.start, len(page.text) if end < 0 else end))
    return found


def _order(telling: _Telling) -> None:
    """Sequence numbers: what was said after another thing told here comes later, an update's paragraph last."""
    claims = telling.page.claims
    events = {e.id: e for e in telling.page.events}
    for number, claim in enumerate(claims):
        if claim.sequence == _BODY and claim.attribution and _said_after(telling, telling.by_id[claim.attribution]):
            claims[number] = replace(claim, sequence=_BODY + 1)
    if telling.updates:
        last = max((c.sequence for c in claims), default=_BODY) + 1
        for number, claim in enumerate(claims):
            at = events[claim.event].anchor.start
            if claim.sequence != _BACKGROUND and any(u.start <= at < u.end for u in telling.updates):
                claims[number] = replace(claim, sequence=last)


def _said_after(telling: _Telling, attribution: Attribution) -> bool:
    """Is the saying itself placed after something else told: "hours later", "after the report", a denial?"""
    tree = telling.tree
    for cue in attribution.cue:
        i = tree.at.get(cue.start)
        if i is None:
            continue
        for _ in range(4):
            if _marked_after(tree, i, attribution):
                return True
            if tree.head[i] == i or tree.dep[i] not in ("conj", "xcomp"):
                break
            i = tree.head[i]
        if tree.lemma[i] in _REACTIONS:
            return True
    return False


def _marked_after(tree: Tree, i: int, attribution: Attribution) -> bool:
    for k in tree.kids[i]:
        if any(c.start <= tree.start[k] < c.end for c in attribution.content):
            continue
        if tree.lower[k] in _AFTER and tree.dep[k] in ("advmod", "prep", "npadvmod", "mark"):
            return True
        if tree.dep[k] in ("advcl", "prep") and any(tree.lower[m] in _AFTER for m in tree.kids[k]):
            return True
    return False


CLAIMS = step("claims", needs=["events", "attributions"], adds=["claims"], run=_run)
