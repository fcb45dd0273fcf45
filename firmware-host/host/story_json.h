// Everything about one order for `packbench show`: as JSON for programs, as lines for people. No
// receiver and no note: those are for the label and the screen.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/deadlines.h"
#include "domain/order.h"
#include "store/catalog.h"
#include "store/order_story.h"

namespace packbench::host {

std::string story_json(const Order& order, const store::OrderStory& story,
                       const Deadlines& deadlines);
// Times of the deadlines in the site's `zone`.
std::string story_text(const Order& order, const store::OrderStory& story,
                       const Deadlines& deadlines, const std::string& zone);

// By number or alias, or by "platform/shop/number".
Result<std::vector<Order>> orders_named(store::Catalog& catalog, const std::string& code);

}  // namespace packbench::host
