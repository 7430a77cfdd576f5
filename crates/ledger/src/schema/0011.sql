-- Version 11. Issues: what statements are about where no pack knows the event (linking/issues.rs).

-- Derived: an issue by its hash, and the question that it has become; '' while it is none. One that
-- `repeats` another is not asked. `topic` (JSON) is a pack's question that it belongs to, else ''.
CREATE TABLE issues (
  issue    INTEGER PRIMARY KEY,
  key      TEXT NOT NULL,
  question TEXT NOT NULL,
  text     TEXT NOT NULL,
  topic    TEXT NOT NULL,
  repeats  INTEGER NOT NULL
) STRICT;
CREATE INDEX issues_by_question ON issues (question) WHERE question <> '';

-- Derived: the statements of an issue; `tie` says how each came to it (0 own, 1 mention, 2 alike).
CREATE TABLE issue_members (
  issue     INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  tie       INTEGER NOT NULL,
  PRIMARY KEY (issue, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_members_by_statement ON issue_members (statement, tie);

-- Derived: under which hashes a statement meets those that say the same in nearly the same words.
CREATE TABLE likenesses (
  week      INTEGER NOT NULL,
  key       INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (week, key, day, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX likenesses_by_statement ON likenesses (statement);

-- Derived: under which hashes a report meets others of its source; `held` is 1 where a holder is known.
DROP TABLE origin_keys;
CREATE TABLE origin_keys (
  week      INTEGER NOT NULL,
  key       INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  held      INTEGER NOT NULL,
  PRIMARY KEY (week, key, day, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_keys_by_statement ON origin_keys (statement);

-- Derived: origins are numbers of their own, and no longer a report's.
DROP INDEX said_by_origin;
CREATE INDEX said_by_origin ON said (origin);
