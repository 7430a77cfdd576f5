-- Version 4. For ledgers of a million statements: shorter records (record/mod.rs),
-- and what is counted of a question is counted once, when a statement comes to bear on it.

-- What tells a record from another: 60 bits of its hash. Null in rows of earlier versions.
ALTER TABLE statements ADD COLUMN sum INTEGER;

-- What was said, for who reads the file with SQL alone: records keep a span as
-- [byte_start, byte_end] of the article's text.
CREATE VIEW said_words AS
  SELECT s.id, s.date, s.speaker_name AS speaker,
    (SELECT group_concat(coalesce(
        json_extract(c.value, '$.text'),
        CAST(substr(CAST(a.text AS BLOB), json_extract(c.value, '$[0]') + 1,
          json_extract(c.value, '$[1]') - json_extract(c.value, '$[0]')) AS TEXT)), ' ')
      FROM json_each(s.record, '$.content') c) AS words
  FROM current_statements s JOIN articles a ON a.seq = s.article;

-- Derived: what bears on a question, by the day of its article (days since 1970, -1 for none).
-- Ids are the numbers in them, names their hashes.
CREATE TABLE standings (
  question  INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  stance    INTEGER NOT NULL,
  low       REAL,
  high      REAL,
  person    INTEGER,
  origin    INTEGER NOT NULL,
  article   INTEGER NOT NULL,
  outlet    INTEGER,
  PRIMARY KEY (question, day, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX standings_by_statement ON standings (statement);

-- Derived: how often a question's standings have each value; `part` says of what (linking/standings.rs).
CREATE TABLE tallies (
  question INTEGER NOT NULL,
  part     INTEGER NOT NULL,
  value    ANY NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (question, part, value)
) STRICT, WITHOUT ROWID;

-- Keys of one week stand together, so that the news of a day touches a few pages and not all.
ALTER TABLE origin_keys RENAME TO origin_keys_before;
CREATE TABLE origin_keys (
  week      INTEGER NOT NULL,
  key       INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (week, key, day, statement)
) STRICT, WITHOUT ROWID;
INSERT INTO origin_keys SELECT day >> 3, key, day, statement FROM origin_keys_before;
DROP TABLE origin_keys_before;

-- Whether a statement has a class is seen without its row.
DROP INDEX statements_by_class;
CREATE INDEX statements_by_class ON statements (class, seq) WHERE class IS NOT NULL;
