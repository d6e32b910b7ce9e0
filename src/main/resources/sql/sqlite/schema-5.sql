-- From version 4: the key is unique within its source. SQLite cannot drop a constraint, so the table is made anew.
CREATE TABLE event_5 (
  id          INTEGER PRIMARY KEY,
  key         TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  received_at INTEGER NOT NULL,
  body        BLOB    NOT NULL,
  UNIQUE (key, source)
);
INSERT INTO event_5 (id, key, source, type, received_at, body) SELECT id, key, source, type, received_at, body FROM event;
DROP TABLE event;
ALTER TABLE event_5 RENAME TO event;
