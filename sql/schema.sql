-- SPDX-License-Identifier: MIT
-- Written from ext/profile/entities by `cmake --build --preset release --target write_sql`. Do not edit.
--
-- What the tables of the extension look like, for people and for tools that read CREATE TABLE. Executed by itself it makes
-- empty tables of the same names, columns and types; the extension needs none of it.
--
-- Sent: the SQL operators on the column that become part of a request, so that fewer rows come; infusionsoft_pushdowns says
-- under which name. [input]: a hidden column that is given with = and read from no row. [time]: text in UTC,
-- 2026-01-31T08:00:00.000Z. [date]: text, 2026-01-31. [money]: an amount in major units. [json]: text for json_each and ->>.
-- NOT NULL: every row has a value.

-- The business as the first version of the API tells it, as one row.
-- GET /v1/account/profile: one row.
CREATE TABLE infusionsoft_account_profile(
  "name" TEXT, -- Name of the business.
  "email" TEXT, -- E-mail address of the business.
  "phone" TEXT, -- Phone number of the business.
  "phone_ext" TEXT, -- Extension of the phone number.
  "website" TEXT, -- Web address of the business.
  "business_type" TEXT, -- Kind of business.
  "business_goals" TEXT, -- [json] What the business is after, as a JSON array.
  "business_primary_color" TEXT, -- First colour of the business.
  "business_secondary_color" TEXT, -- Second colour of the business.
  "logo_url" TEXT, -- Address of the logo.
  "currency_code" TEXT, -- Currency of the account, as three letters of ISO 4217: USD.
  "language_tag" TEXT, -- Language of the account: en-US.
  "time_zone" TEXT, -- Time zone of the account, by its IANA name.
  "address" TEXT -- [json] Address of the business, as a JSON object.
);

-- Commissions that were taken back from an affiliate.
-- GET /v1/affiliates/{affiliate_id}/clawbacks: up to 1000 rows a request; without affiliate_id, once for each row of infusionsoft_affiliates.
CREATE TABLE infusionsoft_affiliate_clawbacks(
  "affiliate_id" INTEGER NOT NULL, -- Number of the affiliate. Sent: =.
  "amount" REAL, -- What is taken back.
  "date_earned" TEXT, -- [time] When the commission had been earned.
  "description" TEXT, -- What the commission was for.
  "contact_id" INTEGER, -- Number of the contact who had bought.
  "given_name" TEXT, -- First name of the contact.
  "family_name" TEXT, -- Last name of the contact.
  "invoice_id" INTEGER, -- Number of the invoice.
  "product_name" TEXT, -- Name of the product.
  "subscription_plan_name" TEXT, -- Name of the subscription plan.
  "sale_affiliate_id" INTEGER, -- Number of the affiliate who made the sale.
  "sold_by_given_name" TEXT, -- First name of who made the sale.
  "sold_by_family_name" TEXT, -- Last name of who made the sale.
  "since_time" TEXT, -- [time] [input] Asks for clawbacks since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for clawbacks until a time; which time the server compares is not documented. Sent: =.
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("sale_affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- What an affiliate has earned in total.
-- GET /v2/affiliates/{affiliate_id}/commissionTotal: one row; without affiliate_id, once for each row of infusionsoft_affiliates.
CREATE TABLE infusionsoft_affiliate_commission_totals(
  "affiliate_id" INTEGER NOT NULL, -- Number of the affiliate, in infusionsoft_affiliates. Sent: =.
  "affiliate_commission_total" REAL, -- All commissions that the affiliate has earned, as one amount.
  "view_ledger_url" TEXT, -- Address of the page with the affiliate's ledger.
  PRIMARY KEY ("affiliate_id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Commissions that an affiliate has earned.
-- GET /v2/affiliates/{affiliate_id}:commissions: up to 1000 rows a request; without affiliate_id, once for each row of infusionsoft_affiliates.
CREATE TABLE infusionsoft_affiliate_commissions(
  "affiliate_id" INTEGER NOT NULL, -- Number of the affiliate whose commissions are listed, in infusionsoft_affiliates. Sent: =.
  "description" TEXT, -- What the commission is for: a product or a line of an order.
  "amount_earned" REAL, -- Amount of the commission.
  "contact_first_name" TEXT, -- First name of the contact who bought.
  "contact_last_name" TEXT, -- Last name of the contact who bought.
  "invoice_id" INTEGER, -- Number of the invoice, as invoice_id of infusionsoft_orders.
  "time_earned" TEXT, -- [time] When the commission was earned.
  "contact_id" INTEGER, -- Number of the contact who bought, in infusionsoft_contacts.
  "sales_affiliate_id" INTEGER, -- Number of the affiliate who made the sale, in infusionsoft_affiliates.
  "sales_affiliate_name" TEXT, -- Name of the affiliate who made the sale.
  "product_name" TEXT, -- Name of the product, or of the line of the order.
  "since_time" TEXT, -- [time] [input] Asks for commissions since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for commissions until a time; which time the server compares is not documented. Sent: =.
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("sales_affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Links through which affiliates send visitors.
-- GET /v2/affiliates/redirects: up to 1000 rows a request.
-- GET /v2/affiliates/redirects/{id}: one row by its key.
CREATE TABLE infusionsoft_affiliate_links(
  "id" INTEGER NOT NULL, -- Number of the link. Sent: =.
  "name" TEXT, -- Name of the link. Sent: =.
  "code" TEXT, -- Code in the link, by which visits are told apart.
  "affiliate_id" INTEGER, -- Number of the affiliate whose link it is, in infusionsoft_affiliates. Sent: =.
  "local_url_code" TEXT, -- The code under its former name.
  "redirect_url" TEXT, -- The website_address under its former name.
  "website_address" TEXT, -- Address that the link leads to.
  "program_ids" TEXT, -- [json] Numbers of the commission programs (infusionsoft_commission_programs), as a JSON array.
  "date_created" TEXT, -- [time] When the link was created.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Payments to an affiliate.
-- GET /v2/affiliates/{affiliate_id}/payments: up to 1000 rows a request; without affiliate_id, once for each row of infusionsoft_affiliates.
CREATE TABLE infusionsoft_affiliate_payments(
  "affiliate_id" INTEGER NOT NULL, -- Number of the affiliate who was paid, in infusionsoft_affiliates. Sent: =.
  "id" INTEGER, -- Number of the payment.
  "pay_date" TEXT, -- [time] When the affiliate was paid.
  "pay_notes" TEXT, -- Free text about the payment.
  "pay_amount" REAL, -- Amount of the payment.
  "pay_type" TEXT, -- How it was paid: CASH, CHECK, CREDIT_CARD, CREDIT_CARD_MANUAL, MONEY_ORDER, ADJUSTMENT, CREDIT or REFUND.
  "create_time" TEXT, -- [time] When the record of the payment was made.
  "since_time" TEXT, -- [time] [input] Asks for what happened at this time or later; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for what happened at this time or before; which time the server compares is not documented. Sent: =.
  PRIMARY KEY ("affiliate_id", "id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Contacts that an affiliate has referred.
-- GET /v2/affiliates/{affiliate_id}/referrals: up to 1000 rows a request; without affiliate_id, once for each row of infusionsoft_affiliates.
CREATE TABLE infusionsoft_affiliate_referrals(
  "affiliate_id" INTEGER NOT NULL, -- Number of the affiliate whose referrals are listed, in infusionsoft_affiliates. Sent: =.
  "id" INTEGER, -- Number of the referral. Sent: ORDER BY.
  "description" TEXT, -- What the referral was about.
  "source" TEXT, -- Where the referral came from: Email Marketing. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_id" INTEGER, -- Number of the contact who was referred, in infusionsoft_contacts.
  "referral_partner_id" INTEGER, -- Number of the affiliate who referred the contact, in infusionsoft_affiliates.
  "referral_time" TEXT, -- [time] When the contact was referred.
  "expiration_time" TEXT, -- [time] When the referral ends to count; NULL for one without an end.
  "ip_address" TEXT, -- Network address from which the contact came.
  "referral_type" TEXT, -- How the referral is kept: COOKIE, MANUAL or PERMANENT.
  PRIMARY KEY ("affiliate_id", "id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("referral_partner_id") REFERENCES infusionsoft_affiliates("id")
);

-- What each affiliate has earned, been paid and had taken back.
-- GET /v2/affiliates/summaries: up to 1000 rows a request.
CREATE TABLE infusionsoft_affiliate_summaries(
  "affiliate_id" INTEGER NOT NULL, -- Number of the affiliate, in infusionsoft_affiliates. Sent: =, IN.
  "clawbacks" REAL, -- What was taken back of the commissions.
  "balance" REAL, -- What the affiliate has still to get.
  "amount_earned" REAL, -- What the affiliate has earned.
  "since_time" TEXT, -- [time] [input] Asks for what happened at this time or later; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for what happened at this time or before; which time the server compares is not documented. Sent: =.
  PRIMARY KEY ("affiliate_id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Referral partners, who are paid for the leads and sales they bring.
-- GET /v2/affiliates: up to 1000 rows a request.
-- GET /v2/affiliates/{id}: one row by its key.
CREATE TABLE infusionsoft_affiliates(
  "id" INTEGER NOT NULL, -- Number of the affiliate, the same in all tables as affiliate_id. Sent: =, >, >=, <, <=, ORDER BY.
  "code" TEXT, -- Code by which links and orders name the affiliate. Sent: =.
  "name" TEXT, -- Name of the affiliate. Sent: =, LIKE 'x%', GLOB 'x*'.
  "status" TEXT, -- ACTIVE or INACTIVE. Sent: =.
  "contact_id" INTEGER, -- Number of the contact who is the affiliate, in infusionsoft_contacts. Sent: =.
  "unique_site_id" INTEGER, -- Number of the affiliate's portal site, which is in no table.
  "date_created" TEXT, -- [time] When the affiliate was created.
  "parent_affiliate_id" INTEGER, -- Number of the affiliate above this one, in this table; 0 or NULL if there is none.
  "notify_on_sale" BOOLEAN, -- Whether the affiliate is told of each sale.
  "notify_on_lead" BOOLEAN, -- Whether the affiliate is told of each lead.
  "track_leads_days" INTEGER, -- For how many days a lead counts as the affiliate's.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "referral_contact_id" INTEGER, -- [input] Asks for affiliates by the number of a referral contact; which contact of an affiliate that is, is not documented. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("parent_affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("referral_contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Settings of the account, as one row.
-- GET /v2/settings/applications:getConfiguration: one row.
CREATE TABLE infusionsoft_application_configuration(
  "affiliate" TEXT, -- [json] Settings of affiliates, as a JSON object.
  "appointment" TEXT, -- [json] Settings of appointments, as a JSON object.
  "application" TEXT, -- [json] Settings of the account as a whole, as a JSON object.
  "contact" TEXT, -- [json] Settings of contacts, as a JSON object.
  "ecommerce" TEXT, -- [json] Settings of orders and products, as a JSON object.
  "email" TEXT, -- [json] Settings of e-mails, as a JSON object.
  "forms" TEXT, -- [json] Settings of web forms, as a JSON object.
  "fulfillment" TEXT, -- [json] Settings of fulfillment, as a JSON object.
  "invoice" TEXT, -- [json] Settings of invoices, as a JSON object.
  "note" TEXT, -- [json] Settings of notes, as a JSON object.
  "opportunity" TEXT, -- [json] Settings of opportunities, as a JSON object.
  "task" TEXT, -- [json] Settings of tasks, as a JSON object.
  "template" TEXT -- [json] Settings of templates, as a JSON object.
);

-- Whether the account is enabled, as one row.
-- GET /v2/settings/applications:isEnabled: one row.
CREATE TABLE infusionsoft_application_enabled(
  "is_enabled" BOOLEAN -- Whether the account is enabled.
);

-- Custom fields of appointments.
-- GET /v1/appointments/model: all rows in one request.
CREATE TABLE infusionsoft_appointment_custom_field_definitions(
  "id" INTEGER NOT NULL, -- Number of the custom field.
  "label" TEXT, -- Label of the custom field.
  "field_type" TEXT, -- Type of the field: Text, WholeNumber, DateTime, Dropdown, ListBox, YesNo and more.
  "field_name" TEXT, -- Name of the field in filters.
  "record_type" TEXT, -- Type of record that the field is stored with: TASK_NOTE_APPOINTMENT.
  "default_value" TEXT, -- Value of the field where none was given.
  "options" TEXT, -- [json] What a person can choose, as a JSON array of id and label.
  PRIMARY KEY ("id")
);

-- Appointments of the user who is signed in (Max Classic accounts). The API gives them no number.
-- GET /v1/appointments: up to 1000 rows a request.
CREATE TABLE infusionsoft_appointments(
  "title" TEXT, -- Title of the appointment.
  "start_date" TEXT, -- [time] When the appointment begins.
  "end_date" TEXT, -- [time] When the appointment ends.
  "contact_id" INTEGER, -- Number of the contact whom the user meets. Sent: =.
  "user_id" INTEGER, -- Number of the user whose appointment it is.
  "location" TEXT, -- Where the user and the contact meet.
  "description" TEXT, -- What the appointment is about.
  "remind_time" INTEGER, -- How many minutes before the beginning the user is reminded: 5, 10, 15, 30, 60, 120, 240, 480, 1440 or 2880.
  "since_time" TEXT, -- [time] [input] Asks for appointments since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for appointments until a time; which time the server compares is not documented. Sent: =.
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("user_id") REFERENCES infusionsoft_users("id")
);

-- Products of each product category.
-- GET /v2/productCategories/assignedProducts: up to 1000 rows a request.
CREATE TABLE infusionsoft_assigned_product_categories(
  "product_category_id" INTEGER NOT NULL, -- Number of the category, in infusionsoft_product_categories. Sent: =, IN.
  "product_ids" TEXT, -- [json] Numbers of the products in it (infusionsoft_products), as a JSON array.
  "product_ids_filter" INTEGER, -- [input] Asks for the categories of a product, by its number; of several by IN (...). Sent: =.
  PRIMARY KEY ("product_category_id"),
  FOREIGN KEY ("product_category_id") REFERENCES infusionsoft_product_categories("id"),
  FOREIGN KEY ("product_ids_filter") REFERENCES infusionsoft_products("id")
);

-- Categories that automations are filed under.
-- GET /v2/automationCategory: all rows in one request.
CREATE TABLE infusionsoft_automation_categories(
  "id" INTEGER NOT NULL, -- Number of the category.
  "name" TEXT, -- Name of the category.
  "automation_count" INTEGER, -- How many automations are filed under the category.
  PRIMARY KEY ("id")
);

-- Numbers of the automations, without anything else about them.
-- GET /v2/automations/ids: up to 25 rows a request.
CREATE TABLE infusionsoft_automation_ids(
  "id" INTEGER NOT NULL, -- Number of the automation, in infusionsoft_automations.
  "name" TEXT, -- [input] Asks for automations by their title. Sent: =.
  "id_filter" INTEGER, -- [input] Asks for one automation, by its number. Sent: =.
  "status" TEXT, -- [input] Asks for automations in one state: published or draft. Sent: =.
  "categories" INTEGER, -- [input] Asks for the automations of a category, by its number; of several by IN (...). Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("id") REFERENCES infusionsoft_automations("id"),
  FOREIGN KEY ("id_filter") REFERENCES infusionsoft_automations("id"),
  FOREIGN KEY ("categories") REFERENCES infusionsoft_automation_categories("id")
);

-- Automations, the newer kind of campaigns.
-- GET /v2/automations: up to 25 rows a request.
-- GET /v2/automations/{id}: one row by its key.
CREATE TABLE infusionsoft_automations(
  "id" INTEGER NOT NULL, -- Number of the automation. Sent: =, >, >=, <, <=.
  "title" TEXT, -- Title of the automation. Sent: =, LIKE 'x%', GLOB 'x*'.
  "categories" TEXT, -- [json] Numbers of the categories it is filed under (infusionsoft_automation_categories), as a JSON array of text.
  "status" TEXT, -- PUBLISHED or DRAFT.
  "locked" BOOLEAN, -- Whether the automation is locked, so that nobody can edit it.
  "active_contacts" INTEGER, -- How many contacts are in the automation now.
  "error_message" TEXT, -- What is wrong with the automation; NULL if nothing is.
  "published_date" TEXT, -- [time] When the automation was last published; NULL if never.
  "published_by" INTEGER, -- Number of the user who published it, in infusionsoft_users.
  "published_timezone" TEXT, -- Time zone with which it was published, by its IANA name.
  "current_edit_lock_status" TEXT, -- [json] Whether somebody is editing it, and who, as a JSON object.
  "current_edit_lock_status_locked" BOOLEAN, -- Whether somebody is editing it now.
  "current_edit_lock_status_user_id" INTEGER, -- Number of the user who is editing it, in infusionsoft_users.
  "current_edit_lock_status_user_name" TEXT, -- Sign-in name of the user who is editing it.
  "current_edit_lock_status_user_firstname" TEXT, -- First name of the user who is editing it.
  "status_filter" TEXT, -- [input] Asks for automations in one state: published or draft. Sent: =.
  "categories_filter" INTEGER, -- [input] Asks for the automations of a category, by its number; of several by IN (...). Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("published_by") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("current_edit_lock_status_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("categories_filter") REFERENCES infusionsoft_automation_categories("id")
);

-- The business that the account belongs to, as one row.
-- GET /v2/businessProfile: one row.
CREATE TABLE infusionsoft_business_profile(
  "name" TEXT, -- Name of the business.
  "email" TEXT, -- E-mail address of the business.
  "website" TEXT, -- Address of the business's website.
  "phone" TEXT, -- Phone number of the business.
  "address" TEXT, -- [json] The whole address, as a JSON object.
  "address_line1" TEXT, -- First line of the address: street and number.
  "address_line2" TEXT, -- Second line of the address: building, floor or suite.
  "address_locality" TEXT, -- Town or city of the address.
  "address_region" TEXT, -- State, province or region of the address, by its full name: Arizona.
  "address_country_code" TEXT, -- Country of the address, as three letters of ISO 3166-1: USA.
  "address_postal_code" TEXT, -- Postal code of the address.
  "time_zone" TEXT, -- Time zone of the business, by its IANA name: America/New_York.
  "logo_url" TEXT, -- Address of the logo.
  "currency_code" TEXT, -- Currency of the account, as three letters of ISO 4217: USD.
  "language_tag" TEXT, -- Language of the account: en-US.
  "business_type" TEXT, -- What kind of business it is.
  "business_goals" TEXT, -- [json] What the business wants of the account, as a JSON array.
  "business_primary_color" TEXT, -- First colour of the brand.
  "business_secondary_color" TEXT -- Second colour of the brand.
);

-- Goals of a campaign.
-- GET /v2/campaigns/{campaign_id}/goals: all rows in one request; without campaign_id, once for each row of infusionsoft_campaigns.
CREATE TABLE infusionsoft_campaign_goals(
  "campaign_id" INTEGER NOT NULL, -- Number of the campaign whose goals are listed, in infusionsoft_campaigns. Sent: =.
  "id" INTEGER, -- Number of the goal.
  "name" TEXT, -- Name of the goal.
  "type" TEXT, -- What reaches the goal: WebForm, LandingPage, Survey, LinkClick, EmailOpened, Score, Purchase, FailedPurchase, Quote, WebsiteTrigger, InternalForm, SmartForm, AppointmentEvent, Task, StageMove, Note, Tag, PipelineStageMove, UnlayerLandingPage, GroSocial, TwitterForm, API, WordPress, NewLandingPage or IntegrationTrigger.
  "historical_contact_counts" TEXT, -- [json] How many contacts have reached the goal of late, as a JSON object.
  "historical_contact_counts_24_hours" INTEGER, -- How many contacts have reached the goal in the last 24 hours.
  "historical_contact_counts_30_days" INTEGER, -- How many contacts have reached the goal in the last 30 days.
  "next_sequence_ids" TEXT, -- [json] Numbers of the sequences that follow the goal, as a JSON array.
  "previous_sequence_ids" TEXT, -- [json] Numbers of the sequences before the goal, as a JSON array.
  PRIMARY KEY ("campaign_id", "id"),
  FOREIGN KEY ("campaign_id") REFERENCES infusionsoft_campaigns("id")
);

-- Sequences of a campaign.
-- GET /v2/campaigns/{campaign_id}/sequences: all rows in one request; without campaign_id, once for each row of infusionsoft_campaigns.
CREATE TABLE infusionsoft_campaign_sequences(
  "campaign_id" INTEGER NOT NULL, -- Number of the campaign whose sequences are listed, in infusionsoft_campaigns. Sent: =.
  "id" INTEGER, -- Number of the sequence.
  "name" TEXT, -- Name of the sequence.
  "paths" TEXT, -- [json] Ways through the sequence with their steps, as a JSON array.
  "active_contact_count" INTEGER, -- How many contacts are in the sequence now.
  "active_contact_count_completed" INTEGER, -- How many contacts have run through it.
  "historical_contact_count" TEXT, -- [json] How many contacts were in it of late, as a JSON object.
  "historical_contact_count_24_hours" INTEGER, -- How many contacts were in it in the last 24 hours.
  "historical_contact_count_30_days" INTEGER, -- How many contacts were in it in the last 30 days.
  PRIMARY KEY ("campaign_id", "id"),
  FOREIGN KEY ("campaign_id") REFERENCES infusionsoft_campaigns("id")
);

-- Campaigns that contacts can run through.
-- GET /v2/campaigns: up to 1000 rows a request.
-- GET /v2/campaigns/{id}: one row by its key.
CREATE TABLE infusionsoft_campaigns(
  "id" INTEGER NOT NULL, -- Number of the campaign, the same in all tables as campaign_id. Sent: =, ORDER BY.
  "name" TEXT, -- Name of the campaign. Sent: =.
  "locked" BOOLEAN, -- Whether the campaign is locked, so that nobody can edit it.
  "date_created" TEXT, -- [time] When the campaign was created.
  "published_date" TEXT, -- [time] When the campaign was last published; NULL if never.
  "published_status" BOOLEAN, -- Whether the campaign is published.
  "error_message" TEXT, -- What is wrong with the campaign; NULL if nothing is.
  "time_zone" TEXT, -- Time zone of the campaign, by its IANA name: America/New_York.
  "published_time_zone" TEXT, -- Time zone with which the campaign was published, by its IANA name.
  "created_by_global_id" TEXT, -- Id, across all accounts, of the user who created the campaign, as global_user_id of infusionsoft_users.
  "active_contact_count" INTEGER, -- How many contacts are in the campaign now.
  "completed_contact_count" INTEGER, -- How many contacts have run through it.
  PRIMARY KEY ("id")
);

-- Links, banners and texts that affiliates of a commission program can use.
-- GET /v2/affiliates/commissionPrograms/{commission_program_id}/resources: all rows in one request; without commission_program_id, once for each row of infusionsoft_commission_programs.
CREATE TABLE infusionsoft_commission_program_resources(
  "commission_program_id" INTEGER NOT NULL, -- Number of the commission program, in infusionsoft_commission_programs. Sent: =.
  "id" INTEGER, -- Number of the resource.
  "title" TEXT, -- Title of the resource.
  "type" TEXT, -- What the resource is: EMAIL, BANNER or PAGE.
  "notes" TEXT, -- Free text about the resource.
  "url" TEXT, -- Address of the resource.
  "order" INTEGER, -- Place of the resource where resources are listed, from 0; the smaller, the higher.
  "content_html" TEXT, -- Content of a PAGE or EMAIL, in HTML.
  "page_width" INTEGER, -- Width of a PAGE, in pixels.
  "page_height" INTEGER, -- Height of a PAGE, in pixels.
  "commission_programs" TEXT, -- [json] Commission programs that use the resource, as a JSON array.
  PRIMARY KEY ("commission_program_id", "id"),
  FOREIGN KEY ("commission_program_id") REFERENCES infusionsoft_commission_programs("id")
);

-- Programs by which affiliates earn commissions.
-- GET /v2/affiliates/commissionPrograms: up to 1000 rows a request.
-- GET /v2/affiliates/commissionPrograms/{id}: one row by its key.
CREATE TABLE infusionsoft_commission_programs(
  "id" INTEGER NOT NULL, -- Number of the commission program. Sent: =.
  "name" TEXT, -- Name of the commission program. Sent: =.
  "priority" INTEGER, -- Priority of the program.
  "notes" TEXT, -- Free text about the program.
  "create_time" TEXT, -- [time] When the commission program was created.
  "affiliate_ids" TEXT, -- [json] Numbers of the affiliates in the program (infusionsoft_affiliates), as a JSON array.
  "default_commission" TEXT, -- [json] What is paid where nothing else is agreed, as a JSON object.
  "product_commissions" TEXT, -- [json] What is paid for single products, as a JSON array.
  "subscription_commissions" TEXT, -- [json] What is paid for single subscription plans, as a JSON array.
  "affiliate_id" INTEGER, -- [input] Asks for the programs of one affiliate, by the affiliate's number. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Commissions of all affiliates: one list, where infusionsoft_affiliate_commissions is one for each.
-- GET /v1/affiliates/commissions: up to 1000 rows a request.
CREATE TABLE infusionsoft_commissions(
  "amount_earned" REAL, -- What was earned.
  "date_earned" TEXT, -- [time] When it was earned.
  "description" TEXT, -- What the commission is for.
  "contact_id" INTEGER, -- Number of the contact who bought.
  "contact_first_name" TEXT, -- First name of the contact.
  "contact_last_name" TEXT, -- Last name of the contact.
  "invoice_id" INTEGER, -- Number of the invoice.
  "product_name" TEXT, -- Name of the product.
  "sales_affiliate_id" INTEGER, -- Number of the affiliate who made the sale.
  "sold_by_first_name" TEXT, -- First name of who made the sale.
  "sold_by_last_name" TEXT, -- Last name of who made the sale.
  "affiliate_id" INTEGER, -- [input] Asks for the commissions of one affiliate, whom no column of the row names. Sent: =.
  "since_time" TEXT, -- [time] [input] Asks for commissions since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for commissions until a time; which time the server compares is not documented. Sent: =.
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("sales_affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Companies that contacts belong to.
-- GET /v2/companies: up to 1000 rows a request.
CREATE TABLE infusionsoft_companies(
  "id" INTEGER NOT NULL, -- Number of the company. Sent: =, >, >=, <, <=, ORDER BY.
  "company_name" TEXT, -- Name of the company. Sent: =, LIKE 'x%', GLOB 'x*'.
  "email" TEXT, -- E-mail address of the company. Sent: =.
  "phone" TEXT, -- Phone number of the company, as it was entered.
  "website" TEXT, -- Address of the company's website.
  "owner_id" INTEGER, -- Number of the user who looks after the company, in infusionsoft_users.
  "contact_type" TEXT, -- Kind of company, from the account's own list: Vendor, Customer.
  "create_time" TEXT, -- [time] When the company was created. Sent: ORDER BY.
  "update_time" TEXT, -- [time] When the company was last changed. Sent: =, >, >=, <, <=.
  "address_line1" TEXT, -- First line of the address: street and number.
  "address_line2" TEXT, -- Second line of the address: building, floor or suite.
  "address_locality" TEXT, -- Town or city of the address. Sent: =, LIKE 'x%', GLOB 'x*'.
  "address_region" TEXT, -- State, province or region of the address, by its full name: Arizona. Sent: =, LIKE 'x%', GLOB 'x*'.
  "address_region_code" TEXT, -- State, province or region of the address, as an ISO 3166-2 code: US-AZ.
  "address_postal_code" TEXT, -- Postal code of the address.
  "address_country_code" TEXT, -- Country of the address, as three letters of ISO 3166-1: USA.
  "address_country" TEXT, -- Country of the address, by its full name.
  "address_zip_code" TEXT, -- ZIP code of the address, in the United States.
  "address_zip_four" TEXT, -- Four digits that follow the ZIP code of the address.
  "first_name" TEXT, -- First name of the person to talk to.
  "last_name" TEXT, -- Last name of the person to talk to.
  "middle_name" TEXT, -- Middle name of the person to talk to.
  "preferred_name" TEXT, -- Name the person to talk to likes to be called by.
  "title" TEXT, -- Title before the name of the person to talk to: Dr.
  "suffix" TEXT, -- Addition after the name of the person to talk to: Jr.
  "job_title" TEXT, -- Position of the person to talk to.
  "assistant_name" TEXT, -- Name of that person's assistant.
  "assistant_phone" TEXT, -- Phone number of that person's assistant.
  "spouse_name" TEXT, -- Name of that person's spouse.
  "birth_date" TEXT, -- [date] Date of birth of the person to talk to, as YYYY-MM-DD.
  "anniversary_date" TEXT, -- [date] Date of the anniversary, as YYYY-MM-DD.
  "notes" TEXT, -- Free text about the company.
  "groups" TEXT, -- Numbers of the tags the company carries, separated by commas; infusionsoft_company_tags has a row for each.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "referral_code" TEXT, -- Code the company gives to others as a referral.
  "billing_information" TEXT, -- Free text about how the company is billed: NET 30.
  "account_id" INTEGER, -- Number of the account record the company belongs to; which table numbers these is not documented.
  "created_by" INTEGER, -- Number of the user who created the company.
  "last_updated_by" INTEGER, -- Number of the user who last changed the company.
  "email_status" TEXT, -- Whether the e-mail address may be written to: UNENGAGED_MARKETABLE, SINGLE_OPT_IN, DOUBLE_OPT_IN, CONFIRMED, UNENGAGED_NON_MARKETABLE, NON_MARKETABLE, LOCKDOWN, BOUNCE, HARD_BOUNCE, MANUAL, ADMIN, SYSTEM, LIST_UNSUBSCRIBE, FEEDBACK, SPAM, INVALID or DEACTIVATED.
  "email_opted_in" BOOLEAN, -- Whether the owner of the e-mail address has opted in.
  "email_opt_in_reason" TEXT, -- Why the owner of the e-mail address may be written to.
  "phone_extension" TEXT, -- Extension of the phone number.
  "phone_type" TEXT, -- Kind of the phone number: Work, Mobile.
  "phone_e164" TEXT, -- The phone number in the international form of E.164.
  "fax" TEXT, -- Fax number of the company.
  "fax_type" TEXT, -- Kind of the fax number.
  "address" TEXT, -- [json] The whole address, as a JSON object.
  "email_address" TEXT, -- [json] The e-mail address with its opt-in state, as a JSON object.
  "phone_number" TEXT, -- [json] The phone number with type and extension, as a JSON object.
  "fax_number" TEXT, -- [json] The fax number with its type, as a JSON object.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("owner_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("created_by") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by") REFERENCES infusionsoft_users("id")
);

-- Tags of a company: one row for each tag that the company carries.
-- GET /v2/companies/{company_id}/tags: up to 1000 rows a request; without company_id, once for each row of infusionsoft_companies.
CREATE TABLE infusionsoft_company_tags(
  "company_id" INTEGER NOT NULL, -- Number of the company whose tags are listed, in infusionsoft_companies. Sent: =.
  "tag_id" INTEGER, -- Number of the tag, in infusionsoft_tags.
  "name" TEXT, -- Name of the tag. Sent: =.
  "description" TEXT, -- What the tag stands for. Sent: =.
  "category" TEXT, -- [json] The category, as a JSON object.
  "category_id" INTEGER, -- Number of the category the tag is filed under, in infusionsoft_tag_categories; NULL without one. Sent: =, IS NULL.
  "create_time" TEXT, -- [time] When the tag itself was created. Sent: =, >, >=, <, <=.
  "update_time" TEXT, -- [time] When the tag itself was last changed. Sent: =, >, >=, <, <=.
  "applied_time" TEXT, -- [time] When the tag was given to the company. Sent: =, >, >=, <, <=.
  PRIMARY KEY ("company_id", "tag_id"),
  FOREIGN KEY ("company_id") REFERENCES infusionsoft_companies("id"),
  FOREIGN KEY ("tag_id") REFERENCES infusionsoft_tags("id"),
  FOREIGN KEY ("category_id") REFERENCES infusionsoft_tag_categories("id")
);

-- Postal addresses of contacts: one row for each.
-- GET /v2/contacts: up to 1000 contacts a request, whose addresses are the rows.
CREATE TABLE infusionsoft_contact_addresses(
  "contact_id" INTEGER, -- Number of the contact whose address it is. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "field" TEXT, -- Which of the contact's addresses: BILLING, SHIPPING or OTHER.
  "line1" TEXT, -- First line of the address: street and number.
  "line2" TEXT, -- Second line of the address: building, floor or suite.
  "locality" TEXT, -- Town or city.
  "region" TEXT, -- State, province or region, by its full name: Arizona.
  "region_code" TEXT, -- State, province or region, as an ISO 3166-2 code: US-AZ.
  "postal_code" TEXT, -- Postal code, as text.
  "zip_code" TEXT, -- ZIP code, for addresses in the United States.
  "zip_four" TEXT, -- Four digits that follow the ZIP code.
  "country" TEXT, -- Country, by its full name.
  "country_code" TEXT, -- Country, as three letters of ISO 3166-1: USA.
  "contact_update_time" TEXT, -- [time] When the contact was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("contact_id", "field"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Credit cards of a contact, with all but the last digits hidden.
-- GET /v1/contacts/{contact_id}/creditCards: all rows in one request; without contact_id, once for each row of infusionsoft_contacts.
CREATE TABLE infusionsoft_contact_credit_cards(
  "contact_id" INTEGER NOT NULL, -- Number of the contact. Sent: =.
  "id" INTEGER, -- Number of the card.
  "card_type" TEXT, -- Brand of the card.
  "card_number" TEXT, -- Last digits of the card.
  "validation_status" TEXT, -- Whether the card was found to be good.
  "payment_method_id" INTEGER, -- Number of the payment method that the card is.
  PRIMARY KEY ("contact_id", "id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("payment_method_id") REFERENCES infusionsoft_payment_methods("payment_method_id")
);

-- Values of the custom fields of contacts: one row for each value.
-- GET /v2/contacts: up to 1000 contacts a request, whose custom_fields are the rows.
CREATE TABLE infusionsoft_contact_custom_fields(
  "contact_id" INTEGER, -- Number of the contact whose value it is. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "custom_field_id" INTEGER, -- Number of the field, in infusionsoft_custom_field_definitions where record_type is CONTACT.
  "content" TEXT, -- The value: text, a number, or JSON where the field takes several.
  "contact_update_time" TEXT, -- [time] When the contact was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("contact_id", "custom_field_id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("custom_field_id") REFERENCES infusionsoft_custom_field_definitions("id")
);

-- E-mail addresses of contacts: one row for each.
-- GET /v2/contacts: up to 1000 contacts a request, whose email_addresses are the rows.
CREATE TABLE infusionsoft_contact_email_addresses(
  "contact_id" INTEGER, -- Number of the contact whose address it is. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "field" TEXT, -- Which of the contact's addresses: EMAIL1, EMAIL2 or EMAIL3.
  "email" TEXT, -- The address.
  "is_opt_in" BOOLEAN, -- Whether the owner of the address has opted in.
  "email_opt_status" TEXT, -- Whether the address may be written to: UNENGAGED_MARKETABLE, SINGLE_OPT_IN, DOUBLE_OPT_IN, CONFIRMED, UNENGAGED_NON_MARKETABLE, NON_MARKETABLE, LOCKDOWN, BOUNCE, HARD_BOUNCE, MANUAL, ADMIN, SYSTEM, LIST_UNSUBSCRIBE, FEEDBACK, SPAM, INVALID or DEACTIVATED.
  "opt_in_reason" TEXT, -- Why the address may be written to, as it was entered.
  "contact_update_time" TEXT, -- [time] When the contact was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("contact_id", "field"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- E-mails of a contact.
-- GET /v1/contacts/{contact_id}/emails: up to 1000 rows a request; without contact_id, once for each row of infusionsoft_contacts.
CREATE TABLE infusionsoft_contact_emails(
  "contact_id" INTEGER NOT NULL, -- Number of the contact. Sent: =.
  "id" INTEGER, -- Number of the e-mail.
  "subject" TEXT, -- Subject of the e-mail.
  "sent_to_address" TEXT, -- Address the e-mail went to.
  "sent_from_address" TEXT, -- Address the e-mail came from.
  "sent_date" TEXT, -- [time] When the e-mail was sent.
  "received_date" TEXT, -- [time] When the e-mail arrived.
  "opened_date" TEXT, -- [time] When the e-mail was first opened, NULL if it was not.
  "clicked_date" TEXT, -- [time] When a link in the e-mail was first followed, NULL if none was.
  "sent_from_reply_address" TEXT, -- Address that answers go to.
  "sent_to_cc_addresses" TEXT, -- Addresses that got a copy.
  "sent_to_bcc_addresses" TEXT, -- Addresses that got a hidden copy.
  "headers" TEXT, -- Headers of the e-mail.
  "original_provider" TEXT, -- Where the e-mail came from: UNKNOWN, INFUSIONSOFT, MICROSOFT, GOOGLE.
  "original_provider_id" TEXT, -- Number of the e-mail at original_provider.
  "email" TEXT, -- [input] Asks for the e-mails with one address; which address the server compares is not documented. Sent: =.
  PRIMARY KEY ("contact_id", "id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Lead score of a contact.
-- GET /v2/contacts/{contact_id}/leadScore: one row; without contact_id, once for each row of infusionsoft_contacts.
CREATE TABLE infusionsoft_contact_lead_scores(
  "contact_id" INTEGER NOT NULL, -- Number of the contact, in infusionsoft_contacts. Sent: =.
  "score" REAL, -- The score, as a number of flames.
  "last_updated" TEXT, -- [time] When the score was last changed.
  PRIMARY KEY ("contact_id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Kinds of links between contacts.
-- GET /v2/contacts/links/types: up to 1000 rows a request.
CREATE TABLE infusionsoft_contact_link_types(
  "id" INTEGER NOT NULL, -- Number of the kind of link.
  "name" TEXT, -- Name of the kind of link: Spouse. Sent: =.
  "max_links" INTEGER, -- How many such links a contact may have.
  "create_time" TEXT, -- [time] When the kind of link was created.
  PRIMARY KEY ("id")
);

-- Links of a contact with other contacts.
-- GET /v2/contacts/{contact_id}/links: all rows in one request; without contact_id, once for each row of infusionsoft_contacts.
CREATE TABLE infusionsoft_contact_links(
  "contact_id" INTEGER NOT NULL, -- Number of the contact whose links are listed, in infusionsoft_contacts. Sent: =.
  "contact1_id" INTEGER, -- Number of the one contact, in infusionsoft_contacts.
  "contact2_id" INTEGER, -- Number of the other contact, in infusionsoft_contacts.
  "link_type_id" INTEGER, -- Number of the kind of link, in infusionsoft_contact_link_types.
  "link_type_name" TEXT, -- Name of the kind of link: Spouse.
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("contact1_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("contact2_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("link_type_id") REFERENCES infusionsoft_contact_link_types("id")
);

-- Notes about one contact: what infusionsoft_notes shows of all.
-- GET /v2/contacts/{contact_id}/notes: up to 1000 rows a request; without contact_id, once for each row of infusionsoft_contacts.
-- GET /v2/contacts/{contact_id}/notes/{id}: one row by its key.
CREATE TABLE infusionsoft_contact_notes(
  "contact_id" INTEGER NOT NULL, -- Number of the contact the note is about. Sent: =.
  "id" INTEGER, -- Number of the note. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "title" TEXT, -- Headline of the note. Sent: =, LIKE 'x%', GLOB 'x*'.
  "text" TEXT, -- Text of the note.
  "type" TEXT, -- Kind of note, from the account's own list: Call, Email, Letter.
  "assigned_to_user_id" INTEGER, -- Number of the user the note is assigned to, in infusionsoft_users; NULL if to nobody. Sent: =.
  "assigned_to_user_given_name" TEXT, -- First name of the user the note is assigned to.
  "assigned_to_user_family_name" TEXT, -- Last name of the user the note is assigned to.
  "assigned_to_user_email" TEXT, -- E-mail address of the user the note is assigned to.
  "create_time" TEXT, -- [time] When the note was created. Sent: ORDER BY.
  "update_time" TEXT, -- [time] When the note was last changed. Sent: ORDER BY.
  "pinned_at" TEXT, -- [time] When the note was pinned to the top, NULL if it is not.
  "created_by_user_id" INTEGER, -- Number of the user who created the note, in infusionsoft_users.
  "last_updated_by_user_id" INTEGER, -- Number of the user who last changed the note, in infusionsoft_users.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "assigned_to_user" TEXT, -- [json] The user the note is assigned to, as a JSON object.
  "since_time" TEXT, -- [time] [input] Asks for notes since a time; which time of a note the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for notes until a time; which time of a note the server compares is not documented. Sent: =.
  PRIMARY KEY ("contact_id", "id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("assigned_to_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("created_by_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by_user_id") REFERENCES infusionsoft_users("id")
);

-- Kinds of contacts that the account knows.
-- GET /v2/settings/contactOptionTypes: all rows in one request.
CREATE TABLE infusionsoft_contact_option_types(
  "name" TEXT, -- Name of the kind.
  PRIMARY KEY ("name")
);

-- Cards and accounts that a contact can pay with.
-- GET /v2/contacts/{contact_id}/paymentMethods: up to 1000 rows a request; without contact_id, once for each row of infusionsoft_contacts.
CREATE TABLE infusionsoft_contact_payment_methods(
  "contact_id" INTEGER NOT NULL, -- Number of the contact whose cards and accounts are listed, in infusionsoft_contacts. Sent: =.
  "payment_method_id" INTEGER, -- Number of the card or account, by which payments and subscriptions name it, in infusionsoft_payment_methods.
  "credit_card_id" INTEGER, -- Number of the card in the first version of the API; NULL where it has none.
  "merchant_account_type" TEXT, -- Payment service that keeps the card or account: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED.
  "merchant_account_id" INTEGER, -- Number of the merchant account that keeps the card or account, in infusionsoft_merchant_accounts. Sent: =.
  "payment_method_type" TEXT, -- Kind of payment method; CARD is the only word so far.
  "created_time" TEXT, -- [time] When the card or account was saved.
  "card_info" TEXT, -- [json] What may be known of the card, as a JSON object; NULL for what is no card.
  "card_info_brand" TEXT, -- Brand of the card.
  "card_info_fingerprint" TEXT, -- Token that is the same for the same card.
  "card_info_card_type" TEXT, -- Kind of card: CREDIT, DEBIT, PREPAID or ACH.
  "card_info_last_four" TEXT, -- Last four digits of the card, as text.
  "card_info_expiration_year" TEXT, -- Year in which the card expires, as four digits.
  "card_info_expiration_month" TEXT, -- Month in which the card expires, as two digits.
  "status" TEXT, -- EXPIRED for a card that has expired, else NULL.
  PRIMARY KEY ("contact_id", "payment_method_id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("payment_method_id") REFERENCES infusionsoft_payment_methods("payment_method_id"),
  FOREIGN KEY ("merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id")
);

-- Phone numbers of contacts: one row for each.
-- GET /v2/contacts: up to 1000 contacts a request, whose phone_numbers are the rows.
CREATE TABLE infusionsoft_contact_phone_numbers(
  "contact_id" INTEGER, -- Number of the contact whose number it is. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "field" TEXT, -- Which of the contact's numbers: PHONE1 to PHONE5.
  "number" TEXT, -- The number, as it was entered.
  "number_e164" TEXT, -- The number in the international form: +15551234567.
  "extension" TEXT, -- Extension behind the number.
  "type" TEXT, -- What the number is for, such as Work.
  "contact_update_time" TEXT, -- [time] When the contact was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("contact_id", "field"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Numbers of the tags of all contacts: one row for each tag of a contact, from the contacts' own pages.
-- GET /v2/contacts: up to 1000 contacts a request, whose tag_ids are the rows.
CREATE TABLE infusionsoft_contact_tag_ids(
  "contact_id" INTEGER, -- Number of the contact who carries the tag, in infusionsoft_contacts. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "tag_id" INTEGER, -- Number of the tag, in infusionsoft_tags.
  "contact_update_time" TEXT, -- [time] When the contact was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("contact_id", "tag_id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("tag_id") REFERENCES infusionsoft_tags("id")
);

-- Tags of a contact: one row for each tag that the contact carries.
-- GET /v2/contacts/{contact_id}/tags: up to 1000 rows a request; without contact_id, once for each row of infusionsoft_contacts.
CREATE TABLE infusionsoft_contact_tags(
  "contact_id" INTEGER NOT NULL, -- Number of the contact whose tags are listed. Sent: =.
  "tag_id" INTEGER, -- Number of the tag, in infusionsoft_tags.
  "name" TEXT, -- Name of the tag. Sent: =.
  "description" TEXT, -- What the tag stands for. Sent: =.
  "category_id" INTEGER, -- Number of the category the tag is filed under, in infusionsoft_tag_categories; NULL without one. Sent: =, IS NULL.
  "applied_time" TEXT, -- [time] When the tag was given to the contact. Sent: =, >, >=, <, <=, ORDER BY.
  "create_time" TEXT, -- [time] When the tag itself was created. Sent: =, >, >=, <, <=, ORDER BY.
  "update_time" TEXT, -- [time] When the tag itself was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  "tag" TEXT, -- [json] The whole tag, as a JSON object.
  PRIMARY KEY ("contact_id", "tag_id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("tag_id") REFERENCES infusionsoft_tags("id"),
  FOREIGN KEY ("category_id") REFERENCES infusionsoft_tag_categories("id")
);

-- People the account knows: customers, prospects and everybody else who may be written to.
-- GET /v2/contacts: up to 1000 rows a request.
-- GET /v2/contacts/{id}: one row by its key.
CREATE TABLE infusionsoft_contacts(
  "id" INTEGER NOT NULL, -- Number of the contact, the same in all tables as contact_id. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "given_name" TEXT, -- First name. Sent: =, LIKE 'x%', GLOB 'x*'.
  "family_name" TEXT, -- Last name. Sent: =, LIKE 'x%', GLOB 'x*'.
  "email" TEXT, -- The first e-mail address, EMAIL1; NULL without one. Sent: =, LIKE 'x%', GLOB 'x*'.
  "phone1" TEXT, -- The first phone number, as it was entered; phone1_e164 has it in one form for all. Sent: =.
  "company_id" INTEGER, -- Number of the company the contact works for, in infusionsoft_companies; NULL without one. Sent: =.
  "company_name" TEXT, -- Name of the company the contact works for.
  "job_title" TEXT, -- Position in the company.
  "owner_id" INTEGER, -- Number of the user who looks after the contact, in infusionsoft_users; NULL if nobody does.
  "contact_type" TEXT, -- Kind of contact, from the account's own list: Prospect, Customer.
  "create_time" TEXT, -- [time] When the contact was created. Sent: ORDER BY.
  "update_time" TEXT, -- [time] When the contact was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  "tag_ids" TEXT, -- [json] Numbers of the tags the contact carries, as a JSON array of text; infusionsoft_contact_tag_ids has a row for each.
  "billing_line1" TEXT, -- First line of the billing address: street and number. Sent: =.
  "billing_line2" TEXT, -- Second line of the billing address: building, floor or suite.
  "billing_locality" TEXT, -- Town or city of the billing address. Sent: =, LIKE 'x%', GLOB 'x*'.
  "billing_region" TEXT, -- State, province or region of the billing address, by its full name: Arizona. Sent: =, LIKE 'x%', GLOB 'x*'.
  "billing_region_code" TEXT, -- State, province or region of the billing address, as an ISO 3166-2 code: US-AZ.
  "billing_postal_code" TEXT, -- Postal code of the billing address. Sent: =.
  "billing_country_code" TEXT, -- Country of the billing address, as three letters of ISO 3166-1: USA. Sent: =.
  "billing_country" TEXT, -- Country of the billing address, by its full name.
  "lead_source_name" TEXT, -- [input] Asks for the contacts of one lead source, by its name; leadsource_id is what a row shows. Sent: =.
  "leadsource_id" INTEGER, -- Number of the lead source the contact came from, in infusionsoft_lead_sources.
  "source_type" TEXT, -- How the contact was added: API, APPOINTMENT, FORM_API_HOSTED, FORM_API_INTERNAL, IMPORT, INTERNAL_FORM, LANDING_PAGE, MANUAL, WEBFORM, OTHER, UNKNOWN or SOURCE_TYPE_UNSPECIFIED.
  "score_value" REAL, -- Lead score, a number by the account's own rules; NULL without a score.
  "email_status" TEXT, -- Whether the first e-mail address may be written to: UNENGAGED_MARKETABLE, SINGLE_OPT_IN, DOUBLE_OPT_IN, CONFIRMED, UNENGAGED_NON_MARKETABLE, NON_MARKETABLE, LOCKDOWN, BOUNCE, HARD_BOUNCE, MANUAL, ADMIN, SYSTEM, LIST_UNSUBSCRIBE, FEEDBACK, SPAM, INVALID or DEACTIVATED.
  "email_opted_in" BOOLEAN, -- Whether the owner of the first e-mail address has opted in.
  "middle_name" TEXT, -- Middle name. Sent: =, LIKE 'x%', GLOB 'x*'.
  "preferred_name" TEXT, -- Name the contact likes to be called by.
  "prefix" TEXT, -- Title before the name: Dr.
  "suffix" TEXT, -- Addition after the name: Jr.
  "website" TEXT, -- Address of the contact's website. Sent: =, LIKE 'x%', GLOB 'x*'.
  "birth_date" TEXT, -- [date] Date of birth, as YYYY-MM-DD.
  "anniversary_date" TEXT, -- [date] Date of the anniversary, as YYYY-MM-DD.
  "time_zone" TEXT, -- Time zone, by its IANA name: America/New_York.
  "preferred_locale" TEXT, -- Language and country the contact prefers: en_US.
  "referral_code" TEXT, -- Code the contact gives to others as a referral.
  "notes" TEXT, -- Free text kept with the contact; single notes are rows of infusionsoft_notes.
  "email2" TEXT, -- The second e-mail address.
  "email3" TEXT, -- The third e-mail address.
  "phone2" TEXT, -- The second phone number, as it was entered. Sent: =.
  "phone3" TEXT, -- The third phone number, as it was entered. Sent: =.
  "email_addresses" TEXT, -- [json] All e-mail addresses with slot and opt-in state, as a JSON array; infusionsoft_contact_email_addresses has a row for each.
  "phone_numbers" TEXT, -- [json] All phone numbers with slot, type and extension, as a JSON array; infusionsoft_contact_phone_numbers has a row for each.
  "addresses" TEXT, -- [json] All postal addresses, as a JSON array; infusionsoft_contact_addresses has a row for each.
  "company" TEXT, -- [json] Number and name of the company, as a JSON object.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content; infusionsoft_contact_custom_fields has a row for each.
  "created_by" INTEGER, -- Number of the user who created the contact, in infusionsoft_users.
  "last_updated_by" INTEGER, -- Number of the user who last changed the contact, in infusionsoft_users.
  "groups" TEXT, -- Numbers of the tags the contact carries, separated by commas.
  "account_id" INTEGER, -- Number of the account record the contact belongs to; which table numbers these is not documented.
  "spouse_name" TEXT, -- Name of the spouse.
  "assistant_name" TEXT, -- Name of the contact's assistant.
  "assistant_phone" TEXT, -- Phone number of the contact's assistant.
  "billing_information" TEXT, -- Free text about how the contact is billed.
  "links" TEXT, -- [json] Other contacts this one is linked to, with the type of link, as a JSON array.
  "social_accounts" TEXT, -- [json] Names on social networks, as a JSON array of type and name.
  "shipping_line1" TEXT, -- First line of the shipping address: street and number. Sent: =.
  "shipping_locality" TEXT, -- Town or city of the shipping address. Sent: =.
  "shipping_region" TEXT, -- State, province or region of the shipping address, by its full name: Arizona. Sent: =.
  "shipping_postal_code" TEXT, -- Postal code of the shipping address. Sent: =.
  "shipping_country_code" TEXT, -- Country of the shipping address, as three letters of ISO 3166-1: USA. Sent: =.
  "origin" TEXT, -- [json] When and from where the contact was entered, as a JSON object.
  "origin_date" TEXT, -- [time] When the contact was entered.
  "origin_ip_address" TEXT, -- Network address from which the contact was entered.
  "shipping_line2" TEXT, -- Second line of the shipping address: building, floor or suite.
  "shipping_region_code" TEXT, -- State, province or region of the shipping address, as an ISO 3166-2 code: US-AZ.
  "shipping_country" TEXT, -- Country of the shipping address, by its full name.
  "billing_zip_code" TEXT, -- ZIP code of the billing address, in the United States.
  "billing_zip_four" TEXT, -- Four digits that follow the ZIP code of the billing address.
  "shipping_zip_code" TEXT, -- ZIP code of the shipping address, in the United States.
  "shipping_zip_four" TEXT, -- Four digits that follow the ZIP code of the shipping address.
  "phone4" TEXT, -- The fourth phone number, as it was entered. Sent: =.
  "phone5" TEXT, -- The fifth phone number, as it was entered. Sent: =.
  "phone1_extension" TEXT, -- Extension of the first phone number.
  "phone1_type" TEXT, -- Kind of the first phone number: Work, Home, Mobile.
  "phone1_e164" TEXT, -- The first phone number in the international form of E.164.
  "phone2_extension" TEXT, -- Extension of the second phone number.
  "phone2_type" TEXT, -- Kind of the second phone number: Work, Home, Mobile.
  "phone2_e164" TEXT, -- The second phone number in the international form of E.164.
  "email_opt_in_reason" TEXT, -- Why the owner of the first e-mail address may be written to.
  "email2_status" TEXT, -- Whether the second e-mail address may be written to, in the words of email_status.
  "email3_status" TEXT, -- Whether the third e-mail address may be written to, in the words of email_status.
  "fax1" TEXT, -- The first fax number.
  "fax2" TEXT, -- The second fax number.
  "fax_numbers" TEXT, -- [json] All fax numbers, as a JSON array.
  "other_line1" TEXT, -- First line of the other address: street and number. Sent: =.
  "other_line2" TEXT, -- Second line of the other address: building, floor or suite.
  "other_locality" TEXT, -- Town or city of the other address. Sent: =.
  "other_region" TEXT, -- State, province or region of the other address, by its full name: Arizona. Sent: =.
  "other_region_code" TEXT, -- State, province or region of the other address, as an ISO 3166-2 code: US-AZ.
  "other_postal_code" TEXT, -- Postal code of the other address. Sent: =.
  "other_country_code" TEXT, -- Country of the other address, as three letters of ISO 3166-1: USA. Sent: =.
  "other_country" TEXT, -- Country of the other address, by its full name.
  "other_zip_code" TEXT, -- ZIP code of the other address, in the United States.
  "other_zip_four" TEXT, -- Four digits that follow the ZIP code of the other address.
  "utm_parameters" TEXT, -- [json] Marketing parameters of the visits that led to the contact, as a JSON array.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("company_id") REFERENCES infusionsoft_companies("id"),
  FOREIGN KEY ("owner_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("leadsource_id") REFERENCES infusionsoft_lead_sources("id"),
  FOREIGN KEY ("created_by") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by") REFERENCES infusionsoft_users("id")
);

-- Countries that addresses can name.
-- GET /v2/locales/countries: all rows in one request.
CREATE TABLE infusionsoft_countries(
  "codes" TEXT, -- [json] All codes of the country, as a JSON object.
  "alpha2" TEXT, -- Code of the country, two letters of ISO 3166-1: US.
  "alpha3" TEXT, -- Code of the country, three letters of ISO 3166-1: USA.
  "name" TEXT, -- Name of the country.
  PRIMARY KEY ("alpha2")
);

-- Custom fields of each type of record.
-- GET /v2/{record_type}/model: all rows in one request; without record_type, once for each of the 8 values there are.
CREATE TABLE infusionsoft_custom_field_definitions(
  "record_type" TEXT NOT NULL, -- Type of record that has the field: AFFILIATE, COMPANY, CONTACT, NOTE, OPPORTUNITY, ORDER, SUBSCRIPTION or TASK. Sent: =.
  "id" INTEGER, -- Number of the field, as id in custom_fields of the records.
  "label" TEXT, -- Name of the field as users see it.
  "options" TEXT, -- [json] What can be chosen, as a JSON array of id and label; empty for fields without a choice.
  "stored_record_type" TEXT, -- Type of record as the API stores it: CONTACT, COMPANY, OPPORTUNITY, ORDER, SUBSCRIPTION, REFERRAL_PARTNER or TASK_NOTE_APPOINTMENT.
  "field_type" TEXT, -- Kind of value: CURRENCY, DATE, DATE_TIME, DAY_OF_WEEK, DECIMAL_NUMBER, DRILLDOWN, DROPDOWN, EMAIL, LIST_BOX, MONTH, NAME, PERCENT, PHONE_NUMBER, RADIO, SOCIAL_SECURITY_NUMBER, STATE, TEXT, TEXT_AREA, USER, USER_LIST_BOX, WEBSITE, WHOLE_NUMBER, YEAR or YES_NO.
  "default_value" TEXT, -- Value of a record for which nobody has entered one; NULL without one.
  "group_id" INTEGER, -- Number of the group it is shown in, in infusionsoft_custom_field_groups.
  "group_name" TEXT, -- Name of that group.
  "field_name" TEXT, -- Name by which the API's filters know the field.
  PRIMARY KEY ("record_type", "id"),
  FOREIGN KEY ("group_id") REFERENCES infusionsoft_custom_field_groups("id")
);

-- Groups of custom fields on a tab.
-- GET /v2/{record_type}/model/customFields/groups: all rows in one request; without record_type, once for each of the 8 values there are.
-- GET /v2/{record_type}/model/customFields/groups/{id}: one row by its key.
CREATE TABLE infusionsoft_custom_field_groups(
  "record_type" TEXT NOT NULL, -- Type of record: AFFILIATE, COMPANY, CONTACT, NOTE, OPPORTUNITY, ORDER, SUBSCRIPTION or TASK. Sent: =.
  "id" INTEGER, -- Number of the group. Sent: =.
  "name" TEXT, -- Name of the group.
  "order" INTEGER, -- Place of the group on its tab; the smaller, the higher.
  "tab_id" INTEGER, -- Number of the tab it is on, in infusionsoft_custom_field_tabs. Sent: =.
  "stored_record_type" TEXT, -- Type of record as the API stores it: CONTACT, COMPANY, OPPORTUNITY, ORDER, SUBSCRIPTION, REFERRAL_PARTNER or TASK_NOTE_APPOINTMENT.
  PRIMARY KEY ("record_type", "id"),
  FOREIGN KEY ("tab_id") REFERENCES infusionsoft_custom_field_tabs("id")
);

-- Tabs that custom fields are shown on.
-- GET /v2/{record_type}/model/customFields/tabs: all rows in one request; without record_type, once for each of the 8 values there are.
-- GET /v2/{record_type}/model/customFields/tabs/{id}: one row by its key.
CREATE TABLE infusionsoft_custom_field_tabs(
  "record_type" TEXT NOT NULL, -- Type of record: AFFILIATE, COMPANY, CONTACT, NOTE, OPPORTUNITY, ORDER, SUBSCRIPTION or TASK. Sent: =.
  "id" INTEGER, -- Number of the tab. Sent: =.
  "name" TEXT, -- Name of the tab.
  "order" INTEGER, -- Place of the tab among the tabs; the smaller, the further left.
  "stored_record_type" TEXT, -- Type of record as the API stores it: CONTACT, COMPANY, OPPORTUNITY, ORDER, SUBSCRIPTION, REFERRAL_PARTNER or TASK_NOTE_APPOINTMENT.
  PRIMARY KEY ("record_type", "id")
);

-- E-mail addresses the account knows, and whether they may be written to.
-- GET /v2/emailAddresses: up to 1000 rows a request.
CREATE TABLE infusionsoft_email_addresses(
  "email" TEXT, -- The address, which is the key. Sent: =, IN.
  "opted_in" BOOLEAN, -- Whether the owner of the address has opted in to marketing. Sent: =.
  "status" TEXT, -- State of the address: UNENGAGED_MARKETABLE, SINGLE_OPT_IN, DOUBLE_OPT_IN, CONFIRMED, UNENGAGED_NON_MARKETABLE, NON_MARKETABLE, LOCKDOWN, BOUNCE, HARD_BOUNCE, MANUAL, ADMIN, SYSTEM, LIST_UNSUBSCRIBE, FEEDBACK, SPAM, INVALID or DEACTIVATED.
  "create_time" TEXT, -- [time] When a state of the address was first recorded.
  "last_click_time" TEXT, -- [time] When a link in an e-mail to the address was last clicked; NULL if never.
  "last_open_time" TEXT, -- [time] When an e-mail to the address was last opened; NULL if never.
  "last_sent_time" TEXT, -- [time] When an e-mail was last sent to the address; NULL if never.
  PRIMARY KEY ("email")
);

-- Templates of e-mails.
-- GET /v2/emails/templates: up to 1000 rows a request.
-- GET /v2/emails/templates/{id}: one row by its key.
CREATE TABLE infusionsoft_email_templates(
  "id" INTEGER NOT NULL, -- Number of the template. Sent: =, ORDER BY.
  "piece_title" TEXT, -- Title of the template.
  "categories" TEXT, -- [json] Names of the categories it is filed under, as a JSON array of text.
  "from_address" TEXT, -- Address it is sent from; may be a merge field: ~Owner.Email~.
  "to_address" TEXT, -- Address it is sent to; may be a merge field: ~Contact.Email~.
  "cc_address" TEXT, -- Address that gets a copy; NULL without one.
  "bcc_address" TEXT, -- Address that gets a blind copy; NULL without one.
  "subject" TEXT, -- Subject line, with merge fields as they were written: ~Contact.FirstName~.
  "content_type" TEXT, -- Form of the content: TEXT, HTML or MULTIPART.
  "merge_context" TEXT, -- Kind of record that the merge fields are taken from: Contact.
  "text_body" TEXT, -- Content of the template as plain text.
  "html_body" TEXT, -- Content of the template as HTML.
  PRIMARY KEY ("id")
);

-- E-mails that were sent or received.
-- GET /v2/emails: up to 1000 rows a request.
-- GET /v2/emails/{id}: one row by its key.
CREATE TABLE infusionsoft_emails(
  "id" INTEGER NOT NULL, -- Number of the e-mail. Sent: =.
  "subject" TEXT, -- Subject line.
  "headers" TEXT, -- Header lines of the message, as one text.
  "contact_id" INTEGER, -- Number of the contact who got it, in infusionsoft_contacts. Sent: =.
  "sent_to_address" TEXT, -- Address it was sent to. Sent: =.
  "sent_to_cc_address_list" TEXT, -- [json] Addresses that got a copy, as a JSON array of text.
  "sent_to_bcc_address_list" TEXT, -- [json] Addresses that got a blind copy, as a JSON array of text.
  "sent_from_address" TEXT, -- Address it was sent from.
  "sent_from_reply_address" TEXT, -- Address that answers go to.
  "sent_time" TEXT, -- [time] When it was sent.
  "received_time" TEXT, -- [time] When it was received.
  "opened_time" TEXT, -- [time] When it was opened; NULL if nobody has opened it, as far as is known.
  "clicked_time" TEXT, -- [time] When a link in it was clicked; NULL if none was.
  "original_provider_id" TEXT, -- Id of the message at the service that sent it.
  "original_provider" TEXT, -- Service that sent it: INFUSIONSOFT, MICROSOFT, GOOGLE or UNKNOWN.
  "provider_source_id" TEXT, -- Account of that service from which the message was copied here.
  "plain_content" TEXT, -- Content of the e-mail as plain text.
  "html_content" TEXT, -- Content of the e-mail as HTML.
  "start_created_time" TEXT, -- [time] [input] Asks for e-mails whose record was made at this time or later. Sent: =.
  "end_created_time" TEXT, -- [time] [input] Asks for e-mails whose record was made at this time or before. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Contents of files: one request for each.
-- GET /v2/files/{file_id}:data: up to 1000 rows a request; without file_id, once for each row of infusionsoft_files.
CREATE TABLE infusionsoft_file_data(
  "file_id" INTEGER NOT NULL, -- Number of the file. Sent: =.
  "data" BLOB, -- What is in the file.
  PRIMARY KEY ("file_id"),
  FOREIGN KEY ("file_id") REFERENCES infusionsoft_files("id")
);

-- Files that were uploaded, without their content.
-- GET /v2/files: up to 1000 rows a request.
-- GET /v2/files/{id}: one row by its key.
CREATE TABLE infusionsoft_files(
  "id" INTEGER NOT NULL, -- Number of the file. Sent: =.
  "category" TEXT, -- What the file is for: ATTACHMENTS, CART, DOCUMENTS, HIDDEN, INVOICE, LOGO, TICKETS, WEB_FORM or FUNNEL. Sent: =.
  "file_name" TEXT, -- Name of the file, with its extension. Sent: =.
  "is_public" BOOLEAN, -- Whether anybody who has the address can read it. Sent: =.
  "contact_id" INTEGER, -- Number of the contact it belongs to, in infusionsoft_contacts; NULL for a file of the account. Sent: =.
  "created_by_id" INTEGER, -- Number of the user who uploaded it, in infusionsoft_users.
  "remote_file_key" TEXT, -- Key of the file where the content is stored.
  "file_box_type" TEXT, -- Where the file is kept: APPLICATION, IMAGE, FAX, ATTACHMENT, TICKET, CONTACT, DIGITAL_PRODUCT, IMPORT, HIDDEN, WEB_FORM, STYLED_CART, RESAMPLED_IMAGE, TEMPLATE_THUMBNAIL, FUNNEL, LOGO_THUMBNAIL, UNLAYER or BRANDING_CENTER_LOGO. Sent: =.
  "file_size" INTEGER, -- Size of the file, in bytes.
  "created_time" TEXT, -- [time] When the file was uploaded.
  "updated_time" TEXT, -- [time] When the file was last changed.
  "user_id" INTEGER, -- [input] Asks for the files of one user; whether that is who created them is not documented. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("created_by_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("user_id") REFERENCES infusionsoft_users("id")
);

-- Discounts that make the first days of a subscription free.
-- GET /v2/discounts/freeTrials: up to 1000 rows a request.
-- GET /v2/discounts/freeTrials/{id}: one row by its key.
CREATE TABLE infusionsoft_free_trial_discounts(
  "id" INTEGER NOT NULL, -- Number of the discount. Sent: =, ORDER BY.
  "name" TEXT, -- Name of the discount.
  "description" TEXT, -- What the discount is.
  "criteria" TEXT, -- [json] What must hold for the discount to be given, as a JSON array.
  "hide_price" BOOLEAN, -- Whether the price is hidden during the trial. Sent: =.
  "subscription_plan_id" INTEGER, -- Number of the plan that can be tried, in infusionsoft_product_subscriptions. Sent: =.
  "free_trial_days" INTEGER, -- How long the trial is, in days. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("subscription_plan_id") REFERENCES infusionsoft_product_subscriptions("id")
);

-- Events that a REST hook can be called for.
-- GET /v1/hooks/event_keys: all rows in one request.
CREATE TABLE infusionsoft_hook_event_keys(
  "event_key" TEXT, -- Key of the event: contact.add, order.edit.
  PRIMARY KEY ("event_key")
);

-- REST hooks: addresses that are called when something happens in the account.
-- GET /v1/hooks: all rows in one request.
CREATE TABLE infusionsoft_hooks(
  "key" TEXT, -- Key of the hook.
  "event_key" TEXT, -- What the hook is called for, one of infusionsoft_hook_event_keys.
  "hook_url" TEXT, -- Address that is called.
  "status" TEXT, -- Unverified, Verified or Inactive; only a verified hook is called.
  PRIMARY KEY ("key")
);

-- Categories that lead sources are filed under.
-- GET /v2/leadSourceCategories: up to 1000 rows a request.
-- GET /v2/leadSourceCategories/{id}: one row by its key.
CREATE TABLE infusionsoft_lead_source_categories(
  "id" INTEGER NOT NULL, -- Number of the category. Sent: =.
  "name" TEXT, -- Name of the category. Sent: =, LIKE 'x%', GLOB 'x*'.
  "description" TEXT, -- What the category is for. Sent: =, LIKE 'x%', GLOB 'x*'.
  "create_time" TEXT, -- [time] When the category was created.
  "update_time" TEXT, -- [time] When the category was last changed.
  PRIMARY KEY ("id")
);

-- What was spent on a lead source.
-- GET /v2/leadSources/{lead_source_id}/expenses: up to 1000 rows a request; without lead_source_id, once for each row of infusionsoft_lead_sources.
-- GET /v2/leadSources/{lead_source_id}/expenses/{id}: one row by its key.
CREATE TABLE infusionsoft_lead_source_expenses(
  "lead_source_id" INTEGER NOT NULL, -- Number of the lead source, in infusionsoft_lead_sources. Sent: =.
  "id" INTEGER, -- Number of the expense. Sent: =.
  "title" TEXT, -- Headline of the expense. Sent: =.
  "notes" TEXT, -- Free text about the expense.
  "amount" REAL, -- [money] What was spent, in major units of amount_currency.
  "amount_currency" TEXT, -- Currency of amount, as three letters of ISO 4217: USD.
  "amount_formatted" TEXT, -- The amount as the account writes it: $100.00.
  "lead_source_recurring_expense_id" INTEGER, -- Number of the recurring expense that led to this one, in infusionsoft_lead_source_recurring_expenses; NULL if none did.
  "create_time" TEXT, -- [time] When the expense was created.
  "update_time" TEXT, -- [time] When the expense was last changed.
  "incurred_time" TEXT, -- [time] When the money was spent.
  "amount_filter" INTEGER, -- [input] Asks for expenses of one amount; in which units the server compares is not documented. Sent: =.
  PRIMARY KEY ("lead_source_id", "id"),
  FOREIGN KEY ("lead_source_id") REFERENCES infusionsoft_lead_sources("id"),
  FOREIGN KEY ("lead_source_recurring_expense_id") REFERENCES infusionsoft_lead_source_recurring_expenses("id")
);

-- Expenses that a recurring expense of a lead source has led to.
-- GET /v2/leadSources/{lead_source_id}/recurringExpenses/{lead_source_recurring_expense_id}/expenses: up to 1000 rows a request; without lead_source_id and lead_source_recurring_expense_id, once for each row of infusionsoft_lead_source_recurring_expenses.
CREATE TABLE infusionsoft_lead_source_recurring_expense_expenses(
  "lead_source_id" INTEGER NOT NULL, -- Number of the lead source, in infusionsoft_lead_sources. Sent: =.
  "lead_source_recurring_expense_id" INTEGER NOT NULL, -- Number of the recurring expense, in infusionsoft_lead_source_recurring_expenses. Sent: =.
  "id" INTEGER, -- Number of the expense.
  "title" TEXT, -- Headline of the expense. Sent: =.
  "notes" TEXT, -- Free text about the expense.
  "amount" REAL, -- [money] What was spent, in major units of amount_currency.
  "amount_currency" TEXT, -- Currency of amount, as three letters of ISO 4217: USD.
  "amount_formatted" TEXT, -- The amount as the account writes it: $100.00.
  "create_time" TEXT, -- [time] When the expense was created.
  "update_time" TEXT, -- [time] When the expense was last changed.
  "incurred_time" TEXT, -- [time] When the money was spent.
  "amount_filter" INTEGER, -- [input] Asks for expenses of one amount; in which units the server compares is not documented. Sent: =.
  PRIMARY KEY ("lead_source_id", "lead_source_recurring_expense_id", "id"),
  FOREIGN KEY ("lead_source_id", "lead_source_recurring_expense_id") REFERENCES infusionsoft_lead_source_recurring_expenses("lead_source_id", "id")
);

-- What is spent on a lead source again and again.
-- GET /v2/leadSources/{lead_source_id}/recurringExpenses: up to 1000 rows a request; without lead_source_id, once for each row of infusionsoft_lead_sources.
-- GET /v2/leadSources/{lead_source_id}/recurringExpenses/{id}: one row by its key.
CREATE TABLE infusionsoft_lead_source_recurring_expenses(
  "lead_source_id" INTEGER NOT NULL, -- Number of the lead source, in infusionsoft_lead_sources. Sent: =.
  "id" INTEGER, -- Number of the recurring expense. Sent: =.
  "title" TEXT, -- Headline of the expense. Sent: =.
  "notes" TEXT, -- Free text about the expense.
  "amount" REAL, -- [money] What is spent each time, in major units of amount_currency.
  "amount_currency" TEXT, -- Currency of amount, as three letters of ISO 4217: USD.
  "amount_formatted" TEXT, -- The amount as the account writes it: $100.00.
  "start_time" TEXT, -- [time] When the expense begins.
  "end_time" TEXT, -- [time] When the expense ends; NULL for one without an end.
  "next_expense_time" TEXT, -- [time] When money is spent next.
  "create_time" TEXT, -- [time] When the recurring expense was created.
  "update_time" TEXT, -- [time] When the recurring expense was last changed.
  "amount_filter" INTEGER, -- [input] Asks for expenses of one amount; in which units the server compares is not documented. Sent: =.
  PRIMARY KEY ("lead_source_id", "id"),
  FOREIGN KEY ("lead_source_id") REFERENCES infusionsoft_lead_sources("id")
);

-- Where leads come from.
-- GET /v2/leadSources: up to 1000 rows a request.
-- GET /v2/leadSources/{id}: one row by its key.
CREATE TABLE infusionsoft_lead_sources(
  "id" INTEGER NOT NULL, -- Number of the lead source. Sent: =, >, >=, <, <=.
  "name" TEXT, -- Name of the lead source, which lead_source_name of contacts asks by. Sent: =, LIKE 'x%', GLOB 'x*'.
  "description" TEXT, -- What the lead source is. Sent: =, LIKE 'x%', GLOB 'x*'.
  "vendor" TEXT, -- Business that the leads come through: Google. Sent: =, LIKE 'x%', GLOB 'x*'.
  "medium" TEXT, -- Kind of advertising: cpc. Sent: =, LIKE 'x%', GLOB 'x*'.
  "message" TEXT, -- What the advertisement says. Sent: =, LIKE 'x%', GLOB 'x*'.
  "status" TEXT, -- ACTIVE or INACTIVE. Sent: =.
  "lead_source_category_id" INTEGER, -- Number of the category it is filed under, in infusionsoft_lead_source_categories; NULL without one. Sent: =.
  "start_time" TEXT, -- [time] When the lead source begins to be used.
  "end_time" TEXT, -- [time] When the lead source ends; NULL for one without an end.
  "create_time" TEXT, -- [time] When the lead source was created.
  "update_time" TEXT, -- [time] When the lead source was last changed.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("lead_source_category_id") REFERENCES infusionsoft_lead_source_categories("id")
);

-- Words that the account offers for kinds of contacts, phones and names, as one row.
-- GET /v1/locales/defaultOptions: one row.
CREATE TABLE infusionsoft_locale_default_options(
  "contact_types" TEXT, -- [json] Kinds of contacts, as a JSON array.
  "fax_types" TEXT, -- [json] Kinds of fax numbers, as a JSON array.
  "phone_types" TEXT, -- [json] Kinds of phone numbers, as a JSON array.
  "suffix_types" TEXT, -- [json] What may follow a name, as a JSON array.
  "title_types" TEXT -- [json] What may stand before a name, as a JSON array.
);

-- Accounts at payment services that take the money of customers.
-- GET /v2/merchants: up to 1000 rows a request.
CREATE TABLE infusionsoft_merchant_accounts(
  "id" INTEGER NOT NULL, -- Number of the merchant account. Sent: =, ORDER BY.
  "name" TEXT, -- Name of the merchant account. Sent: =.
  "type" TEXT, -- Payment service: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED. Sent: =.
  "is_test" BOOLEAN, -- Whether it is for tests, so that no money moves.
  PRIMARY KEY ("id")
);

-- Templates of notes.
-- GET /v2/notes/templates: up to 1000 rows a request.
CREATE TABLE infusionsoft_note_templates(
  "id" INTEGER NOT NULL, -- Number of the template.
  "title" TEXT, -- Headline of a note from the template.
  "description" TEXT, -- Text of a note from the template.
  "action_type" TEXT, -- Kind of a note from the template: Call.
  "assignment_user_id" INTEGER, -- Number of the user such a note is assigned to, in infusionsoft_users.
  "notify_users" TEXT, -- [json] Numbers of the users who are told (infusionsoft_users), as a JSON array.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("assignment_user_id") REFERENCES infusionsoft_users("id")
);

-- Notes that users keep about contacts.
-- GET /v2/notes: up to 1000 rows a request.
CREATE TABLE infusionsoft_notes(
  "id" INTEGER NOT NULL, -- Number of the note. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "contact_id" INTEGER, -- Number of the contact the note is about. Sent: =.
  "title" TEXT, -- Headline of the note. Sent: =, LIKE 'x%', GLOB 'x*'.
  "text" TEXT, -- Text of the note.
  "type" TEXT, -- Kind of note, from the account's own list: Call, Email, Letter.
  "assigned_to_user_id" INTEGER, -- Number of the user the note is assigned to, in infusionsoft_users; NULL if to nobody. Sent: =.
  "assigned_to_user_given_name" TEXT, -- First name of the user the note is assigned to.
  "assigned_to_user_family_name" TEXT, -- Last name of the user the note is assigned to.
  "assigned_to_user_email" TEXT, -- E-mail address of the user the note is assigned to.
  "create_time" TEXT, -- [time] When the note was created. Sent: ORDER BY.
  "update_time" TEXT, -- [time] When the note was last changed. Sent: ORDER BY.
  "pinned_at" TEXT, -- [time] When the note was pinned to the top, NULL if it is not.
  "created_by_user_id" INTEGER, -- Number of the user who created the note, in infusionsoft_users.
  "last_updated_by_user_id" INTEGER, -- Number of the user who last changed the note, in infusionsoft_users.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "assigned_to_user" TEXT, -- [json] The user the note is assigned to, as a JSON object.
  "since_time" TEXT, -- [time] [input] Asks for notes since a time; which time of a note the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for notes until a time; which time of a note the server compares is not documented. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("assigned_to_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("created_by_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by_user_id") REFERENCES infusionsoft_users("id")
);

-- Sales opportunities on their way through the stages of a pipeline.
-- GET /v2/opportunities: up to 1000 rows a request.
-- GET /v2/opportunities/{id}: one row by its key.
CREATE TABLE infusionsoft_opportunities(
  "id" INTEGER NOT NULL, -- Number of the opportunity. Sent: =, IN, >, >=, <, <=.
  "opportunity_title" TEXT, -- Title of the opportunity. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_id" INTEGER, -- Number of the contact it is about, in infusionsoft_contacts. Sent: =.
  "stage_id" INTEGER, -- Number of the stage it is in, in infusionsoft_opportunity_stages. Sent: =.
  "stage_name" TEXT, -- Name of the stage it is in.
  "user_id" INTEGER, -- Number of the user who works on it, in infusionsoft_users; NULL if nobody does. Sent: =.
  "projected_revenue_low" REAL, -- Lowest revenue that is expected, in major units of the account's currency. Sent: =, >, >=, <, <=.
  "projected_revenue_high" REAL, -- Highest revenue that is expected, in major units of the account's currency. Sent: =, >, >=, <, <=.
  "estimated_close_time" TEXT, -- [time] When it is expected to be closed.
  "next_action_time" TEXT, -- [time] When the next step is due.
  "next_action_notes" TEXT, -- What the next step is.
  "opportunity_notes" TEXT, -- Free text about the opportunity.
  "include_in_forecast" BOOLEAN, -- Whether it counts in the sales forecast.
  "created_time" TEXT, -- [time] When the opportunity was created. Sent: ORDER BY.
  "last_updated_time" TEXT, -- [time] When the opportunity was last changed. Sent: ORDER BY.
  "lead_source" TEXT, -- Name of the lead source it came from. Sent: =, LIKE 'x%', GLOB 'x*'.
  "affiliate_id" INTEGER, -- Number of the affiliate who referred it, in infusionsoft_affiliates. Sent: =.
  "contact_email" TEXT, -- E-mail address of the contact.
  "contact_first_name" TEXT, -- First name of the contact.
  "contact_last_name" TEXT, -- Last name of the contact.
  "contact_company_name" TEXT, -- Name of the contact's company.
  "contact_job_title" TEXT, -- Position of the contact.
  "contact_phone_number" TEXT, -- Phone number of the contact, as it was entered. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_city" TEXT, -- Town or city of the contact. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_state" TEXT, -- State, province or region of the contact. Sent: =, LIKE 'x%', GLOB 'x*'.
  "user_first_name" TEXT, -- First name of the user who works on it.
  "user_last_name" TEXT, -- Last name of the user who works on it.
  "stage_probability" INTEGER, -- How likely the stage says a sale is, in percent.
  "stage_order" INTEGER, -- Place of the stage in the pipeline, counted from the left.
  "stage_target_num_days" INTEGER, -- How long an opportunity should stay in the stage, in days.
  "stage_reasons" TEXT, -- [json] Reasons for the move to the stage, as a JSON array of text.
  "stage_checklist_items" TEXT, -- [json] What has to be done in the stage, as a JSON array.
  "created_by" INTEGER, -- Number of the user who created the opportunity.
  "last_updated_by" INTEGER, -- Number of the user who last changed the opportunity.
  "status_id" INTEGER, -- Number of the status; which table numbers these is not documented.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "contact" TEXT, -- [json] The contact, as a JSON object.
  "stage" TEXT, -- [json] The stage, as a JSON object.
  "user" TEXT, -- [json] The user who works on it, as a JSON object.
  "status" TEXT, -- Name of the status; only accounts with legacy opportunities can ask for it.
  "stage_entrance_time" TEXT, -- [time] When it came to its stage; only accounts with legacy opportunities can ask for it.
  "monthly_revenue" REAL, -- Revenue of each month; only accounts with legacy opportunities can ask for it.
  "order_revenue" REAL, -- Revenue of the order; only accounts with legacy opportunities can ask for it.
  "objection" TEXT, -- What speaks against a sale; only accounts with legacy opportunities can ask for it.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("stage_id") REFERENCES infusionsoft_opportunity_stages("id"),
  FOREIGN KEY ("user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("created_by") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by") REFERENCES infusionsoft_users("id")
);

-- Moves of opportunities from one stage to another.
-- GET /v2/opportunities/stageMoves: up to 1000 rows a request.
-- GET /v2/opportunities/stageMoves/{id}: one row by its key.
CREATE TABLE infusionsoft_opportunity_stage_moves(
  "id" INTEGER NOT NULL, -- Number of the move. Sent: =, ORDER BY.
  "opportunity_id" INTEGER, -- Number of the opportunity that was moved, in infusionsoft_opportunities. Sent: =.
  "move_time" TEXT, -- [time] When the opportunity was moved.
  "move_from_stage_id" INTEGER, -- Number of the stage it left, in infusionsoft_opportunity_stages; 0 for the first move.
  "move_to_stage_id" INTEGER, -- Number of the stage it came to, in infusionsoft_opportunity_stages.
  "prev_stage_move_time" TEXT, -- [time] When it was moved the time before; NULL for the first move.
  "user_id" INTEGER, -- Number of the user whom the move is put down to, in infusionsoft_users. Sent: =.
  "created_by" INTEGER, -- Number of the user who made the record of the move, in infusionsoft_users.
  "create_time" TEXT, -- [time] When the record of the move was made.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("opportunity_id") REFERENCES infusionsoft_opportunities("id"),
  FOREIGN KEY ("move_from_stage_id") REFERENCES infusionsoft_opportunity_stages("id"),
  FOREIGN KEY ("move_to_stage_id") REFERENCES infusionsoft_opportunity_stages("id"),
  FOREIGN KEY ("user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("created_by") REFERENCES infusionsoft_users("id")
);

-- Stages of the sales pipeline, with the number of opportunities in each.
-- GET /v1/opportunity/stage_pipeline: all rows in one request.
CREATE TABLE infusionsoft_opportunity_stage_pipeline(
  "stage_id" INTEGER NOT NULL, -- Number of the stage.
  "stage_name" TEXT, -- Name of the stage.
  "stage_order" INTEGER, -- Place of the stage in the pipeline.
  "stage_count" INTEGER, -- How many opportunities are in the stage.
  "is_default" BOOLEAN, -- Whether new opportunities begin here.
  "end_stage" BOOLEAN, -- Whether opportunities end here.
  PRIMARY KEY ("stage_id"),
  FOREIGN KEY ("stage_id") REFERENCES infusionsoft_opportunity_stages("id")
);

-- Stages of the sales pipeline.
-- GET /v2/opportunities/stages: up to 1000 rows a request.
-- GET /v2/opportunities/stages/{id}: one row by its key.
CREATE TABLE infusionsoft_opportunity_stages(
  "id" INTEGER NOT NULL, -- Number of the stage. Sent: =, >, >=, <, <=.
  "name" TEXT, -- Name of the stage. Sent: =, LIKE 'x%', GLOB 'x*'.
  "order" INTEGER, -- Place of the stage in the pipeline, counted from the left; a word of SQL, so it stands in double quotes.
  "probability" INTEGER, -- How likely a sale is in this stage, in percent.
  "target_number_days" INTEGER, -- How long an opportunity should stay in the stage, in days.
  "created_time" TEXT, -- [time] When the stage was created.
  "updated_time" TEXT, -- [time] When the stage was last changed.
  "checklist_items" TEXT, -- [json] What has to be done in the stage, as a JSON array.
  PRIMARY KEY ("id")
);

-- Items of orders: one row for each, from the pages of the orders.
-- GET /v2/orders: up to 1000 orders a request, whose order_items are the rows.
CREATE TABLE infusionsoft_order_items(
  "order_id" INTEGER, -- Number of the order, in infusionsoft_orders. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "id" INTEGER, -- Number of the item, in its order.
  "name" TEXT, -- Name of the item, as it stood when it was ordered.
  "item_type" TEXT, -- Kind of the item: PRODUCT, SERVICE, UPSELL, SUBSCRIPTION, PROGRAM, SHIPPING, TAX, FEE, FINANCE_CHARGE, TIP, DISCOUNT, DISCOUNT_FREE_TRIAL, DISCOUNT_ORDER_TOTAL, DISCOUNT_PRODUCT, DISCOUNT_PRODUCT_CATEGORY, DISCOUNT_SHIPPING, OTHER or UNKNOWN.
  "quantity" INTEGER, -- How many pieces were ordered.
  "product_id" INTEGER, -- Number of the product, in infusionsoft_products; NULL for what is no product.
  "product_name" TEXT, -- Name of the product.
  "product_sku" TEXT, -- Stock number of the product.
  "price_per_unit" REAL, -- [money] Price of one, in major units of price_per_unit_currency.
  "price_per_unit_currency" TEXT, -- Currency of price_per_unit, as three letters of ISO 4217: USD.
  "cost_per_unit" REAL, -- [money] What one costs the business, in major units of cost_per_unit_currency.
  "cost_per_unit_currency" TEXT, -- Currency of cost_per_unit, as three letters of ISO 4217: USD.
  "discount" REAL, -- [money] Discount of the item, in major units of discount_currency.
  "discount_currency" TEXT, -- Currency of discount, as three letters of ISO 4217: USD.
  "subscription_id" INTEGER, -- Number of the subscription that the item began, in infusionsoft_subscriptions; NULL if it began none.
  "description" TEXT, -- Description of the item.
  "notes" TEXT, -- Notes about the item.
  "subscription_plan" TEXT, -- [json] Plan of the subscription that the item began, as a JSON object.
  "price_per_unit_formatted" TEXT, -- The amount of price_per_unit as the account shows it.
  "cost_per_unit_formatted" TEXT, -- The amount of cost_per_unit as the account shows it.
  "discount_formatted" TEXT, -- The amount of discount as the account shows it.
  "product" TEXT, -- [json] The product, as a JSON object.
  "special" TEXT, -- [json] The special price that was given, as a JSON object.
  "contact_id" INTEGER, -- Number of the contact who ordered. Sent: =.
  "order_time" TEXT, -- [time] When the order was placed, as its author dated it. Sent: ORDER BY.
  "order_creation_time" TEXT, -- [time] When the order was entered. Sent: =, >, >=, <, <=.
  "order_modification_time" TEXT, -- [time] When the order was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  "order_status" TEXT, -- State of the order: DRAFT, SENT, VIEWED or PAID.
  PRIMARY KEY ("order_id", "id"),
  FOREIGN KEY ("order_id") REFERENCES infusionsoft_orders("id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id"),
  FOREIGN KEY ("subscription_id") REFERENCES infusionsoft_subscriptions("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Payments of an order.
-- GET /v2/orders/{order_id}/payments: up to 1000 rows a request; without order_id, once for each row of infusionsoft_orders.
CREATE TABLE infusionsoft_order_payments(
  "order_id" INTEGER NOT NULL, -- Number of the order, in infusionsoft_orders. Sent: =.
  "id" INTEGER, -- Number of the payment as a part of the order's invoice.
  "amount" REAL, -- Amount of the payment, as the API sends it; whether in major or minor units is not documented.
  "note" TEXT, -- Free text about the payment.
  "invoice_id" INTEGER, -- Number of the invoice that was paid, as invoice_id of the order. Sent: =.
  "payment_id" INTEGER, -- Number of the payment, in infusionsoft_payments. Sent: =.
  "pay_time" TEXT, -- [time] When it was paid.
  "pay_status" TEXT, -- State of the payment: MANUAL_PAID, PAYPAL_PAID, APPROVED, PENDING, REFUNDED, VOIDED, FAILED or ERROR. Sent: =.
  "last_updated_time" TEXT, -- [time] When the payment was last changed.
  "skip_commission" BOOLEAN, -- Whether affiliates get no commission for the payment. Sent: =.
  "refund_invoice_payment_id" INTEGER, -- Number of the payment of an order that pays this one back, or is paid back by it; NULL where there is no refund.
  PRIMARY KEY ("order_id", "id"),
  FOREIGN KEY ("order_id") REFERENCES infusionsoft_orders("id"),
  FOREIGN KEY ("payment_id") REFERENCES infusionsoft_payments("id"),
  FOREIGN KEY ("refund_invoice_payment_id") REFERENCES infusionsoft_order_payments("id")
);

-- Discounts on the total of an order.
-- GET /v2/discounts/orderTotals: up to 1000 rows a request.
-- GET /v2/discounts/orderTotals/{id}: one row by its key.
CREATE TABLE infusionsoft_order_total_discounts(
  "id" INTEGER NOT NULL, -- Number of the discount. Sent: =, ORDER BY.
  "name" TEXT, -- Name of the discount.
  "description" TEXT, -- What the discount is.
  "criteria" TEXT, -- [json] What must hold for the discount to be given, as a JSON array.
  "apply_to_commissions" BOOLEAN, -- Whether the discount lowers the commissions of affiliates too. Sent: =.
  "discount_type" TEXT, -- What discount_value is: AMOUNT of money or PERCENT. Sent: =.
  "discount_value" REAL, -- How much is taken off: an amount or a percentage, as discount_type says.
  "discount_strategy" TEXT, -- What the discount is taken off: GROSS, before tax, or NET, after tax. Sent: =.
  PRIMARY KEY ("id")
);

-- Transactions of an order, with the orders that each paid for.
-- GET /v1/orders/{order_id}/transactions: up to 1000 rows a request; without order_id, once for each row of infusionsoft_orders.
CREATE TABLE infusionsoft_order_transactions(
  "order_id" INTEGER NOT NULL, -- Number of the order. Sent: =.
  "id" INTEGER, -- Number of the transaction.
  "amount" REAL, -- What was paid, in major units of currency.
  "currency" TEXT, -- Currency, as three letters of ISO 4217: USD.
  "status" TEXT, -- What became of the transaction.
  "type" TEXT, -- Kind of transaction.
  "transaction_date" TEXT, -- [time] When the transaction was made.
  "payment_date" TEXT, -- [time] When the payment was made.
  "contact_id" INTEGER, -- Number of the contact who paid. Sent: =.
  "collection_method" TEXT, -- How the money was collected.
  "gateway" TEXT, -- Payment service.
  "gateway_account_name" TEXT, -- Name of the account at the payment service.
  "test" BOOLEAN, -- Whether the transaction was a test.
  "errors" TEXT, -- What went wrong.
  "order_ids" TEXT, -- Numbers of the orders that were paid for, with commas between them.
  "orders" TEXT, -- [json] The orders that were paid for, as a JSON array.
  "since_time" TEXT, -- [time] [input] Asks for transactions since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for transactions until a time; which time the server compares is not documented. Sent: =.
  PRIMARY KEY ("order_id", "id"),
  FOREIGN KEY ("order_id") REFERENCES infusionsoft_orders("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Orders of contacts, with what was bought and what was paid.
-- GET /v2/orders: up to 1000 rows a request.
-- GET /v2/orders/{id}: one row by its key.
CREATE TABLE infusionsoft_orders(
  "id" INTEGER NOT NULL, -- Number of the order. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "title" TEXT, -- Title of the order. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_id" INTEGER, -- Number of the contact who ordered, in infusionsoft_contacts. Sent: =.
  "status" TEXT, -- State of the order: DRAFT, SENT, VIEWED or PAID.
  "order_time" TEXT, -- [time] When the order was placed, as its author dated it. Sent: ORDER BY.
  "total" REAL, -- [money] What the order costs, in major units of total_currency.
  "total_currency" TEXT, -- Currency of total, as three letters of ISO 4217: USD.
  "total_paid" REAL, -- [money] What has been paid, in major units of total_paid_currency.
  "total_paid_currency" TEXT, -- Currency of total_paid, as three letters of ISO 4217: USD.
  "total_due" REAL, -- [money] What was to be paid at first, which is not the balance of today, in major units of total_due_currency.
  "total_due_currency" TEXT, -- Currency of total_due, as three letters of ISO 4217: USD.
  "refund_total" REAL, -- [money] What has been paid back, in major units of refund_total_currency.
  "refund_total_currency" TEXT, -- Currency of refund_total, as three letters of ISO 4217: USD.
  "creation_time" TEXT, -- [time] When the order was entered. Sent: =, >, >=, <, <=.
  "modification_time" TEXT, -- [time] When the order was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  "due_time" TEXT, -- [time] When the invoice is due; NULL without an invoice.
  "sent_time" TEXT, -- [time] When the invoice was sent; NULL while it is not.
  "order_type" TEXT, -- Where the order was placed: ONLINE or OFFLINE. Sent: =.
  "source_type" TEXT, -- What entered the order: API, CHECKOUT_FORM, INVOICE, MANUAL_PAYMENT, QUICKBOOKS or UNKNOWN.
  "invoice_id" INTEGER, -- Number of the invoice, by which payments of the order are known; it is in no table of its own. Sent: =.
  "contact_email" TEXT, -- E-mail address of the contact.
  "contact_given_name" TEXT, -- First name of the contact.
  "contact_family_name" TEXT, -- Last name of the contact.
  "order_items" TEXT, -- [json] What was ordered, as a JSON array whose amounts are in minor units; infusionsoft_order_items has a row for each, in major units.
  "payment_plan" TEXT, -- [json] How the order is paid in parts, as a JSON object; its amounts are in minor units.
  "promo_code" TEXT, -- Promotional code that was used.
  "lead_affiliate_id" INTEGER, -- Number of the affiliate who brought the contact, in infusionsoft_affiliates; NULL if nobody did.
  "sales_affiliate_id" INTEGER, -- Number of the affiliate who made the sale, in infusionsoft_affiliates; NULL if nobody did.
  "notes" TEXT, -- Free text about the order, for users.
  "terms" TEXT, -- Terms and conditions of the order.
  "credit_status" TEXT, -- State of the credit.
  "refund_status" TEXT, -- State of the refund.
  "invoice_number" TEXT, -- Number on the invoice.
  "allow_payment" BOOLEAN, -- Whether the order may be paid by card.
  "allow_paypal" BOOLEAN, -- Whether the order may be paid by PayPal.
  "synced" BOOLEAN, -- Whether the order has been copied to external systems.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "contact" TEXT, -- [json] The contact, as a JSON object.
  "product_id" INTEGER, -- [input] Asks for the orders that contain a product, by the product's number. Sent: =.
  "invoice_xid" TEXT, -- [input] Asks for the order of an invoice, by the invoice's UUID. Sent: =.
  "paid" BOOLEAN, -- [input] Asks for orders that are paid (1) or are not (0). Sent: =.
  "shipping_line1" TEXT, -- First line of the shipping address: street and number.
  "shipping_line2" TEXT, -- Second line of the shipping address: building, floor or suite.
  "shipping_locality" TEXT, -- Town or city of the shipping address. Sent: =.
  "shipping_region_code" TEXT, -- State, province or region of the shipping address, as an ISO 3166-2 code: US-AZ. Sent: =.
  "shipping_postal_code" TEXT, -- Postal code of the shipping address. Sent: =.
  "shipping_country_code" TEXT, -- Country of the shipping address, as three letters of ISO 3166-1: USA. Sent: =.
  "shipping_region" TEXT, -- State, province or region of the shipping address, by its full name: Arizona.
  "shipping_country" TEXT, -- Country of the shipping address, by its full name.
  "shipping_zip_code" TEXT, -- ZIP code of the shipping address, in the United States.
  "shipping_zip_four" TEXT, -- Four digits that follow the ZIP code of the shipping address.
  "shipping_given_name" TEXT, -- First name of the person the order is shipped to.
  "shipping_family_name" TEXT, -- Last name of the person the order is shipped to.
  "shipping_company" TEXT, -- Name of the company the order is shipped to.
  "shipping_phone_number" TEXT, -- Phone number for the shipment.
  "shipping_invoice_to_company" BOOLEAN, -- Whether the invoice goes to the company the order is shipped to.
  "shipping_id" INTEGER, -- Number of the shipping information.
  "shipping_information" TEXT, -- [json] Everything about the shipment, as a JSON object.
  "external_create_user" TEXT, -- User of the external system who entered the order there.
  "external_create_time" TEXT, -- [time] When the order was entered in the external system.
  "external_update_time" TEXT, -- [time] When the order was last changed in the external system.
  "files" TEXT, -- [json] Files attached to the order, as a JSON array of their numbers.
  "total_formatted" TEXT, -- The amount total as the account writes it: $100.00.
  "total_paid_formatted" TEXT, -- The amount total_paid as the account writes it: $100.00.
  "total_due_formatted" TEXT, -- The amount total_due as the account writes it: $100.00.
  "refund_total_formatted" TEXT, -- The amount refund_total as the account writes it: $100.00.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("lead_affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("sales_affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Cards and accounts that contacts can pay with.
-- GET /v2/paymentMethods: up to 1000 rows a request.
CREATE TABLE infusionsoft_payment_methods(
  "contact_id" INTEGER, -- Number of the contact whom the card or account belongs to, in infusionsoft_contacts. Sent: =.
  "payment_method_id" INTEGER NOT NULL, -- Number of the card or account, by which payments and subscriptions name it. Sent: =.
  "credit_card_id" INTEGER, -- Number of the card in the first version of the API; NULL where it has none. Sent: =.
  "merchant_account_type" TEXT, -- Payment service that keeps the card or account: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED.
  "merchant_account_id" INTEGER, -- Number of the merchant account that keeps the card or account, in infusionsoft_merchant_accounts. Sent: =.
  "payment_method_type" TEXT, -- Kind of payment method; CARD is the only word so far.
  "created_time" TEXT, -- [time] When the card or account was saved.
  "card_info" TEXT, -- [json] What may be known of the card, as a JSON object; NULL for what is no card.
  "card_info_brand" TEXT, -- Brand of the card.
  "card_info_fingerprint" TEXT, -- Token that is the same for the same card.
  "card_info_card_type" TEXT, -- Kind of card: CREDIT, DEBIT, PREPAID or ACH.
  "card_info_last_four" TEXT, -- Last four digits of the card, as text.
  "card_info_expiration_year" TEXT, -- Year in which the card expires, as four digits.
  "card_info_expiration_month" TEXT, -- Month in which the card expires, as two digits.
  "status" TEXT, -- EXPIRED for a card that has expired, else NULL.
  "since_time" TEXT, -- [time] [input] Asks for payment methods since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for payment methods until a time; which time the server compares is not documented. Sent: =.
  PRIMARY KEY ("payment_method_id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id")
);

-- Payments that customers have made.
-- GET /v2/sales/payments: up to 1000 rows a request.
CREATE TABLE infusionsoft_payments(
  "id" INTEGER NOT NULL, -- Number of the payment. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "type" TEXT, -- How it was paid, as a label: Credit Card.
  "amount" REAL, -- Amount of the payment, in major units; its currency is not sent. Sent: =, >, >=, <, <=.
  "note" TEXT, -- Free text about the payment.
  "status" TEXT, -- State of the payment: PENDING, APPROVED, COMPLETED or NONE; NULL where it is not known.
  "commissioned" BOOLEAN, -- Whether affiliates got a commission for the payment.
  "synced" BOOLEAN, -- Whether the payment has been copied to external systems.
  "payment_time" TEXT, -- [time] When it was paid.
  "refund_payment_id" INTEGER, -- Number of the payment that paid this one back, in infusionsoft_payments; NULL where nothing was paid back.
  "contact_id" INTEGER, -- Number of the contact who paid, in infusionsoft_contacts. Sent: =.
  "order_ids" TEXT, -- [json] Numbers of the orders that were paid, as a JSON array of text.
  "update_time" TEXT, -- [time] When the payment was last changed.
  "external_transaction_id" TEXT, -- Id of the transaction at the payment service.
  "merchant_account_id" INTEGER, -- Number of the merchant account that took the money, in infusionsoft_merchant_accounts. Sent: =.
  "merchant_account_type" TEXT, -- Payment service that took the money: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED. Sent: =.
  "payment_method" TEXT, -- [json] The card or account that was used, as a JSON object; NULL where none is known.
  "payment_method_contact_id" INTEGER, -- Number of the contact whom the card or account belongs to.
  "payment_method_id" INTEGER, -- Id of the card or account, in infusionsoft_payment_methods.
  "payment_method_credit_card_id" INTEGER, -- Number of the card in the first version of the API; NULL where it has none.
  "payment_method_merchant_account_type" TEXT, -- Payment service that keeps the card or account: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED.
  "payment_method_merchant_account_id" INTEGER, -- Number of the merchant account that keeps the card or account, in infusionsoft_merchant_accounts.
  "payment_method_type" TEXT, -- Kind of payment method; CARD is the only word so far.
  "payment_method_created_time" TEXT, -- [time] When the card or account was saved.
  "payment_method_card_info" TEXT, -- [json] What may be known of the card, as a JSON object; NULL for what is no card.
  "payment_method_card_info_brand" TEXT, -- Brand of the card.
  "payment_method_card_info_fingerprint" TEXT, -- Token that is the same for the same card.
  "payment_method_card_info_card_type" TEXT, -- Kind of card: CREDIT, DEBIT, PREPAID or ACH.
  "payment_method_card_info_last_four" TEXT, -- Last four digits of the card, as text.
  "payment_method_card_info_expiration_year" TEXT, -- Year in which the card expires, as four digits.
  "payment_method_card_info_expiration_month" TEXT, -- Month in which the card expires, as two digits.
  "payment_method_status" TEXT, -- EXPIRED for a card that has expired, else NULL.
  "order_id" INTEGER, -- [input] Asks for the payments of one order, by the order's number. Sent: =.
  "order_ids_filter" INTEGER, -- [input] Asks for the payments of an order, of several by IN (...). Sent: =.
  "since_time" TEXT, -- [time] [input] Asks for payments since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for payments until a time; which time the server compares is not documented. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("refund_payment_id") REFERENCES infusionsoft_payments("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id"),
  FOREIGN KEY ("payment_method_contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("payment_method_id") REFERENCES infusionsoft_payment_methods("payment_method_id"),
  FOREIGN KEY ("payment_method_merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id"),
  FOREIGN KEY ("order_id") REFERENCES infusionsoft_orders("id"),
  FOREIGN KEY ("order_ids_filter") REFERENCES infusionsoft_orders("id")
);

-- Categories that products are filed under.
-- GET /v2/productCategories: up to 1000 rows a request.
-- GET /v2/productCategories/{id}: one row by its key.
CREATE TABLE infusionsoft_product_categories(
  "id" INTEGER NOT NULL, -- Number of the category. Sent: =, >, >=, <, <=, ORDER BY.
  "name" TEXT, -- Name of the category. Sent: =, LIKE 'x%', GLOB 'x*'.
  "display_order_index" INTEGER, -- Place of the category where categories are listed; the smaller, the higher.
  "parent_category_id" INTEGER, -- Number of the category above this one, in this table; NULL for one at the top.
  "product_id" INTEGER, -- [input] Asks for the categories of one product, by the product's number. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("parent_category_id") REFERENCES infusionsoft_product_categories("id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Discounts on the products of a category.
-- GET /v2/discounts/productCategories: up to 1000 rows a request.
-- GET /v2/discounts/productCategories/{id}: one row by its key.
CREATE TABLE infusionsoft_product_category_discounts(
  "id" INTEGER NOT NULL, -- Number of the discount. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "name" TEXT, -- Name of the discount. Sent: =, LIKE 'x%', GLOB 'x*'.
  "description" TEXT, -- What the discount is. Sent: =, LIKE 'x%', GLOB 'x*'.
  "criteria" TEXT, -- [json] What must hold for the discount to be given, as a JSON array.
  "discount_percent" REAL, -- How much is taken off, in percent.
  "apply_to_commissions" BOOLEAN, -- Whether the discount lowers the commissions of affiliates too.
  "product_categories" TEXT, -- [json] Numbers of the categories (infusionsoft_product_categories), as a JSON array.
  "product_category_id" INTEGER, -- [input] Asks for the discounts on one category, by its number. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("product_category_id") REFERENCES infusionsoft_product_categories("id")
);

-- Discounts on a product.
-- GET /v2/discounts/products: up to 1000 rows a request.
-- GET /v2/discounts/products/{id}: one row by its key.
CREATE TABLE infusionsoft_product_discounts(
  "id" INTEGER NOT NULL, -- Number of the discount. Sent: =, ORDER BY.
  "name" TEXT, -- Name of the discount.
  "description" TEXT, -- What the discount is.
  "criteria" TEXT, -- [json] What must hold for the discount to be given, as a JSON array.
  "apply_to_commissions" BOOLEAN, -- Whether the discount lowers the commissions of affiliates too. Sent: =.
  "product_id" INTEGER, -- Number of the product, in infusionsoft_products. Sent: =.
  "discount_type" TEXT, -- What discount_value is: AMOUNT of money or PERCENT. Sent: =.
  "discount_value" REAL, -- How much is taken off: an amount or a percentage, as discount_type says.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Bundles of products that an opportunity can be about.
-- GET /v2/productInterestBundles: up to 1000 rows a request.
-- GET /v2/productInterestBundles/{id}: one row by its key.
CREATE TABLE infusionsoft_product_interest_bundles(
  "id" INTEGER NOT NULL, -- Number of the bundle. Sent: =.
  "name" TEXT, -- Name of the bundle. Sent: =.
  "description" TEXT, -- What the bundle is.
  "product_interests" TEXT, -- [json] Products in the bundle, as a JSON array.
  "subscription_plan_interests" TEXT, -- [json] Subscription plans in the bundle, as a JSON array.
  PRIMARY KEY ("id")
);

-- Images of the old kind of products: one request for each.
-- GET /v2/products/{product_id}/images/legacyImageData: up to 1000 rows a request; without product_id, once for each row of infusionsoft_products.
CREATE TABLE infusionsoft_product_legacy_image_data(
  "product_id" INTEGER NOT NULL, -- Number of the product; its has_legacy_image says whether there is one. Sent: =.
  "data" BLOB, -- The image file.
  PRIMARY KEY ("product_id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Options of a product, such as size and colour.
-- GET /v2/products/{product_id}/options: all rows in one request; without product_id, once for each row of infusionsoft_products.
-- GET /v2/products/{product_id}/options/{id}: one row by its key.
CREATE TABLE infusionsoft_product_options(
  "product_id" INTEGER NOT NULL, -- Number of the product, in infusionsoft_products. Sent: =.
  "id" INTEGER, -- Number of the option. Sent: =.
  "required" BOOLEAN, -- Whether a buyer must choose.
  "option_label" TEXT, -- Name of the option as buyers see it: Size.
  "option_type" TEXT, -- LIST, where a buyer chooses, or TEXT, where a buyer writes.
  "display_order" INTEGER, -- Place of the option among the options, from 0; the smaller, the higher.
  "list_items" TEXT, -- [json] What can be chosen, as a JSON array; NULL for TEXT.
  "text_rules" TEXT, -- [json] What may be written, as a JSON object; NULL for LIST.
  "text_rules_minimum_characters" INTEGER, -- How many characters must be written.
  "text_rules_maximum_characters" INTEGER, -- How many characters may be written.
  "text_rules_allow_spaces" BOOLEAN, -- Whether white space may be written.
  "text_rules_only_starts_with" TEXT, -- What the text must begin with: NONE, LETTER, DIGIT or BOTH.
  "text_rules_only_ends_with" TEXT, -- What the text must end with: NONE, LETTER, DIGIT or BOTH.
  "text_rules_only_contains" TEXT, -- What the text may hold: NONE, LETTER, DIGIT or BOTH.
  "text_rules_error_message" TEXT, -- What a buyer is told who has written something else.
  PRIMARY KEY ("product_id", "id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Products that have changed. The vendor has said that it will go away.
-- GET /v1/products/sync: up to 1000 rows a request.
CREATE TABLE infusionsoft_product_statuses(
  "status" TEXT, -- What happened to the product: CREATED, UPDATED or DELETED.
  "product_id" INTEGER, -- Number of the product.
  "product_name" TEXT, -- Name of the product.
  "product" TEXT, -- [json] The product, as a JSON object.
  "sync_token" TEXT, -- [input] Asks for what has changed since an earlier answer, which gave this word. Sent: =.
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Subscription plans of a product.
-- GET /v2/products/{product_id}/subscriptions: up to 1000 rows a request; without product_id, once for each row of infusionsoft_products.
-- GET /v2/products/{product_id}/subscriptions/{id}: one row by its key.
CREATE TABLE infusionsoft_product_subscriptions(
  "product_id" INTEGER NOT NULL, -- Number of the product, in infusionsoft_products. Sent: =.
  "id" INTEGER, -- Number of the plan. Sent: =, ORDER BY.
  "frequency" INTEGER, -- After how many units of cycle_type the next one is due.
  "active" BOOLEAN, -- Whether the plan is active. Sent: =.
  "subscription_plan_name" TEXT, -- Name of the plan.
  "cycle_type" TEXT, -- Unit of frequency: YEARLY, MONTHLY, WEEKLY or DAILY. Sent: =.
  "total_cycles" INTEGER, -- After how many cycles it ends; 0 for a plan without an end.
  "plan_price" REAL, -- [money] Price of each cycle, in major units of plan_price_currency.
  "plan_price_currency" TEXT, -- Currency of plan_price, as three letters of ISO 4217: USD.
  "plan_price_formatted" TEXT, -- The amount of plan_price as the account shows it.
  "display_order_index" INTEGER, -- Place of the plan where plans are listed; the smaller, the higher.
  PRIMARY KEY ("product_id", "id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id")
);

-- Products that can be ordered.
-- GET /v2/products: up to 1000 rows a request.
CREATE TABLE infusionsoft_products(
  "id" INTEGER NOT NULL, -- Number of the product, the same in all tables as product_id. Sent: =, IN, >, >=, <, <=.
  "name" TEXT, -- Name of the product. Sent: =, LIKE 'x%', GLOB 'x*'.
  "sku" TEXT, -- The account's own article code. Sent: =, LIKE 'x%', GLOB 'x*'.
  "price" REAL, -- [money] What one piece costs, in major units of price_currency.
  "price_currency" TEXT, -- Currency of price, as three letters of ISO 4217: USD.
  "active" BOOLEAN, -- Whether the product can be ordered.
  "short_description" TEXT, -- The product in a few words. Sent: =, LIKE 'x%', GLOB 'x*'.
  "description" TEXT, -- The product in detail. Sent: =, LIKE 'x%', GLOB 'x*'.
  "categories" TEXT, -- [json] Numbers of the categories the product is in (infusionsoft_product_categories), as a JSON array of text.
  "subscription_only" BOOLEAN, -- Whether the product can only be had by subscription.
  "subscription_plans" TEXT, -- [json] Plans by which the product can be subscribed to, as a JSON array; infusionsoft_product_subscriptions has a row for each.
  "options" TEXT, -- [json] What a buyer can choose, as a JSON array; infusionsoft_product_options has a row for each.
  "inventory_limit" INTEGER, -- How many pieces are kept at most; NULL where no limit is set.
  "inventory_out_of_stock_enabled" BOOLEAN, -- Whether the product can be ordered while it is out of stock.
  "inventory_notification_email" TEXT, -- Address that is told about the stock.
  "inventory_count" INTEGER, -- How many pieces there are.
  "inventory" TEXT, -- [json] How the stock is kept, as a JSON object.
  "shippable" BOOLEAN, -- Whether the product is shipped.
  "weight" REAL, -- Weight of one piece; the unit is not documented.
  "taxable" BOOLEAN, -- Whether tax is added.
  "country_taxable" BOOLEAN, -- Whether tax of the country is added.
  "state_taxable" BOOLEAN, -- Whether tax of the state is added.
  "city_taxable" BOOLEAN, -- Whether tax of the city is added.
  "storefront_hidden" BOOLEAN, -- Whether the storefront leaves the product out.
  "is_package" BOOLEAN, -- Whether the product is a package of products.
  "needs_digital_delivery" BOOLEAN, -- Whether the product is delivered as a file.
  "delivery_description" TEXT, -- How the product is delivered.
  "has_legacy_image" BOOLEAN, -- Whether the product has an image of the old kind.
  "create_time" TEXT, -- [time] When the product was created.
  "update_time" TEXT, -- [time] When the product was last changed. Sent: ORDER BY.
  "price_formatted" TEXT, -- The price as the account writes it: $100.00.
  "top_html" TEXT, -- HTML above the product on its page.
  "bottom_html" TEXT, -- HTML below the product on its page.
  PRIMARY KEY ("id")
);

-- Provinces of a country.
-- GET /v2/locales/countries/{country_code}/provinces: all rows in one request; without country_code, once for each row of infusionsoft_countries.
CREATE TABLE infusionsoft_provinces(
  "country_code" TEXT NOT NULL, -- Country whose provinces are listed, as two letters of ISO 3166-1, from infusionsoft_countries. Sent: =.
  "code" TEXT, -- Code of the province.
  "name" TEXT, -- Name of the province.
  "country" TEXT, -- The country, as the API writes it.
  PRIMARY KEY ("country_code", "code"),
  FOREIGN KEY ("country_code") REFERENCES infusionsoft_countries("alpha2")
);

-- Contacts that affiliates have referred.
-- GET /v2/referrals: up to 1000 rows a request.
CREATE TABLE infusionsoft_referrals(
  "id" INTEGER NOT NULL, -- Number of the referral. Sent: ORDER BY.
  "description" TEXT, -- What the referral was about. Sent: =, LIKE 'x%', GLOB 'x*'.
  "source" TEXT, -- Where the referral came from: Email Marketing. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_id" INTEGER, -- Number of the contact who was referred, in infusionsoft_contacts. Sent: =, >, >=, <, <=.
  "referral_partner_id" INTEGER, -- Number of the affiliate who referred the contact, in infusionsoft_affiliates. Sent: =, >, >=, <, <=.
  "referral_time" TEXT, -- [time] When the contact was referred.
  "expiration_time" TEXT, -- [time] When the referral ends to count; NULL for one without an end.
  "ip_address" TEXT, -- Network address from which the contact came.
  "referral_type" TEXT, -- How the referral is kept: COOKIE, MANUAL or PERMANENT. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("referral_partner_id") REFERENCES infusionsoft_affiliates("id")
);

-- Columns of a saved report.
-- GET /v2/reporting/reports/{report_id}/model: all rows in one request; without report_id, once for each row of infusionsoft_reports.
CREATE TABLE infusionsoft_report_fields(
  "report_id" INTEGER NOT NULL, -- Number of the report, in infusionsoft_reports. Sent: =.
  "name" TEXT, -- Name of the column in the report.
  "label" TEXT, -- Headline of the column, as users see it.
  FOREIGN KEY ("report_id") REFERENCES infusionsoft_reports("id")
);

-- Saved reports.
-- GET /v2/reporting/reports: up to 1000 rows a request.
-- GET /v2/reporting/reports/{id}: one row by its key.
CREATE TABLE infusionsoft_reports(
  "id" INTEGER NOT NULL, -- Number of the report, which users know as a saved search. Sent: =.
  "name" TEXT, -- Name of the report. Sent: =.
  "updated_time" TEXT, -- [time] When the report was last changed.
  "created_time" TEXT, -- [time] When the report was created. Sent: =, >, >=, <, <=.
  "user_ids" TEXT, -- [json] Numbers of the users who may see it (infusionsoft_users), or ALL_USERS, as a JSON array of text.
  PRIMARY KEY ("id")
);

-- Discounts on shipping.
-- GET /v2/discounts/shipping: up to 1000 rows a request.
-- GET /v2/discounts/shipping/{id}: one row by its key.
CREATE TABLE infusionsoft_shipping_discounts(
  "id" INTEGER NOT NULL, -- Number of the discount. Sent: =, ORDER BY.
  "name" TEXT, -- Name of the discount.
  "description" TEXT, -- What the discount is.
  "criteria" TEXT, -- [json] What must hold for the discount to be given, as a JSON array.
  "discount_type" TEXT, -- What discount_value is: AMOUNT of money or PERCENT. Sent: =.
  "discount_value" REAL, -- How much is taken off: an amount or a percentage, as discount_type says.
  PRIMARY KEY ("id")
);

-- Ways in which orders can be shipped.
-- GET /v2/shipping: all rows in one request.
CREATE TABLE infusionsoft_shipping_methods(
  "id" INTEGER NOT NULL, -- Number of the shipping method.
  "name" TEXT, -- Name of the shipping method.
  "description" TEXT, -- What the method is.
  "type" TEXT, -- Kind of method, as the API names it.
  "status" TEXT, -- State of the method, as the API names it.
  "international" BOOLEAN, -- Whether it ships to other countries.
  "settings" TEXT, -- How the price of shipping is found, as the API writes it.
  PRIMARY KEY ("id")
);

-- Subscriptions of contacts.
-- GET /v2/subscriptions: up to 1000 rows a request.
-- GET /v2/subscriptions/{id}: one row by its key.
CREATE TABLE infusionsoft_subscriptions(
  "id" INTEGER NOT NULL, -- Number of the subscription. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "quantity" INTEGER, -- How many of the product the contact gets each time.
  "active" BOOLEAN, -- Whether the subscription goes on.
  "contact_id" INTEGER, -- Number of the contact who subscribed, in infusionsoft_contacts. Sent: =.
  "product_id" INTEGER, -- Number of the product, in infusionsoft_products.
  "subscription_plan_id" INTEGER, -- Number of the plan, in infusionsoft_product_subscriptions. Sent: =, IN.
  "billing_amount" REAL, -- Amount of each bill, as the API sends it; whether in major or minor units is not documented.
  "auto_charge" BOOLEAN, -- Whether the next bill is charged by itself.
  "billing_frequency" INTEGER, -- How often it is billed; the vendor's documents say in days, and have billing_cycle beside it.
  "billing_cycle" TEXT, -- Unit of the time from bill to bill: YEAR, MONTH, WEEK or DAY.
  "start_date" TEXT, -- [date] First day on which it is billed, as YYYY-MM-DD.
  "last_bill_date" TEXT, -- [date] Day on which it was last billed, as YYYY-MM-DD; NULL before the first bill.
  "next_bill_date" TEXT, -- [date] Day on which it is billed next, as YYYY-MM-DD; NULL if never again.
  "end_date" TEXT, -- [date] Last day on which it is billed, as YYYY-MM-DD; NULL for one without an end.
  "merchant_account_id" INTEGER, -- Number of the merchant account that takes the money, in infusionsoft_merchant_accounts.
  "payment_method_id" INTEGER, -- Id of the card or account that pays, in infusionsoft_payment_methods; NULL without one.
  "allow_tax" BOOLEAN, -- Whether tax may be added.
  "max_charge_attempts" INTEGER, -- How often a charge that fails is tried.
  "days_between_retries" INTEGER, -- How many days pass between such tries.
  "lead_affiliate_id" INTEGER, -- Number of the affiliate who brought the contact, in infusionsoft_affiliates; NULL if nobody did.
  "sale_affiliate_id" INTEGER, -- Number of the affiliate who made the sale, in infusionsoft_affiliates; NULL if nobody did.
  "shipping_address" TEXT, -- [json] The whole shipping address, as a JSON object.
  "shipping_address_country" TEXT, -- Country of the shipping address, by its full name.
  "shipping_address_line1" TEXT, -- First line of the shipping address: street and number.
  "shipping_address_line2" TEXT, -- Second line of the shipping address: building, floor or suite.
  "shipping_address_locality" TEXT, -- Town or city of the shipping address.
  "shipping_address_region" TEXT, -- State, province or region of the shipping address, by its full name: Arizona.
  "shipping_address_field" TEXT, -- Which of the contact's addresses it is: BILLING, SHIPPING, OTHER or ADDRESS_FIELD_UNSPECIFIED.
  "shipping_address_country_code" TEXT, -- Country of the shipping address, as three letters of ISO 3166-1: USA.
  "shipping_address_postal_code" TEXT, -- Postal code of the shipping address.
  "shipping_address_region_code" TEXT, -- State, province or region of the shipping address, as an ISO 3166-2 code: US-AZ.
  "shipping_address_zip_code" TEXT, -- ZIP code of the shipping address, in the United States.
  "shipping_address_zip_four" TEXT, -- Four digits that follow the ZIP code of the shipping address.
  "promo_code" TEXT, -- Promotional code that was used; NULL without one.
  "shipping_option_id" INTEGER, -- Number of the way of shipping; which table numbers these is not documented.
  "reason_stopped" TEXT, -- Why the subscription was stopped, as it was entered; NULL while it goes on.
  "modification_time" TEXT, -- [time] When the subscription was last changed.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "status" TEXT, -- [input] Asks for subscriptions in one state, a word of the API that no column shows; active is what a row shows. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("product_id") REFERENCES infusionsoft_products("id"),
  FOREIGN KEY ("subscription_plan_id") REFERENCES infusionsoft_product_subscriptions("id"),
  FOREIGN KEY ("merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id"),
  FOREIGN KEY ("payment_method_id") REFERENCES infusionsoft_payment_methods("payment_method_id"),
  FOREIGN KEY ("lead_affiliate_id") REFERENCES infusionsoft_affiliates("id"),
  FOREIGN KEY ("sale_affiliate_id") REFERENCES infusionsoft_affiliates("id")
);

-- Categories that tags are filed under.
-- GET /v2/tags/categories: up to 1000 rows a request.
-- GET /v2/tags/categories/{id}: one row by its key.
CREATE TABLE infusionsoft_tag_categories(
  "id" INTEGER NOT NULL, -- Number of the category. Sent: =.
  "name" TEXT, -- Name of the category. Sent: =, IS NULL.
  "description" TEXT, -- What the category is for. Sent: =, IS NULL.
  "create_time" TEXT, -- [time] When the category was created. Sent: =, >, >=, <, <=, ORDER BY.
  "update_time" TEXT, -- [time] When the category was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("id")
);

-- Companies of a tag: one row for each company that carries the tag.
-- GET /v2/tags/{tag_id}/companies: up to 1000 rows a request; without tag_id, once for each row of infusionsoft_tags.
CREATE TABLE infusionsoft_tagged_companies(
  "tag_id" INTEGER NOT NULL, -- Number of the tag whose companies are listed, in infusionsoft_tags. Sent: =.
  "company_id" INTEGER, -- Number of the company that carries the tag, in infusionsoft_companies.
  "address" TEXT, -- [json] The whole address, as a JSON object.
  "address_country" TEXT, -- Country of the address, by its full name.
  "address_line1" TEXT, -- First line of the address: street and number.
  "address_line2" TEXT, -- Second line of the address: building, floor or suite.
  "address_locality" TEXT, -- Town or city of the address.
  "address_region" TEXT, -- State, province or region of the address, by its full name: Arizona.
  "address_field" TEXT, -- Which address it is: BILLING, SHIPPING, OTHER or ADDRESS_FIELD_UNSPECIFIED.
  "address_country_code" TEXT, -- Country of the address, as three letters of ISO 3166-1: USA.
  "address_postal_code" TEXT, -- Postal code of the address.
  "address_region_code" TEXT, -- State, province or region of the address, as an ISO 3166-2 code: US-AZ.
  "address_zip_code" TEXT, -- ZIP code of the address, in the United States.
  "address_zip_four" TEXT, -- Four digits that follow the ZIP code of the address.
  "notes" TEXT, -- Free text about the company.
  "website" TEXT, -- Address of the company's website.
  "suffix" TEXT, -- Addition after the name of the person to talk to: Jr.
  "title" TEXT, -- Title before the name of the person to talk to: Dr.
  "groups" TEXT, -- Numbers of the tags the company carries, separated by commas.
  "name" TEXT, -- Name of the company. Sent: =.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "email_address" TEXT, -- [json] The e-mail address with its opt-in state, as a JSON object.
  "email_address_email" TEXT, -- E-mail address of the company. Sent: =, IS NULL.
  "email_address_field" TEXT, -- Which e-mail address it is: EMAIL1, EMAIL2, EMAIL3 or EMAIL_FIELD_UNSPECIFIED.
  "email_address_opt_in_reason" TEXT, -- Why the owner of the e-mail address may be written to.
  "email_address_is_opt_in" BOOLEAN, -- Whether the owner of the e-mail address has opted in.
  "email_address_email_opt_status" TEXT, -- Whether the e-mail address may be written to: UNENGAGED_MARKETABLE, SINGLE_OPT_IN, DOUBLE_OPT_IN, CONFIRMED, UNENGAGED_NON_MARKETABLE, NON_MARKETABLE, LOCKDOWN, BOUNCE, HARD_BOUNCE, MANUAL, ADMIN, SYSTEM, LIST_UNSUBSCRIBE, FEEDBACK, SPAM, INVALID or DEACTIVATED.
  "fax_number" TEXT, -- [json] The fax number with its type, as a JSON object.
  "fax_number_number" TEXT, -- Fax number of the company.
  "fax_number_type" TEXT, -- Kind of the fax number.
  "fax_number_field" TEXT, -- Which fax number it is: FAX1, FAX2 or FAX_NUMBER_FIELD_UNSPECIFIED.
  "phone_number" TEXT, -- [json] The phone number with type and extension, as a JSON object.
  "phone_number_extension" TEXT, -- Extension of the phone number.
  "phone_number_number" TEXT, -- Phone number of the company, as it was entered.
  "phone_number_type" TEXT, -- Kind of the phone number: Work, Mobile.
  "phone_number_field" TEXT, -- Which phone number it is: PHONE1 to PHONE5, or PHONE_NUMBER_FIELD_UNSPECIFIED.
  "phone_number_number_e164" TEXT, -- The phone number in the international form of E.164.
  "update_time" TEXT, -- [time] When the company was last changed.
  "create_time" TEXT, -- [time] When the company was created.
  "anniversary_date" TEXT, -- [date] Date of the anniversary, as YYYY-MM-DD.
  "assistant_name" TEXT, -- Name of the assistant of the person to talk to.
  "assistant_phone" TEXT, -- Phone number of that assistant.
  "billing_information" TEXT, -- Free text about how the company is billed: NET 30.
  "birth_date" TEXT, -- [date] Date of birth of the person to talk to, as YYYY-MM-DD.
  "contact_type" TEXT, -- Kind of company, from the account's own list: Vendor, Customer.
  "first_name" TEXT, -- First name of the person to talk to.
  "job_title" TEXT, -- Position of the person to talk to.
  "last_name" TEXT, -- Last name of the person to talk to.
  "middle_name" TEXT, -- Middle name of the person to talk to.
  "preferred_name" TEXT, -- Name the person to talk to likes to be called by.
  "owner_id" INTEGER, -- Number of the user who looks after the company, in infusionsoft_users.
  "referral_code" TEXT, -- Code the company gives to others as a referral.
  "spouse_name" TEXT, -- Name of the spouse of the person to talk to.
  "account_id" INTEGER, -- Number of the account record the company belongs to; which table numbers these is not documented.
  "created_by" INTEGER, -- Number of the user who created the company, in infusionsoft_users.
  "last_updated_by" INTEGER, -- Number of the user who last changed the company, in infusionsoft_users.
  "applied_time" TEXT, -- [time] When the tag was given to the company. Sent: =, >, >=, <, <=.
  PRIMARY KEY ("tag_id", "company_id"),
  FOREIGN KEY ("tag_id") REFERENCES infusionsoft_tags("id"),
  FOREIGN KEY ("company_id") REFERENCES infusionsoft_companies("id"),
  FOREIGN KEY ("owner_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("created_by") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by") REFERENCES infusionsoft_users("id")
);

-- Contacts of a tag: one row for each contact that carries the tag.
-- GET /v2/tags/{tag_id}/contacts: up to 1000 rows a request; without tag_id, once for each row of infusionsoft_tags.
CREATE TABLE infusionsoft_tagged_contacts(
  "tag_id" INTEGER NOT NULL, -- Number of the tag whose contacts are listed. Sent: =.
  "contact_id" INTEGER, -- Number of the contact who carries the tag, in infusionsoft_contacts.
  "email" TEXT, -- The contact's first e-mail address; NULL without one. Sent: =, IS NULL.
  "given_name" TEXT, -- First name. Sent: =, IS NULL.
  "family_name" TEXT, -- Last name. Sent: =, IS NULL.
  "applied_time" TEXT, -- [time] When the tag was given to the contact. Sent: =, >, >=, <, <=, ORDER BY.
  PRIMARY KEY ("tag_id", "contact_id"),
  FOREIGN KEY ("tag_id") REFERENCES infusionsoft_tags("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id")
);

-- Tags that contacts and companies can carry.
-- GET /v2/tags: up to 1000 rows a request.
-- GET /v2/tags/{id}: one row by its key.
CREATE TABLE infusionsoft_tags(
  "id" INTEGER NOT NULL, -- Number of the tag, the same in all tables as tag_id. Sent: =, IN.
  "name" TEXT, -- Name of the tag. Sent: =.
  "description" TEXT, -- What the tag stands for; NULL where nobody has written it down. Sent: =, IS NULL.
  "category_id" INTEGER, -- Number of the category the tag is filed under, in infusionsoft_tag_categories; NULL without one. Sent: =, IS NULL.
  "create_time" TEXT, -- [time] When the tag was created. Sent: =, >, >=, <, <=, ORDER BY.
  "update_time" TEXT, -- [time] When the tag was last changed. Sent: =, >, >=, <, <=, ORDER BY.
  "category" TEXT, -- [json] Reference to the category, as a JSON object.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("category_id") REFERENCES infusionsoft_tag_categories("id")
);

-- Tasks that users have to do, for a contact or an opportunity.
-- GET /v2/tasks: up to 1000 rows a request.
-- GET /v2/tasks/{id}: one row by its key.
CREATE TABLE infusionsoft_tasks(
  "id" INTEGER NOT NULL, -- Number of the task. Sent: =, IN, >, >=, <, <=, ORDER BY.
  "title" TEXT, -- Headline of the task. Sent: =, LIKE 'x%', GLOB 'x*'.
  "contact_id" INTEGER, -- Number of the contact the task is about, in infusionsoft_contacts; NULL if about none. Sent: =.
  "assigned_to_user_id" INTEGER, -- Number of the user who has to do the task, in infusionsoft_users; NULL if nobody has to. Sent: =, IS NULL.
  "completed" BOOLEAN, -- Whether the task is done. Sent: =.
  "due_time" TEXT, -- [time] When the task is due; NULL for a task without a due time.
  "priority" TEXT, -- How important the task is: CRITICAL, ESSENTIAL or NONESSENTIAL. Sent: =.
  "type" TEXT, -- Kind of task, from the account's own list: Call, Email.
  "description" TEXT, -- What has to be done.
  "opportunity_id" INTEGER, -- Number of the opportunity the task is about, in infusionsoft_opportunities; NULL if about none. Sent: =.
  "create_time" TEXT, -- [time] When the task was created. Sent: ORDER BY.
  "modification_time" TEXT, -- [time] When the task was last changed. Sent: ORDER BY.
  "completion_time" TEXT, -- [time] When the task was done; NULL while it is not.
  "remind_time_mins" INTEGER, -- How long before due_time the user is reminded, in minutes: 5, 10, 15, 30, 60, 120, 240, 480, 1440 or 2880.
  "accepted" BOOLEAN, -- Whether the user has accepted the task.
  "created_by_user_id" INTEGER, -- Number of the user who created the task.
  "last_updated_by_user_id" INTEGER, -- Number of the user who last changed the task.
  "custom_fields" TEXT, -- [json] Values of the account's own fields, as a JSON array of id and content.
  "has_due_date" BOOLEAN, -- [input] Asks for tasks that have a due time (1) or have none (0). Sent: =.
  "since_time" TEXT, -- [time] [input] Asks for tasks since a time; which time of a task the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for tasks until a time; which time of a task the server compares is not documented. Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("assigned_to_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("opportunity_id") REFERENCES infusionsoft_opportunities("id"),
  FOREIGN KEY ("created_by_user_id") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("last_updated_by_user_id") REFERENCES infusionsoft_users("id")
);

-- Transactions at payment services.
-- GET /v2/sales/transactions: up to 1000 rows a request.
CREATE TABLE infusionsoft_transactions(
  "amount" REAL, -- Amount of the transaction, in major units; its currency is not sent. Sent: =, >, >=, <, <=.
  "status" TEXT, -- How the transaction ended: APPROVED, PENDING, ERROR, FAILED or NONE. Sent: =.
  "description" TEXT, -- What the transaction was for.
  "contact" TEXT, -- [json] The contact, as a JSON object.
  "contact_email" TEXT, -- E-mail address of the contact.
  "contact_given_name" TEXT, -- First name of the contact.
  "contact_family_name" TEXT, -- Last name of the contact.
  "order_ids" TEXT, -- [json] Numbers of the orders that the transaction was for, as a JSON array of text.
  "contact_id" INTEGER, -- Number of the contact whose card or account it was, in infusionsoft_contacts. Sent: =.
  "transaction_method" TEXT, -- What was done: CAPTURE (money was taken), REFUND, VOID or MANUAL. Sent: =.
  "transaction_time" TEXT, -- [time] When the transaction was made.
  "external_reference_id" TEXT, -- Id of the transaction at the payment service.
  "external_response_code" TEXT, -- Code with which the payment service answered.
  "error_details" TEXT, -- Why the transaction failed; NULL if it did not.
  "payment_id" INTEGER, -- Number of the payment that came of the transaction; whether that of infusionsoft_payments or of infusionsoft_order_payments is not documented.
  "is_successful" BOOLEAN, -- Whether the transaction ended well; 0 while it is PENDING. Sent: =.
  "merchant_account_id" INTEGER, -- Number of the merchant account, in infusionsoft_merchant_accounts. Sent: =.
  "merchant_account_type" TEXT, -- Payment service that made the transaction: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED. Sent: =.
  "payment_method" TEXT, -- [json] The card or account that was used, as a JSON object; NULL where none is known.
  "payment_method_contact_id" INTEGER, -- Number of the contact whom the card or account belongs to.
  "payment_method_id" INTEGER, -- Id of the card or account, in infusionsoft_payment_methods.
  "payment_method_credit_card_id" INTEGER, -- Number of the card in the first version of the API; NULL where it has none.
  "payment_method_merchant_account_type" TEXT, -- Payment service that keeps the card or account: PAYPAL, AUTHORIZE, EWAY, WEPAY, STRIPE, KEAP_PAY or UNSUPPORTED.
  "payment_method_merchant_account_id" INTEGER, -- Number of the merchant account that keeps the card or account, in infusionsoft_merchant_accounts.
  "payment_method_type" TEXT, -- Kind of payment method; CARD is the only word so far.
  "payment_method_created_time" TEXT, -- [time] When the card or account was saved.
  "payment_method_card_info" TEXT, -- [json] What may be known of the card, as a JSON object; NULL for what is no card.
  "payment_method_card_info_brand" TEXT, -- Brand of the card.
  "payment_method_card_info_fingerprint" TEXT, -- Token that is the same for the same card.
  "payment_method_card_info_card_type" TEXT, -- Kind of card: CREDIT, DEBIT, PREPAID or ACH.
  "payment_method_card_info_last_four" TEXT, -- Last four digits of the card, as text.
  "payment_method_card_info_expiration_year" TEXT, -- Year in which the card expires, as four digits.
  "payment_method_card_info_expiration_month" TEXT, -- Month in which the card expires, as two digits.
  "payment_method_status" TEXT, -- EXPIRED for a card that has expired, else NULL.
  "order_id" INTEGER, -- [input] Asks for the transactions of one order, by the order's number. Sent: =.
  "since_time" TEXT, -- [time] [input] Asks for transactions since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for transactions until a time; which time the server compares is not documented. Sent: =.
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id"),
  FOREIGN KEY ("payment_method_contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("payment_method_id") REFERENCES infusionsoft_payment_methods("payment_method_id"),
  FOREIGN KEY ("payment_method_merchant_account_id") REFERENCES infusionsoft_merchant_accounts("id"),
  FOREIGN KEY ("order_id") REFERENCES infusionsoft_orders("id")
);

-- Groups of users.
-- GET /v2/userGroups: all rows in one request.
-- GET /v2/userGroups/{id}: one row by its key.
CREATE TABLE infusionsoft_user_groups(
  "id" INTEGER NOT NULL, -- Number of the group. Sent: =.
  "name" TEXT, -- Name of the group.
  PRIMARY KEY ("id")
);

-- The user who is signed in, as one row.
-- GET /v2/oauth/connect/userinfo: one row.
CREATE TABLE infusionsoft_user_info(
  "email" TEXT, -- E-mail address of the user.
  "sub" TEXT, -- Id of the user at the sign-in service.
  "id" INTEGER, -- Number of the user, in infusionsoft_users.
  "keap_id" TEXT, -- The user's Keap id.
  "family_name" TEXT, -- Last name.
  "given_name" TEXT, -- First name.
  "middle_name" TEXT, -- Middle name.
  "preferred_name" TEXT, -- Name the user likes to be called by.
  "is_admin" BOOLEAN, -- Whether the user is an administrator.
  "tenant_id" TEXT, -- Id of the account that the user is signed in to.
  FOREIGN KEY ("id") REFERENCES infusionsoft_users("id")
);

-- Signatures under the e-mails of users: one request for each.
-- GET /v2/users/{user_id}/signature: up to 1000 rows a request; without user_id, once for each row of infusionsoft_users.
CREATE TABLE infusionsoft_user_signatures(
  "user_id" INTEGER NOT NULL, -- Number of the user. Sent: =.
  "signature" TEXT, -- The signature, usually HTML.
  PRIMARY KEY ("user_id"),
  FOREIGN KEY ("user_id") REFERENCES infusionsoft_users("id")
);

-- Tasks of the user who is signed in. The API gives them no number here.
-- GET /v1/tasks/search: up to 1000 rows a request.
CREATE TABLE infusionsoft_user_tasks(
  "title" TEXT, -- Title of the task.
  "type" TEXT, -- Kind of task.
  "description" TEXT, -- What is to be done.
  "due_date" TEXT, -- [time] When the task is due.
  "completed" BOOLEAN, -- Whether the task is done. Sent: =.
  "completion_date" TEXT, -- [time] When the task was done.
  "priority" INTEGER, -- Priority of the task, as a number.
  "contact_id" INTEGER, -- Number of the contact the task is about. Sent: =.
  "contact_first_name" TEXT, -- First name of the contact.
  "contact_last_name" TEXT, -- Last name of the contact.
  "contact_email" TEXT, -- E-mail address of the contact.
  "user_id" INTEGER, -- Number of the user who has to do the task. Sent: =.
  "remind_time" INTEGER, -- How many minutes before the task is due the user is reminded.
  "creation_date" TEXT, -- [time] When the task was created.
  "modification_date" TEXT, -- [time] When the task was last changed.
  "url" TEXT, -- Address that belongs to the task.
  "funnel_id" INTEGER, -- Number of the campaign that created the task.
  "jgraph_id" INTEGER, -- Number of the place in the campaign.
  "contact" TEXT, -- [json] The contact the task is about, as a JSON object.
  "has_due_date" BOOLEAN, -- [input] Asks for tasks that have a due date (1). Sent: =.
  "since_time" TEXT, -- [time] [input] Asks for tasks since a time; which time the server compares is not documented. Sent: =.
  "until_time" TEXT, -- [time] [input] Asks for tasks until a time; which time the server compares is not documented. Sent: =.
  FOREIGN KEY ("contact_id") REFERENCES infusionsoft_contacts("id"),
  FOREIGN KEY ("user_id") REFERENCES infusionsoft_users("id")
);

-- People who work with the account.
-- GET /v2/users: up to 100 rows a request.
CREATE TABLE infusionsoft_users(
  "id" INTEGER NOT NULL, -- Number of the user, the same in all tables as user_id and owner_id. Sent: =, IN.
  "given_name" TEXT, -- First name. Sent: =.
  "family_name" TEXT, -- Last name.
  "email" TEXT, -- The first e-mail address. Sent: =.
  "status" TEXT, -- State of the user: ACTIVE, INVITED, INACTIVE or NOT_A_USER.
  "admin" BOOLEAN, -- Whether the user is an administrator.
  "partner" BOOLEAN, -- Whether the user is a partner.
  "title" TEXT, -- Position in the company.
  "company_name" TEXT, -- Name of the user's company.
  "phone1" TEXT, -- The first phone number, as it was entered.
  "create_time" TEXT, -- [time] When the user was created. Sent: ORDER BY.
  "update_time" TEXT, -- [time] When the user was last changed.
  "created_by" INTEGER, -- Number of the user who created this one.
  "updated_by" INTEGER, -- Number of the user who last changed this one.
  "global_user_id" TEXT, -- Name of the user across all accounts.
  "keap_id" TEXT, -- The user's Keap id.
  "middle_name" TEXT, -- Middle name.
  "nickname" TEXT, -- Name the user likes to be called by.
  "suffix" TEXT, -- Addition after the name: Jr.
  "spouse_name" TEXT, -- Name of the spouse.
  "website" TEXT, -- Address of the user's website.
  "address_line1" TEXT, -- First line of the address: street and number.
  "address_line2" TEXT, -- Second line of the address: building, floor or suite.
  "address_locality" TEXT, -- Town or city of the address.
  "address_region" TEXT, -- State, province or region of the address, by its full name: Arizona.
  "address_region_code" TEXT, -- State, province or region of the address, as an ISO 3166-2 code: US-AZ.
  "address_postal_code" TEXT, -- Postal code of the address.
  "address_country_code" TEXT, -- Country of the address, as three letters of ISO 3166-1: USA.
  "address_country" TEXT, -- Country of the address, by its full name.
  "address_zip_code" TEXT, -- ZIP code of the address, in the United States.
  "address_zip_four" TEXT, -- Four digits that follow the ZIP code of the address.
  "phone1_extension" TEXT, -- Extension of the first phone number.
  "phone2" TEXT, -- The second phone number, as it was entered.
  "fax1" TEXT, -- The first fax number.
  "email_addresses" TEXT, -- [json] All e-mail addresses, as a JSON array.
  "phone_numbers" TEXT, -- [json] All phone numbers, as a JSON array.
  "fax_numbers" TEXT, -- [json] All fax numbers, as a JSON array.
  "social_accounts" TEXT, -- [json] Names on social networks, as a JSON array of type and name.
  "address" TEXT, -- [json] The whole address, as a JSON object.
  "include_inactive" BOOLEAN, -- [input] Asks for inactive users too (1). Sent: =.
  "include_partners" BOOLEAN, -- [input] Asks for partners too (1). Sent: =.
  PRIMARY KEY ("id"),
  FOREIGN KEY ("created_by") REFERENCES infusionsoft_users("id"),
  FOREIGN KEY ("updated_by") REFERENCES infusionsoft_users("id")
);

-- Products as the first version of the API lists them, which can leave out those that are not active.
-- GET /v1/products: up to 1000 rows a request.
CREATE TABLE infusionsoft_v1_products(
  "id" INTEGER NOT NULL, -- Number of the product.
  "product_name" TEXT, -- Name of the product.
  "sku" TEXT, -- The account's own article code.
  "product_price" REAL, -- What one piece costs, in major units of the currency of the account.
  "status" INTEGER, -- Status of the product, as a number.
  "subscription_only" BOOLEAN, -- Whether the product can only be had by subscription.
  "product_short_desc" TEXT, -- The product in a few words.
  "product_desc" TEXT, -- The product in detail.
  "url" TEXT, -- Address of the product.
  "product_options" TEXT, -- [json] What a buyer can choose, as a JSON array.
  "subscription_plans" TEXT, -- [json] Plans by which the product can be subscribed to, as a JSON array.
  "active" BOOLEAN, -- [input] Asks for the products that can be ordered (1) or not (0). Sent: =.
  PRIMARY KEY ("id")
);

-- HTML of web forms, to be put into a page: one request for each.
-- GET /v2/webforms/{webform_id}:data: up to 1000 rows a request; without webform_id, once for each row of infusionsoft_webforms.
CREATE TABLE infusionsoft_webform_html(
  "webform_id" INTEGER NOT NULL, -- Number of the web form. Sent: =.
  "html" TEXT, -- The form as HTML.
  PRIMARY KEY ("webform_id"),
  FOREIGN KEY ("webform_id") REFERENCES infusionsoft_webforms("id")
);

-- Web forms through which people give their data.
-- GET /v2/webforms: up to 1000 rows a request.
CREATE TABLE infusionsoft_webforms(
  "id" INTEGER NOT NULL, -- Number of the form.
  "xid" TEXT, -- Id of the form in its address.
  "name" TEXT, -- Name of the form. Sent: =.
  "funnel_id" INTEGER, -- Number of the funnel the form belongs to; NULL if to none; which table numbers these is not documented.
  "custom_slug" TEXT, -- Word of one's own in pretty_webform_url.
  "webform_url" TEXT, -- Address of the form, by its xid.
  "pretty_webform_url" TEXT, -- Address of the form, by its custom_slug.
  "thank_you_page_url" TEXT, -- Address of the page that says thank you.
  "duplicate_check_option" TEXT, -- By what a person is known again, so that no second contact is made: EMAIL, EMAIL_AND_NAME, EMAIL_AND_NAME_AND_COMPANY or NO_CHECK.
  "exit_option" TEXT, -- What happens after the form is sent: REDIRECT, FUNNEL_LINK, HOSTED, LANDING_PAGE, WEB_FORM, SURVEY, UPDATE, UPDATE_OPT_OUT, OPT_OUT, CONFIRM, MESSAGE, AUTHORING_MESSAGE, MANUAL, CLOSE, DISPLAY_TEXT_AND_BUTTON, ERROR or HOSTED_PAGE.
  "webform_type" TEXT, -- Kind of form: LEGACY, STANDALONE, FUNNEL, LANDING_PAGE, SURVEY, INTERNAL, TWITTER or UNKNOWN.
  "create_time" TEXT, -- [time] When the form was created. Sent: =, >, >=, <, <=.
  "update_time" TEXT, -- [time] When the form was last changed. Sent: =, >, >=, <, <=.
  "webform_type_filter" TEXT, -- [input] Asks for forms of one type, in the filter's own spelling: legacy. Sent: =.
  PRIMARY KEY ("id")
);

-- Ways in which a WordPress site can let people opt in.
-- GET /v2/integrations/wordpress/options: all rows in one request.
CREATE TABLE infusionsoft_wordpress_opt_in_options(
  "key" TEXT, -- Key of the option.
  "name" TEXT, -- Name of the option.
  PRIMARY KEY ("key")
);
