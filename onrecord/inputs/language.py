"""The language of a text: as stated, or as its words show; not guessed from a few words."""

from __future__ import annotations

import re

UNDETERMINED = "und"
_SAMPLE = 4000
_ENOUGH = 60  # letters below which another language than English is not told from statistics
_CLOSE = 10  # of log probability: a lead that settles nothing
_WORD = re.compile(r"[^\W\d_]+")
# Frequent in any English text, and together in no other language's.
_ENGLISH = frozenset((
    "the", "of", "and", "to", "that", "with", "for", "said", "was", "from", "by", "has", "have", "his", "her",
    "their", "which", "will", "been", "were", "not", "are", "this", "who", "would", "after", "about", "they",
    "you", "your", "our", "over", "into", "says", "as", "at", "be", "is", "it", "its", "it's", "on", "an", "or",
    "but", "had", "he", "she", "we",
))  # fmt: skip
_NAMES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "arabic": "ar", "russian": "ru", "chinese": "zh",
    "portuguese": "pt", "italian": "it", "hebrew": "he", "turkish": "tr", "persian": "fa", "farsi": "fa", "hindi": "hi",
    "ukrainian": "uk", "polish": "pl", "dutch": "nl", "japanese": "ja", "korean": "ko", "indonesian": "id",
    "urdu": "ur",
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ara": "ar", "rus": "ru", "zho": "zh",
    "chi": "zh", "por": "pt", "ita": "it", "heb": "he", "tur": "tr", "fas": "fa", "per": "fa", "hin": "hi", "ukr": "uk",
    "pol": "pl", "nld": "nl", "dut": "nl", "jpn": "ja", "kor": "ko", "ind": "id", "urd": "ur", "deutsch": "de",
    "français": "fr", "español": "es", "português": "pt", "italiano": "it",
}  # fmt: skip


def stated(value: str | None) -> str | None:
    """The ISO 639-1 code a field or option states (``en-GB``, ``English``, ``eng``), if it states one."""
    if not value:
        return None
    plain = value.strip().lower().replace("_", "-")
    if plain in _NAMES:
        return _NAMES[plain]
    match = re.match(r"([a-z]{2,3})(?:-[a-z0-9-]{1,20})?$", plain)
    if not match:
        return None
    code = match[1]
    if plain == UNDETERMINED:
        return UNDETERMINED
    return _NAMES.get(code) or (code if len(code) == 2 else None)


def detect(text: str) -> str:
    """ISO 639-1 code of the language a text is in; ``und`` if it is too short or too mixed to tell."""
    sample = text[:_SAMPLE]
    words = [w.lower() for w in _WORD.findall(sample)]
    if not words:
        return UNDETERMINED
    english = sum(w in _ENGLISH for w in words)
    latin = sum(w.isascii() for w in words) / len(words)
    if latin > 0.8 and english >= 0.16 * len(words) and len(set(words) & _ENGLISH) >= min(4, 2 + len(words) // 12):
        return "en"
    from py3langid import rank

    ranked = [pair for pair in rank(sample) if len(pair[0]) == 2]
    best, margin = str(ranked[0][0]), float(ranked[0][1]) - float(ranked[1][1])
    if best == "en":
        return best
    if sum(map(len, words)) < _ENOUGH:
        behind = float(ranked[0][1]) - float(dict(ranked)["en"])
        return "en" if latin == 1 and english and behind <= _CLOSE else UNDETERMINED
    if margin > _CLOSE:
        return best
    return "en" if latin > 0.9 and english else UNDETERMINED
