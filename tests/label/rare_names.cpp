#include "tests/label/rare_names.h"

#include <array>
#include <cstdint>

#include "base/check.h"
#include "base/utf8.h"

namespace packbench::label {
namespace {

constexpr const char* kBmp =
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝"
    "䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮";
constexpr const char* kBeyond =
    "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽹𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸"
    "𫇭𫌀𫍣"
    "𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜"
    "𫢸"
    "𫫇"
    "𫭟"
    "𫭢"
    "𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩"
    "𬀪𬂩𬃊𬃳𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬"
    "𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭"
    "𬬮𬬱𬬸𬬹"
    "𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶"
    "𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓";

struct Range {
  char32_t first, last;
};
// Unified hanzi, extensions A to F, and the compatibility forms.
constexpr std::array kRanges = {
    Range{0x3400, 0x4DB5},   Range{0x9FA6, 0x9FEA},   Range{0xF900, 0xFAD9},
    Range{0x20000, 0x2A6D6}, Range{0x2A700, 0x2B734}, Range{0x2B740, 0x2B81D},
    Range{0x2B820, 0x2CEA1}, Range{0x2CEB0, 0x2EBE0}, Range{0x2F800, 0x2FA1D}};

// Knuth's MMIX generator: the same numbers everywhere.
class Dice {
 public:
  std::uint64_t roll(std::uint64_t sides) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33U) % sides;
  }

 private:
  std::uint64_t state_ = 20261123;
};

}  // namespace

std::vector<char32_t> standard_rare_characters() {
  auto out = code_points(kBmp);
  const auto beyond = code_points(kBeyond);
  CHECK(out && beyond);
  out->insert(out->end(), beyond->begin(), beyond->end());
  return *out;
}

std::vector<RareName> rare_names(int count, const std::function<bool(char32_t)>& has) {
  const std::vector<char32_t> table = standard_rare_characters();
  Dice dice;
  std::size_t next = 0;
  const auto from_table = [&] { return to_utf8(table[next++ % table.size()]); };
  const auto from_ranges = [&] {
    for (int i = 0; i < 1'000; ++i) {
      const Range& range = kRanges[dice.roll(kRanges.size())];
      const auto c = static_cast<char32_t>(range.first + dice.roll(range.last - range.first + 1));
      if (has(c)) return to_utf8(c);
    }
    return std::string("龘");
  };
  std::vector<RareName> out;
  for (int i = 0; i < count; ++i) {
    const auto rare = [&] { return i % 2 == 0 ? from_table() : from_ranges(); };
    RareName name;
    name.person = rare() + rare();
    name.place = "浙江省" + rare() + rare() + "县" + rare() + "家" + rare() + "镇" + rare() + "村" +
                 std::to_string(i + 1) + "号";
    out.push_back(name);
  }
  return out;
}

}  // namespace packbench::label
