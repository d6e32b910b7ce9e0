SELECT * FROM (
  SELECT s.*, CASE WHEN s.ended_at IS NOT NULL OR s.ends_at <= ? THEN 'expired'
                   WHEN s.starts_at > ? THEN 'pending' ELSE 'active' END AS state
  FROM silence s) told
WHERE id > ? AND ? LIKE '%' || state || '%' ORDER BY id LIMIT ?
