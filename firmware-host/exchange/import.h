// Import: one file's text in, an ImportBatch and the rows that cannot be taken out. Pure but for
// the random bytes of PIN salts, which come in as an argument. Any thread.
//
// What is known by content (order and product lines may be mixed):
//   JSON Lines   an order: number, platform, shop, kind, of, status, paid_at, promised_ship_by,
//                paid, currency, buyer, merge_token, requested_carrier, service, gift,
//                gift_message, buyer_note, seller_note, insured_value, receiver {name, phone,
//                province, city, district, address, postcode, country}, lines [{sku, name,
//                variant, quantity, price, gift, status}]; times ISO 8601 with offset, amounts as
//                decimal texts, absent means unknown, and so is an amount without a currency
//                a product: sku, name, listing_title, variant, barcodes [{code, pieces}],
//                no_barcode, components [{sku, quantity}], accessories, attributes, image,
//                weight_g, handling, packaging
//                a waybill: the columns of the CSV below
//   CSV, header  waybills   carrier,service,number[,order,platform,shop,route_code,consolidation,
//                           consolidation_code,sorting_mark,expires_at,label_file], or the names
//                           of these columns that exchange/waybills.cpp lists (运单号, 大头笔 ...)
//                operators  badge,name,role[,pin]
//                aliases    code,order[,platform,shop]
//                stop list  order,reason[,platform,shop,line]
//                visits     carrier,weekday,time
//                regions    carrier,region,from,to[,reason]: where a carrier does not go
//                traces     number,time,text[,carrier,status]; also JSON, see traces.h
//                a Shopify orders_export as it is
//                any other, by ImportOptions::map
//
// Never a silent part shipment: an order that lost a row of positive (or unreadable) quantity gets
// the hold row_lost, whose detail names the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/import_batch.h"

namespace packbench::exchange {

struct ImportOptions {
  // Field of ours -> column of the file: number, sku, name, variant, quantity, price, paid_at ...
  std::map<std::string, std::string> map;
  // Field of ours -> value where the file has none; besides the fields of map: time_zone and
  // accept_pending (true | false).
  std::map<std::string, std::string> set;
  std::string time_zone = "UTC";  // of times without an offset, where set has none
  // Stock codes that are postage and fees and are not packed, compared without regard to case.
  std::vector<std::string> services = default_services();
  TraceRules traces;                                    // what the texts of traces stand for
  std::function<void(std::span<std::uint8_t>)> random;  // salts of PINs; must be set
  // The hash of an operator's present PIN (empty: none), so that the same PIN stays the same hash.
  std::function<std::string(const std::string& badge)> stored_pin_hash;

  static std::vector<std::string> default_services();
};

struct Reject {
  std::size_t line = 0;  // of the file, from 1
  std::string reason;    // an English sentence
  std::string row;       // as it stood in the file
};

struct SourceRow {
  std::size_t line = 0;
  std::string row;
};

// Numbers that were taken and look like none that the carrier is seen to give out.
struct UnusualNumbers {
  std::size_t count = 0;
  SourceRow first;  // row: the number
};

struct ImportOutcome {
  std::string kind;  // json_lines, waybills, operators, aliases, stops, visits, stop_regions,
                     // traces, shopify, mapped
  ImportBatch batch;
  std::vector<Reject> rejects;
  std::size_t services = 0;  // rows of postage and fees, left out
  // Where the entries of batch.waybills, .aliases and .stops stood, under these names.
  std::map<std::string, std::vector<SourceRow>> sources;
  std::map<std::string, std::size_t> not_taken;   // by list: what reject_entry was called for
  std::map<std::string, UnusualNumbers> unusual;  // by carrier
  std::string next;   // of traces: where their source goes on, if it says so
  bool more = false;  // of traces: it has more of them now
};

// An Error where nothing of the file can be read: unknown_layout, bad_option, bad_format.
Result<ImportOutcome> import_text(std::string_view text, const ImportOptions& options);

// An entry that was read but not taken by the catalog, as a reject with its line where that is
// known. `list` is the member of ImportBatch.
void reject_entry(ImportOutcome& outcome, const std::string& list, std::size_t index,
                  const std::string& reason);

// The text of FILE.rejects.csv: line,reason,row.
std::string rejects_csv(std::vector<Reject> rejects);

// Advice about numbers that were taken, a line in both languages for each carrier; mostly none.
std::vector<std::string> advice_lines(const ImportOutcome& outcome);

// The last line of `packbench import`, summed over its files.
struct ImportTotals {
  std::size_t orders = 0, lines = 0, products = 0, waybills = 0, operators = 0, rejected = 0;
  std::size_t aliases = 0, stops = 0, visits = 0, stop_regions = 0, traces = 0, unknown_traces = 0;
  void add(const ImportOutcome& outcome);
  // The last line printed; a contract with whoever reads it.
  std::string text() const;
  // What else was taken, for the line before it; empty where there was nothing else.
  std::string other_text() const;
};

}  // namespace packbench::exchange
