#include "bench_data.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/check.h"
#include "station/core.h"
#include "store/catalog_writer.h"

namespace packbench::benchmark {
namespace {

using namespace station;

constexpr std::int64_t start_of_time = 1'795'000'000'000'000;

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

std::string ware_sku(int ware) {
  return "SKU-" + padded(ware, 3);
}

Product make_product(int ware) {
  Product product;
  product.sku = ware_sku(ware);
  product.name = "搪瓷杯 " + std::to_string(ware);
  product.weight_g = 200;
  product.barcodes.push_back({ware_code(ware), 1});
  return product;
}

Order make_order(int index) {
  Order order;
  order.key = {"taobao", "mugs", order_number(index)};
  order.paid_at = Instant{start_of_time};
  order.buyer = "buyer-" + std::to_string(index);
  for (int line = 1; line <= 3; ++line) {
    const int ware = (index * 3 + line) % wares;
    order.lines.push_back(
        {line, ware_sku(ware), "搪瓷杯", "", 1, std::nullopt, false, LineStatus::active});
  }
  return order;
}

}  // namespace

std::string ware_code(int ware) {
  const std::string twelve = "690000000" + padded(ware, 3);
  int sum = 0;
  for (std::size_t i = 0; i < twelve.size(); ++i) sum += (twelve[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return twelve + std::to_string((10 - sum % 10) % 10);
}

std::string order_number(int index) {
  return "SO-" + padded(index, 7);
}
std::string waybill_number(int index) {
  return "SF" + padded(index, 13);
}

Now at(std::int64_t second) {
  return {{start_of_time + second * 1'000'000}, {second * 1'000'000}, "boot-1"};
}

ImportBatch make_orders(int from, int to) {
  ImportBatch batch;
  for (int index = from; index < to; ++index) {
    ImportedOrder made{make_order(index), {}};
    made.person.receiver = {"王小明", "13812345678",
                            "浙江省", "杭州市",
                            "西湖区", "文三路 " + std::to_string(index) + " 号 3 单元 501 室",
                            "310000", "CN"};
    batch.orders.push_back(std::move(made));
  }
  return batch;
}

ImportBatch make_site(int waybills) {
  ImportBatch batch;
  for (int ware = 0; ware < wares; ++ware) batch.products.push_back(make_product(ware));
  batch.operators.push_back({{"1001", "Lin", Role::packer}, ""});
  for (int i = 0; i < waybills; ++i)
    batch.waybills.push_back({"SF", "", waybill_number(i), std::nullopt, "", "", std::nullopt, ""});
  return batch;
}

void import(const std::string& folder, const ImportBatch& batch) {
  auto writer = must(store::CatalogWriter::open({folder, ""}));
  std::uint8_t next = 0;
  must(writer->apply(batch, [&](std::span<std::uint8_t> out) {
    for (std::uint8_t& byte : out) byte = ++next;
  }));
}

OpenJournal open_journal(const std::string& folder, const std::string& vfs) {
  store::JournalOptions options;
  options.directory = folder;
  options.vfs = vfs;
  options.create = store::NewJournal{{"B100001", false}, at(0), {}};
  options.create->key.fill(7);
  OpenJournal open;
  open.journal = must(store::Journal::open(options));
  open.station = must(open.journal->load(evolve));
  return open;
}

void commit(OpenJournal& open, const std::vector<Payload>& payloads, Now now) {
  for (const Record& record : must(open.journal->commit(payloads, "1001", now)))
    evolve(open.station, record);
}

std::vector<Payload> packed_order(const Station& station, int index) {
  const Order order = make_order(index);
  PackingStarted started;
  started.work = station.bench + "-W" + std::to_string(index + 1);
  started.opened_by = "number";
  started.carrier = "SF";
  OpenedOrder opened{order, {}, std::nullopt, std::nullopt};
  for (const OrderLine& line : order.lines) {
    const Product product = make_product((index * 3 + line.ordinal) % wares);
    Part part;
    part.sku = product.sku;
    part.name = product.name;
    part.barcodes = product.barcodes;
    part.weight_g = product.weight_g;
    opened.lines.push_back({line, {part}});
  }
  started.orders.push_back(std::move(opened));
  const ParcelId parcel = station.bench + "-P" + std::to_string(index + 1);
  const WaybillOffer offer{"SF", "", waybill_number(index), std::nullopt, "", "", std::nullopt, ""};
  std::vector<Payload> records{started, ParcelStarted{parcel, started.work, 1, {}, {"0"}}};
  for (const OrderLine& line : order.lines) {
    const std::string code = ware_code((index * 3 + line.ordinal) % wares);
    records.push_back(ItemPacked{parcel, order.key, line.ordinal, 0, 1, false, code, "", "", ""});
  }
  records.push_back(WaybillAssigned{parcel, offer, LabelSource::own});
  records.push_back(PrintRequested{parcel, 1, ""});
  records.push_back(LabelIntent{parcel, 1, std::string(64, 'a')});
  records.push_back(LabelSent{parcel, 1});
  records.push_back(LabelPrinted{parcel, 1});
  records.push_back(LabelVerified{parcel, 1, offer.number});
  records.push_back(ParcelStaged{parcel, std::nullopt});
  records.push_back(WorkFinished{started.work});
  CHECK(records.size() == records_of_an_order);
  return records;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

host::Config make_config() {
  return must(host::parse_config("", read_text(PACKBENCH_ASSETS "/checklists/default.json")));
}

std::string fresh_folder(const std::string& parent, const std::string& name) {
  const std::string folder = parent + "/" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace packbench::benchmark
