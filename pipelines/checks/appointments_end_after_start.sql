-- critical: Every appointment ends after it starts, on the same or the next day.
SELECT count(*) FROM changed_appointments WHERE ends_at <= starts_at OR ends_at > starts_at + INTERVAL 1 DAY
