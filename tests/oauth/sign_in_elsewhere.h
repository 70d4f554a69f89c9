// SPDX-License-Identifier: MIT
// The person with a browser on another computer.
#pragma once

#include <string>

#include "account.h"

namespace infusionsoft::oauth_test {

// Nothing listens there, as on the computer where the person signs in.
inline const Connection kElsewhere = {.initiate = "REFRESH", .callback = "http://localhost:33333"};

// infusionsoft_connect with that connection.
std::string Connect(const Account& account, const Connection& connection);

// What infusionsoft_authorize_url gives for `connection`, in a process that ends after it.
std::string AskForAddress(const Account& account, const Connection& connection);

// What the person reads from the address bar after allowing.
std::string AllowElsewhere(Account& account, const std::string& sign_in);

}  // namespace infusionsoft::oauth_test
