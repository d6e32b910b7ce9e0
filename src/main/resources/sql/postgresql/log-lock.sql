SELECT decided, wanted, alerts FROM event_log WHERE id = ? AND epoch = ? FOR UPDATE SKIP LOCKED
