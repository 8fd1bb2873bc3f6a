-- critical: Every note belongs to an attendance, and what is locked is signed.
SELECT count(*) FROM changed_notes AS n
WHERE NOT EXISTS (SELECT 1 FROM raw_attendances AS t WHERE t.id = n.attendance_id)
   OR (n.state = 'locked') <> (n.signed_at IS NOT NULL)
