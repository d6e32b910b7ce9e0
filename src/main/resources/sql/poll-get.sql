SELECT origin, watermark, drained_at, tailed_at, swept_at FROM poll WHERE name = ? AND feed = ?
