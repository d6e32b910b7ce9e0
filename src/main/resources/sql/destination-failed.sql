UPDATE destination SET failures = failures + 1 WHERE sink = ? AND name = ? RETURNING failures, resting
