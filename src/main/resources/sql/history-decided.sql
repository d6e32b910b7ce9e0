SELECT alerts FROM decided WHERE event_id = ?
