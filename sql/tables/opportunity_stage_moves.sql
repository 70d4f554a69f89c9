-- SPDX-License-Identifier: MIT
-- infusionsoft_opportunity_stage_moves; sql/schema.sql has all columns.
-- Moves of opportunities from one stage to another.
-- GET /v2/opportunities/stageMoves: up to 1000 rows a request.
-- GET /v2/opportunities/stageMoves/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, ORDER BY: id
--   =: opportunity_id, user_id
-- (Down to here: written by the target write_sql.)

-- The history of the pipeline: opportunity_id, move_from_stage_id (0 before the first move), move_to_stage_id, move_time,
-- user_id.

-- The way of one opportunity. 1 request.
SELECT move_time, move_from_stage_id, move_to_stage_id FROM infusionsoft_opportunity_stage_moves
WHERE opportunity_id = 6174 ORDER BY move_time;

-- What one user has moved. 1 request.
SELECT opportunity_id, move_to_stage_id, move_time FROM infusionsoft_opportunity_stage_moves WHERE user_id = 10109;

-- The newest moves. 1 request.
SELECT id, opportunity_id, move_to_stage_id, move_time FROM infusionsoft_opportunity_stage_moves ORDER BY id DESC LIMIT 10;

-- How many days opportunities were in the stage they left.
SELECT move_from_stage_id, count(*) AS moves, round(avg(julianday(move_time) - julianday(prev_stage_move_time)), 1) AS days
FROM infusionsoft_opportunity_stage_moves WHERE prev_stage_move_time IS NOT NULL GROUP BY 1 ORDER BY moves DESC;

-- Moves by month.
SELECT strftime('%Y-%m', move_time) AS month, count(*) AS moves FROM infusionsoft_opportunity_stage_moves
WHERE move_time IS NOT NULL GROUP BY month ORDER BY month;
