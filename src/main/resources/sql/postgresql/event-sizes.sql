SELECT id, octet_length(body) FROM event
WHERE id = ANY (ARRAY(SELECT p::bigint FROM json_array_elements_text(?::json) p)) ORDER BY id
