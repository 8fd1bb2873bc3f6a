-- critical: Every attendance stands in a way the numbers know how to count.
SELECT count(*) FROM changed_attendances
WHERE status NOT IN (
    'requested', 'booked', 'confirmed', 'arrived', 'in_session', 'completed', 'no_show', 'late_cancelled', 'cancelled'
)
