INSERT INTO pending_event (event_id, replayed) VALUES (?, ?) ON CONFLICT (event_id) DO UPDATE SET replayed = excluded.replayed
