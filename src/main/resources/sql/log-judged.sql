UPDATE event_log SET judged = ?, decided = decided + ?, leased_until = ? WHERE id = ? AND epoch = ? AND judged = ?
