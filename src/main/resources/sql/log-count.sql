UPDATE event_log SET decided = decided + ?, wanted = wanted + ?, alerts = alerts + ? WHERE id = (SELECT min(id) FROM event_log)
