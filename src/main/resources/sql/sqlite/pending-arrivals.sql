INSERT INTO pending_event (event_id, leased_until) SELECT value ->> 0, value ->> 1 FROM json_each(?)
