UPDATE event_log SET epoch = epoch + 1, leased_until = ? WHERE id = ? AND ? IS NOT NULL RETURNING id, epoch, judged
