UPDATE delivery SET state = ?, due_at = ?, since = ?, ended_at = ?, reason = NULL, attempts = ?, fresh = ?, leased_until = 0,
  told_count = ?, told_state = ?, told_severity = ?, told_at = ?
WHERE id = ? AND leased_until = ?
