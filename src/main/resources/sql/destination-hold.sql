UPDATE destination SET held_until = ?, reason = ? WHERE sink = ? AND name = ?
