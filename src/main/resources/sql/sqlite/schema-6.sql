-- From version 5: silences.
CREATE TABLE silence (
  id        INTEGER PRIMARY KEY,
  matchers  TEXT    NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  made_at   INTEGER NOT NULL,
  made_by   TEXT    NOT NULL,
  comment   TEXT    NOT NULL,
  ended_at  INTEGER,
  ended_by  TEXT
);
