SELECT count(*), (SELECT received_at FROM event WHERE id = (SELECT min(event_id) FROM pending_event)) FROM pending_event
