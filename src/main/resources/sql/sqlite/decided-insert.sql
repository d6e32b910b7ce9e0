INSERT INTO decided (event_id, alerts) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
ON CONFLICT (event_id) DO UPDATE SET alerts = decided.alerts + excluded.alerts
