-- Version 10. What became of questions and forecasts: records, which only grow.

-- What a resolver says. Of one subject under one resolver the newest confirmed row holds; a newer one
-- without a ruling is a proposal. `subject` is the id of a question or a statement, `record` JSON.
CREATE TABLE outcomes (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL,
  part     TEXT NOT NULL CHECK (part IN ('question', 'statement')),
  subject  TEXT NOT NULL,
  resolver TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN
    ('true', 'false', 'pending', 'partial', 'void', 'disputed', 'unresolvable')),
  known    TEXT NOT NULL,
  record   TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX outcomes_by_subject ON outcomes (subject, resolver, seq);
CREATE INDEX outcomes_by_id ON outcomes (id, seq);

-- What a person says of an outcome; the newest row of an outcome holds.
CREATE TABLE rulings (
  seq      INTEGER PRIMARY KEY,
  outcome  INTEGER NOT NULL REFERENCES outcomes (seq),
  ruling   TEXT NOT NULL CHECK (ruling IN ('confirm', 'withdraw')),
  reason   TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX rulings_by_outcome ON rulings (outcome, seq);

CREATE TRIGGER outcomes_keep BEFORE UPDATE ON outcomes BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER outcomes_stay BEFORE DELETE ON outcomes BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER rulings_keep  BEFORE UPDATE ON rulings  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER rulings_stay  BEFORE DELETE ON rulings  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
