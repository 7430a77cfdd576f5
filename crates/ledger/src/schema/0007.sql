-- Version 7. Derived: how many statements of one month (203104, 0 for none) have the same four
-- fields, so that a range of days is counted by its months and only its ends by the day.
DROP TABLE listed_counts;
CREATE TABLE listed_counts (
  month  INTEGER NOT NULL,
  class  INTEGER NOT NULL,
  kind   INTEGER NOT NULL,
  outlet INTEGER NOT NULL,
  term   INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (month, class, kind, outlet, term)
) STRICT, WITHOUT ROWID;
INSERT INTO listed_counts
  SELECT day / 100, class, kind, outlet, term, count(*) FROM listed
  GROUP BY day / 100, class, kind, outlet, term;
