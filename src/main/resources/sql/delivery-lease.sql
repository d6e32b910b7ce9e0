UPDATE delivery SET leased_until = ? WHERE id = ?
RETURNING id, event_id, sink, destination, rule, severity, resolve, incident, attempts, replays, since, leased_until,
  incident_id, told_count, told_state, told_severity, reference
