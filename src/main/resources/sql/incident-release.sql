UPDATE delivery SET state = 'waiting', reason = NULL, fresh = 1, attempts = 0, since = ?, due_at = ?, ended_at = NULL
WHERE incident_id = ? AND state = 'suppressed' AND reason = ?
