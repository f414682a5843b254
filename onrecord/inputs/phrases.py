"""The wordings by which news pages and agencies mark what is not the news: credits, updates, boilerplate.

Every pattern is applied to one line of bounded length and is linear in it.
"""

from __future__ import annotations

import re

LONGEST_LINE = 400  # characters; a longer line is a paragraph

# Agencies by the names and initials datelines and credits use.
AGENCIES = {
    "ap": "Associated Press", "associated press": "Associated Press", "the associated press": "Associated Press",
    "reuters": "Reuters", "thomson reuters": "Reuters", "afp": "Agence France-Presse", "bloomberg": "Bloomberg",
    "agence france-presse": "Agence France-Presse", "agence france presse": "Agence France-Presse",
    "upi": "United Press International", "united press international": "United Press International",
    "dpa": "dpa", "xinhua": "Xinhua", "tass": "TASS", "itar-tass": "TASS", "ria novosti": "RIA Novosti",
    "interfax": "Interfax", "pti": "Press Trust of India", "press trust of india": "Press Trust of India",
    "ani": "ANI", "ians": "IANS", "pa": "PA Media", "press association": "PA Media", "pa media": "PA Media",
    "ansa": "ANSA", "efe": "EFE", "kyodo": "Kyodo", "kyodo news": "Kyodo", "jiji": "Jiji Press", "yonhap": "Yonhap",
    "anadolu agency": "Anadolu", "anadolu": "Anadolu", "aa": "Anadolu", "irna": "IRNA", "sana": "SANA", "wafa": "WAFA",
    "ukrinform": "Ukrinform", "apa": "APA", "belga": "Belga", "anp": "ANP", "ntb": "NTB", "tt": "TT",
    "ritzau": "Ritzau",
    "lusa": "Lusa", "pap": "PAP", "ctk": "CTK", "mti": "MTI", "aap": "AAP", "bernama": "Bernama", "antara": "Antara",
    "nan": "News Agency of Nigeria", "news agency of nigeria": "News Agency of Nigeria", "ips": "IPS",
    "cp": "Canadian Press",
    "the canadian press": "Canadian Press", "canadian press": "Canadian Press", "dow jones": "Dow Jones",
    "dow jones newswires": "Dow Jones", "jta": "JTA", "mena": "MENA", "kuna": "KUNA", "spa": "SPA", "wam": "WAM",
}  # fmt: skip


def agency(name: str) -> str:
    """The usual name of an agency or outlet a report credits; unknown ones as written."""
    plain = " ".join(name.split()).strip(" .,;:")
    return AGENCIES.get(plain.lower().removeprefix("the "), AGENCIES.get(plain.lower(), plain))


NAME = r"[A-ZÀ-Þ][\w'’.&-]*"  # one capitalised word
_NAMES = rf"(?:(?:[Tt]he\s+)?{NAME}(?:\s+(?:of\s+|and\s+|&\s+)?{NAME}){{0,6}})"

UPDATE = re.compile(
    r"(?:(?:breaking\s+)?updated?(?:\s*\(?#?\d{1,2}\)?(?![\d:./-]|\s?[ap]\.?m|\s+[A-Za-z]))?|last\s+(?:updated|modified)|this\s+(?:story|article|report)\s+"
    r"(?:was|has\s+been)\s+(?:last\s+)?(?:updated|corrected|amended)|correction|clarification|corrected|editor[’']s\s+note)\b",
    re.I,
)
UPDATE_TAIL = re.compile(r"[^.\n]{0,80}?(?::(?!\d)|\s[-–—]\s|\s\|\s)")
FRESH = re.compile(r"updated?\b|last\s+(?:updated|modified)|(?:this\s+\w+\s+(?:was|has\s+been)\s+)", re.I)
CORRECTED = re.compile(r"correct|clarif|amended|editor", re.I)

PUBLISHED = re.compile(
    r"\(?(?:first\s+|originally\s+)?(?:published|posted|created|issued|publication\s+date|date)(?:\s+(?:on|at))?\s*:?\s+",
    re.I,
)

BYLINE = re.compile(
    rf"(?:by|BY|By)[:\s]\s*(?={NAME})|(?:Author|Reporter|Words|Story\s+by|Written\s+by|Reported\s+by)s?:?\s+(?={NAME})"
)
BYLINE_ROLE = re.compile(
    r"\s*[,|–—-]\s*(?:the\s+)?(?:[\w’'-]+\s+){0,4}(?:writer|reporter|correspondent|editor|bureau|staff|chief|journalist|producer|"
    r"columnist|analyst|contributor|digital|politics|reporters|writers|correspondents)\b.*$",
    re.I,
)
BYLINE_OUTLET = re.compile(rf"\s*(?:[,|•·/]|\bfor\b|\bof\b|\bat\b|\sin\s)\s*(?P<outlet>{_NAMES})\s*$")

CREDIT = re.compile(
    r"(?:\(?(?:additional\s+|with\s+)?(?:reporting|writing|editing|compiled|translated|translation|graphics?|research)\s+(?:and\s+(?:writing|editing)\s+)?(?:by|from)\b"
    r"|(?:with\s+)?(?:files|inputs?|material|contributions?|additional\s+(?:material|information|research))\s+(?:from|by)\s+\S"
    r"|\(?(?:source|via|credit)s?\s*:\s*\S"
    r"|this\s+(?:story|article|report)\s+(?:was\s+)?(?:originally\s+|first\s+)?(?:appeared|published|ran|comes\s+from)\b"
    r"|(?:the\s+)?(?:[\w’'&.,-]+\s+){1,24}?(?:contributed\s+(?:reporting\s*)?(?:to\s+this\s+\w+|reporting|research)|contributed\s*\.?$)"
    r"|(?:the\s+)?(?:[\w’'&.-]+\s+){1,8}?(?:staff|team|newsroom|desk|bureau)\s+is\s+an?\s+(?:team|group|collective)\s+of\b)",
    re.I,
)
REPORTED_FROM = re.compile(rf"{_NAMES}(?:\s+and\s+{_NAMES})?\s+reported\s+from\s+{NAME}.{{0,200}}$")
CONTRIBUTED = re.compile(rf"(?P<names>{_NAMES}(?:\s*(?:,|and|,\s*and)\s+{_NAMES}){{0,4}})\s+contributed\b")
STAFF = re.compile(rf"(?:[Tt]he\s+)?(?P<outlet>{NAME}(?:\s+{NAME}){{0,6}}?)\s+(?:[Ss]taff|[Tt]eam|[Nn]ewsroom)\b")
SOURCE_OF = re.compile(
    rf"(?:[Ss]ource|[Vv]ia|[Ff]iles\s+from|[Ii]nputs?\s+from|[Rr]eporting\s+from|[Mm]aterial\s+from|appeared\s+(?:on|in)|published\s+(?:by|on|in))\s*:?\s+(?P<name>{_NAMES})"
)
AGENCY_LINE = re.compile(r"[(\[—–-]?\s*(?P<name>[A-Za-z][A-Za-z .&/-]{1,40}?)\s*[)\]]?\.?$")
CREDIT_TAIL = re.compile(
    r"\((?:additional\s+)?(?:reporting|writing|editing|compiled|source|photo|with\s+(?:inputs?|files))\b[^()]{0,400}\)\s*$",
    re.I,
)
COPYRIGHT = re.compile(
    r"(?:\(c\)|©|copyright\b)[\s©(c)]*(?P<years>(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)?\d{2})?)?[\s,]*(?:by\s+)?(?P<holder>[^.,;|\d]{2,60})?",
    re.I,
)

_WHOLE = (
    r"advertise?ment\.?(?:\s+(?:continue|scroll).{0,60})?", r"sponsored(?:\s+content)?",
    r"story continues below.{0,60}",
    r"continue reading(?:\s+the main story)?.{0,40}", r"article continues (?:below|after).{0,60}",
    r"scroll (?:down )?(?:to|for).{0,60}",
    r"loading\W*", r"close", r"share", r"print", r"e-?mail", r"comments?(?:\s*\(\d+\))?", r"\d+ comments?",
    r"leave a (?:comment|reply).{0,60}",
    r"view (?:all )?comments?.{0,40}", r"(?:re)?tweet", r"like", r"pin it", r"copy(?: the)? link", r"copied", r"menu",
    r"search", r"home", r"skip to .{0,60}",
    r"subscribe(?: now| today)?[!.]?", r"log ?in", r"sign ?in", r"register", r"facebook", r"twitter", r"whatsapp",
    r"telegram", r"linkedin", r"reddit",
    r"instagram", r"flipboard", r"pinterest", r"youtube", r"tumblr", r"messenger", r"threads", r"bluesky", r"x",
    r"related(?:\s+(?:stories|articles|topics|content|coverage|news|links?|posts?|video))?:?",
    r"more on this (?:story|topic).{0,60}", r"most (?:read|popular|viewed|shared).{0,60}",
    r"trending(?:\s+now)?.{0,40}", r"recommended(?:\s+for you)?.{0,40}",
    r"you (?:may|might) (?:also )?(?:like|be interested in).{0,60}", r"topics?:.{0,200}", r"tags?:.{0,300}",
    r"filed under:?.{0,200}", r"keywords?:.{0,300}",
    r"photo(?:s|graph)?", r"image(?:s)?", r"video", r"gallery", r"now playing:?", r"caption",
    r"(?:hide|show|toggle) caption", r"enlarge(?: this)? image.{0,40}",
    r"(?:abstract|full text|summary|body|text|lead)\s*[.:]", r"back to (?:the )?(?:top|article).{0,40}",
    r"(?:next|previous) (?:story|article|post).{0,80}", r"\W{1,80}",
    r"read more\W*", r"view (?:this email )?in (?:your )?browser\W*", r"unsubscribe\W*", r"getty(?: images)?",
    r"listen(?: to this article)?.{0,40}", r"\d+ min(?:ute)?s? read",
    r"reading time:?.{0,30}", r"share (?:this|on|via|with|article|story).{0,80}",
    r"share your (?:thoughts|views).{0,80}", r"save(?: this)?(?: article| story| for later)?",
)  # fmt: skip
_BEGINS = (
    r"sign[\s-]?up\b", r"subscribe (?:to|for|now|here|today)\b",
    r"read (?:more|also|next|the full|the original|our|or share)\b", r"also read\b", r"see also\b", r"see more\b",
    r"watch(?: the video| live| now| more)?:",
    r"share this\b", r"click (?:here|on|to)\b", r"tap here\b",
    r"follow (?:us|@|\w+ on|[\w\s]{1,40} on (?:twitter|facebook|instagram|x|telegram|whatsapp|linkedin))\b",
    r"like us on\b", r"join (?:our|us|the conversation|the discussion)\b",
    r"download (?:our|the) (?:\w+\s)?app\b",
    r"get (?:daily|the latest|our|breaking|more|news|updates|stories|unlimited|full access|the day[’']s)\b",
    r"stay (?:up[\s-]to[\s-]date|informed|connected|in touch)\b", r"keep up with\b",
    r"(?:we|this (?:site|website|page)) uses? cookies\b",
    r"by (?:continuing|using|clicking|signing up|subscribing)\b", r"accept (?:all )?cookies\b",
    r"manage (?:your )?(?:cookie|privacy|preferences)", r"(?:your )?privacy (?:policy|settings|notice)",
    r"cookie (?:policy|settings|notice)",
    r"terms (?:of|and) (?:use|service|conditions)", r"all rights reserved", r"copyright\b", r"©",
    r"\(c\) ?(?:19|20)\d\d",
    r"this (?:material|content|article|story) (?:may not be|is (?:protected|copyright|free|only|for))",
    r"thank(?:s| you) for (?:subscribing|signing|reading|your|registering)",
    r"please (?:enable|log|sign|subscribe|enter|try|consider|turn|disable|check|wait|refresh)",
    r"(?:you )?(?:need to )?enable javascript", r"your browser (?:does|is|may|doesn)", r"javascript (?:is|must)",
    r"(?:photo(?:graph)?|image|picture|video|graphic|illustration)s?"
    r"(?: (?:credit|source|by|courtesy|via|caption))?\s*[:/]",
    r"(?:photo|image|picture)s? (?:by|courtesy|via)\b",
    r"(?:file|handout|undated|representational|representative) (?:photo|image|picture|pic)\b",
    r"\(?(?:photo|image|picture)s?\s*(?:by|:|credit|courtesy)",
    r"support (?:our|independent|quality) journalism",
    r"(?:donate|become a (?:member|subscriber|supporter)|make a (?:donation|contribution))\b",
    r"(?:already|not) a (?:subscriber|member)",
    r"(?:create|start) (?:a|your) (?:free )?(?:account|trial|subscription)",
    r"for more (?:information|news|stories|on this|from)\b.{0,40}(?:visit|click|go to|follow|see|,)",
    r"if you (?:no longer wish|don[’']t want to receive|received this|would (?:like|prefer) (?:to|not))",
    r"you (?:are receiving|received|can unsubscribe|must (?:be|enter) (?:a |an |your |logged))",
    r"to (?:unsubscribe|subscribe|view this|comment on|leave a comment)", r"unsubscribe\b",
    r"view this (?:email|newsletter|message)", r"update your (?:email )?preferences", r"our mailing address",
    r"(?:have|got) (?:a|any) (?:news )?(?:tip|story|question|comment)s?\b.{0,60}\?",
    r"(?:contact|e-?mail|write to|reach) (?:us|the (?:author|reporter|writer|editor|newsroom))\b",
    r"(?:send|submit) (?:us )?(?:your|a) (?:news|tip|letter|comment|stor)",
    r"(?:the )?(?:views|opinions) expressed\b", r"comments (?:are|have been) (?:closed|moderated|disabled)",
    r"enlarge (?:this )?image\b", r"view larger\b", r"need help\?", r"invalid email", r"could not subscribe",
    r"something went wrong", r"an error (?:has )?occurred",
    r"this is a developing story\b", r"follow this story\b",
)  # fmt: skip
_ANYWHERE = (
    r"\ball rights reserved\b", r"\bmay not be (?:published|reproduced|republished|redistributed)\b",
    r"\bprivacy policy\b.{0,200}\bterms\b", r"\bterms\b.{0,200}\bprivacy policy\b",
    r"\bunsubscribe\b.{0,120}\b(?:here|any time|anytime|link)\b",
    r"\bwe (?:and our partners )?use cookies\b",
    r"\bsign up (?:for|to) (?:our|the|receive|get)\b.{0,80}\b(?:newsletter|e-?mails?|alerts?|briefing|updates|inbox)\b",
    r"\b(?:our|the|free|daily|weekly) newsletters?\b.{0,100}\b(?:inbox|sign up|subscribe)\b",
    r"\b(?:directly|straight|delivered) to your inbox\b",
    r"\bclick here (?:to|for)\b", 
    r"\b(?:getty images|epa-efe|shutterstock|istock|alamy)\b[^.]{0,40}$",
)  # fmt: skip
WHOLE = re.compile(rf"(?:{'|'.join(_WHOLE)})\s*$", re.I)
BEGINS = re.compile(rf"[•*>»›▶→\s]{{0,4}}(?:{'|'.join(_BEGINS)})", re.I)
ANYWHERE = re.compile("|".join(_ANYWHERE), re.I)
URL_LINE = re.compile(r"(?:https?://|www\.)\S+\s*$", re.I)
PHOTO_TAIL = re.compile(
    r"\((?:photo|image|picture|source|credit)s?(?: credit| courtesy| by)?\s*[:/ ][^()]{1,80}\)?\s*$", re.I
)
OUTLET_WORD = re.compile(
    r"\b(?:news|press|agency|wires?|times|post|tribune|media|tv|television|radio|herald|journal|broadcasting|gazette|"
    r"chronicle|observer|guardian|telegraph|daily|weekly|today|magazine|review|standard|mail|mirror|globe|sun|star)\b",
    re.I,
)
# Ordinary sentences begin like some of these ("Get the latest"): such a line must be short.
LONGEST_BOILERPLATE = 260


def is_boilerplate(line: str) -> bool:
    """Whether a whole line belongs to the page around a report, not to the report."""
    if len(line) > LONGEST_BOILERPLATE:
        return len(line) <= 1200 and bool(re.match(r"(?:copyright\b|©|\(c\)\s?(?:19|20)\d\d)", line, re.I))
    return bool(WHOLE.match(line) or BEGINS.match(line) or ANYWHERE.search(line) or URL_LINE.match(line))
