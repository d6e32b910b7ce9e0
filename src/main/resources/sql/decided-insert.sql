INSERT INTO decided (event_id, alerts) VALUES (?, ?)
ON CONFLICT (event_id) DO UPDATE SET alerts = decided.alerts + excluded.alerts
