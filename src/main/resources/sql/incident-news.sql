UPDATE delivery SET state = 'waiting', reason = CASE WHEN reason = 'printed' THEN reason END, fresh = 1, attempts = 0, ended_at = NULL,
  since = CASE WHEN coalesce(told_at, ended_at) > ? THEN coalesce(told_at, ended_at) + ? ELSE ? END,
  due_at = CASE WHEN coalesce(told_at, ended_at) > ? THEN coalesce(told_at, ended_at) + ? ELSE ? END
WHERE incident_id = ? AND state IN ('delivered', 'dead', 'discarded')
