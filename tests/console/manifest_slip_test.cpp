// A manifest on the label printer, by the program as it is: when it comes, what its code is good
// for, and that it is never taken for a label.
#include <filesystem>

#include "domain/command_code.h"
#include "label/png.h"
#include "label/symbol.h"
#include "label/zpl.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class ManifestSlips : public BenchTest {
 protected:
  // One parcel of SF is handed over; another order waits.
  void hand_over() {
    begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}})});
    const std::string number = ship("SO-A", {tee});
    take_all({"/handover SF K1 Wang", number, "/close-manifest 1"});
    id_ = record("manifest_closed", "manifest");
  }
  std::vector<std::string> slips(const std::string& ending = ".zpl") const {
    std::vector<std::string> found;
    for (const std::string& name : dir_.list("labels")) {
      if (name.find("-slip-") != std::string::npos && name.ends_with(ending)) found.push_back(name);
    }
    return found;
  }
  // What a scanner reads from the job.
  std::string code_of(const std::string& job) const {
    const auto page = label::read_zpl(job);
    if (!page) return page.error().text;
    return label::find_symbol(page.value(), label::Symbology::code128).value_or("no code");
  }
  static std::string reason(const Json& answer) { return answer["alert"]["params"]["reason"]; }

  std::string id_;
};

TEST_F(ManifestSlips, come_when_they_are_asked_for_with_the_manifests_code) {
  hand_over();
  EXPECT_TRUE(slips().empty()) << "nobody asked";
  const std::int64_t before = records();
  take("/print-manifest", "awaiting_order");
  ASSERT_EQ(slips().size(), 1U);
  EXPECT_EQ(code_of(dir_.read("labels/" + slips().front())), id_);
  const auto png = label::read_png(dir_.read("labels/" + slips(".png").front()));
  ASSERT_TRUE(png) << png.error().text;
  EXPECT_EQ(label::find_symbol(png.value(), label::Symbology::code128), id_);
  take("/print-manifest " + id_);
  EXPECT_EQ(slips().size(), 2U) << "who asks twice has two";
  // The sheet of commands at the bench has it, too.
  take(encode_command("/print-manifest").value());
  EXPECT_EQ(slips().size(), 3U);
  EXPECT_EQ(records(), before) << "it is no label";
  EXPECT_EQ(show("SO-A")["parcels"][0]["labels"].size(), 1U);
  EXPECT_EQ(verify(), "");
  reopen();
  EXPECT_EQ(slips().size(), 3U) << "a start prints none";
}

TEST_F(ManifestSlips, are_no_labels_when_their_code_is_scanned) {
  hand_over();
  Json answer = refuse(id_, "manifest_code");
  EXPECT_EQ(answer["alert"]["params"]["manifest"], id_);
  EXPECT_NE(answer["alert"]["text"].get<std::string>().find(id_), std::string::npos);
  refuse("]C1" + id_, "manifest_code");
  refuse("B000001-M7", "manifest_code");  // of another bench
  take("SO-B", "packing");
  refuse(id_, "manifest_code");
  const std::string number = take(book, "verifying_label")["waybill"]["number"];
  EXPECT_EQ(refuse(id_, "manifest_code")["phase"], "verifying_label");
  take(number, "awaiting_order");
  take("/handover SF");
  EXPECT_EQ(refuse(id_, "manifest_code")["manifest"]["count"], 0);
  take_all({number, "/close-manifest"});
  EXPECT_EQ(confirmations().size(), 2U);
  EXPECT_EQ(verify(), "");
}

TEST_F(ManifestSlips, never_hide_an_order_that_has_such_a_number) {
  begin({order("B123456-M7", {{"TEE-L", 1}})});
  take("B123456-M7", "packing");
}

TEST_F(ManifestSlips, are_refused_where_there_is_no_closed_manifest) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  EXPECT_EQ(reason(refuse("/print-manifest", "not_ready")), "no_manifest");
  const std::string number = ship("SO-A", {tee});
  take("/handover SF");
  const std::string open = view()["manifest"]["id"];
  EXPECT_EQ(reason(refuse("/print-manifest", "not_ready")), "no_manifest");
  EXPECT_EQ(reason(refuse("/print-manifest " + open, "not_ready")), "manifest_open");
  take_all({number, "/close-manifest"});
  EXPECT_EQ(reason(refuse("/print-manifest " + open + "0", "not_ready")), "no_manifest");
  EXPECT_EQ(reason(refuse("/print-manifest B000001-M1", "not_ready")), "no_manifest");
  EXPECT_EQ(reason(refuse("/print-manifest SO-A", "not_ready")), "no_manifest");
  refuse("/print-manifest " + open + " 2", "bad_command");
  take("/handover SF");
  take("/print-manifest", "handover");
  ASSERT_EQ(slips().size(), 1U);
  EXPECT_EQ(code_of(dir_.read("labels/" + slips().front())), open) << "the newest that is closed";
}

TEST_F(ManifestSlips, come_by_themselves_where_the_configuration_says_so) {
  configure("[label]\nmanifest = \"auto\"\n");
  hand_over();
  ASSERT_EQ(slips().size(), 1U);
  EXPECT_EQ(code_of(dir_.read("labels/" + slips().front())), id_);
  take_all({"/handover SF", "/close-manifest"});
  EXPECT_EQ(slips().size(), 1U) << "nothing was handed over";
}

TEST_F(ManifestSlips, are_several_where_the_parcels_are_many) {
  std::vector<Json> orders;
  constexpr int kOrders = 70;
  for (int i = 0; i < kOrders; ++i)
    orders.push_back(order("SO-" + std::to_string(i), {{"BOOK", 1}}));
  begin(orders);
  std::string range = "carrier,service,number\n";
  for (int i = 100; i < 100 + kOrders; ++i)
    range += "SF,standard,SF2000000000" + std::to_string(i) + "\n";
  import("range.csv", range);
  std::vector<std::string> numbers;
  for (int i = 0; i < kOrders; ++i) numbers.push_back(ship("SO-" + std::to_string(i), {book}));
  take("/handover SF");
  for (const std::string& number : numbers) take(number);
  take_all({"/close-manifest", "/print-manifest"});
  const auto all = slips();
  ASSERT_EQ(all.size(), 2U);
  for (const std::string& slip : all)
    EXPECT_EQ(code_of(dir_.read("labels/" + slip)), record("manifest_closed", "manifest"));
  EXPECT_NE(dir_.read("labels/" + all[0]), dir_.read("labels/" + all[1]));
}

TEST_F(ManifestSlips, say_what_is_wrong_with_the_printer_and_the_work_goes_on) {
  configure("", "raw:device");
  dir_.write("device", "");
  hand_over();
  ASSERT_TRUE(std::filesystem::remove(dir_.path("device")));
  const Json answer = warn("/print-manifest", "manifest_not_printed", "awaiting_order");
  EXPECT_EQ(answer["alert"]["params"]["manifest"], id_);
  EXPECT_NE(answer["alert"]["next"].get<std::string>().find("Print manifest"), std::string::npos)
      << answer["alert"];
  take("SO-B", "packing");
  dir_.write("device", "");
  take(book, "verifying_label");
  const std::size_t label = dir_.read("device").size();
  take("/print-manifest", "verifying_label");
  EXPECT_EQ(code_of(dir_.read("device").substr(label)), id_);
  EXPECT_EQ(verify(), "");
}

TEST_F(ManifestSlips, on_labels_that_are_too_small_say_where_the_pdf_is) {
  std::filesystem::create_directory(dir_.path("templates"));
  dir_.write(
      "templates/small.toml",
      "width = 76\nheight = 80\n[waybill]\nbox = [0, 2, 76, 14.5]\nmodule = 0.5\n"
      "[small_code]\nbox = [53, 20, 21, 21]\nmodule = 0.75\n"
      "[small_bars]\nbox = [0, 60, 76, 6.6]\nmodule = 0.5\n"
      "[specimen]\nbox = [0, 20, 50, 40]\n"
      "[[text]]\nfield = \"receiver_address\"\nbox = [2, 20, 48, 20]\nsize = [3, 2]\nlines = 4\n"
      "[[text]]\nfield = \"waybill\"\nbox = [2, 44, 70, 6]\nsize = [4, 2]\n");
  configure("[label]\npaper = \"76x80\"\n");
  hand_over();
  const Json answer = warn("/print-manifest", "manifest_not_printed", "awaiting_order");
  EXPECT_EQ(reason(answer), "paper_too_small");
  EXPECT_NE(answer["alert"]["text"].get<std::string>().find("PDF"), std::string::npos);
  EXPECT_TRUE(slips().empty());
  take("SO-B", "packing");
  EXPECT_EQ(verify(), "");
}

TEST_F(ManifestSlips, can_be_looked_at_as_files) {
  hand_over();
  const auto ask = [&](const std::string& out) {
    return run_program({"manifest", "--data", dir_.path(), "--out", dir_.path(out), "--lang", "zh"})
        .exit_code;
  };
  ASSERT_EQ(ask("slip.png"), 0);
  const auto png = label::read_png(dir_.read("slip.png"));
  ASSERT_TRUE(png) << png.error().text;
  EXPECT_EQ(label::find_symbol(png.value(), label::Symbology::code128), id_);
  ASSERT_EQ(ask("slip.zpl"), 0);
  EXPECT_EQ(code_of(dir_.read("slip.zpl")), id_);
  ASSERT_EQ(ask("slip.tspl"), 0);
  EXPECT_NE(dir_.read("slip.tspl").find("SIZE"), std::string::npos);
  EXPECT_NE(ask("slip.txt"), 0);
}

}  // namespace
}  // namespace packbench::test
