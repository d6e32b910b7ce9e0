UPDATE delivery SET state = 'discarded', ended_at = ?
WHERE id IN (SELECT id FROM delivery WHERE state = 'dead' AND ended_at < ? ORDER BY id LIMIT ?) AND state = 'dead'
