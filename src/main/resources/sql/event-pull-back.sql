UPDATE event SET received_at = ? WHERE received_at > ?
