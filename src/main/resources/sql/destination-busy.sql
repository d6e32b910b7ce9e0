UPDATE destination SET busy_until = ? WHERE sink = ? AND name = ?
