DELETE FROM alert WHERE event_id = ?
