// SPDX-License-Identifier: MIT
#include "reviewed.h"

namespace infusionsoft::official {
namespace {

constexpr const char* kAmount = "tests for one amount, of which a server may keep more digits than it shows";
constexpr const char* kInstant = "tests for one instant, of which a server may keep more digits than it shows";
constexpr const char* kUnclearUnit = "the examples have 10000 in a row and 100 in a filter";
constexpr const char* kNotShown = "sorts by what no column shows";
constexpr const char* kSummary = "a number about the whole list, not about one of its rows";
constexpr const char* kOptionalNames = "names of properties that requests to this API may ask for; not data of the account";
constexpr const char* kV1Order = "is asked for by two parameters of the first version, and the time is no key: SQLite sorts";
constexpr const char* kSyncToken = "no request of this path takes it back";
constexpr const char* kOneByOne = "the profile has no word for it yet: one request for each lead source";
constexpr const char* kTextKey = "its key is text, of which the server may take other spellings; the list is one request";

constexpr Reviewed kGaps[] = {
    {"/v2/companies/{}", "get",
     "lets a request name website but not update_time; the filter company_id costs one request too"},
    {"/v2/emailAddresses/{}/status", "get", "the filter emails gives the same row, and tells a missing one from an error"},
    {"/v2/locales/countries/{}", "get", kTextKey},
    {"/v2/locales/countries/{}/provinces/{}", "get", kTextKey},
    {"/v2/users/{}", "get", "shows inactive users, which the list leaves out unless include_inactive asks for them"},
    {"/v2/orders/{}/items/{}", "object", "order_items shows the items of many orders, from the pages of the orders"},

    {"/v2/leadSources/{}/expenses", "all lead_source_id", kOneByOne},
    {"/v2/leadSources/{}/recurringExpenses", "all lead_source_id", kOneByOne},
    {"/v2/products/{}/subscriptions", "all product_id", "the rows do not say which product they belong to"},

    {"/v2/contacts", "filter contact_ids", "means what ids means"},
    {"/v2/contacts/{}/notes", "filter contact_id", "the path says it"},
    {"/v2/discounts/orderTotals", "filter discount_value", kAmount},
    {"/v2/discounts/products", "filter discount_value", kAmount},
    {"/v2/discounts/shipping", "filter discount_value", kAmount},
    {"/v2/emailAddresses", "filter statuses",
     "its words are not listed, and a word that the server does not know is refused"},
    {"/v2/files", "filter created_time", kInstant},
    {"/v2/files", "filter updated_time", kInstant},
    {"/v2/leadSources", "filter end_time", kInstant},
    {"/v2/leadSources", "filter start_time", kInstant},
    {"/v2/leadSources/{}/expenses", "filter create_time", kInstant},
    {"/v2/leadSources/{}/expenses", "filter incurred_time", kInstant},
    {"/v2/leadSources/{}/expenses", "filter update_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter create_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter end_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter next_expense_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter start_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses", "filter update_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses/{}/expenses", "filter create_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses/{}/expenses", "filter incurred_time", kInstant},
    {"/v2/leadSources/{}/recurringExpenses/{}/expenses", "filter update_time", kInstant},
    {"/v2/orders/{}/payments", "filter amount", kAmount},
    {"/v2/subscriptions", "comparison billing_amount", kUnclearUnit},
    {"/v2/subscriptions", "filter billing_amount", kUnclearUnit},

    {"/v2/automations", "order category", kNotShown},
    {"/v2/automations/ids", "order activeContacts", kNotShown},
    {"/v2/automations/ids", "order category", kNotShown},
    {"/v2/automations/ids", "order name", kNotShown},
    {"/v2/automations/ids", "order publishedDate", kNotShown},
    {"/v2/campaigns", "order activeContacts", kNotShown},
    {"/v2/campaigns", "order lastupdated", kNotShown},
    {"/v2/emails", "order created_time", kNotShown},
    {"/v2/opportunities", "order contact_name", "sorts by a name that is no column of its own"},
    {"/v2/opportunities/stageMoves", "order move_date", "whether it sorts by the whole of move_time is not said"},
    {"/v2/products/{}/subscriptions", "order product_id", kNotShown},

    {"/v1/affiliates/commissions", "order DATE_EARNED", kV1Order},
    {"/v1/affiliates/{}/clawbacks", "order DATE_EARNED", kV1Order},

    {"/v1/appointments", "envelope sync_token", kSyncToken},
    {"/v1/appointments/model", "envelope optional_properties", kOptionalNames},
    {"/v1/products", "envelope sync_token", kSyncToken},
    {"/v1/products/sync", "envelope sync_token", "about the whole list: no row has it"},
    {"/v1/tasks/search", "envelope sync_token", kSyncToken},
    {"/v2/affiliates/{}:commissions", "envelope amount_earned", kSummary},
    {"/v2/affiliates/{}:commissions", "envelope clawbacks", kSummary},
    {"/v2/affiliates/{}:commissions", "envelope commission_total", kSummary},
    {"/v2/automations", "envelope automation_count", kSummary},
    {"/v2/automations/ids", "envelope locked_automation_ids", "automations shows `locked` of each"},
    {"/v2/merchants", "envelope default_merchant_account_id", kSummary},
    {"/v2/affiliates/model", "envelope optional_properties", kOptionalNames},
    {"/v2/companies/model", "envelope optional_properties", kOptionalNames},
    {"/v2/contacts/model", "envelope optional_properties", kOptionalNames},
    {"/v2/notes/model", "envelope optional_properties", kOptionalNames},
    {"/v2/opportunities/model", "envelope optional_properties", kOptionalNames},
    {"/v2/orders/model", "envelope optional_properties", kOptionalNames},
    {"/v2/subscriptions/model", "envelope optional_properties", kOptionalNames},
    {"/v2/tasks/model", "envelope optional_properties", kOptionalNames},
};

constexpr Reviewed kMistakes[] = {
    {"/v2/contacts", "contacts: notes: no property notes", "`fields` may name it, and the schema of an answer lacks it"},
};

constexpr ShownBy kShownBy[] = {
    {"/v1/affiliates", "affiliates"},
    {"/v1/affiliates/model", "custom_field_definitions"},
    {"/v1/affiliates/programs", "commission_programs"},
    {"/v1/affiliates/redirectlinks", "affiliate_links"},
    {"/v1/affiliates/summaries", "affiliate_summaries"},
    {"/v1/affiliates/{}", "affiliates"},
    {"/v1/affiliates/{}/payments", "affiliate_payments"},
    {"/v1/appointments/{}", "appointments"},
    {"/v1/campaigns", "campaigns"},
    {"/v1/campaigns/{}", "campaigns"},
    {"/v1/companies", "companies"},
    {"/v1/companies/model", "custom_field_definitions"},
    {"/v1/companies/{}", "companies"},
    {"/v1/contacts", "contacts"},
    {"/v1/contacts/model", "custom_field_definitions"},
    {"/v1/contacts/{}", "contacts"},
    {"/v1/contacts/{}/tags", "contact_tags"},
    {"/v1/emails", "emails"},
    {"/v1/emails/{}", "emails"},
    {"/v1/files", "files"},
    {"/v1/files/{}", "files"},
    {"/v1/hooks/{}", "hooks"},
    {"/v1/locales/countries", "countries"},
    {"/v1/locales/countries/{}/provinces", "provinces"},
    {"/v1/merchants", "merchant_accounts"},
    {"/v1/notes", "notes"},
    {"/v1/notes/model", "custom_field_definitions"},
    {"/v1/notes/{}", "notes"},
    {"/v1/oauth/connect/userinfo", "user_info"},
    {"/v1/opportunities", "opportunities"},
    {"/v1/opportunities/model", "custom_field_definitions"},
    {"/v1/opportunities/{}", "opportunities"},
    {"/v1/orders", "orders"},
    {"/v1/orders/model", "custom_field_definitions"},
    {"/v1/orders/{}", "orders"},
    {"/v1/orders/{}/payments", "order_payments"},
    {"/v1/products/{}", "products"},
    {"/v1/products/{}/subscriptions/{}", "product_subscriptions"},
    {"/v1/setting/application/configuration", "application_configuration"},
    {"/v1/setting/application/enabled", "application_enabled"},
    {"/v1/setting/contact/optionTypes", "contact_option_types"},
    {"/v1/subscriptions", "subscriptions"},
    {"/v1/subscriptions/model", "custom_field_definitions"},
    {"/v1/tags", "tags"},
    {"/v1/tags/{}", "tags"},
    {"/v1/tags/{}/companies", "tagged_companies"},
    {"/v1/tags/{}/contacts", "tagged_contacts"},
    {"/v1/tasks", "tasks"},
    {"/v1/tasks/model", "custom_field_definitions"},
    {"/v1/tasks/{}", "tasks"},
    {"/v1/transactions", "transactions"},
    {"/v1/transactions/{}", "transactions"},
    {"/v1/users", "users"},
    {"/v1/users/{}/signature", "user_signatures"},
};

}  // namespace

std::span<const Reviewed> ReviewedGaps() { return kGaps; }

std::span<const Reviewed> ReviewedMistakes() { return kMistakes; }

std::span<const ShownBy> ShownByOtherTables() { return kShownBy; }

}  // namespace infusionsoft::official
