// Manifests that tests put on slips.
#pragma once

#include <cstdio>
#include <string>

#include "label/manifest_slip.h"

namespace packbench::label {

// 2026-11-22 16:08:57 in Shanghai.
constexpr Instant kSlipOpened{1'795'334'937'000'000};

inline std::string slip_number(int parcel) {
  std::string digits = std::to_string(parcel);
  return "SF1000" + std::string(9 - digits.size(), '0') + digits;
}

// A courier's visit that took so many parcels along.
inline SlipContent slip_sample(int parcels, bool chinese) {
  SlipContent c;
  c.chinese = chinese;
  c.bench = chinese ? "三号台" : "Bench 3";
  c.op = chinese ? "李秀英" : "Li Xiuying";
  c.carrier = chinese ? "顺丰速运" : "SF Express";
  c.zone = "Asia/Shanghai";
  StoredManifest& m = c.manifest;
  m.id = "B380608-M17";
  m.carrier = "SF";
  m.courier = chinese ? "K1 王师傅" : "K1 Wang";
  m.op = "1001";
  m.opened = kSlipOpened;
  m.closed = Instant{kSlipOpened.us + 18 * 60'000'000LL};
  m.counted = parcels;
  for (int i = 1; i <= parcels; ++i)
    m.taken.push_back({"B380608-P" + std::to_string(i), slip_number(i), {}, 300});
  m.left = {slip_number(900), slip_number(901), slip_number(902)};
  return c;
}

// The same where something went wrong.
inline SlipContent troubled_slip_sample(int parcels, bool chinese) {
  SlipContent c = slip_sample(parcels, chinese);
  StoredManifest& m = c.manifest;
  m.counted.reset();
  m.incidents = {{"late", chinese ? "晚了一个小时" : "by an hour", kSlipOpened},
                 {"parcel_damaged",
                  chinese ? "从车上掉下来一箱，箱角压扁，当面拍了照，快递员说回站点登记，单号另外给"
                          : "one box fell off the van, a corner is crushed; photographed here, the "
                            "courier registers it at his station and gives us the case number",
                  kSlipOpened}};
  m.refused = {{slip_number(905), chinese ? "太大" : "too large"}, {slip_number(906), ""}};
  return c;
}

}  // namespace packbench::label
