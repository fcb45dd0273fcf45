// Every alert code of the contract, brought about through the console. A refusal leaves its one
// `refused` record and nothing else (BenchTest::refuse looks); a worry comes with what was
// recorded.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <set>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

constexpr std::array contract{
    "not_signed_in",   "bad_credentials",      "not_permitted",     "order_not_found",
    "order_ambiguous", "order_already_packed", "order_on_hold",     "order_cancelled",
    "unknown_barcode", "bad_barcode",          "wrong_item",        "over_scan",
    "duplicate_scan",  "expired_item",         "check_pending",     "check_failed",
    "weight_mismatch", "no_waybill",           "waybill_expired",   "label_unprintable",
    "printer_fault",   "print_unknown",        "wrong_label",       "stale_label",
    "pickup_missing",  "wrong_carrier",        "already_picked_up", "not_ready",
    "storage_fault",   "bad_command"};

struct AlertCase {
  const char* name;
  const char* code;
  std::vector<std::string> before;  // said by 1001; each is taken
  std::string line;
  bool accepted = false;
  std::string printer = "file:labels";
};

void PrintTo(const AlertCase& alert, std::ostream* out) {
  *out << alert.name;
}

const std::string label = "SF1000000000001";

const std::vector<std::string> shipped{"SO-2", tee, tee, label};
const std::vector<std::string> labelled{"SO-2", tee, tee};

std::vector<std::string> operator+(std::vector<std::string> lines,
                                   const std::vector<std::string>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

std::vector<AlertCase> cases() {
  return {
      {"scan_by_nobody", "not_signed_in", {"/sign-out"}, "SO-2"},
      {"action_by_nobody", "not_signed_in", {"/sign-out"}, "/open SO-2"},
      {"unknown_badge", "bad_credentials", {}, "/sign-in 7777"},
      {"wrong_pin", "bad_credentials", {}, "/sign-in 9001 0000"},
      {"missing_pin", "bad_credentials", {}, "/sign-in 9001"},
      {"packer_overrides", "not_permitted", {"SO-GIFT", book}, "/override gift_wrap hurry"},
      {"packer_releases", "not_permitted", {}, "/release SO-PENDING"},
      {"item_with_a_barcode_by_hand", "not_permitted", {"SO-2"}, "/item TEE-L"},
      {"unknown_order", "order_not_found", {}, "SO-9999"},
      {"one_of_two_is_unknown", "order_not_found", {}, "/open SO-2 SO-9999"},
      {"number_of_two_shops", "order_ambiguous", {}, "SO-TWICE"},
      {"packed_before", "order_already_packed", shipped, "SO-2"},
      {"label_of_a_packed_parcel", "order_already_packed", shipped, label},
      {"payment_is_pending", "order_on_hold", {}, "SO-PENDING"},
      {"refund_is_asked_for", "order_on_hold", {}, "SO-REFUND"},
      {"cancelled_order", "order_cancelled", {}, "SO-CANCELLED"},
      {"code_of_nothing", "unknown_barcode", {"SO-2"}, "4712345000015"},
      {"cut_off_element_string", "bad_barcode", {"SO-2"}, "]C1010950600013435"},
      {"control_characters", "bad_barcode", {"SO-2"}, "5901\\x02234"},
      {"misread_command", "bad_barcode", {}, "PBC0010"},
      {"another_product", "wrong_item", {"SO-2"}, book},
      {"one_too_many", "over_scan", {"SO-1", mug}, mug},
      {"quantity_too_high", "over_scan", {"SO-2", "/quantity 3"}, tee},
      {"same_serial", "duplicate_scan", {"SO-PILL", pill + "21S1"}, pill + "21S1"},
      {"in_this_manifest", "duplicate_scan",
       shipped + std::vector<std::string>{"/handover SF", label}, label},
      {"past_its_date", "expired_item", {"SO-PILL"}, pill + "17261121"},
      {"print_with_an_open_question", "check_pending", {"SO-GIFT", book}, "/print"},
      {"stage_with_an_open_question", "check_pending", {"SO-1", mug, tee}, label},
      {"failed_check_is_recorded",
       "check_failed",
       {"SO-GIFT", book},
       "/check gift_wrap fail torn",
       true},
      {"stage_with_a_failed_check",
       "check_failed",
       {"SO-1", mug, tee, "!/check padding_fragile fail"},
       label},
      {"weight_off_is_recorded", "weight_mismatch", labelled, "/weight 90", true},
      {"stage_with_the_weight_off", "weight_mismatch",
       labelled + std::vector<std::string>{"!/weight 90"}, label},
      {"no_numbers", "no_waybill", {"SO-NO-NUMBER"}, tee, true},
      {"only_old_numbers", "waybill_expired", {"SO-OLD-NUMBER"}, tee, true},
      {"number_grows_old",
       "waybill_expired",
       {"SO-SHORT-NUMBER", tee, "/advance 2h"},
       "ZT3000000000002"},
      {"address_cannot_be_drawn", "label_unprintable", {"SO-STRANGE"}, tee, true},
      {"label_file_is_missing", "label_unprintable", {"SO-SUPPLIED"}, tee, true},
      {"device_is_full", "printer_fault", {"SO-2", tee}, tee, true, "raw:/dev/full"},
      {"device_is_missing", "printer_fault", {"SO-2", tee}, tee, true, "raw:no-such-device"},
      {"no_printer", "printer_fault", {"SO-2", tee}, tee, true, "none"},
      {"another_number", "wrong_label", labelled, "SF1000000000002"},
      {"item_instead_of_a_label", "wrong_label", labelled, tee},
      {"first_of_two_labels", "stale_label", labelled + std::vector<std::string>{"/reprint torn"},
       label},
      {"confirm_before_pickup", "pickup_missing", shipped, "/confirm SO-2"},
      {"confirm_before_packing", "pickup_missing", {}, "/confirm SO-2"},
      {"parcel_of_another_carrier", "wrong_carrier",
       shipped + std::vector<std::string>{"/handover YTO"}, label},
      {"parcel_of_an_earlier_manifest", "already_picked_up",
       shipped + std::vector<std::string>{"/handover SF", label, "/close-manifest", "/handover SF"},
       label},
      {"nothing_to_print", "not_ready", {}, "/print"},
      {"items_missing", "not_ready", {"SO-2", tee}, "/print"},
      {"nothing_is_unknown", "not_ready", labelled, "/printed yes"},
      {"no_handover", "not_ready", {}, "/close-manifest"},
      {"not_a_word", "bad_command", {}, "/frobnicate"},
      {"not_a_number", "bad_command", {"SO-2"}, "/quantity many"},
      {"reason_is_missing", "bad_command", labelled, "/void"},
      {"not_an_answer", "bad_command", {"SO-GIFT", book}, "/check gift_wrap perhaps"},
      {"not_one_address", "bad_command", {}, "/open SO-1 SO-2"}};
}

class AlertCode : public BenchTest, public ::testing::WithParamInterface<AlertCase> {
 protected:
  static std::vector<Json> orders() {
    Json strange = order("SO-STRANGE", {{"TEE-L", 1}});
    strange["receiver"]["address"] = "No. 1 \uE000 Road";
    return {order("SO-1", {{"MUG-01", 1}, {"TEE-L", 1}}),
            order("SO-2", {{"TEE-L", 2}}),
            order("SO-GIFT", {{"BOOK", 1}}, {{"gift", true}}),
            order("SO-PILL", {{"PILL", 2}}),
            order("SO-PENDING", {{"TEE-L", 1}}, {{"status", "pending"}}),
            order("SO-REFUND", {{"TEE-L", 1}}, {{"status", "refund_requested"}}),
            order("SO-CANCELLED", {{"TEE-L", 1}}, {{"status", "cancelled"}}),
            order("SO-TWICE", {{"TEE-L", 1}}),
            order("SO-TWICE", {{"TEE-L", 1}}, {{"shop", "other"}}),
            order("SO-NO-NUMBER", {{"TEE-L", 1}}, {{"requested_carrier", "JD"}}),
            order("SO-OLD-NUMBER", {{"TEE-L", 1}}, {{"requested_carrier", "STO"}}),
            order("SO-SHORT-NUMBER", {{"TEE-L", 1}}, {{"requested_carrier", "ZTO"}}),
            order("SO-SUPPLIED", {{"TEE-L", 1}}),
            strange};
  }
  void more_numbers() {
    import("numbers.csv",
           "carrier,service,number,order,expires_at,label_file\n"
           "STO,standard,ST3000000000001,,2026-11-22T11:00:00+08:00,\n"
           "ZTO,standard,ZT3000000000002,,2026-11-22T13:00:00+08:00,\n"
           "SF,standard,SF3000000000003,SO-SUPPLIED,,no-such-label.png\n");
  }
};

TEST_P(AlertCode, comes) {
  const AlertCase& alert = GetParam();
  configure("", alert.printer);
  stock(orders());
  more_numbers();
  open();
  take("/sign-in 1001");
  for (const std::string& line : alert.before) {
    if (line.front() == '!')
      EXPECT_TRUE(say(line.substr(1)).value("accepted", false)) << line;
    else
      take(line);
  }
  if (!alert.accepted) {
    refuse(alert.line, alert.code);
    return;
  }
  const std::int64_t before = records();
  const std::int64_t refused = records("kind = 'refused'");
  const Json answer = warn(alert.line, alert.code);
  EXPECT_GT(records(), before) << "what worries is recorded";
  EXPECT_EQ(records("kind = 'refused'"), refused);
  EXPECT_EQ(answer["operator"]["badge"], "1001");
}

INSTANTIATE_TEST_SUITE_P(Console, AlertCode, ::testing::ValuesIn(cases()),
                         [](const auto& info) { return std::string(info.param.name); });

// print_unknown and storage_fault need more than lines and have tests of their own below.
TEST(AlertContract, every_code_has_a_case) {
  std::set<std::string> tested{"print_unknown", "storage_fault"};
  for (const AlertCase& alert : cases()) tested.insert(alert.code);
  EXPECT_EQ(tested, std::set<std::string>(contract.begin(), contract.end()));
}

// A printer that stops in the middle of a job: the reader of a FIFO that goes away.
class BrokenPrinter : public BenchTest {
 protected:
  // Says the line that prints; takes `bytes` of the job and hangs up.
  Json say_and_hang_up(const std::string& line, std::size_t bytes) {
    const int fd = ::open(dir_.path("printer").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    EXPECT_GE(fd, 0);
    // So small that the job cannot disappear into the pipe.
    EXPECT_GE(::fcntl(fd, F_SETPIPE_SZ, 4096), 4096);
    console_->send(line);
    std::size_t taken = 0;
    std::array<char, 512> buffer{};
    while (taken < bytes) {
      pollfd wanted{fd, POLLIN, 0};
      if (::poll(&wanted, 1, 60'000) <= 0) break;
      const ssize_t n = ::read(fd, buffer.data(), buffer.size());
      if (n <= 0) break;
      taken += static_cast<std::size_t>(n);
    }
    EXPECT_GE(taken, bytes);
    ::close(fd);
    return console_->receive().value_or(Json::object());
  }
  void begin_with_fifo() {
    ASSERT_EQ(::mkfifo(dir_.path("printer").c_str(), 0600), 0);
    configure("", "raw:printer");
    begin({order("SO-2", {{"TEE-L", 2}})});
    take_all({"SO-2", tee});
  }
};

TEST_F(BrokenPrinter, half_a_job_is_asked_about_and_never_printed_again_by_itself) {
  begin_with_fifo();
  const Json answer = say_and_hang_up(tee, 1000);
  EXPECT_EQ(alert_of(answer), "print_unknown") << answer;
  EXPECT_EQ(answer.value("accepted", false), true);
  EXPECT_EQ(answer.value("phase", ""), "print_unknown");
  EXPECT_EQ(answer["waybill"]["state"], "unknown");
  refuse("/print", "print_unknown");
  refuse("/reprint torn", "print_unknown");
  EXPECT_EQ(records("kind = 'print_requested'"), 1) << "nobody answered, so nothing is printed";
  reopen();
  EXPECT_EQ(view()["phase"], "print_unknown") << "doubt outlives the program";
}

TEST_F(BrokenPrinter, the_label_that_did_come_out_answers_the_question) {
  begin_with_fifo();
  say_and_hang_up(tee, 1000);
  take(label, "awaiting_order");
  EXPECT_EQ(show("SO-2")["parcels"][0]["state"], "staged");
}

TEST_F(BrokenPrinter, yes_waits_for_the_label_and_no_prints_a_second_attempt) {
  begin_with_fifo();
  say_and_hang_up(tee, 1000);
  const Json second = say_and_hang_up("/printed no", 1000);
  EXPECT_EQ(second["waybill"]["attempt"], 2) << second;
  take("/printed yes", "verifying_label");
  refuse(label, "stale_label");
}

// The disk fails under the journal: every file may grow to a limit only.
using StorageFault = BenchTest;

TEST_F(StorageFault, what_is_not_stored_did_not_happen) {
  begin({order("SO-2", {{"TEE-L", 2}}), order("SO-BOOKS", {{"BOOK", 500}})});
  take("SO-BOOKS", "packing");
  console_.reset();
  console_ = std::make_unique<ConsoleProcess>(ConsoleStart{dir_.path(), noon, {}, 256 * 1024});
  Json last = view();
  Json answer;
  std::int64_t stored = 0;
  for (int i = 0; i < 400; ++i) {
    stored = records();
    answer = say(book);
    if (!answer.value("accepted", false)) break;
    last = answer;
  }
  ASSERT_EQ(alert_of(answer), "storage_fault") << answer;
  EXPECT_EQ(records(), stored);
  EXPECT_EQ(lasting(view()), lasting(last));
  EXPECT_EQ(alert_of(say(book)), "storage_fault") << "a disk that failed is not trusted again";
  console_->kill();
  open();
  EXPECT_EQ(lasting(view()), lasting(last));
  take(book, "packing");
  EXPECT_EQ(verify(), "");
}

TEST_F(StorageFault, a_confirmation_that_cannot_be_written_is_kept_and_written_later) {
  configure("outbox = \"not-a-folder\"\n");
  dir_.write("not-a-folder", "");
  begin({order("SO-2", {{"TEE-L", 2}})});
  for (const std::string& line : shipped) take(line);
  take_all({"/handover SF", label});
  warn("/close-manifest", "storage_fault", "awaiting_order");
  EXPECT_TRUE(confirmations().empty());
  configure("");
  reopen();
  take("/confirm SO-2");
  EXPECT_EQ(confirmations().size(), 1U);
}

}  // namespace
}  // namespace packbench::test
