UPDATE event_log SET leased_until = ? WHERE id = ? AND epoch = ?
