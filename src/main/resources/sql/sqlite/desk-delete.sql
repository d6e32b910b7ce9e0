DELETE FROM desk WHERE event_id = ?
