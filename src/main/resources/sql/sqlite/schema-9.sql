-- From version 8: the index of events is over their identities, a seventh of their keys' size. SQLite cannot drop a table's own
-- index, so the table is made anew. event_identity is a function of ours.
CREATE TABLE event_9 (
  id          INTEGER PRIMARY KEY,
  identity    BLOB    NOT NULL,
  key         TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  received_at INTEGER NOT NULL,
  body        BLOB    NOT NULL,
  UNIQUE (identity, source)
);
INSERT INTO event_9 (id, identity, key, source, type, received_at, body)
SELECT id, event_identity(key), key, source, type, received_at, body FROM event ORDER BY id;
DROP TABLE event;
ALTER TABLE event_9 RENAME TO event;
