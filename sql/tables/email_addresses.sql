-- SPDX-License-Identifier: MIT
-- infusionsoft_email_addresses; sql/schema.sql has all columns.
-- E-mail addresses the account knows, and whether they may be written to.
-- GET /v2/emailAddresses: up to 1000 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, IN: email
--   =: opted_in
-- (Down to here: written by the target write_sql.)

-- Addresses with their state: email, opted_in, status, last_sent_time, last_open_time, last_click_time. status says why an
-- address may or may not be written to: CONFIRMED, HARD_BOUNCE, SPAM, ...

-- May this address be written to? 1 request.
SELECT opted_in, status FROM infusionsoft_email_addresses WHERE email = 'someone3@example.com';

-- A list of addresses at once. 1 request.
SELECT email, opted_in FROM infusionsoft_email_addresses WHERE email IN ('someone2@example.com', 'someone3@example.com');

-- Addresses by state. 1 request for each 1000 addresses.
SELECT status, count(*) AS addresses FROM infusionsoft_email_addresses GROUP BY 1 ORDER BY 2 DESC;

-- Addresses that have opted in and open nothing.
SELECT email, last_sent_time FROM infusionsoft_email_addresses
WHERE opted_in = 1 AND last_open_time IS NULL ORDER BY last_sent_time DESC;

-- Who was active since 2022.
SELECT email, max(last_open_time, coalesce(last_click_time, '')) AS active FROM infusionsoft_email_addresses
WHERE last_open_time >= '2022-01-01' ORDER BY active DESC;
