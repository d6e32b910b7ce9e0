SELECT i.* FROM json_each(?) k JOIN incident i ON i.id = (SELECT max(id) FROM incident WHERE key = k.value) ORDER BY i.id
