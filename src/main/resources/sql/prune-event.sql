DELETE FROM event WHERE id = ?
