SELECT id, octet_length(body) FROM event
WHERE id IN (SELECT p::bigint FROM json_array_elements_text(?::json) p) ORDER BY id
