// Labels that come as files, from the order's list of numbers to the printer: a bad file stops the
// print with its reason and changes nothing else; the mended one is printed.
#include <csignal>
#include <cstdlib>

#include "tests/support/bench_test.h"
#include "tests/unit/supplied_samples.h"

namespace packbench::test {
namespace {

class SuppliedFiles : public BenchTest {
 protected:
  // One order whose label is this file, packed up to the print.
  void begin_with(const std::string& file) {
    begin({order("SO-S", {{"TEE-L", 1}})});
    import("numbers.csv", "carrier,service,number,order,label_file\nYTO,standard," + first_number +
                              ",SO-S," + file + "\n");
    take("SO-S");
  }
  // What lasts of an answer, without the attempt's first_number: each try has one of its own.
  static Json unnumbered(const Json& answer) {
    Json out = lasting(answer);
    out["waybill"].erase("attempt");
    return out;
  }
  // What went to the printer; empty where nothing did.
  std::vector<std::string> printed() const { return dir_.list("labels"); }
  std::string reason(const Json& answer) const { return answer["alert"]["params"]["reason"]; }
};

TEST_F(SuppliedFiles, as_pdf_png_and_zpl_become_a_print_job_of_ours) {
  begin({order("SO-1", {{"TEE-L", 1}}), order("SO-2", {{"TEE-L", 1}}),
         order("SO-3", {{"TEE-L", 1}})});
  const auto page = [](int i) {
    return label::carrier_label(800, 1200, "YT900000000000" + std::to_string(i));
  };
  dir_.write("label.pdf", label::pdf_of(page(1)));
  dir_.write("label.png", label::png_of(page(2)));
  dir_.write("label.zpl", label::zpl_of(page(3)));
  import("numbers.csv",
         "carrier,service,number,order,label_file\nYTO,standard,YT9000000000001,SO-1,label.pdf\n"
         "YTO,standard,YT9000000000002,SO-2,label.png\n"
         "YTO,standard,YT9000000000003,SO-3,label.zpl\n");
  for (const std::string i : {"1", "2", "3"}) {
    EXPECT_EQ(ship("SO-" + i, {tee}), "YT900000000000" + i);
    EXPECT_TRUE(dir_.read("labels/YT900000000000" + i + "-1.zpl").starts_with("^XA^JZN")) << i;
    EXPECT_EQ(show("SO-" + i)["parcels"][0]["labels"][0]["state"], "verified");
  }
}

TEST_F(SuppliedFiles, that_are_bad_stop_the_print_until_they_are_mended) {
  begin_with("label.pdf");
  Json answer = warn(tee, "label_unprintable", "printing");
  EXPECT_NE(reason(answer).find("put label.pdf there"), std::string::npos) << answer;
  const auto tried = [&](const std::string& bytes, const std::string& with) {
    dir_.write("label.pdf", bytes);
    const Json before = view();
    answer = warn("/print", "label_unprintable", "printing");
    EXPECT_NE(reason(answer).find(with), std::string::npos) << answer;
    EXPECT_EQ(answer["waybill"]["number"], first_number);
    EXPECT_EQ(answer["waybill"]["state"], "allocated");
    EXPECT_EQ(unnumbered(view()), unnumbered(before));
    EXPECT_TRUE(printed().empty()) << "nothing went to the printer";
  };
  tried(label::pdf_of(label::carrier_label(), {}, 1'000), "1000 pages");
  std::string huge = label::png_of(label::carrier_label());
  huge.replace(16, 8, std::string("\0\0\xEA\x60\0\0\xEA\x60", 8));
  tried(huge, "60000 x 60000");
  tried("^XA^FO0,0^GFA,8,8,1,FF^FS^XZ~JA", "(^XA)");
  tried("~JA^XA^XZ", "(~JA)");
  tried(label::png_of(label::carrier_label(800, 1200, "SF1000000000002")), "SF1000000000002");
  tried(label::png_of(label::carrier_label(1300, 1300)), "100 x 150 mm at 203 dpi");
  // Whatever its name says.
  dir_.write("label.pdf", label::png_of(label::carrier_label()));
  answer = take("/print", "verifying_label");
  EXPECT_EQ(answer["waybill"]["number"], first_number) << "the number was not used up";
  EXPECT_EQ(printed().empty(), false);
  take(first_number, "awaiting_order");
  EXPECT_EQ(verify(), "");
}

TEST_F(SuppliedFiles, as_pdf_name_the_package_where_nothing_reads_them) {
  const char* path = std::getenv("PATH");
  const std::string usual = path == nullptr ? "" : path;
  ::setenv("PATH", dir_.path().c_str(), 1);
  dir_.write("label.pdf", label::pdf_of(label::carrier_label()));
  begin_with("label.pdf");
  ::setenv("PATH", usual.c_str(), 1);
  const Json answer = warn(tee, "label_unprintable", "printing");
  EXPECT_NE(reason(answer).find("Debian package poppler-utils"), std::string::npos) << answer;
  EXPECT_NE(reason(answer).find("请装 Debian 软件包 poppler-utils"), std::string::npos) << answer;
}

TEST_F(SuppliedFiles, a_number_without_its_file_is_not_used_up) {
  configure("label_source = \"supplied\"\n");
  begin({order("SO-S", {{"TEE-L", 1}}, {{"requested_carrier", "YTO"}})});
  import("numbers.csv", "carrier,service,number,order\nYTO,standard," + first_number + ",SO-S\n");
  take("SO-S");
  const Json answer = warn(tee, "no_waybill", "printing");
  EXPECT_EQ(answer["alert"]["text"], "The order's label file is missing");
  EXPECT_EQ(records("kind = 'waybill_assigned'"), 0);
  dir_.write("label.png", label::png_of(label::carrier_label()));
  import("numbers.csv", "carrier,service,number,order,label_file\nYTO,standard," + first_number +
                            ",SO-S,label.png\n");
  EXPECT_EQ(take("/print", "verifying_label")["waybill"]["number"], first_number);
}

// Copies of it cannot be told apart.
TEST_F(SuppliedFiles, are_printed_again_by_a_supervisor_only) {
  dir_.write("label.png", label::png_of(label::carrier_label()));
  begin_with("label.png");
  take(tee, "verifying_label");
  EXPECT_EQ(refuse("/reprint torn", "not_permitted")["alert"]["text"],
            "Copies of a supplied label look the same");
  take("/sign-in 9001 2468");
  EXPECT_EQ(take("/reprint torn", "verifying_label")["waybill"]["number"], first_number);
  EXPECT_EQ(printed().size() % 2, 0U);
  take(first_number, "awaiting_order");
  EXPECT_EQ(show("SO-S")["parcels"][0]["labels"].size(), 2U);
}

TEST_F(SuppliedFiles, as_pdf_are_read_where_the_one_who_started_us_ignores_children) {
  stock({order("SO-S", {{"TEE-L", 1}})});
  import("numbers.csv", "carrier,service,number,order,label_file\nYTO,standard," + first_number +
                            ",SO-S,label.pdf\n");
  dir_.write("label.pdf", label::pdf_of(label::carrier_label()));
  std::signal(SIGCHLD, SIG_IGN);
  open();
  std::signal(SIGCHLD, SIG_DFL);
  take_all({"/sign-in 1001", "SO-S"});
  take(tee, "verifying_label");
}

}  // namespace
}  // namespace packbench::test
