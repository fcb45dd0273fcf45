// The sender against a real server on this machine, with what goes wrong on the way to one.
#include "exchange/http_sender.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <ctime>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "exchange/signature.h"
#include "tests/support/data_directory.h"
#include "tests/support/http_server.h"

namespace packbench::exchange {
namespace {

using namespace std::chrono_literals;
using test::HttpReply;
using test::HttpRequest;
using test::HttpServer;

constexpr const char* kSecret = "correct horse";
// Tests wait no seconds for what chance puts off.
constexpr Backoff kHurried{Duration::milliseconds(1), Duration::milliseconds(20)};

Now clock_now() {
  timespec wall{}, up{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  ::clock_gettime(CLOCK_BOOTTIME, &up);
  return {{wall.tv_sec * 1'000'000 + wall.tv_nsec / 1'000},
          {up.tv_sec * 1'000'000 + up.tv_nsec / 1'000},
          "test"};
}

// Two parcels in three have one order, every third has two.
std::vector<Delivery> deliveries(int count) {
  std::vector<Delivery> made;
  for (int i = 1; i <= count; ++i) {
    const std::string parcel = "P" + std::to_string(i - (i % 4 == 3 ? 1 : 0));
    const std::string key = parcel + "/" + std::to_string(i);
    made.push_back({{i, 1}, parcel, key, "{\"confirmation\":\"" + key + "\"}"});
  }
  return made;
}

// What came back, for a test to wait for.
class Told {
 public:
  void take(std::vector<DeliveryResult> results) {
    {
      const std::lock_guard lock(mutex_);
      for (DeliveryResult& each : results) {
        if (each.outcome != DeliveryOutcome::later) ended_[each.id].push_back(each);
        all_.push_back(std::move(each));
      }
    }
    changed_.notify_all();
  }
  // False where so many do not end within ten minutes.
  bool wait_ended(std::size_t count) {
    return wait([&] { return ended_.size() >= count; });
  }
  bool wait_results(std::size_t count) {
    return wait([&] { return all_.size() >= count; });
  }
  std::map<DeliveryId, std::vector<DeliveryResult>> ended() {
    const std::lock_guard lock(mutex_);
    return ended_;
  }
  std::vector<DeliveryResult> all() {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  template <class Reached>
  bool wait(Reached reached) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10min, reached);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<DeliveryId, std::vector<DeliveryResult>> ended_;
  std::vector<DeliveryResult> all_;
};

// A shop's connector: it does each thing once, and remembers in which order.
struct Shop {
  std::set<std::string> known;
  std::vector<std::string> effects;
  int requests = 0;

  void take(const HttpRequest& request) {
    ++requests;
    const std::string& key = request.headers.at("idempotency-key");
    if (known.insert(key).second) effects.push_back(key);
  }
};

class HttpSenderTest : public ::testing::Test {
 protected:
  std::unique_ptr<HttpSender> sender(const std::string& url, const std::string& ca_file = {},
                                     Duration timeout = Duration::seconds(20)) {
    auto made = HttpSender::start(
        {{url, kSecret, ca_file, timeout},
         clock_now,
         [random = std::mt19937_64(11)]() mutable { return random(); },
         [this](std::vector<DeliveryResult> results) { told_.take(std::move(results)); },
         kHurried});
    EXPECT_TRUE(made.ok());
    return made ? std::move(made).value() : nullptr;
  }
  // One delivery, to its end.
  DeliveryResult send_one(const std::string& url, const std::string& ca_file = {}) {
    const auto running = sender(url, ca_file);
    running->submit(deliveries(1));
    EXPECT_TRUE(told_.wait_ended(1));
    return told_.all().back();
  }
  // The first answer to one delivery.
  DeliveryResult try_one(const std::string& url, const std::string& ca_file = {},
                         Duration timeout = Duration::seconds(20)) {
    const std::size_t before = told_.all().size();
    const auto running = sender(url, ca_file, timeout);
    running->submit(deliveries(1));
    EXPECT_TRUE(told_.wait_results(before + 1));
    return told_.all()[before];
  }

  Told told_;
};

// Of each parcel in the order in which they were submitted.
bool in_order(const std::vector<std::string>& effects) {
  std::map<std::string, int> last;
  for (const std::string& key : effects) {
    const std::size_t slash = key.find('/');
    const int number = std::stoi(key.substr(slash + 1));
    int& before = last[key.substr(0, slash)];
    if (number < before) return false;
    before = number;
  }
  return true;
}

TEST_F(HttpSenderTest, PostsSignedJsonWithItsKey) {
  std::vector<HttpRequest> seen;
  HttpServer server([&](const HttpRequest& request) {
    seen.push_back(request);
    return HttpReply{201};
  });
  {
    const auto running = sender(server.url());
    Delivery odd = deliveries(1).front();
    odd.key = "B1-P1/taobao/店 1%\r\nX: y/7";
    running->submit({odd});
    ASSERT_TRUE(told_.wait_ended(1));
  }
  ASSERT_EQ(seen.size(), 1U);
  const HttpRequest& request = seen.front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/confirmations");
  EXPECT_EQ(request.headers.at("content-type"), "application/json");
  EXPECT_EQ(request.headers.at("idempotency-key"), "B1-P1/taobao/%E5%BA%97%201%25%0D%0AX:%20y/7");
  EXPECT_EQ(request.headers.count("x"), 0U);
  const std::string& timestamp = request.headers.at("packbench-timestamp");
  EXPECT_NEAR(std::stod(timestamp), static_cast<double>(std::time(nullptr)), 600);
  EXPECT_EQ(request.headers.at("packbench-signature"), signature(kSecret, timestamp, request.body));
  EXPECT_EQ(request.body, "{\"confirmation\":\"P1/1\"}");
  EXPECT_EQ(told_.all().front().outcome, DeliveryOutcome::delivered);
}

TEST_F(HttpSenderTest, RefusalsAreForGoodAndSayWhy) {
  Shop shop;
  HttpServer server([&](const HttpRequest& request) {
    shop.take(request);
    return HttpReply{422, {}, "订单\x01不存在\n" + std::string(5'000, 'x')};
  });
  const DeliveryResult result = send_one(server.url());
  EXPECT_EQ(result.outcome, DeliveryOutcome::refused);
  EXPECT_EQ(result.status, 422);
  EXPECT_EQ(result.reason.rfind("订单不存在x", 0), 0U);
  EXPECT_LE(result.reason.size(), 200U);
  EXPECT_EQ(shop.requests, 1);
}

TEST_F(HttpSenderTest, FollowsNoRedirect) {
  std::vector<std::string> paths;
  HttpServer server([&](const HttpRequest& request) {
    paths.push_back(request.path);
    return HttpReply{307, {"Location: /elsewhere"}};
  });
  const DeliveryResult result = send_one(server.url());
  EXPECT_EQ(result.outcome, DeliveryOutcome::refused);
  EXPECT_EQ(result.status, 307);
  EXPECT_EQ(paths, std::vector<std::string>{"/confirmations"});
}

TEST_F(HttpSenderTest, AnAnswerWithoutEndIsNotReadToTheEnd) {
  HttpServer server([](const HttpRequest&) {
    return HttpReply{200, {}, std::string(8'000'000, 'x')};
  });
  EXPECT_EQ(send_one(server.url()).outcome, DeliveryOutcome::delivered);
}

TEST_F(HttpSenderTest, ASilentServerIsAskedAgain) {
  Shop shop;
  HttpServer server([&](const HttpRequest& request) {
    shop.take(request);
    return HttpReply{200, {}, {}, HttpReply::How::whole, shop.requests == 1 ? 60s : 0s};
  });
  const auto running = sender(server.url(), {}, Duration::milliseconds(200));
  running->submit(deliveries(1));
  ASSERT_TRUE(told_.wait_ended(1));
  EXPECT_EQ(told_.all().front().outcome, DeliveryOutcome::later);
  EXPECT_EQ(told_.all().front().reason, "timeout");
  EXPECT_EQ(told_.all().back().outcome, DeliveryOutcome::delivered);
  EXPECT_EQ(shop.effects.size(), 1U);
}

TEST_F(HttpSenderTest, RetryAfterIsObeyed) {
  Shop shop;
  HttpServer server([&](const HttpRequest& request) {
    shop.take(request);
    if (shop.requests == 1) return HttpReply{503, {"Retry-After: 1"}};
    return HttpReply{};
  });
  const Duration before = clock_now().since_boot;
  const DeliveryResult result = send_one(server.url());
  EXPECT_EQ(result.outcome, DeliveryOutcome::delivered);
  EXPECT_GE(clock_now().since_boot, before + Duration::seconds(1));
  EXPECT_EQ(shop.requests, 2);
}

TEST_F(HttpSenderTest, DeliversOverTls) {
  const test::DataDirectory dir;
  const auto certificate = test::make_certificate("127.0.0.1");
  const std::string authorities = dir.write("ca.pem", certificate.certificate);
  HttpServer server([](const HttpRequest&) { return HttpReply{}; }, certificate);
  EXPECT_EQ(send_one(server.url(), authorities).outcome, DeliveryOutcome::delivered);
}

TEST_F(HttpSenderTest, SaysNothingToAServerThatNobodyVouchesFor) {
  Shop shop;
  const test::DataDirectory dir;
  const std::string authorities =
      dir.write("ca.pem", test::make_certificate("127.0.0.1").certificate);
  HttpServer server(
      [&](const HttpRequest& request) {
        shop.take(request);
        return HttpReply{};
      },
      test::make_certificate("127.0.0.1"));
  // Neither by an authority of ours that did not sign it, nor by the system's.
  static_cast<void>(try_one(server.url(), authorities));
  static_cast<void>(try_one(server.url(), ""));
  for (const DeliveryResult& result : told_.all()) {
    EXPECT_EQ(result.outcome, DeliveryOutcome::later);
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.reason, "certificate");
  }
  EXPECT_EQ(shop.requests, 0);
}

TEST_F(HttpSenderTest, SaysNothingToAServerOfAnotherName) {
  Shop shop;
  const test::DataDirectory dir;
  const auto certificate = test::make_certificate("elsewhere.test");
  HttpServer server(
      [&](const HttpRequest& request) {
        shop.take(request);
        return HttpReply{};
      },
      certificate);
  const DeliveryResult result = try_one(server.url(), dir.write("ca.pem", certificate.certificate));
  EXPECT_EQ(result.outcome, DeliveryOutcome::later);
  EXPECT_EQ(result.reason, "certificate");
  EXPECT_EQ(shop.requests, 0);
}

TEST_F(HttpSenderTest, NobodyThereIsTriedAgainUntilSomebodyIs) {
  Shop shop;
  const auto handler = [&](const HttpRequest& request) {
    shop.take(request);
    return HttpReply{};
  };
  int port = 0;
  {
    HttpServer gone(handler);
    port = gone.port();
  }
  const auto running = sender("http://127.0.0.1:" + std::to_string(port) + "/confirmations");
  running->submit(deliveries(30));
  ASSERT_TRUE(told_.wait_results(20));
  EXPECT_EQ(told_.all().front().reason, "no_connection");
  HttpServer server(handler, std::nullopt, port);
  ASSERT_TRUE(told_.wait_ended(30));
  EXPECT_EQ(shop.effects.size(), 30U);
  EXPECT_TRUE(in_order(shop.effects));
}

TEST_F(HttpSenderTest, AddressesAndAuthoritiesThatAreNoneAreToldAtOnce) {
  for (const char* url : {"", "http://", "not an address"}) {
    const auto made = HttpSender::start({{url, kSecret, "", Duration::seconds(1)},
                                         clock_now,
                                         [] { return 0; },
                                         [](const auto&) {}});
    ASSERT_FALSE(made.ok()) << url;
    EXPECT_EQ(made.error().code, "bad_target");
  }
  const auto made = HttpSender::start({{"https://127.0.0.1/", kSecret, "/no/such/file", {}},
                                       clock_now,
                                       [] { return 0; },
                                       [](const auto&) {}});
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().text.find("/no/such/file"), std::string::npos);
}

// Three in ten requests meet a fault; some of them after the shop has done its part.
class Faults {
 public:
  HttpReply answer(Shop& shop, const HttpRequest& request) {
    const auto chance = [&](unsigned percent) { return random_() % 100 < percent; };
    if (!chance(30)) {
      shop.take(request);
      return {};
    }
    ++count;
    switch (random_() % 7) {
      case 0:
        shop.take(request);
        return {200, {}, {}, HttpReply::How::lost};
      case 1:
        shop.take(request);
        return {200, {}, {}, HttpReply::How::reset};
      case 2:
        shop.take(request);
        return {500};
      case 3:
        return {500};
      case 4:
        return {429, {"Retry-After: 0"}};
      case 5:
        return {200, {}, {}, HttpReply::How::reset};
      default:
        shop.take(request);
        return {503, {"Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"}};
    }
  }
  int count = 0;

 private:
  std::mt19937_64 random_{5};
};

constexpr int kMany = 10'000;

TEST_F(HttpSenderTest, NothingIsLostAndNothingDoneTwiceUnderFaults) {
  Shop shop;
  Faults faults;
  HttpServer server([&](const HttpRequest& request) { return faults.answer(shop, request); });
  const int count = kMany;
  const auto running = sender(server.url());
  running->submit(deliveries(count));
  ASSERT_TRUE(told_.wait_ended(static_cast<std::size_t>(count)));
  EXPECT_GT(faults.count, count / 5);
  EXPECT_EQ(shop.effects.size(), static_cast<std::size_t>(count));
  EXPECT_TRUE(in_order(shop.effects));
  for (const auto& [id, results] : told_.ended()) {
    ASSERT_EQ(results.size(), 1U) << delivery_id_text(id);
    EXPECT_EQ(results.front().outcome, DeliveryOutcome::delivered);
  }
}

TEST_F(HttpSenderTest, NothingIsLostAndNothingDoneTwiceAcrossRestartsOfBoth) {
  Shop shop;
  Faults faults;
  const auto handler = [&](const HttpRequest& request) { return faults.answer(shop, request); };
  const int count = kMany / 4;
  int port = 0;
  // The sender forgets everything that it had not told; whoever keeps the journal knows the rest.
  for (int turn = 1; turn <= 4; ++turn) {
    const auto server = std::make_unique<HttpServer>(handler, std::nullopt, port);
    port = server->port();
    const auto running = sender(server->url());
    const auto ended = told_.ended();
    std::vector<Delivery> owed = deliveries(count);
    std::erase_if(owed, [&](const Delivery& each) { return ended.count(each.id) > 0; });
    running->submit(owed);
    const int share = turn < 4 ? count * turn / 4 : count;
    ASSERT_TRUE(told_.wait_ended(static_cast<std::size_t>(share)));
  }
  EXPECT_EQ(shop.effects.size(), static_cast<std::size_t>(count));
  EXPECT_TRUE(in_order(shop.effects));
}

}  // namespace
}  // namespace packbench::exchange
