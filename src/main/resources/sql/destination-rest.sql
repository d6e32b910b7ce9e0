UPDATE destination SET resting = 1, held_until = ?, reason = ? WHERE sink = ? AND name = ?
