// One product from a JSON object. Inside of this room only. An Error's text is a clause that says
// which field and why.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "domain/product.h"

namespace packbench::exchange {

Result<Product> read_product(const nlohmann::json& object);

}  // namespace packbench::exchange
