#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <set>
#include <thread>

#include "base/check.h"

namespace packbench::test {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// The bytes of one connection, with or without TLS.
class Stream {
 public:
  Stream(int fd, SSL_CTX* tls) : fd_(fd) {
    if (tls == nullptr) return;
    ssl_ = SSL_new(tls);
    SSL_set_fd(ssl_, fd_);
    good_ = SSL_accept(ssl_) == 1;
  }
  ~Stream() {
    if (ssl_ != nullptr) SSL_free(ssl_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  bool good() const { return good_; }
  // False at the end.
  bool more(std::string& to) {
    char piece[16'384];
    const auto n = ssl_ != nullptr ? static_cast<ssize_t>(SSL_read(ssl_, piece, sizeof piece))
                                   : ::recv(fd_, piece, sizeof piece, 0);
    if (n > 0) to.append(piece, static_cast<std::size_t>(n));
    return n > 0;
  }
  bool write(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
      const auto n = ssl_ != nullptr
                         ? static_cast<ssize_t>(SSL_write(ssl_, text.data() + done,
                                                          static_cast<int>(text.size() - done)))
                         : ::send(fd_, text.data() + done, text.size() - done, MSG_NOSIGNAL);
      if (n <= 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }

 private:
  const int fd_;
  SSL* ssl_ = nullptr;
  bool good_ = true;
};

HttpRequest parse_head(const std::string& head) {
  HttpRequest request;
  const std::size_t first = head.find(' ');
  request.method = head.substr(0, first);
  request.path = head.substr(first + 1, head.find(' ', first + 1) - first - 1);
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos && at + 2 < head.size()) {
    const std::size_t end = head.find("\r\n", at + 2);
    const std::string line = head.substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos)
      request.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    at = end;
  }
  return request;
}

// `pending` keeps what belongs to the next one.
std::optional<HttpRequest> next_request(Stream& stream, std::string& pending) {
  std::size_t end = 0;
  while ((end = pending.find("\r\n\r\n")) == std::string::npos) {
    if (!stream.more(pending)) return std::nullopt;
  }
  HttpRequest request = parse_head(pending.substr(0, end + 2));
  pending.erase(0, end + 4);
  const auto length = request.headers.find("content-length");
  const std::size_t size = length == request.headers.end() ? 0 : std::stoul(length->second);
  while (pending.size() < size) {
    if (!stream.more(pending)) return std::nullopt;
  }
  request.body = pending.substr(0, size);
  pending.erase(0, size);
  return request;
}

std::string reply_text(const HttpReply& reply) {
  std::string text = "HTTP/1.1 " + std::to_string(reply.status) +
                     " as told\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n";
  for (const std::string& header : reply.headers) text += header + "\r\n";
  return text + "\r\n" + reply.body;
}

SSL_CTX* tls_of(const Certificate& certificate) {
  SSL_CTX* const tls = SSL_CTX_new(TLS_server_method());
  BIO* const certificate_text = BIO_new_mem_buf(certificate.certificate.data(), -1);
  BIO* const key_text = BIO_new_mem_buf(certificate.key.data(), -1);
  X509* const x509 = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  CHECK(SSL_CTX_use_certificate(tls, x509) == 1);
  CHECK(SSL_CTX_use_PrivateKey(tls, key) == 1);
  X509_free(x509);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
  return tls;
}

std::string pem_of(const std::function<void(BIO*)>& write) {
  BIO* const memory = BIO_new(BIO_s_mem());
  write(memory);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(memory);
  return text;
}

void add_extension(X509* x509, int name, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, x509, x509, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, name, value.c_str());
  CHECK(extension != nullptr);
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

Certificate make_certificate(const std::string& host) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(x509), 86'400);
  X509_set_pubkey(x509, key);
  X509_NAME* const name = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(x509, name);
  add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
  const bool is_address = !host.empty() && std::isdigit(static_cast<unsigned char>(host[0])) != 0;
  add_extension(x509, NID_subject_alt_name, (is_address ? "IP:" : "DNS:") + host);
  CHECK(X509_sign(x509, key, EVP_sha256()) > 0);
  Certificate made{pem_of([&](BIO* out) { PEM_write_bio_X509(out, x509); }), pem_of([&](BIO* out) {
                     PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
                   })};
  X509_free(x509);
  EVP_PKEY_free(key);
  return made;
}

class HttpServer::Running {
 public:
  Running(Handler handler, const std::optional<Certificate>& tls, int port)
      : handler_(std::move(handler)), is_tls_(tls.has_value()) {
    std::signal(SIGPIPE, SIG_IGN);  // TLS writes to connections that are gone
    if (tls) tls_ = tls_of(*tls);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    CHECK(::listen(listener_, 64) == 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~Running() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      ::shutdown(listener_, SHUT_RDWR);
      for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    ended_.notify_all();
    acceptor_.join();
    for (std::thread& each : connections_) each.join();
    ::close(listener_);
    if (tls_ != nullptr) SSL_CTX_free(tls_);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int port() const { return port_; }
  bool is_tls() const { return is_tls_; }

 private:
  void accept_all() {
    while (true) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      const std::lock_guard lock(mutex_);
      if (ending_ || fd < 0) {
        if (fd >= 0) ::close(fd);
        return;
      }
      const int yes = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      open_.insert(fd);
      connections_.emplace_back([this, fd] { serve(fd); });
    }
  }

  void serve(int fd) {
    HttpReply::How end = HttpReply::How::whole;
    {
      Stream stream(fd, tls_);
      std::string pending;
      while (stream.good() && end == HttpReply::How::whole) {
        const auto request = next_request(stream, pending);
        if (!request) break;
        const HttpReply reply = answer(*request);
        if (!pause(reply.delay)) break;
        end = reply.how;
        if (end == HttpReply::How::whole && !stream.write(reply_text(reply))) break;
      }
    }
    const std::lock_guard lock(mutex_);
    if (end == HttpReply::How::reset) {
      const linger hard{1, 0};
      ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
    open_.erase(fd);
    ::close(fd);
  }

  HttpReply answer(const HttpRequest& request) {
    const std::lock_guard lock(handling_);
    return handler_(request);
  }
  // False where the server ends meanwhile.
  bool pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !ended_.wait_for(lock, time, [&] { return ending_; });
  }

  const Handler handler_;
  const bool is_tls_;
  SSL_CTX* tls_ = nullptr;
  int listener_ = -1;
  int port_ = 0;
  std::mutex handling_, mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::set<int> open_;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

HttpServer::HttpServer(Handler handler, std::optional<Certificate> tls, int port)
    : running_(std::make_unique<Running>(std::move(handler), tls, port)) {}
HttpServer::~HttpServer() = default;

int HttpServer::port() const {
  return running_->port();
}

std::string HttpServer::url(const std::string& path) const {
  return (running_->is_tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") +
         std::to_string(port()) + path;
}

}  // namespace packbench::test
