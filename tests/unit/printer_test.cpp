// Printers as they fail: what is said about a job must never be more than what is known.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <thread>

#include "drivers/printer/open_printer.h"

namespace packbench::drivers {
namespace {

namespace fs = std::filesystem;
using ports::PrintJob;
using ports::PrintOutcome;
using ports::PrintResult;

constexpr Duration kLong = Duration::seconds(60);
constexpr Duration kShort = Duration::milliseconds(50);

class PrinterTest : public ::testing::Test {
 protected:
  PrinterTest() {
    std::string pattern = (fs::temp_directory_path() / "packbench-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~PrinterTest() override { fs::remove_all(folder_); }

  static std::unique_ptr<ports::LabelPrinter> open(const std::string& spec) {
    auto printer = open_printer(spec);
    EXPECT_TRUE(printer.ok()) << spec;
    return std::move(printer).value();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string fifo() const {
    EXPECT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
    return path("fifo");
  }
  static std::string content(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::set<std::string> files(const std::string& below) const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(path(below))) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  fs::path folder_;
};

// Larger than a pipe's buffer, so that it cannot be swallowed whole by one.
std::string large_job() {
  std::string job(1'000'000, ' ');
  for (std::size_t i = 0; i < job.size(); ++i) job[i] = static_cast<char>('A' + i % 23);
  return job;
}

std::function<std::string()> picture(const std::string& bytes) {
  return [bytes] { return bytes; };
}

std::string read_bytes(int fd, std::size_t wanted) {
  std::string out;
  std::array<char, 4096> part{};
  while (out.size() < wanted) {
    const ssize_t count = ::read(fd, part.data(), std::min(part.size(), wanted - out.size()));
    if (count <= 0) break;
    out.append(part.data(), static_cast<std::size_t>(count));
  }
  return out;
}

TEST_F(PrinterTest, NoPrinterIsSaidBeforeAndRefusedAfter) {
  for (const char* spec : {"", "none"}) {
    const auto printer = open(spec);
    const auto ready = printer->ready();
    ASSERT_FALSE(ready);
    EXPECT_EQ(ready.error().code, "no-printer");
    EXPECT_EQ(printer->print({"job", "^XA^XZ", {}}, kLong).result, PrintResult::rejected);
  }
}

TEST_F(PrinterTest, AMisspeltPrinterIsAnErrorAtOnce) {
  for (const char* spec : {"file:", "raw:", "usb:0", "/dev/usb/lp0", " none"}) {
    const auto printer = open_printer(spec);
    ASSERT_FALSE(printer) << spec;
    EXPECT_EQ(printer.error().code, "bad_config");
  }
}

TEST_F(PrinterTest, AFolderKeepsEachJobWholeAndNeverReplacesOne) {
  const auto printer = open("file:" + path("jobs/today"));
  ASSERT_TRUE(printer->ready());
  const auto first = printer->print({"SF1-1", "^XA one ^XZ", picture("png one")}, kLong);
  const auto second = printer->print({"SF1-1", "^XA two ^XZ", picture("png two")}, kLong);
  const auto third = printer->print({"SF1-1", "^XA three ^XZ", {}}, kLong);
  EXPECT_EQ(first.result, PrintResult::printed);
  EXPECT_EQ(first.bytes_moved, 11U);
  EXPECT_EQ(second.result, PrintResult::printed);
  EXPECT_EQ(third.result, PrintResult::printed);
  EXPECT_EQ(files("jobs/today"), (std::set<std::string>{"SF1-1.png", "SF1-1.zpl", "SF1-1-2.png",
                                                        "SF1-1-2.zpl", "SF1-1-3.zpl"}));
  EXPECT_EQ(content(path("jobs/today/SF1-1.zpl")), "^XA one ^XZ");
  EXPECT_EQ(content(path("jobs/today/SF1-1.png")), "png one");
  EXPECT_EQ(content(path("jobs/today/SF1-1-2.zpl")), "^XA two ^XZ");
  EXPECT_EQ(content(path("jobs/today/SF1-1-2.png")), "png two");
}

TEST_F(PrinterTest, AFolderNamesAJobByItsLanguageAndDrawsItOnce) {
  const auto printer = open("file:" + path("jobs"));
  ASSERT_TRUE(printer->ready());
  int drawn = 0;
  const auto drawing = [&drawn] {
    ++drawn;
    return std::string("png");
  };
  EXPECT_EQ(printer->print({"SF1-1", "SIZE", drawing, "tspl"}, kLong).result, PrintResult::printed);
  EXPECT_EQ(drawn, 1);
  EXPECT_EQ(printer->print({"SF1-1", "CLS", {}, "tspl"}, kLong).result, PrintResult::printed);
  EXPECT_EQ(files("jobs"), (std::set<std::string>{"SF1-1.png", "SF1-1.tspl", "SF1-1-2.tspl"}));
  EXPECT_EQ(content(path("jobs/SF1-1.tspl")), "SIZE");
}

TEST_F(PrinterTest, APictureLeftBehindIsNotReplacedEither) {
  const auto printer = open("file:" + path("jobs"));
  ASSERT_TRUE(printer->ready());
  std::ofstream(path("jobs/SF1-1.png")) << "somebody's";
  EXPECT_EQ(printer->print({"SF1-1", "job", picture("png")}, kLong).result, PrintResult::printed);
  EXPECT_EQ(content(path("jobs/SF1-1.png")), "somebody's");
  EXPECT_EQ(content(path("jobs/SF1-1-2.zpl")), "job");
  EXPECT_EQ(content(path("jobs/SF1-1-2.png")), "png");
}

TEST_F(PrinterTest, AJobsNameCannotLeaveTheFolder) {
  const auto printer = open("file:" + path("jobs"));
  ASSERT_TRUE(printer->ready());
  for (const char* name : {"../escaped", "/etc/escaped", "..", "", "a\nb", "顺丰"}) {
    EXPECT_EQ(printer->print({name, "job", {}}, kLong).result, PrintResult::printed) << name;
  }
  EXPECT_EQ(files("jobs").size(), 6U);
  EXPECT_EQ(files("."), std::set<std::string>{"jobs"});
}

TEST_F(PrinterTest, AFolderThatCannotBeIsRejectedWithAReason) {
  std::ofstream(path("taken")) << "a file";
  const auto printer = open("file:" + path("taken"));
  EXPECT_FALSE(printer->ready());
  const auto outcome = printer->print({"job", "bytes", {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.bytes_moved, 0U);
  EXPECT_EQ(outcome.reason, "offline");
  EXPECT_EQ(content(path("taken")), "a file");
}

TEST_F(PrinterTest, ADeviceDoesNotAskForThePicture) {
  std::ofstream(path("lp0")) << "";
  bool asked = false;
  const auto drawing = [&asked] {
    asked = true;
    return std::string("png");
  };
  EXPECT_EQ(open("raw:" + path("lp0"))->print({"job", "bytes", drawing}, kLong).result,
            PrintResult::printed);
  EXPECT_FALSE(asked) << "drawing it would delay every label";
}

TEST_F(PrinterTest, ARegularFileGetsEveryByteBehindTheLastJob) {
  std::ofstream(path("log")) << "before;";
  const auto printer = open("raw:" + path("log"));
  const std::string job = large_job();
  ASSERT_TRUE(printer->ready());
  const auto outcome = printer->print({"job", job, {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::printed);
  EXPECT_EQ(outcome.bytes_moved, job.size());
  EXPECT_EQ(printer->print({"job", ";after", {}}, kLong).result, PrintResult::printed);
  EXPECT_EQ(content(path("log")), "before;" + job + ";after");
}

TEST_F(PrinterTest, AMissingDeviceIsRejectedAndNotCreated) {
  const auto printer = open("raw:" + path("lp0"));
  const auto ready = printer->ready();
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, "offline");
  const auto outcome = printer->print({"job", "bytes", {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "offline");
  EXPECT_FALSE(fs::exists(path("lp0")));
}

TEST_F(PrinterTest, AFolderIsNoDevice) {
  const auto printer = open("raw:" + folder_.string());
  EXPECT_FALSE(printer->ready());
  EXPECT_EQ(printer->print({"job", "bytes", {}}, kLong).result, PrintResult::rejected);
}

TEST_F(PrinterTest, ADeviceThatMayNotBeWrittenIsRejected) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  std::ofstream(path("lp0")) << "";
  ASSERT_EQ(::chmod(path("lp0").c_str(), 0400), 0);
  const auto printer = open("raw:" + path("lp0"));
  EXPECT_FALSE(printer->ready());
  const auto outcome = printer->print({"job", "bytes", {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "not-permitted");
}

TEST_F(PrinterTest, PaperOutAtTheFirstByteIsRejected) {
  const auto printer = open("raw:/dev/full");
  ASSERT_TRUE(printer->ready());
  const auto outcome = printer->print({"job", "^XA^XZ", {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "media-empty");
  EXPECT_EQ(outcome.bytes_moved, 0U);
}

TEST_F(PrinterTest, AFifoWithoutReaderIsOffline) {
  const auto printer = open("raw:" + fifo());
  const auto ready = printer->ready();
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, "offline");
  const auto outcome = printer->print({"job", "bytes", {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.bytes_moved, 0U);
}

TEST_F(PrinterTest, AReaderGetsTheJobAndThenItsEnd) {
  const std::string name = fifo();
  const int reader = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_EQ(::fcntl(reader, F_SETFL, 0), 0);
  const auto printer = open("raw:" + name);
  const std::string job = large_job();
  ASSERT_TRUE(printer->ready());
  EXPECT_TRUE(printer->ready()) << "asking twice keeps the one connection";
  std::string received;
  std::thread printing_end([&] { received = read_bytes(reader, job.size() + 1); });
  const auto outcome = printer->print({"job", job, {}}, kLong);
  printing_end.join();
  ::close(reader);
  EXPECT_EQ(outcome.result, PrintResult::printed);
  EXPECT_EQ(outcome.bytes_moved, job.size());
  EXPECT_EQ(received, job);
}

TEST_F(PrinterTest, AReaderThatDiesHalfWayLeavesDoubtAndAnExactCount) {
  const std::string name = fifo();
  const int reader = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_EQ(::fcntl(reader, F_SETFL, 0), 0);
  const auto printer = open("raw:" + name);
  const std::string job = large_job();
  ASSERT_TRUE(printer->ready());
  std::thread dying([&] {
    EXPECT_EQ(read_bytes(reader, 300'000).size(), 300'000U);
    ::close(reader);
  });
  const auto outcome = printer->print({"job", job, {}}, kLong);
  dying.join();
  EXPECT_EQ(outcome.result, PrintResult::unknown);
  EXPECT_EQ(outcome.reason, "offline");
  EXPECT_GE(outcome.bytes_moved, 300'000U);
  EXPECT_LT(outcome.bytes_moved, job.size());
}

TEST_F(PrinterTest, AReaderThatNeverReadsLeavesDoubtAtTheDeadline) {
  const std::string name = fifo();
  const int reader = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  const auto printer = open("raw:" + name);
  const std::string job = large_job();
  ASSERT_TRUE(printer->ready());
  const auto outcome = printer->print({"job", job, {}}, kShort);
  EXPECT_EQ(outcome.result, PrintResult::unknown);
  EXPECT_EQ(outcome.reason, "timed-out");
  // What is counted as moved is what a reader can still get.
  EXPECT_EQ(read_bytes(reader, job.size()), job.substr(0, outcome.bytes_moved));
  EXPECT_GT(outcome.bytes_moved, 0U);
  ::close(reader);
}

TEST_F(PrinterTest, ADeviceThatTakesNothingIsRejectedAtTheDeadline) {
  const std::string name = fifo();
  const int reader = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  const int other = ::open(name.c_str(), O_WRONLY | O_NONBLOCK);
  const std::string filling(4096, 'x');
  while (::write(other, filling.data(), filling.size()) > 0) {
  }
  const auto printer = open("raw:" + name);
  ASSERT_TRUE(printer->ready());
  const auto outcome = printer->print({"job", "bytes", {}}, kShort);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "timed-out");
  EXPECT_EQ(outcome.bytes_moved, 0U);
  ::close(other);
  ::close(reader);
}

TEST_F(PrinterTest, AReaderThatLeftBetweenReadyAndPrintIsRejectedAndKillsNobody) {
  const std::string name = fifo();
  const int reader = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  const auto printer = open("raw:" + name);
  ASSERT_TRUE(printer->ready());
  ::close(reader);
  struct sigaction now {};
  ASSERT_EQ(::sigaction(SIGPIPE, nullptr, &now), 0);
  ASSERT_EQ(now.sa_handler, SIG_DFL) << "else surviving proves nothing";
  const auto outcome = printer->print({"job", "bytes", {}}, kLong);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "offline");
  sigset_t pending;
  ASSERT_EQ(::sigpending(&pending), 0);
  EXPECT_EQ(sigismember(&pending, SIGPIPE), 0) << "no signal is left for later";
}

TEST_F(PrinterTest, AReplacedDeviceIsOpenedAgain) {
  std::ofstream(path("lp0")) << "";
  const auto printer = open("raw:" + path("lp0"));
  ASSERT_TRUE(printer->ready());
  fs::rename(path("lp0"), path("unplugged"));
  EXPECT_FALSE(printer->ready());
  std::ofstream(path("lp0")) << "";
  ASSERT_TRUE(printer->ready());
  EXPECT_EQ(printer->print({"job", "bytes", {}}, kLong).result, PrintResult::printed);
  EXPECT_EQ(content(path("lp0")), "bytes");
  EXPECT_EQ(content(path("unplugged")), "");
}

}  // namespace
}  // namespace packbench::drivers
