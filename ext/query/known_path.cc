// SPDX-License-Identifier: MIT
#include "query/known_path.h"

#include <utility>

#include "query/pager.h"

namespace infusionsoft {
namespace {

// Part of no list: neither copied nor sent ahead.
ScanContext Alone(ScanContext context) {
  context.recorder = nullptr;
  context.ahead = nullptr;
  return context;
}

bool IsComplete(const std::string& path) { return path.find('{') == std::string::npos; }

}  // namespace

Status CheckServerIsKnown(const ScanContext& context, const Profile& profile, const Entity& entity) {
  if (context.copies != nullptr || context.client.has_answered()) return Status();
  const Entity* top = &entity;
  while (top != nullptr && !top->Parent().empty()) top = profile.Find(top->Parent());
  if (top == nullptr || !IsComplete(top->list_path)) return Status();
  FetchRequest request{.path = top->list_path, .params = {}, .page = {}, .entity = top};
  if (top->IsPaged()) request.params.emplace_back(PageSizeParameter(*top), std::to_string(top->page_size_min));
  const Result<Fetched> fetched = Fetch(Alone(context), request, Keep::kYes);
  if (!fetched) return fetched.status();
  if (fetched->answer->found) return Status();
  return Status(StatusCode::kBadResponse,
                "GET " + request.path + ": the server does not know this list (404); check the URL property");
}

Status CheckListsAreKnown(const ScanContext& context, const Profile& profile, const Entity& entity,
                          const ColumnValues& echoes) {
  const Entity* parent = profile.Find(entity.Parent());
  if (context.copies != nullptr || parent == nullptr || parent->get_path.empty() || entity.IsSingle()) return Status();
  ListRequest request;
  request.path = parent->get_path;
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    const Column& column = entity.columns[i];
    if (column.role != ColumnRole::kPath || !echoes[i]) continue;
    FillPath(parent->columns[static_cast<size_t>(parent->FindColumn(column.from_column))], *echoes[i], request.path);
  }
  if (!IsComplete(request.path)) return Status();
  const Result<Fetched> object = GetObject(Alone(context), *parent, request);
  if (!object) return object.status();
  if (!object->answer->found) return Status();
  return Status(StatusCode::kBadResponse, "GET " + entity.list_path + ": the server knows none of these lists (404), and " +
                                              request.path + " is there; the API does not offer them to this account");
}

}  // namespace infusionsoft
