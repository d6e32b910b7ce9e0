UPDATE delivery SET state = 'suppressed', reason = ?, ended_at = ?
WHERE incident_id = ? AND state = 'waiting' AND told_at IS NULL AND fresh = 1 AND due_at > ?
