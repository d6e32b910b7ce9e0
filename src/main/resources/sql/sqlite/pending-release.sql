UPDATE pending_event SET leased_until = 0 WHERE leased_until > 0
