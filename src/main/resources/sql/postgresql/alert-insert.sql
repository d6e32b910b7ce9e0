INSERT INTO alert (event_id, incident_id) SELECT (p ->> 0)::bigint, (p ->> 1)::bigint FROM json_array_elements(?::json) p
