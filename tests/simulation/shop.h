// Shop: what is sold and ordered in one seed, as import batches for the bench and as plain facts
// for the auditor. Thread rule: one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor.h"
#include "domain/import_batch.h"
#include "random.h"

namespace packbench::simulation {

struct Ware {
  Product product;
  std::string code;    // of one piece; empty: it has none
  std::string six;     // of a box of six, where there is one
  bool listed = true;  // orders ask for it by itself
};

class Shop {
 public:
  Shop(Rng& chance, Auditor& auditor);

  // Operators, products and the carriers' ranges of numbers.
  // Orders have a price from now on.
  void set_prices() { has_prices_ = true; }
  ImportBatch opening();
  // `count` new orders, some with an alias or a number of their own.
  ImportBatch new_orders(int count);
  // One order is refunded, held, changed or paid. Say `tried` before the import, `came_through`
  // after it.
  struct News {
    ImportBatch batch;
    std::string order;
    std::string what;  // stop | hold | other
    int line = 0;
  };
  std::optional<News> news();
  void tried(const News& news) { auditor_.touched(news.order); }
  void came_through(const News& news);

  const std::vector<Ware>& wares() const { return wares_; }
  const Ware* ware(const std::string& sku) const;
  // A GS1 code of the ware with a serial number of its own.
  std::string serial_code(const Ware& ware);

  std::vector<std::string> numbers;  // of orders
  std::vector<std::string> aliases;
  std::vector<std::string> preprinted;  // waybill numbers that name their order
  std::vector<std::string> buyers_of(const std::string& number) const;  // orders of the same buyer

 private:
  ImportedOrder make_order();
  News stop_list(News news, const Order& order);
  std::string key_text(const Order& order) const;

  Rng& chance_;
  Auditor& auditor_;
  bool has_prices_ = false;
  std::vector<Ware> wares_;
  std::map<std::string, ImportedOrder> orders_;  // by number
  std::set<std::string> stop_rows_;
  int serials_ = 0;
  int waybills_ = 0;
};

}  // namespace packbench::simulation
