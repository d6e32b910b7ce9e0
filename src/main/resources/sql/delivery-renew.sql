UPDATE delivery SET leased_until = ? WHERE id = ? AND state = 'waiting' AND leased_until = ?
