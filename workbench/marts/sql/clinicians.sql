-- One row a clinician with hours or sessions in the span: their work, their notes and the money of it.
SELECT
    s.staff_id AS clinician_id,
    coalesce(w.sessions, 0) AS sessions,
    coalesce(w.minutes, 0) AS minutes,
    coalesce(c.capacity, 0) AS capacity_minutes,
    coalesce(w.no_shows, 0) AS no_shows,
    coalesce(w.expected, 0) AS expected,
    coalesce(m.charged_cents, 0) AS charged_cents,
    coalesce(m.collected_cents, 0) AS collected_cents,
    coalesce(u.unsigned, 0) AS unsigned,
    coalesce(p.patients, 0) AS patients
FROM core_staff AS s
LEFT JOIN (
    SELECT clinician_id, sum(sessions_completed) AS sessions, sum(minutes_completed) AS minutes,
        sum(no_shows) AS no_shows, sum(completed + no_shows + late_cancelled) AS expected
    FROM out_scheduling__days
    WHERE day_on >= $from_on AND day_on < $until_on
    GROUP BY clinician_id
) AS w ON w.clinician_id = s.staff_id
LEFT JOIN (
    SELECT staff_id, count(*) * any_value(weekly_hours) * 60 / 7 AS capacity
    FROM core_staff
    JOIN range(CAST($from_on AS TIMESTAMP), CAST($until_on AS TIMESTAMP), INTERVAL 1 DAY) AS days(day_on)
        ON days.day_on >= started_on AND (ended_on IS NULL OR days.day_on < ended_on)
    WHERE is_clinician
    GROUP BY staff_id
) AS c ON c.staff_id = s.staff_id
LEFT JOIN (
    SELECT clinician_id, sum(charged_cents) AS charged_cents, sum(payer_cents + patient_cents) AS collected_cents
    FROM out_ledger__days
    WHERE day_on >= $from_on AND day_on < $until_on
    GROUP BY clinician_id
) AS m ON m.clinician_id = s.staff_id
LEFT JOIN (
    SELECT clinician_id, count(*) AS unsigned
    FROM out_charting__unsigned
    WHERE ends_at < CAST($now AS TIMESTAMP) - INTERVAL 72 HOUR
    GROUP BY clinician_id
) AS u ON u.clinician_id = s.staff_id
LEFT JOIN (
    SELECT clinician_id, count(DISTINCT patient_id) AS patients
    FROM out_scheduling__seen
    WHERE day_on >= $from_on AND day_on < $until_on
    GROUP BY clinician_id
) AS p ON p.clinician_id = s.staff_id
WHERE s.is_clinician AND (w.sessions > 0 OR c.capacity > 0 OR m.collected_cents <> 0 OR u.unsigned > 0)
ORDER BY sessions DESC, clinician_id
