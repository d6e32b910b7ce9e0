WITH ours AS MATERIALIZED (
  SELECT array_agg((p ->> 0)::bigint) AS events, array_agg((p ->> 1)::bigint) AS leases
  FROM json_array_elements(?::json) p)
DELETE FROM pending_event
WHERE event_id = ANY ((SELECT events FROM ours)::bigint[])
  AND leased_until = ANY (ARRAY(
    SELECT (SELECT leases FROM ours)[i] FROM unnest(array_positions((SELECT events FROM ours), event_id)) i))
RETURNING event_id, leased_until
