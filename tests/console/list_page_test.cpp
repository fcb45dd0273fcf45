// Each list as the window gets it, from the data of a bench that the console worked with.
#include "program/list_page.h"

#include "program/bench.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class ListPage : public BenchTest {
 protected:
  // At 19:00, when SF should have been there for an hour.
  void SetUp() override {
    configure("");
    stock({order("SO-A", {{"TEE-L", 1}},
                 {{"paid", "100.00"},
                  {"currency", "CNY"},
                  {"promised_ship_by", "2026-11-23T08:00:00+08:00"}}),
           order("SO-B", {{"MUG-01", 1}})});
    std::string visits = "carrier,weekday,time\n";
    for (int day = 1; day <= 7; ++day) visits += "SF," + std::to_string(day) + ",18:00\n";
    import("visits.csv", visits);
    import("regions.csv", "carrier,region,from,to,reason\nSF,浙江,2026-11-22,2026-11-23,storm\n");
    open();
    take("/sign-in 1001", "awaiting_order");
  }
  ui::ListPage page(const std::string& name) {
    const auto config = program::load_config({dir_.path(), "", PACKBENCH_ASSETS});
    EXPECT_TRUE(config.ok());
    const auto catalog = store::Catalog::open({dir_.path(), ""});
    EXPECT_TRUE(catalog.ok());
    const auto journal = store::JournalReader::open(dir_.path());
    EXPECT_TRUE(journal.ok());
    const Now now{{1'795'345'200'000'000}, {}, ""};
    auto read = program::read_list_page({*catalog.value(), *journal.value(), config.value().policy},
                                        name, now);
    EXPECT_TRUE(read.ok()) << read.error().text;
    return std::move(read).value();
  }
};

TEST_F(ListPage, has_the_extra_pickups_with_the_money_they_save) {
  take("/sign-in 9001 2468");
  warn("SO-A", "region_stopped", "packing");
  take(tee);
  take(view()["waybill"]["number"]);
  const ui::ListPage list = page("pickups");
  EXPECT_EQ(list.count, 1);
  ASSERT_EQ(list.rows.size(), 1U);
  const auto& pickup = std::get<ExtraPickup>(list.rows.front());
  EXPECT_EQ(pickup.carrier, "SF");
  EXPECT_EQ(saved_by(pickup), (std::vector<Money>{{3'000, "CNY"}}));
}

TEST_F(ListPage, has_the_orders_that_a_stop_concerns) {
  const ui::ListPage list = page("affected");
  EXPECT_EQ(list.count, 2);
  ASSERT_EQ(list.rows.size(), 2U);
  const auto& order = std::get<AffectedOrder>(list.rows.front());
  EXPECT_EQ(order.key.number, "SO-A");
  ASSERT_TRUE(order.stop);
  EXPECT_EQ(order.stop->stop.reason, "storm");
}

TEST_F(ListPage, has_every_other_list_as_the_console_has) {
  const ui::ListPage list = page("to-pack");
  EXPECT_EQ(list.count, 2);
  ASSERT_EQ(list.rows.size(), 2U);
  EXPECT_EQ(std::get<Standing>(list.rows.front()).orders.front().number, "SO-A");
  EXPECT_EQ(page("waiting").count, 0);
}

}  // namespace
}  // namespace packbench::test
