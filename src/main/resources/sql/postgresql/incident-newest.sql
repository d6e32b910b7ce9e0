SELECT i.id
FROM json_array_elements_text(?::json) k JOIN incident i ON i.id = (SELECT max(id) FROM incident WHERE key = k)
