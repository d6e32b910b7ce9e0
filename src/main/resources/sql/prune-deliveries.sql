DELETE FROM delivery WHERE event_id = ?
