-- SPDX-License-Identifier: MIT
-- infusionsoft_campaigns; sql/schema.sql has all columns.
-- Campaigns that contacts can run through.
-- GET /v2/campaigns: up to 1000 rows a request.
-- GET /v2/campaigns/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, ORDER BY: id
--   =: name
-- (Down to here: written by the target write_sql.)

-- Campaigns: id, name, published_status, active_contact_count, completed_contact_count, error_message. Their goals and
-- sequences are in campaign_goals and campaign_sequences; automations are the newer kind.

-- Campaigns with contacts in them. 1 request for each 1000 campaigns.
SELECT id, name, active_contact_count, completed_contact_count FROM infusionsoft_campaigns
WHERE active_contact_count > 0 ORDER BY active_contact_count DESC;

-- One campaign, by name. 1 request.
SELECT id, published_status, published_date FROM infusionsoft_campaigns WHERE name = 'Hooli';

-- Campaigns that are published and have an error.
SELECT id, name, error_message FROM infusionsoft_campaigns WHERE published_status = 1 AND error_message IS NOT NULL;

-- Campaigns that are locked, so that nobody can change them.
SELECT id, name FROM infusionsoft_campaigns WHERE locked = 1;

-- The sequences of one campaign. 1 request.
SELECT name, active_contact_count FROM infusionsoft_campaign_sequences WHERE campaign_id = 11103;
