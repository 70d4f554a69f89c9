-- SPDX-License-Identifier: MIT
-- infusionsoft_automations; sql/schema.sql has all columns.
-- Automations, the newer kind of campaigns.
-- GET /v2/automations: up to 25 rows a request.
-- GET /v2/automations/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=: id
--   =, LIKE 'x%', GLOB 'x*': title
--   =: status_filter (hidden input), categories_filter (hidden input)
-- (Down to here: written by the target write_sql.)

-- Automations, the newer kind of campaigns: id, title, status, active_contacts, error_message. A page has up to 25 of them.
-- status_filter and categories_filter are hidden inputs; automation_ids lists the numbers alone.

-- Automations that run, by their contacts. 1 request for each 25 automations.
SELECT id, title, active_contacts FROM infusionsoft_automations WHERE status = 'PUBLISHED' ORDER BY active_contacts DESC;

-- Drafts, and what is wrong with them.
SELECT id, title, error_message FROM infusionsoft_automations WHERE status = 'DRAFT';

-- One automation, by number. 1 request.
SELECT title, status, published_date FROM infusionsoft_automations WHERE id = 11111;

-- Automations with a title that begins with H. 1 request.
SELECT id, title FROM infusionsoft_automations WHERE title LIKE 'h%';

-- Automations that somebody is editing.
SELECT id, title, current_edit_lock_status_user_name FROM infusionsoft_automations WHERE current_edit_lock_status_locked = 1;
