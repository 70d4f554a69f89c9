-- SPDX-License-Identifier: MIT
-- infusionsoft_tasks; sql/schema.sql has all columns.
-- Tasks that users have to do, for a contact or an opportunity.
-- GET /v2/tasks: up to 1000 rows a request.
-- GET /v2/tasks/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: id
--   =, LIKE 'x%', GLOB 'x*': title
--   =: contact_id, completed, priority, opportunity_id, has_due_date (hidden input), since_time (hidden input),
--     until_time (hidden input)
--   =, IS NULL: assigned_to_user_id
--   ORDER BY: create_time, modification_time
-- (Down to here: written by the target write_sql.)

-- Tasks of users: title, due_time, completed, priority, contact_id, opportunity_id, assigned_to_user_id. due_time is not a
-- filter of the API; completed, priority, the contact and the user are, and has_due_date leaves out tasks without a due
-- time.

-- What one user has to do, the most pressing first. 1 request.
SELECT due_time, priority, title, contact_id FROM infusionsoft_tasks
WHERE assigned_to_user_id = 10119 AND completed = 0 ORDER BY due_time;

-- Overdue tasks that matter. 1 request.
SELECT id, title, due_time, assigned_to_user_id FROM infusionsoft_tasks
WHERE completed = 0 AND priority = 'CRITICAL' AND due_time < strftime('%Y-%m-%dT%H:%M:%fZ') ORDER BY due_time;

-- Tasks that nobody has to do. 1 request.
SELECT id, title, due_time FROM infusionsoft_tasks WHERE assigned_to_user_id IS NULL AND completed = 0;

-- Tasks about one contact. 1 request.
SELECT title, completed, due_time FROM infusionsoft_tasks WHERE contact_id = 170;

-- Open tasks of each user, with the names.
WITH people AS MATERIALIZED (SELECT id, given_name, family_name FROM infusionsoft_users)
SELECT coalesce(u.given_name || ' ' || u.family_name, 'nobody') AS user, count(*) AS open, min(t.due_time) AS oldest
FROM infusionsoft_tasks AS t LEFT JOIN people AS u ON u.id = t.assigned_to_user_id WHERE t.completed = 0
GROUP BY t.assigned_to_user_id ORDER BY open DESC;

-- How late tasks were done, in days.
SELECT priority, round(avg(julianday(completion_time) - julianday(due_time)), 1) AS days_late, count(*) AS tasks
FROM infusionsoft_tasks WHERE completed = 1 AND completion_time IS NOT NULL AND due_time IS NOT NULL GROUP BY priority;
