UPDATE delivery SET reason = ?, leased_until = 0 WHERE id = ? AND leased_until = ?
