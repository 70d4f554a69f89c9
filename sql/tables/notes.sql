-- SPDX-License-Identifier: MIT
-- infusionsoft_notes; sql/schema.sql has all columns.
-- Notes that users keep about contacts.
-- GET /v2/notes: up to 1000 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: id
--   =: contact_id, assigned_to_user_id, since_time (hidden input), until_time (hidden input)
--   =, LIKE 'x%', GLOB 'x*': title
--   ORDER BY: create_time, update_time
-- (Down to here: written by the target write_sql.)

-- Notes about contacts: title, text, type, contact_id, assigned_to_user_id, create_time. since_time and until_time are
-- hidden inputs: the API compares a time of the note with them and does not say which, so they stand beside a condition on
-- the column that is meant.

-- The notes about one contact, newest first. 1 request.
SELECT create_time, type, title, text FROM infusionsoft_notes WHERE contact_id = 512 ORDER BY create_time DESC;

-- The last notes of all. 1 request.
SELECT contact_id, title, create_time FROM infusionsoft_notes ORDER BY create_time DESC LIMIT 10;

-- Notes with a headline that begins with a word, whatever the case. 1 request.
SELECT id, contact_id, title FROM infusionsoft_notes WHERE title LIKE 'customer%';

-- Who writes how many notes.
WITH people AS MATERIALIZED (SELECT id, given_name, family_name FROM infusionsoft_users)
SELECT u.given_name, u.family_name, count(*) AS notes
FROM infusionsoft_notes AS n LEFT JOIN people AS u ON u.id = n.created_by_user_id
GROUP BY n.created_by_user_id ORDER BY notes DESC;

-- Pinned notes.
SELECT contact_id, title, pinned_at FROM infusionsoft_notes WHERE pinned_at IS NOT NULL ORDER BY pinned_at DESC;

-- Contacts that were called, and when last.
SELECT contact_id, max(create_time) AS last_call
FROM infusionsoft_notes WHERE type = 'Call' GROUP BY contact_id ORDER BY 2 DESC;
