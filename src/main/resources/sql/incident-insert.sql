INSERT INTO incident (key, rule, source, project, labels, folded, state, severity, count, late, recoveries, since, last, recovered_at,
  last_event, texts, samples, opened_at, touched_at, repeated_at, group_wait, group_interval, repeat_interval, resolve_after,
  recovers, unless)
VALUES (?, ?, ?, ?, ?, ?, 'open', ?, 0, 0, 0, ?, ?, ?, ?, '{}', '[]', ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) WHERE state = 'open' DO NOTHING
RETURNING *
