#include "program/demo.h"

#include "base/time_text.h"
#include "exchange/import.h"
#include "host/outbox_file.h"
#include "store/catalog_writer.h"

namespace packbench::program {
namespace {

Status import_demo_file(store::CatalogWriter& catalog, const std::string& path, Instant now,
                        const exchange::ImportOptions& options) {
  const auto text = read_file(path);
  if (!text) return text.error();
  const auto outcome = exchange::import_text(with_times(text.value(), now), options);
  if (!outcome) return outcome.error();
  const auto applied = catalog.apply(outcome.value().batch, random_bytes);
  if (!applied) return applied.error();
  return Ok{};
}

}  // namespace

std::string with_times(const std::string& text, Instant now) {
  std::string out;
  std::size_t from = 0;
  while (true) {
    const std::size_t mark = text.find("\"@", from);
    const std::size_t end = mark == std::string::npos ? mark : text.find('"', mark + 1);
    if (end == std::string::npos) return out + text.substr(from);
    out += text.substr(from, mark - from);
    const bool back = text[mark + 2] == '-';
    const auto span = parse_duration(text.substr(mark + 3, end - mark - 3));
    const Duration offset = span.value_or(Duration{});
    out += '"' + format_utc(back ? now - offset : now + offset) + '"';
    from = end + 1;
  }
}

Status prepare_demo(const Places& places, Instant now) {
  if (const Status made = make_folder(places.data); !made) return made;
  const std::string demo = places.assets + "/demo/";
  if (!read_file(places.data + "/packbench.toml")) {
    const auto config = read_file(demo + "packbench.toml");
    if (!config) return config.error();
    const Status written = host::write_whole_file(places.data, "packbench.toml", config.value());
    if (!written) return written;
  }
  const store::CatalogOptions place{places.data, ""};
  const auto reader = store::Catalog::open(place);
  if (!reader) return reader.error();
  const auto known = reader.value()->find_orders("SO-0001");
  if (!known) return known.error();
  if (!known.value().orders.empty()) return Ok{};
  auto writer = store::CatalogWriter::open(place);
  if (!writer) return writer.error();
  exchange::ImportOptions options;
  options.random = random_bytes;
  options.stored_pin_hash = [](const std::string&) { return std::string(); };
  for (const char* file : {"products.jsonl", "orders.jsonl", "operators.csv", "waybills.csv",
                           "aliases.csv", "visits.csv"}) {
    const Status taken = import_demo_file(*writer.value(), demo + file, now, options);
    if (!taken) return taken;
  }
  return Ok{};
}

}  // namespace packbench::program
