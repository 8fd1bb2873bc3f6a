-- critical: No appointment is held twice.
SELECT count(*) FROM (
    SELECT id FROM raw_appointments WHERE id IN (SELECT id FROM changed_appointments) GROUP BY id HAVING count(*) > 1
)
