// HttpServer: a small HTTP/1.1 server on 127.0.0.1 for tests, plain or with TLS, that does to each
// request what the test says: answers, answers late, forgets to, or breaks off. A thread for each
// connection; the handler is called by one at a time. Gone, with its connections, when it goes.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace packbench::test {

struct HttpRequest {
  std::string method, path;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct HttpReply {
  enum class How { whole, lost, reset };
  int status = 200;
  std::vector<std::string> headers = {};  // whole lines
  std::string body = {};
  How how = How::whole;  // lost: the connection ends instead; reset: and by force
  std::chrono::milliseconds delay{0};
};

// In PEM; self-signed, so that it is also the authority that vouches for it.
struct Certificate {
  std::string certificate, key;
};
Certificate make_certificate(const std::string& host);

class HttpServer {
 public:
  using Handler = std::function<HttpReply(const HttpRequest&)>;
  // `port` 0: any that is free.
  explicit HttpServer(Handler handler, std::optional<Certificate> tls = std::nullopt, int port = 0);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;
  std::string url(const std::string& path = "/confirmations") const;

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace packbench::test
