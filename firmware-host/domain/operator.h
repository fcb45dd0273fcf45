// Operator: who works at the bench. Roles: a packer packs, a supervisor also overrides.
#pragma once

#include <string>

namespace packbench {

enum class Role { packer, supervisor };

struct Operator {
  std::string badge;
  std::string name;
  Role role = Role::packer;
  bool operator==(const Operator&) const = default;
};

}  // namespace packbench
