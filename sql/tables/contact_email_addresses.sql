-- SPDX-License-Identifier: MIT
-- infusionsoft_contact_email_addresses; sql/schema.sql has all columns.
-- E-mail addresses of contacts: one row for each.
-- GET /v2/contacts: up to 1000 contacts a request, whose email_addresses are the rows.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: contact_id
--   =, >, >=, <, <=, ORDER BY: contact_update_time
-- (Down to here: written by the target write_sql.)

-- Every e-mail address of every contact, from the pages of the contacts. field says which: EMAIL1, EMAIL2 or EMAIL3; whether
-- an address may be written to is in email_opt_status.

-- All addresses of one contact. 1 request.
SELECT field, email, email_opt_status FROM infusionsoft_contact_email_addresses WHERE contact_id = 107;

-- Whose address is it, in whichever place it stands? 1 request.
SELECT contact_id, field FROM infusionsoft_contact_email_addresses WHERE email = 'shared@example.com';

-- Addresses by whether they may be written to.
SELECT email_opt_status, count(*) AS addresses FROM infusionsoft_contact_email_addresses GROUP BY 1 ORDER BY 2 DESC;

-- Addresses that bounce, and have been changed since 2021.
SELECT contact_id, field, email FROM infusionsoft_contact_email_addresses
WHERE email_opt_status = 'HARD_BOUNCE' AND contact_update_time >= '2021-01-01';

-- Contacts with more than one address.
SELECT contact_id, count(*) AS addresses, group_concat(email, '; ') AS emails
FROM infusionsoft_contact_email_addresses GROUP BY contact_id HAVING count(*) > 1 ORDER BY 2 DESC, 1;
