UPDATE delivery SET leased_until = ? WHERE id = ? AND leased_until = ?
