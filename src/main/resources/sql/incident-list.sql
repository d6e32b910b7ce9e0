SELECT * FROM incident WHERE state = coalesce(?, state) AND id < ? ORDER BY id DESC LIMIT ?
