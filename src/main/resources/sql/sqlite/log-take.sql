UPDATE event_log SET epoch = epoch + 1, leased_until = ? WHERE leased_until <= ? RETURNING id, epoch, judged
