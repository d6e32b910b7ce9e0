SELECT * FROM incident WHERE id = ?
