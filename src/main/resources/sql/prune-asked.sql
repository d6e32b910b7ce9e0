SELECT (SELECT count(*) FROM delivery WHERE event_id = ? AND sink <> 'rules' AND incident_id IS NULL)
  + (SELECT count(*) FROM alert WHERE event_id = ?)
