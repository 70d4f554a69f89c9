// SPDX-License-Identifier: MIT
#include "value_generator.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "answer.h"

namespace infusionsoft::differential {
namespace {

// Values that no column has, or that a filter cannot carry, or that look like a number and are none.
// clang-format off
constexpr std::string_view kNonsense[] = {
    "NULL", "NULL", "NULL", "0", "1", "2", "-1", "''", "' '", "'abc'", "'NONE'", "'UNASSIGNED'", "'none'", "x'31'",
    "x''", "12.5", "1e19", "-1e19", "9223372036854775807", "-9223372036854775808", "'9223372036854775808'", "1e308",
    "'1'", "'1.0'", "1.0", "'true'", "TRUE", "'*'", "'a*'", "'%'", "'a;b'", "'a,b'", "'a==b'", "'\xC3\xA9'",
    "'\xC3\x89milie'", "'2021'", "'2021-06-15'", "'~'", "'9999-12-31'", "'0000'", "'ONLINE'", "'online'",
    "'CRITICAL'", "'null'", "'-5'", "' 7 '", "'1e2'", "0.1", "-0.0", "'a\tb'", "'tab\t'", "'x' || char(10) || 'y'",
    "'x' || char(0) || 'y'", "CAST(x'ff41' AS TEXT)"};
// clang-format on

bool IsTextLiteral(const std::string& literal) { return literal.starts_with('\''); }

std::string Unquote(const std::string& literal) {
  if (!IsTextLiteral(literal)) return literal;
  std::string text;
  for (size_t i = 1; i + 1 < literal.size(); ++i) {
    text += literal[i];
    if (literal[i] == '\'') ++i;
  }
  return text;
}

// ASCII only, as SQLite's own upper() and LIKE.
std::string ChangeCase(std::string text, int (*change)(int)) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x80) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  }
  return text;
}

// At most `size` bytes, cut at a character of UTF-8.
std::string Beginning(const std::string& text, size_t size) {
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

}  // namespace

bool EndsInSpace(const std::string& literal) { return literal.ends_with(" '"); }

std::string ValueGenerator::Sample(const ColumnInfo& column) {
  if (!column.tricky.empty() && random_.Percent(20)) return random_.Pick(column.tricky);
  return column.samples.empty() ? std::string("NULL") : random_.Pick(column.samples);
}

std::string ValueGenerator::SampleText(const ColumnInfo& column) {
  return column.samples.empty() ? std::string("x") : Unquote(Sample(column));
}

std::string ValueGenerator::Nonsense() { return std::string(random_.Pick(kNonsense)); }

std::string ValueGenerator::NumberLike(const std::string& literal) {
  switch (random_.Below(10)) {
    case 0:
      return "'" + literal + "'";
    case 1:
      return "(" + literal + " * 1.0)";
    case 2:
      return "'" + literal + ".0'";
    case 3:
      return "(" + literal + " + 0.5)";
    case 4:
      return "(" + literal + " + 1)";
    case 5:
      return "(" + literal + " - 1)";
    case 6:
      return "(- " + literal + ")";  // a space, because "--" begins a comment
    case 7:
      return "' " + literal + " '";
    case 8:
      return "'" + literal + "x'";
    default:
      return "(" + literal + " - 0.5)";
  }
}

std::string ValueGenerator::TextLike(const std::string& text) {
  switch (random_.Below(12)) {
    case 0:
      return Quote(ChangeCase(text, std::toupper));
    case 1:
      return Quote(ChangeCase(text, std::tolower));
    case 2:
      return Quote(Beginning(text, random_.Below(text.size() + 1)));
    case 3:
      return Quote(text + " ");
    case 4:
      return Quote(" " + text);
    case 5:
      return Quote(text + "x");
    case 6:
      return Quote(Beginning(text, 2) + "*");
    case 7:
      return Quote(text + "  \t");
    case 8:
      return "CAST(" + Quote(text) + " AS BLOB)";
    case 9:
      return Quote(text.substr(Beginning(text, text.size() / 2).size()));
    case 10:
      return Quote(text + ";" + text);
    default:
      return Quote(text + "*");
  }
}

// The ways in which people write a time, right and wrong. `text` is YYYY-MM-DDTHH:MM:SS.mmmZ.
std::string ValueGenerator::TimeLike(const std::string& text) {
  if (text.size() != 24) return TextLike(text);
  if (random_.Percent(25)) return Zoned(text);
  const std::string date = text.substr(0, 10);
  // Another time of the same day, so that the day's rows lie on both sides of it.
  static const std::vector<std::string> kClocks = {"00:00:00", "23:59:59", "12:00:00"};
  const std::string clock = random_.Percent(30) ? text.substr(11, 8) : random_.Pick(kClocks);
  const std::vector<std::string> plausible = {date,
                                              date + " " + clock,
                                              date + "T" + clock,
                                              date + "T" + clock + "Z",
                                              date + "T" + clock + "+00:00",
                                              date + "T" + clock + "+02:00",
                                              date + "T" + clock + "-0500",
                                              date + " " + clock + "Z",
                                              date + "T" + clock + ".500Z"};
  if (random_.Percent(50)) return Quote(random_.Pick(plausible));
  const std::vector<std::string> written = {date + "T" + clock + ".000Z",
                                            date + "T" + clock + ".999Z",
                                            date + "T" + clock + ".5Z",
                                            text.substr(0, 4),
                                            text.substr(0, 7),
                                            text.substr(0, 13),
                                            text.substr(0, 16),
                                            text + " ",
                                            text.substr(0, 23),
                                            text + "x",
                                            ChangeCase(text, std::tolower),
                                            date + "T24:00:00Z",
                                            text.substr(0, 8) + "31",
                                            text.substr(0, 5) + "02-30T00:00:00Z",
                                            date + "T" + clock + ".123456Z",
                                            " " + text,
                                            date + "U",
                                            date + "T",
                                            text.substr(0, 8) + "1",
                                            date + "T" + clock.substr(0, 6) + "60Z",
                                            text.substr(0, 4) + "-13-01",
                                            text.substr(0, 5) + "13",
                                            "-" + text,
                                            text.substr(0, 20) + "000Z",
                                            text.substr(0, 20) + "001Z"};
  return Quote(random_.Pick(written));
}

// A time near `text` that would be on its other side if the zone behind it meant anything: times compare as text.
std::string ValueGenerator::Zoned(const std::string& text) {
  const bool is_later = random_.Percent(50);
  const int hour = std::clamp(std::atoi(text.substr(11, 2).c_str()) + (is_later ? 1 : -1), 0, 23);
  static const std::vector<std::string> kZones = {"02:00", "0200", "05:30", "12:00"};
  const std::string clock = (hour < 10 ? "0" : "") + std::to_string(hour) + text.substr(13, 6);
  return Quote(text.substr(0, 11) + clock + (is_later ? "+" : "-") + random_.Pick(kZones));
}

std::string ValueGenerator::Value(const ColumnInfo& column) {
  if (random_.Percent(12)) return Nonsense();
  std::string sample = Sample(column);
  const size_t unchanged = column.type == ColumnType::kTime ? 30 : 60;
  if (random_.Percent(unchanged)) return sample;
  if (sample == "NULL" || sample.starts_with("X'")) return sample;
  if (!IsTextLiteral(sample)) return NumberLike(sample);
  return column.type == ColumnType::kTime ? TimeLike(Unquote(sample)) : TextLike(Unquote(sample));
}

std::string ValueGenerator::Moment(const ColumnInfo& column) {
  if (random_.Percent(10)) return Value(column);
  const std::string text = SampleText(column);
  return random_.Percent(45) ? Quote(text) : TimeLike(text);
}

std::string ValueGenerator::Alike(const ColumnInfo& column, bool no_case) {
  std::string text = SampleText(column);
  if (random_.Percent(no_case ? 80 : 40)) {
    return Quote(random_.Percent(50) ? ChangeCase(text, std::toupper) : ChangeCase(text, std::tolower));
  }
  const size_t kind = random_.Below(3);
  if (kind == 0) text += "  ";
  if (kind == 1) text.erase(text.find_last_not_of(' ') + 1);
  return Quote(text);
}

std::string ValueGenerator::AlikeWithSpace(const ColumnInfo& column) {
  for (const std::string& literal : column.tricky) {
    if (!EndsInSpace(literal) || random_.Percent(40)) continue;
    std::string text = Unquote(literal);
    text.erase(text.find_last_not_of(' ') + 1);
    return Quote(text + std::string(random_.Below(3), ' '));
  }
  return Alike(column);
}

std::string ValueGenerator::LikePattern(const ColumnInfo& column) {
  if (random_.Percent(8)) return Nonsense();
  std::string text = SampleText(column);
  if (random_.Percent(30)) text = ChangeCase(text, std::toupper);
  std::string start = Beginning(text, random_.Below(text.size() + 1));
  switch (random_.Below(8)) {
    case 0:
      return Quote(random_.Percent(50) ? text : "%" + text.substr(start.size()));
    case 1:
    case 2:
      return Quote(start + "_%");
    case 3:
      return Quote(start + "%" + text.substr(start.size()));
    case 4:
      return Quote(start + " %");
    case 5:
      if (!start.empty()) start.back() = '_';
      return Quote(start + "%");
    default:
      return Quote(start + "%");
  }
}

std::string ValueGenerator::GlobPattern(const ColumnInfo& column) {
  if (random_.Percent(8)) return Nonsense();
  std::string text = SampleText(column);
  if (random_.Percent(15)) text = ChangeCase(text, std::toupper);
  const std::string start = Beginning(text, random_.Below(text.size() + 1));
  static const std::vector<std::string> kClasses = {"[a-z]", "[A-Za-z0-9 ]", "[^!]"};
  switch (random_.Below(6)) {
    case 0:
      return Quote(text);
    case 1:
      return Quote("*" + text.substr(start.size()));
    case 2:
      return Quote(start + "?*");
    case 3:
    case 4:
      return Quote(start + random_.Pick(kClasses) + "*");
    default:
      return Quote(start + "*");
  }
}

}  // namespace infusionsoft::differential
