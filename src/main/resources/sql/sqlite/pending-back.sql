UPDATE pending_event SET leased_until = 0
WHERE (event_id, leased_until) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
