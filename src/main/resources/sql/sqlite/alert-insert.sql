INSERT INTO alert (event_id, incident_id) SELECT value ->> 0, value ->> 1 FROM json_each(?)
