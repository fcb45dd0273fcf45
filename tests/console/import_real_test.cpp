// Real files, packed from the import to the confirmation. Skipped where they are not at hand.
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class RealFiles : public BenchTest {
 protected:
  // The file as a copy in the data directory, since rejects are written beside it.
  std::string copy(const std::string& name) {
    std::ifstream file(std::string(PACKBENCH_SHARED_DATA) + "/" + name, std::ios::binary);
    if (!file) return "";
    return dir_.write("file.csv", std::string(std::istreambuf_iterator<char>(file), {}));
  }
  ProgramResult import_retail(const std::string& file) {
    return run_program(
        {"import", "--data", dir_.path(), "--map",
         "number=InvoiceNo,sku=StockCode,name=Description,quantity=Quantity,paid_at=InvoiceDate,"
         "price=UnitPrice,buyer=CustomerID,country=Country",
         "--set", "platform=web", "--set", "shop=uk", "--set", "currency=GBP", "--set",
         "time_zone=Europe/London", "--set", "receiver.name=A Customer", "--set",
         "receiver.address=1 High Street, London", file});
  }
  // Scans everything the answer still wants, line by line, and the label.
  std::string pack(Json answer) {
    const Json lines = answer["orders"][0]["lines"];
    for (const Json& line : lines) {
      take("/quantity " + std::to_string(line["ordered"].get<int>()));
      answer = take(line["sku"]);
    }
    EXPECT_EQ(answer["phase"], "verifying_label") << answer;
    const std::string number = answer["waybill"]["number"];
    take(number, "awaiting_order");
    return number;
  }
};

TEST_F(RealFiles, three_invoices_of_a_retailer_are_packed_to_confirmed) {
  const std::string file = copy("retail/2010-12-01.csv");
  if (file.empty()) GTEST_SKIP() << "the shared data is absent";
  stock({});
  const ProgramResult result = import_retail(file);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.out.find("imported 127 orders, 3064 lines, 0 products, 0 waybills, 0 operators; "
                            "rejected 36 rows\n"),
            std::string::npos)
      << result.out;
  const std::string rejects = dir_.read("file.csv.rejects.csv");
  EXPECT_NE(rejects.find("return"), std::string::npos);
  EXPECT_NE(rejects.find("name of the item is empty"), std::string::npos);

  open();
  take("/sign-in 1001");
  std::vector<std::string> numbers;
  for (const char* invoice : {"536365", "536367", "536401"}) {
    const Json opened = take(invoice, "packing");
    EXPECT_GT(opened["orders"][0]["lines"].size(), 1U);
    numbers.push_back(pack(opened));
  }
  take("/handover SF");
  for (const std::string& number : numbers) take(number, "handover");
  take("/close-manifest", "awaiting_order");
  for (const char* invoice : {"536365", "536367", "536401"}) {
    take(std::string("/confirm ") + invoice);
    EXPECT_EQ(show(invoice)["parcels"][0]["state"], "confirmed");
  }
  EXPECT_EQ(confirmations().size(), 3U);
  EXPECT_EQ(verify(), "");
}

TEST_F(RealFiles, fees_are_left_out_and_repeated_lines_kept_apart) {
  const std::string file = copy("retail/2010-12-01.csv");
  if (file.empty()) GTEST_SKIP() << "the shared data is absent";
  stock({});
  import_retail(file);
  DatabaseFile catalog(dir_.path("catalog.db"));
  EXPECT_EQ(
      catalog.count("SELECT count(*) FROM order_line WHERE sku IN ('POST', 'DOT', 'C2', 'M', 'D')"),
      0);
  EXPECT_GT(catalog.count(
                "SELECT count(*) FROM (SELECT o.id FROM orders o, json_each(o.body, '$.lines') l"
                " GROUP BY o.id, json_extract(l.value, '$.sku') HAVING count(*) > 1)"),
            0);
}

TEST_F(RealFiles, a_shopify_export_waits_for_payment_or_is_accepted_without) {
  const std::string file = copy("shopify/shopify_orders_export_79col_masked.csv");
  if (file.empty()) GTEST_SKIP() << "the shared data is absent";
  stock({});
  const ProgramResult held = run_program({"import", "--data", dir_.path(), file});
  EXPECT_EQ(held.exit_code, 0) << held.err;
  EXPECT_EQ(held.out.find("imported 57 orders, "), 0U) << held.out;
  open();
  take("/sign-in 1001");
  refuse("#1001", "order_on_hold");
  EXPECT_EQ(run_program({"import", "--data", dir_.path(), "--set", "accept_pending=true", file})
                .exit_code,
            0);
  Json answer = take("#1001", "packing");
  const Json line = answer["orders"][0]["lines"][0];
  take("/quantity " + std::to_string(line["ordered"].get<int>()));
  answer = take("/item " + line["sku"].get<std::string>(), "verifying_label");
  take(answer["waybill"]["number"], "awaiting_order");
}

}  // namespace
}  // namespace packbench::test
