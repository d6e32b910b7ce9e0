UPDATE delivery SET reason = ?, leased_until = 0 WHERE id = ? AND state = 'waiting' AND leased_until = ?
