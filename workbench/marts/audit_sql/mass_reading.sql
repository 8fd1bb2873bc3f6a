-- Hours in which one person opened more different records than anybody should, and far more than they usually do.
e.patient IS NOT NULL AND (e.actor, date_trunc('hour', e.done_at)) IN (
    SELECT (h.actor, h.hour)
    FROM hours AS h
    LEFT JOIN hours AS b
        ON b.actor = h.actor AND b.hour >= h.hour - to_days($mass_days) AND b.hour < h.hour
    WHERE h.patients > $mass_least
    GROUP BY h.actor, h.hour, h.patients
    HAVING h.patients > $mass_times * coalesce(median(b.patients), 0)
)
