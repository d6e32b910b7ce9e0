UPDATE delivery
SET state = 'waiting', attempts = 0, replays = replays + 1, since = ?, due_at = r.value ->> 1, ended_at = NULL, leased_until = 0
FROM json_each(?) r WHERE delivery.id = r.value ->> 0 AND state = 'dead'
