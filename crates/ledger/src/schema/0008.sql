-- Version 8. Derived: sketches whole, for comparing, and the few shingles by which they are looked up.
-- What earlier versions kept is made again from the texts when the next article is added.
DROP TABLE sketches;
DROP TABLE sketched;
CREATE TABLE sketch_keys (
  key     INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;
-- `shingles` are 32-bit numbers in rising order, the lowest byte first.
CREATE TABLE sketched (
  article  INTEGER PRIMARY KEY,
  shingles BLOB NOT NULL,
  reach    INTEGER NOT NULL
) STRICT;
