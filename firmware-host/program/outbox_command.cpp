// `packbench outbox list|retry|export`: confirmations on their way to the platforms.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/time_text.h"
#include "exchange/layout.h"
#include "host/confirmation_out.h"
#include "program/commands.h"
#include "program/shipped.h"
#include "store/catalog_writer.h"
#include "store/journal_reader.h"

namespace packbench::program {
namespace {

std::string state_of(const store::OutboxRow& row) {
  if (!row.delivery.empty()) return row.delivery;
  return row.file.empty() ? "file_waiting" : "file_written";
}

std::string json_line(const store::OutboxRow& row) {
  nlohmann::ordered_json line{{"id", delivery_id_text(row.id)},
                              {"state", state_of(row)},
                              {"platform", row.order.platform},
                              {"shop", row.order.shop},
                              {"order", row.order.number},
                              {"parcel", row.parcel},
                              {"carrier", row.carrier},
                              {"number", row.number},
                              {"released_at", format_utc(row.released_at)},
                              {"file", row.file},
                              {"status", row.status},
                              {"reason", row.reason}};
  line["ended_at"] = nullptr;
  if (row.ended_at) line["ended_at"] = format_utc(*row.ended_at);
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string text_line(const store::OutboxRow& row) {
  std::string line = delivery_id_text(row.id) + "  " + state_of(row) + "  " + row.order.platform +
                     "/" + row.order.shop + "/" + row.order.number + "  " + row.carrier + " " +
                     row.number + "  " + format_utc(row.released_at);
  if (row.ended_at && row.delivery == "refused")
    line += "  HTTP " + std::to_string(row.status) + " since " + format_utc(*row.ended_at);
  if (!row.reason.empty()) line += ": " + row.reason;
  return line;
}

// A whole time, or a day or a time of the site.
Result<std::optional<Instant>> time_of(const std::string& option, const std::string& text,
                                       const std::string& zone) {
  if (text.empty()) return std::optional<Instant>();
  if (const auto time = parse_iso8601(text)) return time;
  if (const auto time = parse_local(text, zone)) return time;
  return Error{"bad_option", option +
                                 " must be a day such as 2026-11-22 or a time such as "
                                 "2026-11-22T14:00:00+08:00"};
}

Result<exchange::Layout> load_layout(const Places& places, const std::string& name) {
  const std::string own = in_data(places.data, "layouts/" + name + ".json");
  std::error_code problem;
  const std::string file =
      std::filesystem::exists(own, problem) ? own : places.assets + "/layouts/" + name + ".json";
  const auto text = read_file(file);
  if (!text) {
    std::set<std::string> names{"jsonl"};
    for (const std::string& folder : {places.assets + "/layouts", places.data + "/layouts"}) {
      for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        if (entry.path().extension() == ".json") names.insert(entry.path().stem().string());
      }
    }
    std::string known;
    for (const std::string& each : names) known += " " + each;
    return Error{"no_layout", "there is no layout " + name + "; there are" + known};
  }
  return exchange::parse_layout(text.value(), file);
}

// The confirmations of these rows, from their records, which are held against the chain.
Result<std::vector<exchange::ConfirmationOut>> confirmations_of(
    const store::JournalReader& reader, const std::vector<store::OutboxRow>& rows,
    const Shipped& shipped, const host::Config& config) {
  std::vector<exchange::ConfirmationOut> out;
  for (std::size_t i = 0; i < rows.size();) {
    const std::int64_t release = rows[i].id.release;
    const auto released = reader.release(release);
    if (!released) return released.error();
    for (; i < rows.size() && rows[i].id.release == release; ++i) {
      const auto index = static_cast<std::size_t>(rows[i].id.place - 1);
      if (index >= released.value().size())
        return Error{"journal_tampered",
                     "confirmation " + delivery_id_text(rows[i].id) +
                         " follows from no record: run packbench verify; nothing is exported"};
      out.push_back(host::confirmation_out(released.value()[index]));
      out.back().message = shipped_message(shipped, config, out.back());
    }
  }
  return out;
}

Result<std::string> export_text(const OutboxRequest& request, std::size_t& count) {
  const auto config = load_config(request.places);
  if (!config) return config.error();
  const auto shipped = load_shipped(request.places, config.value());
  if (!shipped) return shipped.error();
  exchange::Layout layout;
  if (request.layout != "jsonl") {
    auto loaded = load_layout(request.places, request.layout);
    if (!loaded) return loaded.error();
    layout = std::move(loaded).value();
  }
  const std::string& zone = config.value().policy.zone;
  const auto from = time_of("--from", request.from, zone);
  if (!from) return from.error();
  const auto to = time_of("--to", request.to, zone);
  if (!to) return to.error();
  const auto reader = store::JournalReader::open(request.places.data);
  if (!reader) return reader.error();
  // One state of a journal that a bench may go on writing.
  const auto view = reader.value()->read_view();
  const bool ranged = from.value() || to.value();
  const auto rows = reader.value()->outbox({ranged, from.value(), to.value()});
  if (!rows) return rows.error();
  const auto confirmations =
      confirmations_of(*reader.value(), rows.value(), shipped.value(), config.value());
  if (!confirmations) return confirmations.error();
  count = confirmations.value().size();
  if (request.layout == "jsonl") return exchange::confirmation_lines(confirmations.value());
  return exchange::layout_text(layout, confirmations.value(),
                               {zone, shipped.value().links, config.value().carrier_names});
}

}  // namespace

int run_outbox_list(const OutboxRequest& request) {
  const auto reader = store::JournalReader::open(request.places.data);
  if (!reader) return fail(reader.error());
  const auto rows = reader.value()->outbox({request.all, std::nullopt, std::nullopt});
  if (!rows) return fail(rows.error());
  std::string text;
  for (const store::OutboxRow& row : rows.value())
    text += (request.json ? json_line(row) : text_line(row)) + "\n";
  if (rows.value().empty() && !request.json)
    text = request.all ? "nothing was confirmed yet\n" : "nothing waits to be sent\n";
  return deliver(text, "");
}

int run_outbox_retry(const OutboxRequest& request) {
  std::optional<DeliveryId> wanted;
  if (!request.id.empty()) {
    wanted = parse_delivery_id(request.id);
    if (!wanted)
      return fail({"bad_option", request.id + " is no ID; packbench outbox list shows them"});
  }
  std::size_t refused = 0;
  {
    const auto reader = store::JournalReader::open(request.places.data);
    if (!reader) return fail(reader.error());
    const auto rows = reader.value()->outbox({});
    if (!rows) return fail(rows.error());
    for (const store::OutboxRow& row : rows.value()) {
      if (row.delivery == "refused" && (!wanted || *wanted == row.id)) ++refused;
    }
  }
  if (refused == 0)
    return fail({"not_refused",
                 wanted ? "confirmation " + request.id +
                              " was not refused: only those are sent again by hand, what waits "
                              "goes by itself; see packbench outbox list"
                        : "no confirmation was refused; what waits goes by itself"});
  const auto writer = store::CatalogWriter::open({request.places.data, ""});
  if (!writer) return fail(writer.error());
  if (const Status asked = writer.value()->retry(wanted); !asked) return fail(asked.error());
  return deliver(
      std::to_string(refused) + " to be sent again, by the running bench or at its next start\n",
      "");
}

int run_outbox_export(const OutboxRequest& request) {
  std::size_t count = 0;
  const auto text = export_text(request, count);
  if (!text) return fail(text.error());
  const int code = deliver(text.value(), request.out);
  if (code == 0) std::cerr << count << " confirmations in " << request.out << "\n";
  return code;
}

}  // namespace packbench::program
