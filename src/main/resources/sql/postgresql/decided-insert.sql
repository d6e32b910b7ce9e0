INSERT INTO decided (event_id, alerts) SELECT (p ->> 0)::bigint, (p ->> 1)::integer FROM json_array_elements(?::json) p
ON CONFLICT (event_id) DO UPDATE SET alerts = decided.alerts + excluded.alerts
