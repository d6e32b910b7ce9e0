-- From version 5: silences.
CREATE TABLE silence (
  id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matchers  TEXT   NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at   BIGINT NOT NULL,
  made_at   BIGINT NOT NULL,
  made_by   TEXT   NOT NULL,
  comment   TEXT   NOT NULL,
  ended_at  BIGINT,
  ended_by  TEXT
);
DELETE FROM schema_version;
