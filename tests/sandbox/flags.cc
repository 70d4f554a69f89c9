// SPDX-License-Identifier: MIT
#include "flags.h"

#include <charconv>
#include <functional>
#include <map>

namespace infusionsoft::sandbox {
namespace {

using Setter = std::function<bool(const std::string&)>;

template <typename T>
Setter Number(T* target) {
  return [target](const std::string& text) {
    std::remove_reference_t<decltype(*target)> value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    *target = value;
    return problem == std::errc() && end == text.data() + text.size() && value >= 0;
  };
}

Setter Count(std::optional<uint64_t>* target) {
  return [target](const std::string& text) { return Number(&target->emplace())(text); };
}

Setter Word(std::string* target) {
  return [target](const std::string& text) {
    *target = text;
    return true;
  };
}

// Calls `add` with each part of a comma list; true if it accepts all.
Setter Each(std::function<bool(std::string_view)> add) {
  return [add = std::move(add)](const std::string& text) {
    std::string_view rest = text;
    while (true) {
      const size_t end = rest.find(',');
      if (!add(rest.substr(0, end))) return false;
      if (end == std::string_view::npos) return true;
      rest.remove_prefix(end + 1);
    }
  };
}

std::map<std::string, Setter> Setters(Flags* flags) {
  SandboxOptions& options = flags->options;
  DataSizes& sizes = options.sizes;
  return {
      {"--port", Number(&options.port)},
      {"--contacts", Number(&sizes.contacts)},
      {"--companies", Count(&sizes.companies)},
      {"--tags", Count(&sizes.tags)},
      {"--tag-categories", Count(&sizes.tag_categories)},
      {"--notes", Count(&sizes.notes)},
      {"--tasks", Count(&sizes.tasks)},
      {"--opportunities", Count(&sizes.opportunities)},
      {"--opportunity-stages", Count(&sizes.opportunity_stages)},
      {"--orders", Count(&sizes.orders)},
      {"--products", Count(&sizes.products)},
      {"--users", Count(&sizes.users)},
      {"--seed", Number(&options.seed)},
      {"--latency-ms", Number(&options.latency_ms)},
      {"--token-lifetime", Number(&options.token_lifetime_seconds)},
      {"--rate-per-minute", Number(&options.rate_per_minute)},
      {"--retry-after", Number(&options.retry_after_seconds)},
      {"--client-id", Word(&options.client_id)},
      {"--client-secret", Word(&options.client_secret)},
      {"--access-token", Word(&options.access_token)},
      {"--refresh-token", Word(&options.refresh_token)},
      {"--api-key", Word(&options.api_key)},
      {"--ready-file", Word(&flags->ready_file)},
      {"--max-seconds", Number(&flags->max_seconds)},
      {"--freedoms", Each([&options](std::string_view name) {
         const std::optional<Freedom> freedom = FreedomFromName(name);
         if (freedom) options.freedoms.push_back(*freedom);
         return freedom.has_value();
       })},
      {"--breaks", Each([&options](std::string_view name) {
         const std::optional<Break> what = BreakFromName(name);
         if (what) options.breaks.push_back(*what);
         return what.has_value();
       })},
      {"--faults", Each([&options](std::string_view text) {
         const std::optional<Fault> fault = FaultFromText(text);
         if (fault) options.faults.push_back(*fault);
         return fault.has_value();
       })},
  };
}

}  // namespace

bool ParseFlags(const std::vector<std::string>& arguments, Flags* flags, std::string* error) {
  const std::map<std::string, Setter> setters = Setters(flags);
  const std::map<std::string, bool*> switches = {
      {"--auto-allow", &flags->options.auto_allow},
      {"--pkce", &flags->options.pkce},
      {"--stay", &flags->stay},
      {"--help", &flags->help}};
  for (size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (const auto found = switches.find(name); found != switches.end()) {
      *found->second = true;
      continue;
    }
    std::optional<std::string> value;
    if (const size_t equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    const auto found = setters.find(name);
    if (found == setters.end()) {
      *error = "unknown flag " + name;
      return false;
    }
    if (!value && i + 1 < arguments.size()) value = arguments[++i];
    if (!value || !found->second(*value)) {
      *error = "bad value for " + name;
      return false;
    }
  }
  return true;
}

std::string HelpText() {
  std::string text =
      "usage: infusionsoft-sandbox [flags]\n"
      "       infusionsoft-sandbox browse [--deny] URL\n\n"
      "Serves a made-up account on 127.0.0.1.\n\n"
      "  --port N               0 for a free one (default)\n"
      "  --contacts N           rows; --companies, --tags, --tag-categories, --notes, --tasks,\n"
      "                         --opportunities, --opportunity-stages, --orders, --products and\n"
      "                         --users follow from it unless set\n"
      "  --seed N               another seed, another account\n"
      "  --latency-ms N         before each answer\n"
      "  --token-lifetime S     of access tokens\n"
      "  --auto-allow           the sign-in page redirects at once\n"
      "  --pkce                 sign-ins may be bound by PKCE, as the vendor's documents do not say\n"
      "  --rate-per-minute N    429 beyond this; 0 for no limit\n"
      "  --retry-after S        what the Retry-After headers say\n"
      "  --client-id TEXT, --client-secret TEXT\n"
      "  --access-token TEXT, --refresh-token TEXT, --api-key TEXT   valid from the start\n"
      "  --freedoms LIST        comma-separated, see below\n"
      "  --breaks LIST          comma-separated, see below\n"
      "  --faults LIST          comma-separated KIND[:next=N][:every=K][:path=TEXT]\n"
      "  --ready-file PATH      gets the base URL when it listens\n"
      "  --max-seconds N        ends by itself after this (3600)\n"
      "  --stay                 do not end with the parent process\n\nfreedoms:";
  for (size_t i = 0; i < kFreedoms; ++i) {
    text += "\n  " + std::string(FreedomName(static_cast<Freedom>(i)));
  }
  text += "\n\nbreaks:";
  for (size_t i = 0; i < kBreaks; ++i) {
    text += "\n  " + std::string(BreakName(static_cast<Break>(i)));
  }
  text += "\n\nfaults:";
  for (size_t i = 0; i < kFaultKinds; ++i) {
    text += "\n  " + std::string(FaultName(static_cast<FaultKind>(i)));
  }
  return text + "\n";
}

}  // namespace infusionsoft::sandbox
