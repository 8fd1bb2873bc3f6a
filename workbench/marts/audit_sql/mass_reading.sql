-- Hours in which one person opened more different records than anybody should, and far more than they usually do.
-- `usual`: the median of their own hours of the 30 days before; kept up for hours with more than `mass_least` records.
e.patient IS NOT NULL AND e.stretch IN (
    SELECT stretch FROM hours WHERE patients > $mass_least AND patients > $mass_times * usual
)
