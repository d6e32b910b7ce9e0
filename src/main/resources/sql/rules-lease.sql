UPDATE delivery SET leased_until = ? WHERE event_id = ? AND sink = 'rules' AND state = 'waiting' AND leased_until <= ?
