-- SPDX-License-Identifier: MIT
-- tasks_due: open tasks that have a due time, with the names of the user and of the contact, and how many days they are
-- overdue: less than zero for those still to come. Costs one request for each 1000 such tasks, one for each 100 users, and
-- one for each page of the contacts that the tasks are about.
CREATE TEMP VIEW tasks_due AS
WITH open AS MATERIALIZED (
       SELECT id, title, priority, due_time, contact_id, assigned_to_user_id
       FROM infusionsoft_tasks WHERE completed = 0 AND has_due_date = 1 AND due_time IS NOT NULL),
     people AS MATERIALIZED (
       SELECT id, given_name, family_name FROM infusionsoft_contacts WHERE id IN (SELECT contact_id FROM open)),
     workers AS MATERIALIZED (SELECT id, given_name, family_name FROM infusionsoft_users)
SELECT o.id AS task_id, o.title, o.priority, o.due_time, round(julianday('now') - julianday(o.due_time), 1) AS days_overdue,
       o.assigned_to_user_id, trim(coalesce(w.given_name, '') || ' ' || coalesce(w.family_name, '')) AS user,
       o.contact_id, trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')) AS contact
FROM open AS o
LEFT JOIN people AS p ON p.id = o.contact_id
LEFT JOIN workers AS w ON w.id = o.assigned_to_user_id;

-- What should have been done. 3 requests.
SELECT user, title, contact, due_time, days_overdue FROM tasks_due WHERE days_overdue > 0 ORDER BY days_overdue DESC;

-- Who is behind.
SELECT user, count(*) AS tasks, max(days_overdue) AS days
FROM tasks_due WHERE days_overdue > 0 GROUP BY assigned_to_user_id ORDER BY tasks DESC;
