"""The schema, as numbered migrations: step N brings a ledger from version N - 1 to N. A released step never changes.

Three kinds of table. *Kept*: reports, texts, readings, judgements, corrections – appended, guarded by triggers
against change. *Derived*: rows made from the newest reading of each report, the indexes, the clusters, and what the
machine concluded from them – dropped and made again at will. *Names*: aliases, so that an id once shown keeps leading
somewhere. Moments are integers: microseconds since 1970 in UTC.
"""

from __future__ import annotations

import sqlite3

from onrecord.ledger.codec import Sayings, source_name, unpack

APPLICATION_ID = 0x6F6E7263  # "onrc", in the file's header

KEPT = ("reports", "texts", "readings", "judgements", "corrections")

# Every derived table that is emptied by a rebuild, children first.
DERIVED = (
    "turns",
    "standings",
    "origins",
    "cluster_members",
    "clusters",
    "judgement_pairs",
    "corrected_pairs",
    "correction_targets",
    "candidate_reports",
    "candidate_keys",
    "linked",
    "digests",
    "attributions",
    "claims",
    "event_mentions",
    "entities",
    "revisions",
    "unweighed",
    "outlet_lines",
)

_KEPT_TABLES = """
CREATE TABLE reports (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    file TEXT NOT NULL,
    outlet TEXT,
    title TEXT,
    byline TEXT,
    dateline TEXT,
    published_value TEXT, published_original TEXT, published_origin TEXT,
    published_earliest INTEGER, published_latest INTEGER,
    updated_value TEXT, updated_original TEXT, updated_origin TEXT,
    updated_earliest INTEGER, updated_latest INTEGER,
    language TEXT NOT NULL,
    words INTEGER NOT NULL,
    appended INTEGER NOT NULL
);
CREATE INDEX reports_by_address ON reports (address);
CREATE INDEX reports_by_published ON reports (published_earliest);

CREATE TABLE texts (
    report INTEGER PRIMARY KEY REFERENCES reports (sequence),
    text BLOB NOT NULL,
    layout BLOB NOT NULL
);

CREATE TABLE readings (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (sequence),
    made_by TEXT NOT NULL,
    made INTEGER NOT NULL,
    analysed INTEGER NOT NULL,
    note TEXT,
    body BLOB NOT NULL,
    UNIQUE (report, made_by)
);

CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    left_member TEXT NOT NULL,
    right_member TEXT NOT NULL,
    verdict TEXT NOT NULL,
    score REAL NOT NULL,
    reasons BLOB NOT NULL,
    author TEXT NOT NULL,
    made INTEGER NOT NULL,
    last_reading INTEGER NOT NULL
);

CREATE TABLE corrections (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL,
    targets TEXT NOT NULL,
    value TEXT,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    made INTEGER NOT NULL,
    last_reading INTEGER NOT NULL
);
"""

_DERIVED_TABLES = """
CREATE TABLE revisions (
    report INTEGER PRIMARY KEY REFERENCES reports (sequence),
    earlier INTEGER NOT NULL REFERENCES reports (sequence)
);

CREATE TABLE entities (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (sequence),
    local TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    type TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    mentions INTEGER NOT NULL,
    UNIQUE (report, local)
);
CREATE INDEX entities_by_name ON entities (folded);

CREATE TABLE event_mentions (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (sequence),
    local TEXT NOT NULL,
    type TEXT,
    mode TEXT,
    cameo TEXT,
    lemma TEXT NOT NULL,
    status TEXT NOT NULL,
    earliest INTEGER,
    latest INTEGER,
    country TEXT,
    place TEXT NOT NULL,
    names TEXT NOT NULL,
    background INTEGER NOT NULL,
    anchor_start INTEGER NOT NULL,
    anchor_end INTEGER NOT NULL,
    cluster INTEGER,
    UNIQUE (report, local)
);
CREATE INDEX event_mentions_by_cluster ON event_mentions (cluster);
CREATE INDEX event_mentions_by_type ON event_mentions (type, status);

CREATE TABLE claims (
    report INTEGER NOT NULL REFERENCES reports (sequence),
    local TEXT NOT NULL,
    event TEXT NOT NULL,
    holder TEXT NOT NULL,
    kind TEXT NOT NULL,
    own_voice INTEGER NOT NULL,
    stance TEXT NOT NULL,
    status TEXT NOT NULL,
    hedged INTEGER NOT NULL,
    known INTEGER,
    PRIMARY KEY (report, local)
) WITHOUT ROWID;
CREATE INDEX claims_by_event ON claims (report, event);
CREATE INDEX claims_by_known ON claims (known);

CREATE TABLE attributions (
    report INTEGER NOT NULL REFERENCES reports (sequence),
    local TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    stance TEXT NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (report, local)
) WITHOUT ROWID;

CREATE TABLE digests (
    report INTEGER PRIMARY KEY REFERENCES reports (sequence),
    body BLOB NOT NULL
);

CREATE TABLE candidate_keys (
    key INTEGER PRIMARY KEY,
    uses INTEGER NOT NULL
);

CREATE TABLE candidate_reports (
    key INTEGER NOT NULL REFERENCES candidate_keys (key),
    report INTEGER NOT NULL REFERENCES reports (sequence),
    PRIMARY KEY (key, report)
) WITHOUT ROWID;

CREATE TABLE linked (
    report INTEGER PRIMARY KEY REFERENCES reports (sequence)
);

CREATE TABLE judgement_pairs (
    judgement INTEGER PRIMARY KEY REFERENCES judgements (number),
    kind TEXT NOT NULL,
    left_member TEXT NOT NULL,
    right_member TEXT NOT NULL,
    verdict TEXT NOT NULL
);
CREATE INDEX judgement_pairs_by_left ON judgement_pairs (kind, left_member);
CREATE INDEX judgement_pairs_by_right ON judgement_pairs (kind, right_member);

CREATE TABLE correction_targets (
    correction INTEGER NOT NULL REFERENCES corrections (number),
    position INTEGER NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (correction, position)
) WITHOUT ROWID;
CREATE INDEX correction_targets_by_target ON correction_targets (target);

CREATE TABLE clusters (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    unsure TEXT NOT NULL,
    head INTEGER REFERENCES reports (sequence)
);

CREATE TABLE cluster_members (
    kind TEXT NOT NULL,
    member TEXT NOT NULL,
    cluster INTEGER NOT NULL REFERENCES clusters (number),
    PRIMARY KEY (kind, member)
) WITHOUT ROWID;
CREATE INDEX cluster_members_by_cluster ON cluster_members (cluster);

CREATE TABLE origins (
    report INTEGER PRIMARY KEY REFERENCES reports (sequence),
    body BLOB NOT NULL
);

CREATE TABLE standings (
    cluster INTEGER PRIMARY KEY REFERENCES clusters (number),
    standing TEXT NOT NULL,
    computed INTEGER NOT NULL
);
"""

_NAMES = """
CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    target TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX aliases_by_target ON aliases (target);
"""

_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5 (title, text, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE names USING fts5 (name, content = '', tokenize = 'unicode61 remove_diacritics 2', detail = full);
"""


# What analysts' corrections say: pairs, found like the machine's, and the status of events. Made from the corrections.
_CORRECTED_PAIRS = """
CREATE TABLE corrected_pairs (
    correction INTEGER NOT NULL REFERENCES corrections (number),
    kind TEXT NOT NULL,
    left_member TEXT NOT NULL,
    right_member TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (correction, left_member, right_member)
) WITHOUT ROWID;
CREATE INDEX corrected_pairs_by_left ON corrected_pairs (kind, left_member);
CREATE INDEX corrected_pairs_by_right ON corrected_pairs (kind, right_member);
ALTER TABLE event_mentions ADD COLUMN corrected_status TEXT;
"""


def _guards(tables: tuple[str, ...]) -> str:
    return "".join(
        f"CREATE TRIGGER {table}_keep_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE (ABORT, '{table} is append-only'); END;\n"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    )


# Lists in order of time read an index and stop early; what is to be weighed is a list of its own, kept by triggers.
_ORDERS = """
ALTER TABLE claims ADD COLUMN at INTEGER;
UPDATE claims SET at = coalesce(known, (SELECT appended FROM reports WHERE sequence = report));
DROP INDEX claims_by_known;
CREATE INDEX claims_by_at ON claims (at DESC, report DESC, local);
CREATE INDEX event_mentions_by_time ON event_mentions (earliest, cluster);
CREATE INDEX event_mentions_by_status ON event_mentions (status, earliest, cluster, latest);
DROP INDEX entities_by_name;
CREATE INDEX entities_by_name ON entities (folded, type, report, mentions);

ALTER TABLE standings ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
UPDATE standings SET claims = (SELECT count(*) FROM event_mentions e JOIN claims c ON c.report = e.report
    AND c.event = e.local WHERE e.cluster = standings.cluster);
CREATE INDEX standings_contested ON standings (cluster) WHERE claims > 1;

CREATE TABLE unweighed (cluster INTEGER PRIMARY KEY);
INSERT INTO unweighed SELECT number FROM clusters WHERE kind = 'event' AND number NOT IN (SELECT cluster FROM standings)
    AND EXISTS (SELECT 1 FROM event_mentions e JOIN claims c ON c.report = e.report AND c.event = e.local
    WHERE e.cluster = clusters.number);
CREATE TRIGGER clusters_to_weigh AFTER INSERT ON clusters WHEN NEW.kind = 'event'
BEGIN INSERT OR IGNORE INTO unweighed VALUES (NEW.number); END;
CREATE TRIGGER clusters_gone AFTER DELETE ON clusters
BEGIN DELETE FROM unweighed WHERE cluster = OLD.number; END;
CREATE TRIGGER standings_dropped AFTER DELETE ON standings
BEGIN INSERT OR IGNORE INTO unweighed VALUES (OLD.cluster); END;
CREATE TRIGGER standings_weighed AFTER INSERT ON standings
BEGIN DELETE FROM unweighed WHERE cluster = NEW.cluster; END;
"""

# Lists read only what they show: when standings changed, which events have contradictions, whom quotations name.
# What was weighed before is weighed anew, so that its turns are known.
_TURNS = """
CREATE TABLE turns (
    cluster INTEGER NOT NULL REFERENCES clusters (number),
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    standing TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (cluster, at)
) WITHOUT ROWID;
CREATE INDEX turns_by_at ON turns (at, cluster);
CREATE INDEX turns_by_standing ON turns (standing, at, until, cluster);
CREATE INDEX turns_by_status ON turns (status, at, until, cluster);
CREATE INDEX event_mentions_by_end ON event_mentions (latest, earliest, cluster);
CREATE INDEX event_mentions_corrected ON event_mentions (cluster) WHERE corrected_status IS NOT NULL;
CREATE TRIGGER turns_dropped AFTER DELETE ON standings
BEGIN DELETE FROM turns WHERE cluster = OLD.cluster; END;

DELETE FROM standings;
ALTER TABLE standings ADD COLUMN weight REAL NOT NULL DEFAULT 0;
ALTER TABLE standings ADD COLUMN background INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standings ADD COLUMN contradicted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE standings ADD COLUMN followed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standings ADD COLUMN straight INTEGER NOT NULL DEFAULT 0;
CREATE INDEX standings_contradicted ON standings (cluster) WHERE contradicted;
CREATE INDEX standings_unfollowed ON standings (cluster) WHERE NOT followed;
CREATE INDEX standings_crooked ON standings (cluster) WHERE NOT straight;

CREATE INDEX claims_by_rest ON claims (report, kind, own_voice, at);
ALTER TABLE attributions ADD COLUMN named TEXT NOT NULL DEFAULT '';
CREATE INDEX attributions_by_name ON attributions (named);
"""

# Under how many headlines an outlet printed a line; of reports read before this, a rebuild counts them.
_OUTLET_LINES = """
CREATE TABLE outlet_lines (
    line INTEGER NOT NULL,
    headline INTEGER NOT NULL,
    PRIMARY KEY (line, headline)
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (
    _KEPT_TABLES + _DERIVED_TABLES + _NAMES + _SEARCH + _guards(KEPT),
    _ORDERS,
    _CORRECTED_PAIRS,
    _TURNS,
    _OUTLET_LINES,
)
SCHEMA_VERSION = len(MIGRATIONS)
_NAMES_QUOTED = 4  # from here on attributions hold the name by which they are sorted


def statements(script: str) -> list[str]:
    """The statements of a script, one by one: ``executescript`` would commit the open transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return [*found, pending.strip()] if pending.strip() else found


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the schema from ``version`` to the newest, inside the caller's transaction."""
    for script in MIGRATIONS[version:]:
        for statement in statements(script):
            connection.execute(statement)
    if version < _NAMES_QUOTED:
        _name_sources(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _name_sources(connection: sqlite3.Connection) -> None:
    """Readings are packed, so that no statement can look into them."""
    newest = "SELECT max(number) FROM readings GROUP BY report"
    for report, body in connection.execute(f"SELECT report, body FROM readings WHERE number IN ({newest})"):
        said = unpack(body, Sayings)
        names = {e.id: e.name for e in said.entities}
        connection.executemany(
            "UPDATE attributions SET named = ? WHERE report = ? AND local = ?",
            [(source_name(a, names).casefold(), report, a.id) for a in said.attributions],
        )
