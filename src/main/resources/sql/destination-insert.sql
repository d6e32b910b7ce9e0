INSERT INTO destination (sink, name) VALUES (?, ?) ON CONFLICT (sink, name) DO NOTHING
