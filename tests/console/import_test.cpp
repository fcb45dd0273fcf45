// Files in, through the program: what it says, what it leaves, and what can be packed afterwards.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  const std::size_t start = text.find_last_of('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1, end - start);
}

class Import : public BenchTest {
 protected:
  ProgramResult run(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"import", "--data", dir_.path()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_program(all);
  }
};

TEST_F(Import, everything_taken_is_0_and_the_last_line_counts) {
  configure("");
  const ProgramResult result = run(
      {dir_.write("operators.csv", operators_csv()), dir_.write("products.jsonl", products_jsonl()),
       dir_.write("waybills.csv", waybills_csv()),
       dir_.write("orders.jsonl", json_lines({order("SO-A", {{"TEE-L", 1}, {"BOOK", 2}})}))});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(last_line(result.out),
            "imported 1 orders, 2 lines, 12 products, 23 waybills, 4 operators; rejected 0 rows");
  EXPECT_EQ(result.err, "");
  EXPECT_FALSE(dir_.has("orders.jsonl.rejects.csv"));
}

TEST_F(Import, something_rejected_is_2_and_stands_with_its_line_in_a_file) {
  configure("");
  const std::string file = dir_.write("waybills.csv",
                                      "carrier,service,number\n"
                                      "SF,standard,SF1000000000001\n"
                                      "SF,standard,no\n"
                                      "SF,standard,SF1000000000001\n");
  const ProgramResult result = run({file});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(last_line(result.out),
            "imported 0 orders, 0 lines, 0 products, 1 waybills, 0 operators; rejected 2 rows");
  const std::string rejects = dir_.read("waybills.csv.rejects.csv");
  EXPECT_EQ(rejects.find("line,reason,row"), 0U) << rejects;
  EXPECT_NE(rejects.find("\n3,"), std::string::npos) << rejects;
  EXPECT_NE(rejects.find("\n4,"), std::string::npos) << rejects;
  EXPECT_NE(rejects.find("\"SF,standard,no\""), std::string::npos) << rejects;
  dir_.write("waybills.csv", "carrier,service,number\nSF,standard,SF1000000000001\n");
  EXPECT_EQ(run({file}).exit_code, 0);
  EXPECT_FALSE(dir_.has("waybills.csv.rejects.csv")) << "an old list of rejects would mislead";
}

TEST_F(Import, nothing_readable_is_1_and_one_bad_file_keeps_no_other_out) {
  configure("");
  const std::string bad = dir_.write("unknown.csv", "a,b\n1,2\n");
  ProgramResult result = run({bad, dir_.path("missing.csv")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("unknown.csv"), std::string::npos);
  EXPECT_NE(result.err.find("missing.csv"), std::string::npos);
  EXPECT_EQ(last_line(result.out),
            "imported 0 orders, 0 lines, 0 products, 0 waybills, 0 operators; rejected 0 rows");
  result = run({bad, dir_.write("orders.jsonl", json_lines({order("SO-A", {{"BOOK", 1}})}))});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(last_line(result.out).find("imported 1 orders"), 0U);
}

TEST_F(Import, a_second_time_changes_nothing) {
  begin({order("SO-A", {{"TEE-L", 1}}, {{"gift", true}, {"gift_message", "hello"}})});
  import("more.csv", "code,order\nTOTE-1,SO-A\n");
  import("visits.csv", "carrier,weekday,time\nSF,1,16:30\n");
  import("stops.csv", "order,reason\nSO-A,hold\n");
  refuse("SO-A", "order_on_hold");
  const auto before = catalog_rows(dir_.path());
  for (const char* name : {"more.csv", "visits.csv", "stops.csv", "operators.csv", "products.jsonl",
                           "waybills.csv", "orders.jsonl"})
    EXPECT_EQ(run({dir_.path(name)}).exit_code, 0) << name;
  EXPECT_EQ(catalog_rows(dir_.path()), before);
  const std::int64_t count = records();
  view();
  EXPECT_EQ(records(), count) << "the bench hears of nothing";
}

TEST_F(Import, a_row_for_an_order_nobody_knows_is_rejected) {
  stock({order("SO-A", {{"TEE-L", 1}})});
  EXPECT_EQ(
      run({dir_.write("stops.csv", "order,reason\nSO-A,refunded\nSO-X,refunded\n")}).exit_code, 2);
  EXPECT_NE(dir_.read("stops.csv.rejects.csv").find("\n3,"), std::string::npos);
  EXPECT_EQ(run({dir_.write("aliases.csv", "code,order\nTOTE-1,SO-X\n")}).exit_code, 2);
}

TEST_F(Import, identifiers_that_are_commands_are_refused) {
  stock({order("SO-A", {{"TEE-L", 1}})});
  EXPECT_EQ(run({dir_.write("aliases.csv", "code,order\n/undo,SO-A\nPBC0011,SO-A\n")}).exit_code,
            2);
  EXPECT_EQ(run({dir_.write("o.jsonl", json_lines({order("PBC0010", {{"TEE-L", 1}})}))}).exit_code,
            2);
  EXPECT_EQ(run({dir_.write("op.csv", "badge,name,role\n/quit,X,supervisor\n")}).exit_code, 2);
}

TEST_F(Import, an_order_that_lost_a_row_waits_until_a_supervisor_has_seen_it) {
  stock({});
  const std::string file = dir_.write("lines.csv",
                                      "no,code,text,n\n"
                                      "SO-L,TEE-L,Shirt,1\n"
                                      "SO-L,BOOK,Book,one\n"
                                      "SO-R,TEE-L,Shirt,1\n"
                                      "SO-R,BOOK,Book,-1\n");
  const ProgramResult result = run({file, "--map", "number=no,sku=code,name=text,quantity=n",
                                    "--set", "platform=web", "--set", "shop=s", "--set",
                                    "receiver.name=A B", "--set", "receiver.address=Road 1, Town"});
  EXPECT_EQ(result.exit_code, 2) << result.err;
  open();
  take("/sign-in 1001");
  const Json held = refuse("SO-L", "order_on_hold");
  EXPECT_NE(held["alert"]["text"].get<std::string>().find("line 3"), std::string::npos) << held;
  take_all({"/sign-in 9001 2468", "/release SO-L"});
  ship("SO-L", {"5901234123457"});
  ship("SO-R", {"5901234123457"});  // a return takes nothing from the order
}

TEST_F(Import, a_shopify_export_is_read_as_it_is) {
  stock({});
  const std::string file = dir_.write(
      "orders_export.csv",
      "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem "
      "name,"
      "Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,"
      "Shipping Country,Shipping Phone,Notes,Cancelled at,Payment Method\n"
      "#1001,a@example.com,paid,2026-11-22 09:00:00 +0800,USD,30.00,2026-11-22 09:00:00 "
      "+0800,2,Blue pot,10.00,,"
      "A B,\"1 Road\n2nd floor\",Town,12345,US,555,\"leave\nat \"\"the\"\" door\",,card\n"
      "#1001,a@example.com,,,,,2026-11-22 09:00:00 +0800,1,Red pot,10.00,,,,,,,,,,\n"
      "#1002,b@example.com,pending,,USD,5.00,2026-11-22 09:00:00 +0800,1,Blue pot,5.00,,C D,3 "
      "Road,Town,12345,US,555,,,"
      "\"Cash on Delivery (COD)\"\n");
  EXPECT_EQ(last_line(run({file}).out),
            "imported 2 orders, 3 lines, 0 products, 0 waybills, 0 operators; rejected 0 rows");
  open();
  take("/sign-in 1001");
  refuse("#1002", "order_on_hold");
  const Json opened = take("#1001", "packing");
  ASSERT_EQ(opened["orders"][0]["lines"].size(), 2U) << "the continuation row belongs to it";
  EXPECT_EQ(opened["orders"][0]["lines"][0]["sku"], "name:Blue pot");
  take_all({"/item name:Blue pot", "/item name:Red pot"});
  const Json printed = take("/item name:Blue pot", "verifying_label");
  take("/check note_followed pass");
  take(printed["waybill"]["number"], "awaiting_order");
  EXPECT_EQ(run({file, "--set", "accept_pending=true"}).exit_code, 0);
  take("#1002", "packing");
}

TEST_F(Import, help_and_mistakes_on_the_command_line) {
  EXPECT_EQ(run_program({"import", "--help"}).exit_code, 0);
  EXPECT_NE(run_program({"import"}).exit_code, 0);
  EXPECT_NE(run_program({"frobnicate"}).exit_code, 0);
  configure("printr = \"file:labels\"\n");
  const ProgramResult result =
      run({dir_.write("orders.jsonl", json_lines({order("SO-A", {{"BOOK", 1}})}))});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("printr"), std::string::npos) << "it names the misspelt key";
}

class Traces : public BenchTest {
 protected:
  static std::string events(const std::string& text) {
    return R"({"com":"SF","nu":"SF1000000000001","data":[{"time":"2026-11-22 18:00:00",)"
           R"("context":"快件已经到达 【上海浦东中心】"},{"time":"2026-11-22 17:00:00","context":")" +
           text + "\"}]}\n";
  }
};

TEST_F(Traces, of_a_parcel_are_shown_with_their_order_however_late_they_come) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  ship("SO-A", {"5901234123457"});
  import("traces.json", events("【杭州西湖】 快递员 13812345678 已揽收"));
  import("traces.json", events("【杭州西湖】 快递员 13812345678 已揽收"));
  const Json traces = show("SO-A")["parcels"][0]["traces"];
  ASSERT_EQ(traces.size(), 2U) << traces;
  EXPECT_EQ(traces[0]["state"], "picked_up");
  EXPECT_EQ(traces[0]["at"], "2026-11-22T09:00:00Z");
  EXPECT_EQ(traces[0]["text"], "【杭州西湖】 快递员 *** 已揽收");
  EXPECT_EQ(traces[1]["state"], "hub");
}

TEST_F(Traces, that_no_rule_knows_are_listed_until_one_does) {
  stock({});
  import("traces.json", events("在路上"));
  const auto list = [&] { return run_program({"list", "unknown-traces", "--data", dir_.path()}); };
  EXPECT_NE(list().out.find("2026-11-22T09:00:00Z  SF SF1000000000001  在路上"), std::string::npos)
      << list().out;
  dir_.write("rules.json", R"({"rules":[{"state":"in_transit","text":["在路上","到达"]}]})");
  configure("trace_rules = \"rules.json\"\n");
  import("traces.json", events("在路上"));
  EXPECT_EQ(list().out, "every trace has a meaning\n");
  dir_.write("rules.json", R"({"rules":[{"state":"gone"}]})");
  const ProgramResult bad =
      run_program({"import", "--data", dir_.path(), dir_.path("traces.json")});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_NE(bad.err.find("rule 1 "), std::string::npos) << bad.err;
}

}  // namespace
}  // namespace packbench::test
