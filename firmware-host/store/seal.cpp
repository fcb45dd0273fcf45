#include "store/seal.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "base/check.h"

namespace packbench::store {
namespace {

std::string additional_data(const OrderKey& order) {
  FieldBytes fields("packbench.person");
  fields.add(order.platform);
  fields.add(order.shop);
  fields.add(order.number);
  const Hash hash = fields.hash(Key{});
  return {hash.begin(), hash.end()};
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void FieldBytes::add(std::int64_t number) {
  auto rest = static_cast<std::uint64_t>(number);
  for (int i = 0; i < 8; ++i, rest >>= 8) bytes_.push_back(static_cast<char>(rest & 0xff));
}

void FieldBytes::add(std::string_view text) {
  add(static_cast<std::int64_t>(text.size()));
  bytes_.append(text);
}

void FieldBytes::add(Bytes bytes) {
  add(static_cast<std::int64_t>(bytes.size()));
  bytes_.append(bytes.begin(), bytes.end());
}

Hash FieldBytes::hash(const Key& key) const {
  Hash out{};
  CHECK(crypto_generichash(out.data(), out.size(), bytes_of(bytes_), bytes_.size(), key.data(),
                           key.size()) == 0);
  return out;
}

Hash record_hash(const RecordRow& row, const Key& key) {
  FieldBytes fields("packbench.record.1");
  fields.add(Bytes(row.prev_hash));
  fields.add(row.seq);
  fields.add(row.bench);
  fields.add(row.batch);
  fields.add(row.kind);
  fields.add(static_cast<std::int64_t>(row.version));
  fields.add(row.payload);
  fields.add(row.op);
  fields.add(row.wall_us);
  fields.add(row.boot_id);
  fields.add(row.boot_us);
  return fields.hash(key);
}

bool equal(const Hash& a, Bytes b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Hash to_hash(Bytes bytes) {
  Hash out{};
  if (bytes.size() == out.size()) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

std::string seal(std::string_view text, const OrderKey& order, const Key& key, const Nonce& nonce) {
  const std::string data = additional_data(order);
  std::vector<unsigned char> box(nonce.begin(), nonce.end());
  box.resize(nonce.size() + text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + nonce.size(), nullptr, bytes_of(text),
                                             text.size(), bytes_of(data), data.size(), nullptr,
                                             nonce.data(), key.data());
  std::string out(sodium_base64_encoded_len(box.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), box.data(), box.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminating zero
  return out;
}

std::optional<std::string> unseal(const std::string& sealed, const OrderKey& order,
                                  const Key& key) {
  std::vector<unsigned char> box(sealed.size() + 1);
  std::size_t size = 0;
  if (sodium_base642bin(box.data(), box.size(), sealed.data(), sealed.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  constexpr std::size_t nonce_size = std::tuple_size_v<Nonce>;
  constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (size < nonce_size + tag_size) return std::nullopt;
  const std::string data = additional_data(order);
  std::string text(size - nonce_size - tag_size, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, box.data() + nonce_size,
          size - nonce_size, bytes_of(data), data.size(), box.data(), key.data()) != 0) {
    return std::nullopt;
  }
  return text;
}

std::string to_hex(Bytes bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

}  // namespace packbench::store
