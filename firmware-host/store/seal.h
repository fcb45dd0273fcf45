// Seal: the keyed hashes and ciphers of this room, by libsodium. Pure functions; keys and nonces
// are arguments. For this room's source files only.
//   record hash   BLAKE2b-256 keyed with bench.key over the previous record's hash and every field,
//                 numbers as 8 bytes little-endian, texts as their length and bytes
//   snapshot mac  the same key over another first word
//   person        XChaCha20-Poly1305 (IETF), key and nonce at random, the order's key as
//                 additional data; stored as base64 of nonce and ciphertext
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/order.h"
#include "store/database.h"

namespace packbench::store {

using Hash = std::array<std::uint8_t, 32>;
using Key = std::array<std::uint8_t, 32>;
using Nonce = std::array<std::uint8_t, 24>;

inline constexpr const char* hash_algorithm = "blake2b-256-keyed/1";

// Fields one after the other, so that no two lists of fields give the same bytes.
class FieldBytes {
 public:
  explicit FieldBytes(std::string_view purpose) { add(purpose); }
  void add(std::string_view text);
  void add(std::int64_t number);
  void add(Bytes bytes);
  Hash hash(const Key& key) const;

 private:
  std::string bytes_;
};

// A row of the table `record`, as it is stored.
struct RecordRow {
  std::int64_t seq = 0, batch = 0;
  std::string bench, kind;
  int version = 0;
  std::string payload, op;
  std::int64_t wall_us = 0;
  std::string boot_id;
  std::int64_t boot_us = 0;
  Hash prev_hash{}, hash{};
};
Hash record_hash(const RecordRow& row, const Key& key);

bool equal(const Hash& a, Bytes b);
Hash to_hash(Bytes bytes);  // zeros where the length is wrong

std::string seal(std::string_view text, const OrderKey& order, const Key& key, const Nonce& nonce);
std::optional<std::string> unseal(const std::string& sealed, const OrderKey& order, const Key& key);

std::string to_hex(Bytes bytes);

}  // namespace packbench::store
