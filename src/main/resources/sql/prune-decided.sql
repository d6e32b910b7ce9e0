DELETE FROM decided WHERE event_id = ?
