-- From version 8: the index of events is over their identities, a seventh of their keys' size, as EventIdentity makes them.
ALTER TABLE event ADD COLUMN identity BYTEA;
UPDATE event SET identity =
  substring(int8send(rpad(left(regexp_replace(
    coalesce(substring(key FROM '[|]timestamp=([^|]*)'), ''), '[^0-9]', '', 'g'), 16), 16, '0')::bigint) FROM 2)
  || substring(sha256(convert_to(key, 'UTF8')) FROM 1 FOR 8) || decode('00', 'hex');
ALTER TABLE event ALTER COLUMN identity SET NOT NULL;
ALTER TABLE event DROP CONSTRAINT event_key_source_key;
ALTER TABLE event ADD CONSTRAINT event_identity_source_key UNIQUE (identity, source);
DELETE FROM schema_version;
