#include "exchange/confirmation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace packbench::exchange {
namespace {

TEST(ConfirmationOutbox, OneObjectALineForEachParcelAndOrder) {
  ConfirmationOut one;
  one.parcel = "B1-7";
  one.order = {"taobao", "演示", "SO-1"};
  one.carrier = "SF";
  one.number = "SF1000000000001";
  one.manifest = "M1";
  one.picked_up_at = *parse_iso8601("2026-11-22T14:32:05+08:00");
  one.lines = {{1, 2}, {3, 1}};
  ConfirmationOut other = one;
  other.order.number = "SO-2";
  const std::string text = confirmation_lines({one, other});
  ASSERT_EQ(std::count(text.begin(), text.end(), '\n'), 2);

  const auto first = nlohmann::json::parse(text.substr(0, text.find('\n')));
  EXPECT_EQ(first.at("order"), "SO-1");
  EXPECT_EQ(first.at("shop"), "演示");
  EXPECT_EQ(first.at("number"), "SF1000000000001");
  EXPECT_EQ(first.at("picked_up_at"), "2026-11-22T06:32:05Z");
  EXPECT_EQ(first.at("lines").at(1).at("line"), 3);
  EXPECT_EQ(first.at("lines").at(0).at("quantity"), 2);
  const auto second = nlohmann::json::parse(text.substr(text.find('\n') + 1));
  EXPECT_NE(first.at("confirmation"), second.at("confirmation")) << "the idempotency key";
  EXPECT_EQ(confirmation_lines({}), "");
}

TEST(Return, IsOneLineWithItsKind) {
  const std::string text =
      return_line({"SF", "next_day", "SF1000000000001", "b7-P1", "torn \"twice\"\n", Instant{0}});
  EXPECT_EQ(text,
            R"({"kind":"waybill_returned","waybill_returned":"SF/SF1000000000001","carrier":"SF",)"
            R"("service":"next_day","number":"SF1000000000001","parcel":"b7-P1",)"
            R"("reason":"torn \"twice\"\n","returned_at":"1970-01-01T00:00:00Z"})"
            "\n");
}

}  // namespace
}  // namespace packbench::exchange
