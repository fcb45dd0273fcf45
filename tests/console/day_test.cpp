// A day of two hundred orders, worked out by hand: two couriers, boxes left behind, orders that are
// cancelled and refunded at every moment, traces that come late and out of order.
//
//   A001 to A120  one shirt each, 100.00 paid, SF      late they cost 30.00 each
//   Y001 to Y060  one book each, 40.00 paid, YTO       12.00
//   M1a M1b ...   four pairs of one buyer, one box a pair, 10.00 paid each    5.00, the least
//   W1 to W4      two books each in two boxes, 2000.00 paid   500.00, the most
//   P1 to P8      never packed
//
// All are paid on Nov 22 at 08:00 and promised for Nov 24 at 08:00. SF comes daily at 18:00 and YTO
// at 19:00, so that the last visit before the promise is on Nov 23.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

std::string name(const char* letter, int i) {
  char text[8];
  std::snprintf(text, sizeof text, "%s%03d", letter, i);
  return text;
}

class Day : public BenchTest {
 protected:
  void SetUp() override {
    configure("", "raw:/dev/null");
    std::vector<Json> orders;
    for (int i = 1; i <= 120; ++i) orders.push_back(sold(name("A", i), "TEE-L", 1, "100.00"));
    for (int i = 1; i <= 60; ++i)
      orders.push_back(sold(name("Y", i), "BOOK", 1, "40.00", {{"requested_carrier", "YTO"}}));
    for (int i = 1; i <= 4; ++i) {
      const std::string pair = "M" + std::to_string(i);
      for (const char* half : {"a", "b"})
        orders.push_back(sold(pair + half, "TEE-L", 1, "10.00", {{"buyer", pair}}));
    }
    for (int i = 1; i <= 4; ++i)
      orders.push_back(sold("W" + std::to_string(i), "BOOK", 2, "2000.00"));
    for (int i = 1; i <= 8; ++i)
      orders.push_back(sold("P" + std::to_string(i), "TEE-L", 1, "100.00"));
    ASSERT_EQ(orders.size(), 200U);
    stock(orders);
    std::string numbers = "carrier,service,number\n", visits = "carrier,weekday,time\n";
    for (int i = 1; i <= 150; ++i) numbers += "SF,standard,SF3000000000" + name("", i) + "\n";
    for (int i = 1; i <= 70; ++i) numbers += "YTO,standard,YT3000000000" + name("", i) + "\n";
    for (int day = 1; day <= 7; ++day) {
      visits += "SF," + std::to_string(day) + ",18:00\n";
      visits += "YTO," + std::to_string(day) + ",19:00\n";
    }
    import("numbers.csv", numbers);
    import("visits.csv", visits);
    open();
    take("/sign-in 1001", "awaiting_order");
  }

  static Json sold(const std::string& number, const char* sku, int quantity, const char* paid,
                   const Json& more = Json::object()) {
    Json fields{{"paid", paid}, {"currency", "CNY"}};
    fields.update(more);
    return order(number, {{sku, quantity}}, fields);
  }
  void pack(const std::string& number, const std::string& code) {
    number_of_[number] = ship(number, {code});
  }
  void stop(const std::string& reason, std::initializer_list<int> orders) {
    std::string text = "order,reason\n";
    for (const int i : orders) text += name("A", i) + "," + reason + "\n";
    import("stops.csv", text);
    view();
  }
  // `times`: of the parcels of these orders, as the file has them.
  void report(const std::vector<std::string>& parcels,
              const std::vector<std::pair<const char*, const char*>>& times) {
    std::string text = "number,time,text\n";
    for (const std::string& parcel : parcels) {
      for (const auto& [at, what] : times)
        text += number_of_.at(parcel) + "," + at + "," + what + "\n";
    }
    import("traces.csv", text);
    view();
  }

  struct Listed {
    std::map<std::string, int> rows;  // by list
    std::set<std::string> next, orders;
    std::int64_t money = 0;  // minor units
    bool operator==(const Listed&) const = default;
  };
  Listed list(const std::string& which) {
    const Json answer = say("/list " + which);
    Listed listed;
    for (const Json& row : answer["rows"]) {
      ++listed.rows[row["list"]];
      listed.next.insert(row["next"]);
      for (const Json& key : row["orders"]) listed.orders.insert(key["number"]);
      if (!row["money"].is_null()) listed.money += row["money"]["minor"].get<std::int64_t>();
    }
    EXPECT_EQ(answer["count"], answer["rows"].size()) << which;
    return listed;
  }
  void expect(const std::string& which, const std::map<std::string, int>& rows,
              std::int64_t money) {
    const Listed listed = list(which);
    EXPECT_EQ(listed.rows, rows) << which;
    EXPECT_EQ(listed.money, money) << which;
  }

  void pack_before_the_couriers_come();
  void hand_over_to_sf();
  void hand_over_to_yto();

  std::map<std::string, std::string> number_of_;  // order -> waybill; W1/2: its second box
};

void Day::pack_before_the_couriers_come() {
  stop("cancelled", {116, 117});  // before anybody has opened them
  take("A118", "packing");
  import("stops.csv", "order,reason\nA118,cancelled\n");  // on the bench
  EXPECT_EQ(alert_of(say(tee)), "order_cancelled");
  take("/abandon cancelled", "awaiting_order");
  for (int i = 1; i <= 115; ++i) pack(name("A", i), tee);
  for (const int i : {119, 120}) pack(name("A", i), tee);
  for (int i = 1; i <= 60; ++i) pack(name("Y", i), book);
  for (int i = 1; i <= 4; ++i) {
    const std::string pair = "M" + std::to_string(i);
    take("/open " + pair + "a " + pair + "b", "packing");
    take(tee, "packing");
    number_of_[pair] = take(tee, "verifying_label")["waybill"]["number"];
    take(number_of_[pair], "awaiting_order");
  }
  stop("cancelled", {119, 120});  // on the shelf
  stop("refunded", {115});
}

void Day::hand_over_to_sf() {
  take("/advance 350m");
  const Json opened = take("/handover SF Wang", "handover");
  // 117 shirts and 4 pairs, less the 3 that were stopped on the shelf.
  EXPECT_EQ(opened["manifest"]["expected"], 118);
  EXPECT_EQ(alert_of(say(number_of_["A119"])), "order_cancelled");
  EXPECT_EQ(alert_of(say(number_of_["Y001"])), "wrong_carrier");
  for (int i = 1; i <= 50; ++i) take(number_of_[name("A", i)]);
  // Packing goes on: four orders in two boxes each.
  for (int i = 1; i <= 4; ++i) {
    const std::string number = "W" + std::to_string(i);
    say("/lane bench");
    take_all({number, book});
    number_of_[number] = take("/next-parcel", "verifying_label")["waybill"]["number"];
    take_all({number_of_[number]});
    number_of_[number + "/2"] = take(book, "verifying_label")["waybill"]["number"];
    take(number_of_[number + "/2"], "awaiting_order");
    say("/lane dock");
    take_all({number_of_[number], number_of_[number + "/2"]});
  }
  for (int i = 51; i <= 100; ++i) take(number_of_[name("A", i)]);
  for (const int i : {113, 114}) take(number_of_[name("A", i)]);
  for (int i = 1; i <= 4; ++i) take(number_of_["M" + std::to_string(i)]);
  stop("refunded", {113, 114});  // with the courier already
  // 100 shirts, 2 refunded ones, 4 pairs and 8 half orders; A101 to A112 stay.
  EXPECT_EQ(view()["manifest"]["count"], 114);
  EXPECT_EQ(view()["manifest"]["left"].size(), 12U);
  refuse("/close-manifest 113", "count_differs");
  take("/close-manifest 114", "awaiting_order");
  // One for each (parcel, order): 100 + 8 of the pairs + 8 half orders; two are held.
  EXPECT_EQ(confirmations().size(), 116U);
}

void Day::hand_over_to_yto() {
  take("/advance 70m");
  take("/handover YTO Zhao");
  for (int i = 1; i <= 60; ++i) take(number_of_[name("Y", i)]);
  take("/close-manifest 60", "awaiting_order");
  EXPECT_EQ(confirmations().size(), 176U);
}

TEST_F(Day, lists_clocks_and_sums_are_those_worked_out_by_hand) {
  pack_before_the_couriers_come();
  hand_over_to_sf();
  hand_over_to_yto();

  // Nov 22, 19:00. 8 x 30.00 to pack; 12 x 30.00 wait for the next visit; the promise of what went
  // is not proven yet: 100 x 30.00 + 4 pairs x 2 x 5.00 + 8 boxes x 500.00 + 60 x 12.00.
  expect("to-pack", {{"to_pack", 8}}, 240'00);
  expect("packing", {}, 0);
  expect("waiting", {{"waiting", 12}}, 360'00);
  EXPECT_EQ(list("waiting").next, std::set<std::string>{"hand_over"});
  expect("pending", {{"pending", 172}}, 7760'00);
  expect("recorded", {}, 0);
  expect("intercept", {{"stopped_after_pickup", 2}}, 0);
  EXPECT_EQ(list("intercept").orders, (std::set<std::string>{"A113", "A114"}));
  expect("anomalies", {{"stopped_after_label", 3}, {"stopped_after_pickup", 2}}, 0);

  // Nov 23, 12:00: the carriers' reports, the later event first.
  take("/advance 17h");
  std::vector<std::string> through, picked_up;
  for (int i = 1; i <= 90; ++i) through.push_back(name("A", i));
  for (int i = 91; i <= 95; ++i) picked_up.push_back(name("A", i));
  for (int i = 1; i <= 58; ++i) through.push_back(name("Y", i));
  for (int i = 1; i <= 4; ++i) {
    const std::string digit = std::to_string(i);
    through.insert(through.end(), {"M" + digit, "W" + digit, "W" + digit + "/2"});
  }
  report(through,
         {{"2026-11-22 23:30", "快件到达 【杭州转运中心】"}, {"2026-11-22 21:00", "快递员已揽收"}});
  report(picked_up, {{"2026-11-22 21:00", "快递员已揽收"}});
  // Only a hub's trace of A096, which proves the pickup as well.
  report({"A096"}, {{"2026-11-23 02:00", "快件到达 【杭州转运中心】"}});
  // A097 to A100 and Y059, Y060 were never heard of: 4 x 30.00 + 2 x 12.00.
  expect("pending", {{"pending", 6}}, 144'00);
  expect("recorded", {{"recorded", 5}}, 0);
  EXPECT_EQ(list("recorded").next, std::set<std::string>{"wait_hub"});

  // Nov 23, 18:30: SF's last visit before the promise has passed; 24 h after SF's confirmation.
  take("/advance 390m");
  expect("waiting", {}, 0);
  expect("pending", {{"pending", 2}}, 24'00);
  expect("anomalies",
         {{"not_collected", 12},
          {"number_wrong", 4},
          {"stopped_after_label", 3},
          {"stopped_after_pickup", 2}},
         360'00 + 120'00);

  // Nov 23, 21:30: 24 h after YTO's confirmation, and after the pickup of A091 to A095.
  take("/advance 3h");
  expect("pending", {}, 0);
  expect("recorded", {}, 0);
  expect("anomalies",
         {{"lost", 5},
          {"not_collected", 12},
          {"number_wrong", 6},
          {"stopped_after_label", 3},
          {"stopped_after_pickup", 2}},
         360'00 + 144'00);

  // What somebody sees to leaves the lists.
  warn("/returned " + number_of_["A113"] + " intercepted", "parcel_returned");
  take("/sign-in 9001 2468");
  for (const char* box : {"A115", "A119", "A120"}) take("/settle " + number_of_[box] + " unpacked");
  report({"A097"},
         {{"2026-11-22 21:00", "快递员已揽收"}, {"2026-11-23 03:00", "离开 【杭州转运中心】"}});
  expect("anomalies",
         {{"lost", 5}, {"not_collected", 12}, {"number_wrong", 5}, {"stopped_after_pickup", 1}},
         360'00 + 114'00);

  // The extra pickup, before the promise.
  take("/handover SF Wang");
  for (int i = 101; i <= 112; ++i) take(number_of_[name("A", i)]);
  take("/close-manifest 12", "awaiting_order");
  expect("pending", {{"pending", 12}}, 360'00);
  EXPECT_EQ(confirmations().size(), 188U);
  EXPECT_EQ(verify(), "");
}

}  // namespace
}  // namespace packbench::test
