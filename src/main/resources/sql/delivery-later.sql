UPDATE delivery SET due_at = ?, reason = ?, attempts = attempts + 1, fresh = 0, leased_until = 0
WHERE id = ? AND leased_until = ?
