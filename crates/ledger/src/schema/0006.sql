-- Version 6. Derived from the records: what lists are filtered, ordered and counted by. A row of
-- `statements` is a kilobyte and most of a list looks at none of it.

-- Words that many statements share, each once. `text` of a speaker is name and role, of places all
-- names of one statement, with a unit separator between them.
CREATE TABLE labels (
  id   INTEGER PRIMARY KEY,
  part TEXT NOT NULL CHECK (part IN ('speaker', 'name', 'place', 'class', 'kind', 'outlet', 'term')),
  text TEXT NOT NULL,
  UNIQUE (part, text)
) STRICT;

-- The words of speakers and places, by `labels.id`: a word is looked for in thousands of labels and
-- not in a million statements. The tokens are those of `search`.
CREATE VIRTUAL TABLE label_search USING fts5 (
  words, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);

-- One row for each statement that holds, by `statements.seq`. Days are numbers (20310425, 0 for
-- none), the rest are `labels.id` (0 for none).
CREATE TABLE listed (
  statement INTEGER PRIMARY KEY,
  day       INTEGER NOT NULL,
  article   INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  speaker   INTEGER NOT NULL,
  name      INTEGER NOT NULL,
  place     INTEGER NOT NULL,
  class     INTEGER NOT NULL,
  kind      INTEGER NOT NULL,
  outlet    INTEGER NOT NULL,
  term      INTEGER NOT NULL,
  earliest  INTEGER,
  latest    INTEGER
) STRICT;

-- How many statements have the same four fields.
CREATE TABLE listed_counts (
  class  INTEGER NOT NULL,
  kind   INTEGER NOT NULL,
  outlet INTEGER NOT NULL,
  term   INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (class, kind, outlet, term)
) STRICT, WITHOUT ROWID;

INSERT INTO labels (part, text)
  SELECT DISTINCT 'speaker', speaker_name || char(31) || coalesce(speaker_role, '')
    FROM current_statements WHERE speaker_name IS NOT NULL
  UNION SELECT 'name', speaker_name FROM current_statements WHERE speaker_name IS NOT NULL
  UNION SELECT 'class', class FROM current_statements WHERE class IS NOT NULL
  UNION SELECT 'kind', kind FROM current_statements
  UNION SELECT 'outlet', outlet FROM current_statements WHERE outlet IS NOT NULL
  UNION SELECT 'term', term FROM current_statements WHERE term IS NOT NULL
  UNION SELECT 'place', group_concat(name, char(31)) FROM
    (SELECT statement, name FROM statement_places ORDER BY statement, name) GROUP BY statement;

INSERT INTO label_search (rowid, words)
  SELECT id, replace(text, char(31), char(10)) FROM labels WHERE part IN ('speaker', 'place');

INSERT INTO listed
  SELECT s.seq, CAST(replace(s.date, '-', '') AS INTEGER), s.article, s.position,
    coalesce((SELECT id FROM labels WHERE part = 'speaker'
      AND text = s.speaker_name || char(31) || coalesce(s.speaker_role, '')), 0),
    coalesce((SELECT id FROM labels WHERE part = 'name' AND text = s.speaker_name), 0),
    coalesce((SELECT id FROM labels WHERE part = 'place' AND text =
      (SELECT group_concat(name, char(31)) FROM
        (SELECT name FROM statement_places WHERE statement = s.seq ORDER BY name))), 0),
    coalesce((SELECT id FROM labels WHERE part = 'class' AND text = s.class), 0),
    coalesce((SELECT id FROM labels WHERE part = 'kind' AND text = s.kind), 0),
    coalesce((SELECT id FROM labels WHERE part = 'outlet' AND text = s.outlet), 0),
    coalesce((SELECT id FROM labels WHERE part = 'term' AND text = s.term), 0),
    CAST(replace(s.earliest, '-', '') AS INTEGER), CAST(replace(s.latest, '-', '') AS INTEGER)
  FROM current_statements s ORDER BY s.seq;

INSERT INTO listed_counts
  SELECT class, kind, outlet, term, count(*) FROM listed GROUP BY class, kind, outlet, term;

CREATE INDEX listed_by_speaker ON listed (speaker, class) WHERE speaker <> 0;
CREATE INDEX listed_by_place ON listed (place, class) WHERE place <> 0;
-- A list without words is this, from its beginning: whatever else is asked stands in it.
CREATE INDEX listed_by_day ON listed
  (day DESC, article DESC, position, statement, class, kind, outlet, term, earliest, latest);

-- Nothing asks these any more.
DROP INDEX statements_by_date;
DROP INDEX statements_by_class;
