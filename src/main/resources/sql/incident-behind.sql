UPDATE delivery SET state = 'waiting', reason = CASE WHEN reason = 'printed' THEN reason END,
  fresh = 1, attempts = 0, since = ?, due_at = ?, ended_at = NULL
WHERE incident_id = ? AND state = 'delivered' AND told_count < ?
