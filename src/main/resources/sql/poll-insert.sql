INSERT INTO poll (name, feed, origin, watermark, drained_at, tailed_at, swept_at) VALUES (?, ?, ?, ?, ?, ?, 0)
ON CONFLICT (name, feed) DO NOTHING
