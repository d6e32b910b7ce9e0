SELECT (SELECT e.id FROM event e WHERE e.key = a.key AND e.source = a.source), a.key, a.source
FROM unnest(?::text[], ?::text[]) AS a (key, source)
