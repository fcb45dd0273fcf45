// Operators: badge,name,role[,pin]. A PIN leaves this file as a hash only, rejects included.
#include <set>
#include <utility>

#include "domain/identifier.h"
#include "domain/pin.h"
#include "exchange/fields.h"
#include "exchange/importers.h"

namespace packbench::exchange {
namespace {

// The row for the list of rejects, without its PIN.
std::string without_pin(const Header& header, const CsvRow& row) {
  if (!row.problem.empty()) return "";  // who knows in which field the PIN is
  const auto pin = header.find("pin");
  std::string text;
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const bool hidden = pin == i && !row.fields[i].empty();
    text += (i == 0 ? "" : ",") + csv_field(hidden ? "****" : row.fields[i]);
  }
  return text;
}

// The hash of the PIN in the file. A PIN that has not changed keeps its hash, so that the same file
// changes nothing; without one in the file the operator keeps the PIN of before.
Problem read_pin(std::string_view pin, const ImportOptions& options, ImportedOperator& entry) {
  std::string stored;
  if (options.stored_pin_hash) stored = options.stored_pin_hash(entry.op.badge);
  if (pin.empty() || (!stored.empty() && verify_pin(pin, stored))) {
    entry.pin_hash = stored;
    return std::nullopt;
  }
  if (auto problem = pin_problem(pin)) return problem;
  PinSalt salt{};
  options.random(salt);
  auto hash = hash_pin(pin, salt);
  if (!hash) return "There is no memory to hash the PIN; import the file again";
  entry.pin_hash = std::move(hash).value();
  return std::nullopt;
}

Problem read_operator(const Table& table, const CsvRow& row, const ImportOptions& options,
                      ImportedOperator& entry) {
  entry.op.badge = table.get(row, "badge");
  entry.op.name = clean_text(table.get(row, "name"));
  if (const auto problem = identifier_problem(entry.op.badge)) return "The badge " + *problem;
  // The console's /sign-in BADGE [PIN] separates the two by a space.
  if (entry.op.badge.find(' ') != std::string::npos) return "The badge holds a space";
  if (entry.op.name.empty()) return "The name is empty";
  const std::string role = lower(table.get(row, "role"));
  if (role != "packer" && role != "supervisor") return "The role is neither packer nor supervisor";
  entry.op.role = role == "packer" ? Role::packer : Role::supervisor;
  return read_pin(table.get(row, "pin"), options, entry);
}

}  // namespace

void import_operators(Table& table, const ImportContext& context) {
  std::set<std::string> seen;
  while (const auto row = table.next()) {
    ImportedOperator entry;
    Problem problem;
    if (!row->problem.empty()) {
      problem = "The row " + row->problem;
    } else {
      problem = read_operator(table, *row, context.options, entry);
    }
    if (!problem && !seen.insert(entry.op.badge).second) {
      problem = "The badge stands in the file already";
    }
    if (problem) {
      context.outcome.rejects.push_back(
          {row->line, *problem + ".", without_pin(table.header(), *row)});
    } else {
      context.outcome.batch.operators.push_back(std::move(entry));
    }
  }
}

}  // namespace packbench::exchange
