#include "store/people.h"

#include <algorithm>
#include <exception>

#include "domain/json.h"
#include "store/files.h"
#include "store/schema.h"

namespace packbench::store {
namespace {

// Letters, digits and everything beyond ASCII; spaces and punctuation are typed in many ways.
std::string normalised(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 'A' && byte <= 'Z') {
      out.push_back(static_cast<char>(byte - 'A' + 'a'));
    } else if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

People::People(const CatalogOptions& options, bool writes) {
  const std::string path = join(options.directory, "keys.db");
  if (options.vfs.empty() && writes) create_private_file(path);
  db_.emplace(path, OpenMode{.vfs = options.vfs, .create = writes, .busy_ms = 10'000});
  if (!writes) {
    db().execute("PRAGMA query_only=ON");
    return;
  }
  db().execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;");
  if (db().integer("SELECT count(*) FROM sqlite_schema") > 0) return;
  Transaction transaction(db());
  db().execute(keys_schema);
  transaction.commit();
}

void People::check_not_lost(Database& catalog) {
  if (db().integer("SELECT count(*) FROM site_key") > 0) return;
  if (!catalog.query("SELECT 1 FROM orders WHERE sealed_person <> '' LIMIT 1").next()) return;
  fail("keys_missing",
       "keys.db is missing or empty, and without it no receiver in catalog.db can be read: put it "
       "back from the backup. Leave catalog.db where it is: a new one would not hear of refunds");
}

void People::make_keys(const std::vector<OrderKey>& orders, const RandomSource& random) {
  Transaction transaction(db());
  Key key{};
  if (db().integer("SELECT count(*) FROM site_key") == 0) {
    random(key);
    db().run("INSERT INTO site_key (id, key) VALUES (1, ?)", Bytes(key));
  }
  for (const OrderKey& order : orders) {
    if (db().query("SELECT 1 FROM person_key WHERE platform = ? AND shop = ? AND number = ?", order)
            .next()) {
      continue;
    }
    random(key);
    db().run("INSERT INTO person_key (platform, shop, number, key) VALUES (?, ?, ?, ?)", order,
             Bytes(key));
  }
  transaction.commit();
}

void People::erase(const OrderKey& order) {
  Transaction transaction(db());
  db().run(
      "INSERT INTO person_key (platform, shop, number, key) VALUES (?, ?, ?, NULL)"
      " ON CONFLICT DO UPDATE SET key = NULL",
      order);
  transaction.commit();
}

std::optional<Key> People::key_of(const OrderKey& order) {
  Rows rows = db().query(
      "SELECT key FROM person_key WHERE platform = ? AND shop = ? AND number = ?"
      " AND key IS NOT NULL",
      order);
  if (!rows.next()) return std::nullopt;
  return to_hash(rows.blob(0));
}

bool People::is_erased(const OrderKey& order) {
  return db()
      .query(
          "SELECT 1 FROM person_key WHERE platform = ? AND shop = ? AND number = ?"
          " AND key IS NULL",
          order)
      .next();
}

PersonalData People::person(const OrderKey& order, const std::string& sealed) {
  const auto key = key_of(order);
  if (!key) {
    fail("erased",
         "the receiver of this order was erased and cannot be read"
         " / 这个订单的收件人信息已删除，读不出来");
  }
  const auto text = unseal(sealed, order, *key);
  const auto person = text ? read_person(*text) : std::nullopt;
  if (!person) {
    fail("corrupt",
         "the receiver of this order cannot be read: import it again"
         " / 这个订单的收件人信息读不出来，请主管重新导入订单");
  }
  return *person;
}

std::string People::address_token(const Receiver& receiver) {
  if (receiver == Receiver{}) return "";
  Rows rows = db().query("SELECT key FROM site_key WHERE id = 1");
  if (!rows.next()) fail("corrupt", "keys.db has no site key: restore it from the backup");
  FieldBytes fields("packbench.address.1");
  for (const std::string& part :
       {receiver.name, receiver.phone, receiver.country, receiver.province, receiver.city,
        receiver.district, receiver.address, receiver.postcode}) {
    fields.add(normalised(part));
  }
  const Hash hash = fields.hash(to_hash(rows.blob(0)));
  return to_hex(Bytes(hash).first(16));
}

std::string person_text(const PersonalData& person) {
  return nlohmann::json(person).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<PersonalData> read_person(const std::string& text) {
  try {
    return nlohmann::json::parse(text).get<PersonalData>();
  } catch (const std::exception& problem) {
    return std::nullopt;
  }
}

Hash person_tag(const std::string& text, const Key& key) {
  FieldBytes fields("packbench.person_tag.1");
  fields.add(text);
  return fields.hash(key);
}

}  // namespace packbench::store
