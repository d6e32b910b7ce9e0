SELECT e.id, e.key, e.source, e.identity
FROM unnest(?::bytea[], ?::bytea[], ?::text[]) AS a (first, last, source)
JOIN event e ON e.source = a.source AND e.identity BETWEEN a.first AND a.last
