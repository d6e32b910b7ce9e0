UPDATE poll SET watermark = ?, drained_at = ?, tailed_at = ?, swept_at = ? WHERE name = ? AND feed = ? AND watermark <= ?
