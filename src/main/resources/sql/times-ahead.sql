SELECT max(latest) FROM (
  SELECT received_at AS latest FROM (SELECT received_at FROM event ORDER BY id DESC LIMIT 1) AS last_event
  UNION ALL
  SELECT since FROM (SELECT since FROM delivery ORDER BY id DESC LIMIT 1) AS last_delivery
  UNION ALL
  SELECT max(since) FROM delivery WHERE state = 'waiting'
) AS times
