UPDATE delivery SET leased_until = 0 WHERE state = 'waiting' AND leased_until > 0
