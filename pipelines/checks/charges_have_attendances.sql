-- critical: Every charge belongs to an attendance and costs nothing less than nothing.
SELECT count(*) FROM changed_charges AS c
WHERE c.amount_cents < 0 OR NOT EXISTS (SELECT 1 FROM raw_attendances AS t WHERE t.id = c.attendance_id)
