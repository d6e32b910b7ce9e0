UPDATE delivery SET state = 'delivered', reason = NULL, ended_at = ?
WHERE event_id = ? AND sink = 'rules' AND state = 'waiting' AND leased_until > ?
