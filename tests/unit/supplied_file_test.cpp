// Supplied files that are PDF or hostile: poppler reads them in a process of its own, and that one
// is held within limits.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "label/supplied.h"
#include "program/child_program.h"
#include "program/supplied_file.h"
#include "tests/unit/label_samples.h"
#include "tests/unit/supplied_samples.h"

namespace packbench::program {
namespace {

using label::carrier_label;
using label::kNumber;
using label::Label;
using label::pdf_of;
using label::Raster;
using label::raw_pdf;

constexpr label::Box kPaper{0, 0, 800, 1200};
constexpr std::chrono::milliseconds kShort{2'000};
// What is no matter of time must not become one on a busy machine.
constexpr std::chrono::milliseconds kLong{60'000};

bool has_poppler() {
  return run_child({"pdfinfo", "-v"}, "", {512U << 20U, 60, kLong, 4'096}).ok();
}

class SuppliedPdf : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_poppler()) GTEST_SKIP() << "pdfinfo (poppler-utils) is not installed";
  }
  static Result<Label> taken(const std::string& pdf, int dpi = 203,
                             std::chrono::milliseconds patience = kLong) {
    label::LabelStyle style;
    style.printer.dpi = dpi;
    return label::supplied_label(pdf, kNumber, dpi == 203 ? kPaper : label::Box{0, 0, 1181, 1772},
                                 style, ask_poppler(patience));
  }
  static void expect_refused(const std::string& pdf, const std::string& with,
                             std::chrono::milliseconds patience = kLong) {
    const auto label = taken(pdf, 203, patience);
    ASSERT_FALSE(label) << "it was taken, not refused: " << with;
    EXPECT_EQ(label.error().code, "label_unprintable");
    EXPECT_NE(label.error().text.find(with), std::string::npos) << label.error().text;
    EXPECT_NE(label.error().text.find(" / 提供的面单"), std::string::npos) << label.error().text;
  }
};

// Whether each black dot of one page has one on the other, at most a dot away.
bool covers(const Raster& one, const Raster& other) {
  const auto is_near = [&other](int x, int y) {
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        if (other.holds({x + dx, y + dy, 1, 1}) && other.black(x + dx, y + dy)) return true;
      }
    }
    return false;
  };
  for (int y = 0; y < one.height; ++y) {
    for (int x = 0; x < one.width; ++x) {
      if (one.black(x, y) && !is_near(x, y)) return false;
    }
  }
  return one.width == other.width && one.height == other.height;
}

long peak_kilobytes(__rusage_who who) {
  rusage used{};
  ::getrusage(who, &used);
  return used.ru_maxrss;
}

TEST_F(SuppliedPdf, OfOnePageIsPrintedToTheDot) {
  const Raster page = carrier_label();
  const auto label = taken(pdf_of(page));
  ASSERT_TRUE(label) << label.error().text;
  EXPECT_TRUE(covers(label.value().raster, page) && covers(page, label.value().raster));
  const Raster fine = carrier_label(1181, 1772, kNumber, {150, 150, 3, 180});
  const auto printed = taken(pdf_of(fine, {100, 150.03}), 300);
  ASSERT_TRUE(printed) << printed.error().text;
  EXPECT_EQ(printed.value().raster.width, 1181);
}

TEST_F(SuppliedPdf, OfOurOwnMakingIsTakenBack) {
  for (const int dpi : {203, 300}) {
    label::LabelStyle style;
    style.printer.dpi = dpi;
    const auto own = label::make_label(label::chinese_sample(), label::usual_template(), style);
    ASSERT_TRUE(own) << own.error().text;
    const auto label = taken(label::label_pdf(own.value(), style).value(), dpi);
    ASSERT_TRUE(label) << label.error().text;
    EXPECT_EQ(label.value().raster, own.value().raster);
    // And on the head of the other bench.
    const auto other = taken(label::label_pdf(own.value(), style).value(), 503 - dpi);
    EXPECT_TRUE(other) << other.error().text;
  }
}

TEST_F(SuppliedPdf, OfAnotherResolutionOrOnItsSideIsPrintedInItsSize) {
  const Raster fine = carrier_label(1181, 1772, kNumber, {150, 150, 3, 180});
  const auto label = taken(pdf_of(fine));
  ASSERT_TRUE(label) << label.error().text;
  EXPECT_TRUE(label.value().raster.black(400, 540));
  const Raster page = carrier_label();
  const Raster side = label::quarter_turn(label::quarter_turn(label::quarter_turn(page)));
  const auto turned = taken(pdf_of(side, {150, 100}));
  ASSERT_TRUE(turned) << turned.error().text;
  EXPECT_TRUE(covers(turned.value().raster, page) && covers(page, turned.value().raster));
  const auto inches = taken(pdf_of(carrier_label(812, 1218), {101.6, 152.4}));
  ASSERT_TRUE(inches) << inches.error().text;
}

TEST_F(SuppliedPdf, OfAnotherSizeOrOfManyPagesIsRefused) {
  expect_refused(pdf_of(carrier_label(), {210, 297}), "a PDF page of 210 x 297 mm");
  expect_refused(pdf_of(carrier_label(), {100, 160}), "100 x 150 mm at 203 dpi");
  expect_refused(pdf_of(carrier_label(), {}, 2), "a PDF of 2 pages");
  const std::string pages = pdf_of(Raster(8, 8), {}, 1'000);
  expect_refused(pages, "a PDF of 1000 pages");
}

TEST_F(SuppliedPdf, ThatCannotBeReadIsRefused) {
  const std::string pdf = pdf_of(carrier_label());
  expect_refused("%PDF-1.4\nnothing more", "damaged or locked");
  expect_refused(pdf.substr(0, pdf.size() / 3), "damaged or locked");
  expect_refused(pdf_of(carrier_label(800, 1200, "SF1000000000002")), "SF1000000000002");
}

std::string repeated(int count, const std::string& piece) {
  std::string out;
  for (; count > 0; --count) out += piece;
  return out;
}

// One of a title that pdfinfo prints.
std::string titled_pdf(std::size_t length) {
  std::string pdf = raw_pdf({""});
  const std::string root = "/Root 1 0 R";
  return pdf.insert(pdf.find(root) + root.size(),
                    "/Info<</Title(" + std::string(length, 'x') + ")>>");
}

struct Bomb {
  std::string pdf, reason;
  std::chrono::milliseconds patience = kLong;
};

// Each of these is small as a file and endless inside.
std::vector<Bomb> bombs() {
  const std::string read = "does not carry the allocated number";
  const std::string loop = "/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>";
  return {{raw_pdf({"", "0 0 1000000 1000000"}), "a PDF page of 352777.8 x 352777.8 mm"},
          {raw_pdf({"", "0 0 0 0"}), "a PDF page of"},
          {raw_pdf({"", "0 0 -5 nan"}), "a PDF page of"},
          {titled_pdf(100'000), "unpacks to too much"},
          {raw_pdf({"[" + repeated(20'000'000, "0 ")}), "damaged"},  // more than it may hold
          {raw_pdf({repeated(1'500'000, "0 0 m 283 425 l S ")}), "takes too long", kShort},
          // What poppler passes over, or reads piece by piece.
          {raw_pdf({repeated(300'000, "q [")}), read},
          {raw_pdf({std::string(30'000'000, ' ')}), read},
          {raw_pdf({"283 0 0 425 0 0 cm /I Do", "0 0 283 425", 15'000, 15'000}), read},
          {raw_pdf({"/I Do", "0 0 283 425", 0, 0, loop}), read}};
}

TEST_F(SuppliedPdf, ThatIsABombBurstsInTheChildAlone) {
  const std::vector<Bomb> all = bombs();
  const long own = peak_kilobytes(RUSAGE_SELF);  // making them takes much
  for (const Bomb& bomb : all) expect_refused(bomb.pdf, bomb.reason, bomb.patience);
  // A child counts as large as its parent was when it began.
  EXPECT_LT(peak_kilobytes(RUSAGE_CHILDREN), std::max(own, 512L * 1024) + 64 * 1024);
  EXPECT_LT(peak_kilobytes(RUSAGE_SELF) - own, 64 * 1024);
}

TEST(PdfInfo, IsReadFromItsLastLines) {
  const auto pages = label::read_pdfinfo(
      "Title:           x\nPages:           1\nPage size:       1 x 1 pts\nPages:           3\n"
      "Page size:       283.465 x 425.197 pts (4x6)\nPage rot:        90\n");
  ASSERT_TRUE(pages);
  EXPECT_EQ(pages->count, 3);
  EXPECT_NEAR(pages->width, 150, 0.01);
  EXPECT_NEAR(pages->height, 100, 0.01);
  for (const char* text : {"", "\nPages: x\nPage size: 1 x 1", "\nPages: 1\n",
                           "\nPages: 1\nPage size: 1 1\n", "\nPages: 1\nPage size: inf x 1\n"})
    EXPECT_FALSE(label::read_pdfinfo(text)) << text;
}

TEST(Pgm, IsTakenOnlyWhole) {
  ASSERT_TRUE(label::read_pgm("P5\n2 1\n255\nab", 2));
  for (const char* text :
       {"", "P5", "P4\n2 1\n255\nab", "P5\n2 1\n255\na", "P5\n2 1\n255\nabc", "P5\n2 2\n255\nabcd",
        "P5\n-2 -1\n255\nab", "P5\n2 1\n15\nab", "P5\n99999999 99999999\n255\n"})
    EXPECT_FALSE(label::read_pgm(text, 2)) << text;
}

TEST(ChildProgram, AnswersOrIsEnded) {
  const ChildLimits limits{256U << 20U, 60, kLong, 1'000};
  EXPECT_EQ(run_child({"cat"}, "to and fro", limits).value(), "to and fro");
  EXPECT_EQ(run_child({"true"}, std::string(1'000'000, 'x'), limits).value(), "")
      << "nobody listens to the input";
  EXPECT_EQ(run_child({"cat"}, std::string(1'000'000, 'x'), limits).error().code, "too_large");
  EXPECT_EQ(run_child({"false"}, "", limits).error().code, "child_failed");
  EXPECT_EQ(run_child({"no-such-program-at-all"}, "", limits).error().code, "no_program");
  EXPECT_EQ(run_child({"sleep", "100"}, "", {256U << 20U, 2, std::chrono::milliseconds(50), 0})
                .error()
                .code,
            "too_slow");
  // It answers and then lingers with its output closed.
  EXPECT_EQ(run_child({"sh", "-c", "exec >&-; sleep 100"}, "",
                      {256U << 20U, 2, std::chrono::milliseconds(50), 0})
                .error()
                .code,
            "too_slow");
  EXPECT_EQ(run_child({"sh", "-c", "while :; do :; done"}, "",
                      {256U << 20U, 1, std::chrono::seconds(60), 0})
                .error()
                .code,
            "too_slow")
      << "the processor's time is limited too";
  const int ours = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  EXPECT_EQ(run_child({"sh", "-c", "read line; ls /proc/self/fd | wc -l"}, "\n", limits).value(),
            "4\n")
      << "its three and the folder; nothing of ours";
  ::close(ours);
  // Holds 100 MB in a variable where it may have 64.
  EXPECT_FALSE(run_child({"sh", "-c", "read line; x=$(head -c 100000000 /dev/zero | tr '\\0' x)"},
                         "\n", {64U << 20U, 60, kLong, 1'000})
                   .ok());
}

// A crash must not pass for a whole answer where whoever started us ignores the end of children:
// the system forgets then how they ended.
TEST(ChildProgram, WhoseEndIsForgottenHasFailed) {
  const ChildLimits limits{256U << 20U, 60, kLong, 1'000};
  const auto before = ::signal(SIGCHLD, SIG_IGN);
  const auto crashed = run_child({"sh", "-c", "read line; echo half; kill -SEGV $$"}, "\n", limits);
  const auto slow =
      run_child({"sleep", "100"}, "", {256U << 20U, 2, std::chrono::milliseconds(50), 0});
  ::signal(SIGCHLD, before);
  EXPECT_EQ(crashed.ok() ? crashed.value() : crashed.error().code, "child_failed");
  EXPECT_EQ(slow.error().code, "too_slow");
}

class SuppliedFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "supplied-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string why_not(const std::string& name) const {
    const auto read = read_supplied_file(path(name), name);
    EXPECT_FALSE(read) << name;
    return read ? "" : read.error().text;
  }

  std::string folder_;
};

TEST_F(SuppliedFile, IsNothingThatAChildCouldWrite) {
  const ChildLimits limits{256U << 20U, 60, kLong, 1'000};
  EXPECT_FALSE(run_child({"sh", "-c", "read line; echo x > " + path("out")}, "\n", limits).ok());
  EXPECT_EQ(std::filesystem::file_size(path("out")), 0U);
}

TEST_F(SuppliedFile, IsReadWhereItIsOne) {
  std::ofstream(path("good.png"), std::ios::binary) << "bytes";
  EXPECT_EQ(read_supplied_file(path("good.png"), "good.png").value(), "bytes");
}

TEST_F(SuppliedFile, NamesItselfWhereItIsNone) {
  EXPECT_NE(why_not("SO-1.pdf").find("put SO-1.pdf there"), std::string::npos);
  EXPECT_NE(why_not("SO-1.pdf").find("放好 SO-1.pdf"), std::string::npos);
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_NE(why_not("pipe").find("pipe is no file"), std::string::npos);
  ASSERT_EQ(::mkdir(path("folder").c_str(), 0700), 0);
  EXPECT_NE(why_not("folder").find("is no file"), std::string::npos);
  EXPECT_NE(read_supplied_file("/dev/zero", "zero").error().text.find("is no file"),
            std::string::npos);
}

// To open a device may move paper, rewind a tape or wake who waits at a pipe's other end.
TEST_F(SuppliedFile, IsNotEvenOpenedWhereItIsNone) {
  const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  ASSERT_GE(watch, 0);
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  ASSERT_GE(::inotify_add_watch(watch, path("pipe").c_str(), IN_OPEN), 0);
  alignas(inotify_event) char events[4'096];
  why_not("pipe");
  EXPECT_LT(::read(watch, events, sizeof events), 0) << "it was opened";
  const int by_us = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  EXPECT_GT(::read(watch, events, sizeof events), 0) << "the watch sees nothing at all";
  ::close(by_us);
  ::close(watch);
}

TEST_F(SuppliedFile, IsNotReadWhereItIsTooLarge) {
  std::ofstream(path("huge.png")).close();
  std::filesystem::resize_file(path("huge.png"), 4'000'000'000);
  const long before = peak_kilobytes(RUSAGE_SELF);
  EXPECT_NE(why_not("huge.png").find("larger than 8 MB"), std::string::npos);
  EXPECT_LT(peak_kilobytes(RUSAGE_SELF) - before, 16 * 1024);
}

}  // namespace
}  // namespace packbench::program
