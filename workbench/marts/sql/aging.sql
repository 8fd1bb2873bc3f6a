-- What is owed now, by who owes it and by days since the service: one row a payer, and one of all patients.
SELECT
    owed_by,
    sum(cents) FILTER (age_days <= 30) AS to_30,
    sum(cents) FILTER (age_days BETWEEN 31 AND 60) AS to_60,
    sum(cents) FILTER (age_days BETWEEN 61 AND 90) AS to_90,
    sum(cents) FILTER (age_days BETWEEN 91 AND 120) AS to_120,
    sum(cents) FILTER (age_days > 120) AS over_120,
    sum(cents) AS total,
    count(DISTINCT patient_id) AS patients
FROM (
    SELECT payer_id AS owed_by, payer_cents AS cents, CAST($today AS DATE) - day_on AS age_days, patient_id
    FROM out_ledger__open
    WHERE payer_cents <> 0
    UNION ALL
    SELECT 'patients', patient_cents, CAST($today AS DATE) - day_on, patient_id
    FROM out_ledger__open
    WHERE patient_cents <> 0
)
GROUP BY owed_by
ORDER BY total DESC
