-- Version 13. Flat views for whoever reads the file with SQL alone. They are a contract (docs/sql.md): columns are
-- added and never change their meaning; if one has to, `v_version` grows. All else in the file is our own.

CREATE VIEW v_version AS SELECT 1 AS version;

CREATE VIEW v_articles AS
  SELECT a.id, a.key, nullif(a.date, '') AS date, a.outlet, a.url, a.title,
    json_extract(a.record, '$.author') AS author, json_extract(a.record, '$.agency') AS agency,
    json_extract(a.record, '$.language') AS language, length(a.text) AS characters,
    (SELECT count(*) FROM current_statements s WHERE s.article = a.seq) AS statements, a.added_at
  FROM articles a;

-- `start` and `end` are code points of the article's text: substr(text, start + 1, "end" - start) of `articles` holds the
-- words, with the cue where it splits them. `review` is the verdict in force.
CREATE VIEW v_statements AS
  SELECT s.id, a.id AS article, nullif(s.date, '') AS date, a.outlet, a.title, a.url,
    l.person, s.speaker_name AS speaker, s.speaker_kind, s.speaker_role AS role,
    (SELECT group_concat(coalesce(json_extract(c.value, '$.name'),
        CAST(substr(CAST(a.text AS BLOB), json_extract(c.value, '$.span[0]') + 1,
          json_extract(c.value, '$.span[1]') - json_extract(c.value, '$.span[0]')) AS TEXT)), ' > ')
      FROM json_each(s.record, '$.chain') c) AS chain,
    json_extract(s.record, '$.speech') AS speech, s.kind, json_extract(s.record, '$.polarity') AS polarity,
    (SELECT group_concat(coalesce(json_extract(c.value, '$.text'),
        CAST(substr(CAST(a.text AS BLOB), json_extract(c.value, '$[0]') + 1,
          json_extract(c.value, '$[1]') - json_extract(c.value, '$[0]')) AS TEXT)), ' … ')
      FROM json_each(s.record, '$.content') c) AS words,
    coalesce(json_extract(s.record, '$.content[0].start'), json_extract(s.record, '$.content[0][2]'), json_extract(s.record, '$.content[0][0]')) AS start,
    coalesce(json_extract(s.record, '$.content[#-1].end'), json_extract(s.record, '$.content[#-1][3]'), json_extract(s.record, '$.content[#-1][1]')) AS "end",
    s.term, json_extract(s.record, '$.certainty.class') AS certainty_class,
    json_extract(s.record, '$.certainty.low') AS low, json_extract(s.record, '$.certainty.mid') AS mid,
    json_extract(s.record, '$.certainty.high') AS high, json_extract(s.record, '$.certainty.bound') AS bound,
    coalesce(json_extract(s.record, '$.window.text'),
      CAST(substr(CAST(a.text AS BLOB), json_extract(s.record, '$.window.span[0]') + 1,
        json_extract(s.record, '$.window.span[1]') - json_extract(s.record, '$.window.span[0]')) AS TEXT)) AS "window", s.earliest, s.latest,
    json_extract(s.record, '$.window.latest_soft') AS latest_soft,
    coalesce(json_extract(s.record, '$.condition.text'),
      CAST(substr(CAST(a.text AS BLOB), json_extract(s.record, '$.condition.span[0]') + 1,
        json_extract(s.record, '$.condition.span[1]') - json_extract(s.record, '$.condition.span[0]')) AS TEXT)) AS condition,
    s.class AS event,
    coalesce(json_extract(s.record, '$.event.actor.name'),
      CAST(substr(CAST(a.text AS BLOB), json_extract(s.record, '$.event.actor.span[0]') + 1,
        json_extract(s.record, '$.event.actor.span[1]') - json_extract(s.record, '$.event.actor.span[0]')) AS TEXT)) AS actor,
    coalesce(json_extract(s.record, '$.event.target.name'),
      CAST(substr(CAST(a.text AS BLOB), json_extract(s.record, '$.event.target.span[0]') + 1,
        json_extract(s.record, '$.event.target.span[1]') - json_extract(s.record, '$.event.target.span[0]')) AS TEXT)) AS target,
    (SELECT group_concat(coalesce(json_extract(c.value, '$.name'),
        CAST(substr(CAST(a.text AS BLOB), json_extract(c.value, '$.span[0]') + 1,
          json_extract(c.value, '$.span[1]') - json_extract(c.value, '$.span[0]')) AS TEXT)), '; ')
      FROM json_each(s.record, '$.places') c) AS places,
    l.origin, json_extract(s.record, '$.confidence') AS confidence,
    nullif((SELECT v.verdict FROM reviews v WHERE v.statement = s.id ORDER BY v.seq DESC LIMIT 1), 'undo') AS review,
    json_extract(s.record, '$.extractor') AS extractor, json_extract(s.record, '$.schema') AS schema
  FROM current_statements s
  JOIN articles a ON a.seq = s.article
  LEFT JOIN said l ON l.statement = s.seq;

CREATE VIEW v_questions AS
  SELECT q.id, q.text, q.class, q.actor, q.target, q.criteria,
    (SELECT count(DISTINCT b.statement) FROM current_bearings b WHERE b.question = q.id) AS statements
  FROM current_questions q;

-- `low` and `high` are probabilities (0 to 1) of "yes" that the words leave.
CREATE VIEW v_bearings AS
  SELECT b.question, q.text, b.statement, b.stance, b.low, b.high, b.reason
  FROM current_bearings b JOIN current_questions q ON q.id = b.question;

CREATE VIEW v_speakers AS
  SELECT l.person AS id,
    coalesce((SELECT p.name FROM profiles p WHERE p.person = l.person ORDER BY p.articles DESC, p.name LIMIT 1),
      min(s.speaker_name)) AS name,
    min(s.speaker_kind) AS kind, count(*) AS statements, count(DISTINCT s.article) AS articles,
    count(*) FILTER (WHERE s.kind = 'forecast') AS forecasts,
    min(nullif(s.date, '')) AS first, max(nullif(s.date, '')) AS last
  FROM said l JOIN current_statements s ON s.seq = l.statement
  WHERE l.person IS NOT NULL GROUP BY l.person;

-- Each outcome with a person's last word on it; `confirmed` is null for a proposal.
CREATE VIEW v_outcomes AS
  SELECT o.id, o.part, o.subject, o.resolver, o.state, o.known, json_extract(o.record, '$.reason') AS reason,
    (SELECT r.ruling = 'confirm' FROM rulings r WHERE r.outcome = o.seq ORDER BY r.seq DESC LIMIT 1) AS confirmed,
    (SELECT r.reviewer FROM rulings r WHERE r.outcome = o.seq ORDER BY r.seq DESC LIMIT 1) AS reviewer, o.added_at
  FROM outcomes o;
