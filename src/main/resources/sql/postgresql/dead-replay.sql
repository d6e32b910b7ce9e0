UPDATE delivery
SET state = 'waiting', attempts = 0, replays = replays + 1, since = ?, due_at = (r ->> 1)::bigint, ended_at = NULL, leased_until = 0
FROM json_array_elements(?::json) r WHERE delivery.id = (r ->> 0)::bigint AND state = 'dead'
