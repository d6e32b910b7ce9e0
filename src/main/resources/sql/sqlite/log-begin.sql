UPDATE event_log SET epoch = epoch + 1, leased_until = 0
