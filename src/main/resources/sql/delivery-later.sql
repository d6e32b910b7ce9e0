UPDATE delivery SET due_at = ?, reason = ?, attempts = attempts + 1, fresh = 0, leased_until = 0
WHERE id = ? AND state = 'waiting' AND leased_until = ?
