-- SPDX-License-Identifier: MIT
-- pipeline_by_stage: the stages from left to right, with the opportunities in each and what they are worth: by the lowest
-- and the highest revenue that is expected, and by the highest times the probability of the stage. Stages without
-- opportunities are there too. Costs one request for the stages and one for each 1000 opportunities.
CREATE TEMP VIEW pipeline_by_stage AS
WITH held AS MATERIALIZED (
  SELECT stage_id, count(*) AS opportunities, sum(projected_revenue_low) AS low, sum(projected_revenue_high) AS high
  FROM infusionsoft_opportunities GROUP BY stage_id)
SELECT s."order" AS place, s.id AS stage_id, s.name AS stage, s.probability, coalesce(h.opportunities, 0) AS opportunities,
       round(coalesce(h.low, 0), 2) AS revenue_low, round(coalesce(h.high, 0), 2) AS revenue_high,
       round(coalesce(h.high, 0) * s.probability / 100.0, 2) AS expected
FROM infusionsoft_opportunity_stages AS s LEFT JOIN held AS h ON h.stage_id = s.id;

-- The pipeline. 2 requests.
SELECT stage, opportunities, revenue_low, revenue_high, expected FROM pipeline_by_stage ORDER BY place;

-- What the whole pipeline is worth.
SELECT sum(opportunities) AS opportunities, sum(expected) AS expected FROM pipeline_by_stage;
