// The importers behind import_text: one function for each kind of file. Inside of this room only.
#pragma once

#include <string>
#include <string_view>

#include "exchange/import.h"
#include "exchange/table.h"

namespace packbench::exchange {

struct ImportContext {
  const ImportOptions& options;
  ImportOutcome& outcome;
  std::string zone;  // of times without an offset
  bool accept_pending = false;
};

void import_json_lines(std::string_view text, const ImportContext& context);

void import_waybills(Table& table, const ImportContext& context);
void import_operators(Table& table, const ImportContext& context);
void import_aliases(Table& table, const ImportContext& context);
void import_stops(Table& table, const ImportContext& context);
void import_visits(Table& table, const ImportContext& context);
void import_stop_regions(Table& table, const ImportContext& context);

bool is_shopify(const Header& header);
void import_shopify(Table& table, const ImportContext& context);

// Whether the header has every column that --map names.
bool is_mapped(const Header& header, const ImportOptions& options);
void import_mapped(Table& table, const ImportContext& context);

}  // namespace packbench::exchange
