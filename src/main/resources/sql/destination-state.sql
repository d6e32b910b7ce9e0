SELECT failures, resting FROM destination WHERE sink = ? AND name = ?
