// SPDX-License-Identifier: MIT
#include "sqlite/value.h"

#include <string>

namespace infusionsoft::sqlite {

Affinity AffinityOf(const Column& column) {
  return SqlTypeName(column.type) == "TEXT" ? Affinity::kText : Affinity::kNumeric;
}

SqlValue ReadValue(sqlite3_value* value, Affinity affinity) {
  // Text that looks like a number is one when it is compared with a numeric column.
  const int type = affinity == Affinity::kNumeric ? sqlite3_value_numeric_type(value) : sqlite3_value_type(value);
  switch (type) {
    case SQLITE_INTEGER:
      return SqlValue::Integer(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
      return SqlValue::Real(sqlite3_value_double(value));
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      if (text == nullptr) throw std::bad_alloc();
      return SqlValue::Text(std::string(text, static_cast<size_t>(sqlite3_value_bytes(value))));
    }
    case SQLITE_BLOB:
      return SqlValue::Blob();
    default:
      return SqlValue::Null();
  }
}

Result<Argument> ReadList(sqlite3_value* list, Affinity affinity) {
  Argument values;
  sqlite3_value* value = nullptr;
  int code = sqlite3_vtab_in_first(list, &value);
  while (code == SQLITE_OK && value != nullptr) {
    values.push_back(ReadValue(value, affinity));
    code = sqlite3_vtab_in_next(list, &value);
  }
  if (code == SQLITE_NOMEM) return Status(StatusCode::kOutOfMemory, "out of memory");
  if (code != SQLITE_OK && code != SQLITE_DONE) {
    return Status(StatusCode::kInternal, std::string("reading an IN list: ") + sqlite3_errstr(code));
  }
  return values;
}

void ReturnValue(sqlite3_context* context, const SqlValue& value) {
  switch (value.kind) {
    case SqlValue::Kind::kInteger:
      sqlite3_result_int64(context, value.integer);
      return;
    case SqlValue::Kind::kReal:
      sqlite3_result_double(context, value.real);
      return;
    case SqlValue::Kind::kText:
      sqlite3_result_text64(context, value.text.data(), value.text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
      return;
    case SqlValue::Kind::kBlob:
      sqlite3_result_blob64(context, value.text.data(), value.text.size(), SQLITE_TRANSIENT);
      return;
    case SqlValue::Kind::kNull:
      sqlite3_result_null(context);
  }
}

}  // namespace infusionsoft::sqlite
