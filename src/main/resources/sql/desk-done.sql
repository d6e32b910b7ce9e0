DELETE FROM desk WHERE event_id = ? AND leased_until = ?
