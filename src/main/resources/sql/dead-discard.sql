UPDATE delivery SET state = 'discarded', ended_at = ? WHERE id = ? AND state = 'dead'
