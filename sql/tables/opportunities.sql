-- SPDX-License-Identifier: MIT
-- infusionsoft_opportunities; sql/schema.sql has all columns.
-- Sales opportunities on their way through the stages of a pipeline.
-- GET /v2/opportunities: up to 1000 rows a request.
-- GET /v2/opportunities/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=: id
--   =, LIKE 'x%', GLOB 'x*': opportunity_title, lead_source, contact_phone_number, contact_city, contact_state
--   =: contact_id, stage_id, user_id, affiliate_id
--   =, >, >=, <, <=: projected_revenue_low, projected_revenue_high
--   ORDER BY: created_time, last_updated_time
-- (Down to here: written by the target write_sql.)

-- The sales pipeline: opportunity_title, contact_id, stage_id, stage_name, user_id, projected_revenue_low and _high,
-- estimated_close_time, next_action_time. The name, the order and the probability of the stage stand in the row itself.

-- What is in one stage. 1 request.
SELECT id, opportunity_title, contact_first_name, contact_last_name, projected_revenue_high FROM infusionsoft_opportunities
WHERE stage_id = 7108 ORDER BY projected_revenue_high DESC;

-- Large opportunities. 1 request.
SELECT opportunity_title, stage_name, projected_revenue_low FROM infusionsoft_opportunities
WHERE projected_revenue_low >= 50000 ORDER BY projected_revenue_low DESC;

-- The opportunities of one contact. 1 request.
SELECT opportunity_title, stage_name, created_time FROM infusionsoft_opportunities WHERE contact_id = 638;

-- The forecast: what each stage is worth by its probability.
SELECT stage_order, stage_name, count(*) AS opportunities,
       round(sum(projected_revenue_low * stage_probability / 100.0)) AS expected_low,
       round(sum(projected_revenue_high * stage_probability / 100.0)) AS expected_high
FROM infusionsoft_opportunities WHERE include_in_forecast = 1 GROUP BY stage_id ORDER BY stage_order;

-- Opportunities that should have been closed.
SELECT opportunity_title, stage_name, estimated_close_time FROM infusionsoft_opportunities
WHERE estimated_close_time < strftime('%Y-%m-%dT%H:%M:%fZ') AND stage_probability BETWEEN 1 AND 99 ORDER BY estimated_close_time;

-- What each user is working on. 1 request for each 1000 opportunities.
SELECT user_first_name, user_last_name, count(*) AS opportunities, round(sum(projected_revenue_high)) AS at_most
FROM infusionsoft_opportunities GROUP BY user_id ORDER BY at_most DESC;
