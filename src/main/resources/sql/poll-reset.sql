UPDATE poll SET origin = ?, watermark = ?, drained_at = ?, tailed_at = ?, swept_at = ? WHERE name = ? AND feed = ?
