DELETE FROM pending_event WHERE (event_id, leased_until) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
RETURNING event_id, leased_until
