UPDATE delivery SET since = ?, due_at = ? WHERE incident_id = ? AND state = 'waiting' AND fresh = 1 AND due_at > ?
