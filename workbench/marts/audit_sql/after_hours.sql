-- What people, not jobs, did with somebody's record outside the practice's hours, by its own clock.
e.patient IS NOT NULL AND e.is_person AND (e.weekday > 5 OR e.hour < $opens OR e.hour >= $closes)
