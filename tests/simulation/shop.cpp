#include "shop.h"

#include <algorithm>

namespace packbench::simulation {
namespace {

constexpr int range_size = 60;

std::string ean13(const std::string& twelve) {
  int sum = 0;
  for (std::size_t i = 0; i < twelve.size(); ++i) sum += (twelve[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return twelve + std::to_string((10 - sum % 10) % 10);
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

Ware make_ware(int index, const std::string& sku, std::vector<std::string> handling) {
  Ware ware;
  ware.product.sku = sku;
  ware.product.name = sku;
  ware.product.weight_g = 100 + 10 * index;
  ware.product.handling = std::move(handling);
  ware.code = ean13("690000000" + padded(index, 3));
  ware.product.barcodes.push_back({ware.code, 1});
  return ware;
}

}  // namespace

Shop::Shop(Rng& chance, Auditor& auditor) : chance_(chance), auditor_(auditor) {
  wares_ = {make_ware(1, "MUG", {"fragile"}),
            make_ware(2, "SHIRT", {}),
            make_ware(3, "TEA", {"powder"}),
            make_ware(4, "PEN", {}),
            make_ware(5, "RING", {"high_value"}),
            make_ware(6, "SOAP", {"liquid"}),
            make_ware(7, "CARD", {}),
            make_ware(8, "STRAY", {})};
  Ware& pen = wares_[3];
  pen.six = ean13("690000000904");
  pen.product.barcodes.push_back({pen.six, 6});
  Ware& card = wares_[6];
  card.code.clear();
  card.product.barcodes.clear();
  card.product.no_barcode = true;
  wares_[7].listed = false;  // stands on the bench by mistake only
  Ware set;
  set.product.sku = "SET";
  set.product.name = "SET";
  set.product.components = {{"MUG", 1}, {"TEA", 2}};
  wares_.push_back(set);
  for (const Ware& ware : wares_) {
    if (!ware.code.empty()) auditor_.knows_code(ware.code, ware.product.sku, 1);
    if (!ware.six.empty()) auditor_.knows_code(ware.six, ware.product.sku, 6);
    if (!ware.product.components.empty()) auditor_.knows_kit(ware.product.sku);
  }
}

const Ware* Shop::ware(const std::string& sku) const {
  const auto found = std::find_if(wares_.begin(), wares_.end(),
                                  [&](const Ware& ware) { return ware.product.sku == sku; });
  return found == wares_.end() ? nullptr : &*found;
}

std::string Shop::serial_code(const Ware& ware) {
  const std::string code = "]C1010" + ware.code + "21S" + std::to_string(++serials_);
  auditor_.knows_code(code, ware.product.sku, 1);
  return code;
}

ImportBatch Shop::opening() {
  ImportBatch batch;
  batch.operators = {{{"1001", "Lin", Role::packer}, ""},
                     {{"1002", "Wu", Role::packer}, ""},
                     {{"9001", "Chen", Role::supervisor}, ""}};
  for (const Ware& ware : wares_) batch.products.push_back(ware.product);
  for (int i = 1; i <= range_size; ++i) {
    batch.waybills.push_back(
        {"SF", "", "SF" + padded(i, 13), std::nullopt, "", "", std::nullopt, ""});
    batch.waybills.push_back(
        {"YT", "", "YT" + padded(i, 13), std::nullopt, "", "", std::nullopt, ""});
  }
  return batch;
}

std::string Shop::key_text(const Order& order) const {
  return order.key.platform + "/" + order.key.shop + "/" + order.key.number;
}

ImportedOrder Shop::make_order() {
  ImportedOrder made;
  Order& order = made.order;
  order.key = {"taobao", "mugs", "SO-" + std::to_string(1001 + numbers.size())};
  order.paid_at = Instant{1'794'990'000'000'000};
  // 2.99, 12.98 and so on to 2,400 and more: below, within and above what a late one costs.
  const auto nth = static_cast<std::int64_t>(numbers.size());
  if (has_prices_) order.paid = Money{299 + 999 * nth * nth % 240'000, "CNY"};
  if (has_prices_ && nth % 4 == 1) order.service = Service::door;
  const int buyer = chance_.below(4);
  order.buyer = "buyer-" + std::to_string(buyer);
  made.person.receiver = {"Wang",     "13800000000", "Zhejiang",
                          "Hangzhou", "Xihu",        "Road " + std::to_string(buyer),
                          "310000",   "CN"};
  order.gift = chance_.permille(300);
  if (order.gift) made.person.gift_message = "for-" + order.key.number;
  if (chance_.permille(100)) made.person.buyer_note = "blue, please";
  if (chance_.permille(150)) order.requested_carrier = "YT";
  if (chance_.permille(60)) order.status = OrderStatus::refund_requested;
  const int lines = 1 + (chance_.permille(500) ? 0 : chance_.below(3));
  for (int i = 1; i <= lines; ++i) {
    const Ware* ware = &chance_.pick(wares_);
    while (!ware->listed) ware = &chance_.pick(wares_);
    const int quantity = ware->six.empty() ? chance_.between(1, 3) : chance_.between(1, 8);
    order.lines.push_back({i, ware->product.sku, ware->product.name, "",
                           lines == 1 && chance_.permille(500) ? 1 : quantity, std::nullopt, false,
                           LineStatus::active});
  }
  return made;
}

ImportBatch Shop::new_orders(int count) {
  ImportBatch batch;
  for (int i = 0; i < count; ++i) {
    const ImportedOrder made = make_order();
    const Order& order = made.order;
    std::vector<OrderedLine> lines;
    for (const OrderLine& line : order.lines)
      lines.push_back({line.ordinal, line.sku, line.quantity});
    auditor_.knows_order(key_text(order), lines);
    if (has_prices_) {
      auditor_.priced(key_text(order),
                      {order.paid->minor, order.paid_at->us, order.service != Service::standard});
    }
    if (order.status != OrderStatus::paid) auditor_.touched(key_text(order));
    if (chance_.permille(150)) {
      aliases.push_back("TOTE-" + std::to_string(chance_.between(1, 4)));
      batch.aliases.push_back({aliases.back(), order.key.number, "", ""});
    }
    if (chance_.permille(200)) {
      const std::string carrier = order.requested_carrier.empty() ? "SF" : "YT";
      const std::string number = carrier + padded(900'000 + ++waybills_, 13);
      batch.waybills.push_back({carrier, "", number, order.key, "571-W12", "", std::nullopt, ""});
      preprinted.push_back(number);
    }
    numbers.push_back(order.key.number);
    orders_[order.key.number] = made;
    batch.orders.push_back(made);
  }
  return batch;
}

std::vector<std::string> Shop::buyers_of(const std::string& number) const {
  std::vector<std::string> same;
  const auto known = orders_.find(number);
  if (known == orders_.end()) return same;
  for (const auto& [other, order] : orders_) {
    if (order.order.buyer == known->second.order.buyer) same.push_back(other);
  }
  return same;
}

// The same row twice is no news: what a supervisor released since then stays released.
Shop::News Shop::stop_list(News news, const Order& order) {
  const bool hold = chance_.below(3) == 0;
  if (!hold && chance_.below(3) == 0) news.line = chance_.pick(order.lines).ordinal;
  const std::string reason = hold ? "hold" : "refunded";
  const std::string row = news.order + " " + reason + " " + std::to_string(news.line);
  if (stop_rows_.insert(row).second) news.what = hold ? "hold" : "stop";
  news.batch.stops.push_back(
      {order.key.number, reason, order.key.platform, order.key.shop, news.line});
  return news;
}

std::optional<Shop::News> Shop::news() {
  if (numbers.empty()) return std::nullopt;
  ImportedOrder& known = orders_.at(chance_.pick(numbers));
  const Order& order = known.order;
  News news{{}, key_text(order), "other", 0};
  switch (chance_.below(6)) {
    case 0:  // the platform's own word
      known.order.status = chance_.below(2) == 0 ? OrderStatus::cancelled : OrderStatus::refunded;
      news.what = "stop";
      break;
    case 1:
      if (order.status == OrderStatus::paid) {
        known.order.status = OrderStatus::refund_requested;
        news.what = "hold";
      } else if (order.status == OrderStatus::refund_requested) {
        known.order.status = OrderStatus::paid;
      }
      break;
    case 2: {
      OrderLine& line = known.order.lines.front();
      if (line.status != LineStatus::refunded) news.what = "stop";
      line.status = LineStatus::refunded;
      news.line = line.ordinal;
      break;
    }
    case 3:
      known.person.receiver.address += " 1";
      break;
    default:
      return stop_list(news, order);
  }
  news.batch.orders.push_back(known);
  return news;
}

void Shop::came_through(const News& news) {
  if (news.what == "stop") auditor_.stopped(news.order, news.line);
  if (news.what == "hold") auditor_.held(news.order);
}

}  // namespace packbench::simulation
