-- SPDX-License-Identifier: MIT
-- infusionsoft_users; sql/schema.sql has all columns.
-- People who work with the account.
-- GET /v2/users: up to 100 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, IN: id
--   =: given_name, email, include_inactive (hidden input), include_partners (hidden input)
--   ORDER BY: create_time
-- (Down to here: written by the target write_sql.)

-- People who work with the account: id, given_name, family_name, email, status, admin. Inactive users and partners come only
-- when a query asks for them, by the hidden inputs include_inactive = 1 and include_partners = 1. A page has up to 100
-- users.

-- Everybody who works here. 1 request for each 100 users.
SELECT id, given_name, family_name, email, status FROM infusionsoft_users ORDER BY id;

-- Those who are gone, too.
SELECT id, given_name, family_name, status FROM infusionsoft_users WHERE include_inactive = 1;

-- Administrators.
SELECT given_name, family_name, email FROM infusionsoft_users WHERE admin = 1;

-- Some users, by number. 1 request.
SELECT id, given_name, family_name FROM infusionsoft_users WHERE id IN (10103, 10115, 10119);

-- Users who have open tasks.
SELECT id, given_name, family_name FROM infusionsoft_users
WHERE id IN (SELECT assigned_to_user_id FROM infusionsoft_tasks WHERE completed = 0);
