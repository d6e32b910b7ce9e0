SELECT count(*), min(e.received_at) FROM desk k JOIN event e ON e.id = k.event_id
