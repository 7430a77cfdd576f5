-- Version 5.

-- Who a speaker is outside of this ledger. The newest row of a speaker holds; one
-- without a value takes the one before it back.
CREATE TABLE identities (
  seq         INTEGER PRIMARY KEY,
  person      TEXT NOT NULL,
  scheme      TEXT NOT NULL CHECK (scheme IN ('wikidata')),
  value       TEXT,
  name        TEXT,
  description TEXT,
  reason      TEXT NOT NULL,
  reviewer    TEXT,
  added_at    TEXT NOT NULL
) STRICT;
CREATE INDEX identities_by_person ON identities (person, seq);
CREATE TRIGGER identities_keep BEFORE UPDATE ON identities BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER identities_stay BEFORE DELETE ON identities BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

-- Derived: the class beside the person, so that what one says of one sort of event is one range.
ALTER TABLE said ADD COLUMN class TEXT;
UPDATE said SET class = (SELECT s.class FROM statements s WHERE s.seq = said.statement);
DROP INDEX said_by_person;
CREATE INDEX said_by_person ON said (person, class, statement) WHERE person IS NOT NULL;
