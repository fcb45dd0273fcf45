// What stands on the paper of a manifest, on the sheet as on the slip, in both languages.
#pragma once

#include <string>
#include <string_view>

namespace packbench {

struct ManifestWords {
  std::string_view zh, en;
  std::string in(bool chinese) const { return std::string(chinese ? zh : en); }
};

namespace manifest_words {

inline constexpr ManifestWords title{"交接清单", "Manifest"}, bench{"工位", "Bench"},
    carrier{"快递", "Carrier"}, courier{"快递员", "Courier"},
    dispatcher{"交件人", "Handed over by"}, time{"时间", "Time"}, open{"未结束", "still open"},
    ours{"我们数", "Counted here"}, theirs{"快递员数", "By the courier"},
    taken{"已交接", "Handed over"}, number{"运单号", "Waybill"}, orders{"订单", "Orders"},
    weight{"重量", "Weight"}, left{"留下的", "Left behind"},
    refused{"快递不收的", "Refused by the courier"}, reason{"原因", "Reason"},
    incidents{"情况", "Incidents"}, none{"没有", "None"},
    sign_here{"交件人签字", "Signature, dispatcher"},
    sign_there{"快递员签字", "Signature, courier"},
    by_trace{"以承运商的揽收轨迹为凭，没有交接扫描",
             "By the carrier's own pickup trace; there was no scan at the dock"},
    continued{"下一张继续", "Continued on the next slip"};

// A blank for a pen, where the courier's own count was not asked for.
inline constexpr std::string_view not_counted = "________";

// Of an incident's code.
inline constexpr ManifestWords incident(std::string_view code) {
  if (code == "late") return {"来晚了", "came late"};
  if (code == "rude") return {"态度不好", "was rude"};
  if (code == "parcel_damaged") return {"弄坏了包裹", "damaged a parcel"};
  return {"其他", "other"};
}

}  // namespace manifest_words
}  // namespace packbench
