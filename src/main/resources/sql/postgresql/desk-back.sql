UPDATE desk d SET leased_until = 0 FROM json_array_elements(?::json) p
WHERE d.event_id = (p ->> 0)::bigint AND d.leased_until = (p ->> 1)::bigint
