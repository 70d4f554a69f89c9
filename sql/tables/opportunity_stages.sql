-- SPDX-License-Identifier: MIT
-- infusionsoft_opportunity_stages; sql/schema.sql has all columns.
-- Stages of the sales pipeline.
-- GET /v2/opportunities/stages: up to 1000 rows a request.
-- GET /v2/opportunities/stages/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=: id
--   =, LIKE 'x%', GLOB 'x*': name
-- (Down to here: written by the target write_sql.)

-- The stages of the pipeline: id, name, order, probability, target_number_days. order is a word of SQL and stands in double
-- quotes.

-- The pipeline from left to right. 1 request.
SELECT "order", name, probability FROM infusionsoft_opportunity_stages ORDER BY "order";

-- The number of a stage. 1 request.
SELECT id FROM infusionsoft_opportunity_stages WHERE name = 'Qualified';

-- Stages in which a sale is more likely than not. 1 request.
SELECT name, probability FROM infusionsoft_opportunity_stages WHERE probability > 50;

-- What has to be done in each stage. 1 request.
SELECT s.name, json_extract(item.value, '$.description') AS to_do
FROM infusionsoft_opportunity_stages AS s, json_each(s.checklist_items) AS item ORDER BY s."order";

-- Stages with the opportunities in them, empty ones too. 2 requests.
WITH held AS MATERIALIZED (SELECT stage_id, count(*) AS opportunities FROM infusionsoft_opportunities GROUP BY stage_id)
SELECT s.name, coalesce(h.opportunities, 0) AS opportunities
FROM infusionsoft_opportunity_stages AS s LEFT JOIN held AS h ON h.stage_id = s.id ORDER BY s."order";
