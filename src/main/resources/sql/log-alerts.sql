UPDATE event_log SET wanted = wanted + ?, alerts = alerts + ? WHERE id = ?
