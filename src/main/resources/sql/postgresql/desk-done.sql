DELETE FROM desk d USING json_array_elements(?::json) p
WHERE d.event_id = (p ->> 0)::bigint AND d.leased_until = (p ->> 1)::bigint
RETURNING d.event_id, d.leased_until
