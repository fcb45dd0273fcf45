#include "domain/command_code.h"

#include <algorithm>
#include <array>

#include "domain/check_character.h"

namespace packbench {
namespace {

constexpr std::string_view kCommandPrefix = "PBC";
constexpr std::size_t kNumberDigits = 3;
constexpr std::size_t kCodeLength = kCommandPrefix.size() + kNumberDigits + 1;

constexpr auto kCommands = std::to_array<SheetCommand>({
    {1, "/undo", "撤销上一步", "Undo the last step", false},
    {2, "/next-parcel", "换下一个包裹", "Next parcel of this order", false},
    {3, "/print", "打印面单", "Print the label", false},
    {4, "/printed yes", "面单已打出", "The label came out", false},
    {5, "/printed no", "面单没打出", "No label came out", false},
    {6, "/park", "挂起订单", "Park the order", false},
    {7, "/abandon", "放弃打包", "Abandon the order", false},
    {8, "/close-manifest", "结束交接", "Close the manifest", false},
    {9, "/sign-out", "退出登录", "Sign out", false},
    {10, "/check * pass", "检查合格", "Check: pass", false},
    {11, "/check * fail", "检查不合格", "Check: fail", false},
    {12, "/check * na", "检查不适用", "Check: not applicable", false},
    {13, "/override * supervisor_decided", "主管放行检查", "Override the check", true},
    {14, "/card", "打印贺卡", "Print the gift card", false},
    {15, "/print-manifest", "打印交接清单", "Print the manifest", false},
    {22, "/quantity 2", "数量 2", "Quantity 2", false},
    {23, "/quantity 3", "数量 3", "Quantity 3", false},
    {24, "/quantity 4", "数量 4", "Quantity 4", false},
    {25, "/quantity 5", "数量 5", "Quantity 5", false},
    {26, "/quantity 6", "数量 6", "Quantity 6", false},
    {27, "/quantity 7", "数量 7", "Quantity 7", false},
    {28, "/quantity 8", "数量 8", "Quantity 8", false},
    {29, "/quantity 9", "数量 9", "Quantity 9", false},
    {30, "/quantity 10", "数量 10", "Quantity 10", false},
    {41, "/void label_damaged", "作废:面单破损", "Void: label damaged", false},
    {42, "/void wrong_carrier", "作废:快递选错", "Void: wrong carrier", false},
    {43, "/void address_changed", "作废:地址已改", "Void: address changed", false},
    {51, "/reprint unreadable", "重打:扫不出", "Reprint: cannot be read", false},
    {52, "/reprint label_damaged", "重打:面单破损", "Reprint: label damaged", false},
    {53, "/reprint label_lost", "重打:面单丢失", "Reprint: label lost", false},
});

std::string code_of(int number) {
  std::string digits = std::to_string(number);
  digits.insert(0, kNumberDigits - digits.size(), '0');
  std::string code = std::string(kCommandPrefix) + digits;
  code.push_back(check_character(code).value());
  return code;
}

int number_of(std::string_view code) {
  int number = 0;
  for (const char c : code.substr(kCommandPrefix.size(), kNumberDigits))
    number = number * 10 + (c - '0');
  return number;
}

}  // namespace

std::span<const SheetCommand> sheet_commands() {
  return kCommands;
}

std::optional<std::string> encode_command(std::string_view action) {
  const auto found = std::find_if(kCommands.begin(), kCommands.end(),
                                  [&](const SheetCommand& c) { return c.action == action; });
  if (found == kCommands.end()) return std::nullopt;
  return code_of(found->number);
}

std::optional<std::string> parse_command(std::string_view bytes) {
  if (!looks_like_command(bytes) || !check_character_holds(bytes)) return std::nullopt;
  const int number = number_of(bytes);
  const auto found = std::find_if(kCommands.begin(), kCommands.end(),
                                  [&](const SheetCommand& c) { return c.number == number; });
  if (found == kCommands.end()) return std::nullopt;
  return std::string(found->action);
}

bool looks_like_command(std::string_view bytes) {
  if (bytes.size() != kCodeLength || !bytes.starts_with(kCommandPrefix)) return false;
  const std::string_view digits = bytes.substr(kCommandPrefix.size(), kNumberDigits);
  return is_layout_safe(bytes) && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace packbench
