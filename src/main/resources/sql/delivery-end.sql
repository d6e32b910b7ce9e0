UPDATE delivery SET state = ?, reason = ?, ended_at = ?, attempts = attempts + 1, fresh = 0, leased_until = 0
WHERE id = ? AND leased_until = ?
