// Identifier: what may stand for an order, an item, an alias, a badge. The bench reads everything
// through one scanner, so an identifier must be something a scanner can send and must not be
// something else already. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace packbench {

constexpr std::size_t kIdentifierBytesMax = 128;

// Why a text cannot be an identifier, in English and to be put behind its name ("is empty");
// nothing where it can. Refused are texts that no scanner sends, console actions ("/undo"),
// printed commands, our own label codes and what begins like a symbology identifier ("]C1").
std::optional<std::string> identifier_problem(std::string_view text);

}  // namespace packbench
