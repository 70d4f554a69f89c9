-- SPDX-License-Identifier: MIT
-- infusionsoft_emails; sql/schema.sql has all columns.
-- E-mails that were sent or received.
-- GET /v2/emails: up to 1000 rows a request.
-- GET /v2/emails/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =: id, contact_id, sent_to_address, start_created_time (hidden input), end_created_time (hidden input)
-- (Down to here: written by the target write_sql.)

-- E-mails that were sent or received, without their content: subject, contact_id, sent_to_address, sent_time, opened_time,
-- clicked_time. The API filters by the contact, by the address, and by when the record was made: start_created_time and
-- end_created_time are hidden inputs for that. sent_time itself is no filter.

-- What one contact was sent, and whether it was opened. 1 request.
SELECT sent_time, subject, opened_time, clicked_time FROM infusionsoft_emails WHERE contact_id = 214 ORDER BY sent_time DESC;

-- What was sent to one address. 1 request.
SELECT sent_time, subject FROM infusionsoft_emails WHERE sent_to_address = 'Duff';

-- How well e-mails do: sent, opened and clicked, by subject, since a day. Only records since then are sent.
SELECT subject, count(*) AS sent, count(opened_time) AS opened, count(clicked_time) AS clicked
FROM infusionsoft_emails WHERE start_created_time = '2021-01-01' GROUP BY subject ORDER BY sent DESC;

-- How many hours pass before an e-mail is opened.
SELECT round(avg((julianday(opened_time) - julianday(sent_time)) * 24), 1) AS hours
FROM infusionsoft_emails WHERE opened_time > sent_time;

-- E-mails by the hour of the day, in UTC.
SELECT strftime('%H', sent_time) AS hour, count(*) AS sent
FROM infusionsoft_emails WHERE sent_time IS NOT NULL GROUP BY hour ORDER BY hour;

-- Contacts that have clicked a link.
SELECT id, given_name, family_name FROM infusionsoft_contacts
WHERE id IN (SELECT contact_id FROM infusionsoft_emails WHERE clicked_time IS NOT NULL);
