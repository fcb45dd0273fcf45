// What a server checks a delivery by, and the name that a person asks for it by.
#include <gtest/gtest.h>

#include "domain/delivery_id.h"
#include "exchange/signature.h"

namespace packbench {
namespace {

TEST(Signature, IsHmacSha256OfTimestampAndBody) {
  // echo -n '1700000000.{"a":1}' | openssl dgst -sha256 -hmac 'secret'
  EXPECT_EQ(exchange::signature("secret", "1700000000", "{\"a\":1}"),
            "49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686");
  // A longer secret than the hash's block (64 bytes) is hashed first.
  EXPECT_EQ(exchange::signature(std::string(100, 'k'), "1", ""),
            "f380fa061ddac7555fce09c4f9d5ba3c4d7eb9115eaa097dd2c14988a18ae793");
}

TEST(DeliveryId, IsWrittenAndReadBack) {
  EXPECT_EQ(delivery_id_text({57, 1}), "57-1");
  EXPECT_EQ(parse_delivery_id("57-1"), (DeliveryId{57, 1}));
  for (const char* wrong : {"", "57", "57-", "-1", "57-0", "0-1", "57-1 ", "57--1", "a-1", "57-1-1",
                            "99999999999999999999-1"})
    EXPECT_EQ(parse_delivery_id(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace packbench
