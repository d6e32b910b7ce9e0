SELECT source, max(received_at) FROM (SELECT source, received_at FROM event ORDER BY id DESC LIMIT ?) newest GROUP BY source
