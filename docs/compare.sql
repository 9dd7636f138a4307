-- One indicator of a report beside all others, each with its grade. Of several files:
-- read_parquet('figures-*.parquet', union_by_name = true).
CREATE OR REPLACE VIEW figures AS FROM read_parquet('figures.parquet');
CREATE OR REPLACE VIEW codebook AS
    FROM read_csv('seeds/indicators.csv', header = true, all_varchar = true);
CREATE OR REPLACE VIEW neighbours AS
    FROM read_csv('seeds/neighbours.csv', header = true, all_varchar = true);
CREATE OR REPLACE VIEW overrides AS
    FROM read_csv('seeds/overrides.csv', header = true, all_varchar = true);

CREATE OR REPLACE MACRO compare(asked, of_report) AS TABLE
WITH near AS (
    SELECT asked AS indicator
    UNION SELECT neighbour FROM neighbours WHERE indicator = asked
),
shares AS (
    SELECT *, row_number() OVER () AS number FROM codebook
    WHERE numerator IS NOT NULL AND denominator IS NOT NULL
),
-- What is on file of these, and of the counts that make shares of them.
given AS (
    SELECT *, 0 AS number, (report_code, place_code, year, scope_code, period_code) AS kin
    FROM figures
    WHERE indicator_code IN (
        FROM near
        UNION SELECT unnest([numerator, denominator]) FROM shares WHERE indicator IN (FROM near)
    )
),
-- A share that no source prints, of two exact counts of one unit.
computed AS (
    SELECT part.* REPLACE (
        shares.indicator AS indicator_code, NULL AS printed, '%' AS unit_code,
        '%' AS unit_canonical, 'derived' AS status_code, part.value AS part, whole.value AS whole,
        round(100 * part.value / whole.value, 2) AS value, shares.number AS number,
        (SELECT min(table_order) FROM given WHERE kin = part.kin) AS table_order
    )
    FROM shares
    JOIN given AS part ON part.indicator_code = numerator
    JOIN given AS whole ON whole.indicator_code = denominator AND whole.kin = part.kin
    WHERE shares.indicator IN (FROM near)
        AND NOT EXISTS (FROM given WHERE kin = part.kin AND indicator_code = shares.indicator)
        AND split_part(part.unit_canonical, '|', 1) = split_part(whole.unit_canonical, '|', 1)
        AND part.bound_code = 'exact' AND part.measure_code IN ('count', 'stock')
        AND whole.bound_code = 'exact' AND whole.measure_code IN ('count', 'stock')
        AND whole.value > 0 AND part.value BETWEEN 0 AND whole.value
),
seen AS (
    FROM given WHERE indicator_code IN (FROM near) UNION ALL BY NAME FROM computed
),
own AS (FROM seen WHERE report_code = of_report AND indicator_code = asked),
-- The rule: how like a figure of others is to the nearest of the report's own.
likened AS (
    SELECT *, CASE WHEN report_code <> of_report THEN (
        SELECT min(CASE
            WHEN seen.indicator_code <> own.indicator_code THEN 'C'
            WHEN NOT list_has_any(
                string_split(seen.unit_canonical, '|'), string_split(own.unit_canonical, '|')
            ) THEN 'C'
            ELSE ['A', 'B', 'C'][1 + least(2, (seen.scope_code <> own.scope_code)::INT
                + (seen.level_code <> own.level_code)::INT
                + (seen.period_kind_code <> own.period_kind_code)::INT
                + (abs(seen.year - own.year) > 3)::INT)]
        END) FROM own
    ) END AS likeness
    FROM seen
),
-- overrides.csv comes before the rule.
graded AS (
    SELECT likened.*, if(likeness IS NULL, NULL, coalesce(overrides.grade, likeness)) AS grade
    FROM likened LEFT JOIN overrides
        ON (report, place, overrides.year::INT, indicator)
            = (report_code, place_code, likened.year, indicator_code) AND indicator = asked
)
-- Where the report has no figure, nothing is graded, and no neighbour shown.
SELECT row_number() OVER (
        ORDER BY report_code <> of_report, grade, indicator_code <> asked, place_code, year,
            number, table_order
    ) AS line,
    grade, place_code, place_zh, place_en, level_code, population, year, report_code,
    indicator_code, printed, value, unit_code, bound_code, part, whole, scope_code, period_code,
    status_code
FROM graded WHERE indicator_code = asked OR likeness IS NOT NULL
ORDER BY line;
