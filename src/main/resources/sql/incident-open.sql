SELECT rule, severity, count(*) FROM incident WHERE state = 'open' GROUP BY rule, severity
