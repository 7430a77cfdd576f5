-- Version 1. Record tables are only ever inserted into: the triggers at the end refuse anything
-- else, from this program and from any other.

-- One text. `record` is the article as JSON with an empty text; the text stands beside it, so
-- that a span can be checked without reading JSON. `date` is the day of publication, '' when it
-- is not known, so that ordering needs no special case.
CREATE TABLE articles (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  key      TEXT NOT NULL,
  outlet   TEXT,
  url      TEXT,
  title    TEXT,
  date     TEXT NOT NULL,
  text     TEXT NOT NULL,
  record   TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_date ON articles (date, seq);
CREATE INDEX articles_by_key ON articles (key);

-- The very text under another outlet or address.
CREATE TABLE copies (
  seq      INTEGER PRIMARY KEY,
  article  INTEGER NOT NULL REFERENCES articles (seq),
  outlet   TEXT,
  url      TEXT,
  record   TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX copies_by_article ON copies (article);

-- One reading of one attribution. `record` is the statement as JSON and the only truth; the
-- columns repeat what queries filter, order and count by. A corrected statement keeps its id and
-- gets the next revision.
CREATE TABLE statements (
  seq          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL,
  revision     INTEGER NOT NULL,
  article      INTEGER NOT NULL REFERENCES articles (seq),
  position     INTEGER NOT NULL,
  date         TEXT NOT NULL,
  outlet       TEXT,
  speaker      TEXT,
  speaker_name TEXT,
  speaker_kind TEXT,
  speaker_role TEXT,
  kind         TEXT NOT NULL,
  term         TEXT,
  class        TEXT,
  earliest     TEXT,
  latest       TEXT,
  record       TEXT NOT NULL,
  added_at     TEXT NOT NULL,
  UNIQUE (id, revision)
) STRICT;
CREATE INDEX statements_by_date ON statements (date, article, position);
CREATE INDEX statements_by_article ON statements (article, position);
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX statements_by_class ON statements (class) WHERE class IS NOT NULL;

CREATE TABLE statement_places (
  statement INTEGER NOT NULL REFERENCES statements (seq),
  name      TEXT NOT NULL,
  PRIMARY KEY (statement, name)
) STRICT, WITHOUT ROWID;

-- A yes/no sentence. What bears on it stands in `bearings`, so that one new statement costs one
-- row and not the question again.
CREATE TABLE questions (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL,
  revision INTEGER NOT NULL,
  text     TEXT NOT NULL,
  class    TEXT NOT NULL,
  actor    TEXT,
  target   TEXT,
  criteria TEXT,
  added_at TEXT NOT NULL,
  UNIQUE (id, revision)
) STRICT;

CREATE TABLE bearings (
  seq       INTEGER PRIMARY KEY,
  question  TEXT NOT NULL,
  statement TEXT NOT NULL,
  stance    TEXT NOT NULL CHECK (stance IN ('yes', 'no')),
  low       REAL,
  high      REAL,
  reason    TEXT NOT NULL,
  added_at  TEXT NOT NULL
) STRICT;
CREATE INDEX bearings_by_question ON bearings (question);
CREATE INDEX bearings_by_statement ON bearings (statement);

-- A record that holds no longer: `old` is its seq, `new` the seq of the record of the same table
-- that took its place, null where it was withdrawn.
CREATE TABLE revisions (
  seq      INTEGER PRIMARY KEY,
  record   TEXT NOT NULL CHECK (record IN ('statement', 'question', 'bearing')),
  old      INTEGER NOT NULL,
  new      INTEGER,
  reason   TEXT NOT NULL,
  added_at TEXT NOT NULL,
  UNIQUE (record, old)
) STRICT;

CREATE VIEW current_statements AS SELECT * FROM statements s WHERE NOT EXISTS (
  SELECT 1 FROM revisions r WHERE r.record = 'statement' AND r.old = s.seq);
CREATE VIEW current_questions AS SELECT * FROM questions q WHERE NOT EXISTS (
  SELECT 1 FROM revisions r WHERE r.record = 'question' AND r.old = q.seq);
CREATE VIEW current_bearings AS SELECT * FROM bearings b WHERE NOT EXISTS (
  SELECT 1 FROM revisions r WHERE r.record = 'bearing' AND r.old = b.seq);

-- The words to search, by `statements.seq`. It keeps no copy of the text (content = ''), and no
-- trigger fills it: the one function that inserts a statement inserts its row here in the same
-- transaction, which was measured to cost less than a third of a trigger.
CREATE VIRTUAL TABLE search USING fts5 (
  words, names, title, speaker, via, place, event,
  content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_keep   BEFORE UPDATE ON articles   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER articles_stay   BEFORE DELETE ON articles   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER copies_keep     BEFORE UPDATE ON copies     BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER copies_stay     BEFORE DELETE ON copies     BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER statements_keep BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER statements_stay BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER places_keep     BEFORE UPDATE ON statement_places BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER places_stay     BEFORE DELETE ON statement_places BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER questions_keep  BEFORE UPDATE ON questions  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER questions_stay  BEFORE DELETE ON questions  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER bearings_keep   BEFORE UPDATE ON bearings   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER bearings_stay   BEFORE DELETE ON bearings   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER revisions_keep  BEFORE UPDATE ON revisions  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER revisions_stay  BEFORE DELETE ON revisions  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
