UPDATE event_log SET epoch = epoch + 1, leased_until = ? WHERE id = ? AND epoch = ? RETURNING id, epoch, judged
