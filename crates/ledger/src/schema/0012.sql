-- Version 12. What articles are to one another is derived: which of two is the earlier one is decided by when
-- they were published, so a text that is added later may come to precede those that are there. (kin/)
DROP TABLE kin;
CREATE TABLE kin (
  article   INTEGER NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('version', 'copy')),
  of        INTEGER NOT NULL,
  contained REAL,
  PRIMARY KEY (article, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX kin_by_of ON kin (of);

-- Versions of a page are mostly copies as well, and are shown as versions alone.
CREATE VIEW relations AS
  SELECT article, kind, of, contained FROM kin k
  WHERE kind = 'version'
     OR NOT EXISTS (SELECT 1 FROM kin v WHERE v.article = k.article AND v.kind = 'version');

-- `rank` is what decides (kin/rank.rs).
DROP TABLE addresses;
CREATE TABLE addresses (
  address TEXT NOT NULL,
  rank    TEXT NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (address, rank, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_article ON addresses (article);
DELETE FROM sketch_keys;
DELETE FROM sketched;
