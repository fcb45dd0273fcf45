// People: the keys under which receivers and notes are sealed (keys.db). The file is deleted from
// with secure_delete, so that an erased key is not left in a free page. For this room's source
// files only. Thread rule: one thread.
#pragma once

#include <optional>
#include <string>

#include "domain/order.h"
#include "store/catalog_writer.h"
#include "store/database.h"
#include "store/seal.h"

namespace packbench::store {

class People {
 public:
  // The writer makes the file where there is none; a reader sees an empty one.
  People(const CatalogOptions& options, bool writes);

  // Throws Failure keys_missing where the catalog holds sealed receivers and this file no key at
  // all: it was lost, which must not look like an erasure of everybody.
  void check_not_lost(Database& catalog);

  // For the writer. All keys are made and stored before anything is sealed with them.
  void make_keys(const std::vector<OrderKey>& orders, const RandomSource& random);
  void erase(const OrderKey& order);

  std::optional<Key> key_of(const OrderKey& order);  // nothing: erased, or never there
  bool is_erased(const OrderKey& order);
  // Throws Failure erased or corrupt; a packer sees their texts.
  PersonalData person(const OrderKey& order, const std::string& sealed);
  // Equal for equal receivers and addresses, however spaced or cased; empty for an empty one.
  std::string address_token(const Receiver& receiver);

 private:
  Database& db() { return *db_; }
  std::optional<Database> db_;
};

std::string person_text(const PersonalData& person);
std::optional<PersonalData> read_person(const std::string& text);
// Tells whether a person changed; means nothing without the key.
Hash person_tag(const std::string& text, const Key& key);

}  // namespace packbench::store
