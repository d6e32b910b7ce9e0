UPDATE lane SET busy_until = ? WHERE sink = ? AND name = ?
