-- From version 4: the key is unique within its source.
ALTER TABLE event DROP CONSTRAINT event_key_key, ADD UNIQUE (key, source);
DELETE FROM schema_version;
