-- critical: No attendance is held twice.
SELECT count(*) FROM (
    SELECT id FROM raw_attendances WHERE id IN (SELECT id FROM changed_attendances) GROUP BY id HAVING count(*) > 1
)
