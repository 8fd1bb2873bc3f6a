-- Late cancellations over all attendances that were completed, missed or cancelled late: one row a bucket.
SELECT {bucket} AS bucket, sum(late_cancelled) AS top, sum(completed + no_shows + late_cancelled) AS bottom
FROM out_scheduling__days
WHERE day_on >= $from_on AND day_on < $until_on
GROUP BY 1
ORDER BY 1
