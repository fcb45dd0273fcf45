#include "program/list_page.h"

#include <iterator>
#include <utility>

#include "host/affected.h"
#include "host/pickups.h"

namespace packbench::program {
namespace {

constexpr std::size_t kPageRows = 200;

template <class Row>
ui::ListPage page_of(const std::string& name, std::int64_t count, std::vector<Row> rows) {
  ui::ListPage page{name, count, {}, false};
  page.rows.assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  return page;
}

}  // namespace

Result<ui::ListPage> read_list_page(const host::ListingSources& sources, const std::string& name,
                                    const Now& now) {
  if (name == "pickups") {
    const auto book = host::visit_book(sources);
    if (!book) return book.error();
    auto pickups = host::find_pickups(sources, book.value(), now);
    if (!pickups) return pickups.error();
    const auto count = static_cast<std::int64_t>(pickups.value().size());
    return page_of(name, count, std::move(pickups).value());
  }
  if (name == "affected") {
    auto affected = host::find_affected(sources, now, kPageRows);
    if (!affected) return affected.error();
    return page_of(name, affected.value().count, std::move(affected.value().rows));
  }
  auto listing = host::make_listing(sources, name, now, kPageRows);
  if (!listing) return listing.error();
  return page_of(name, listing.value().count, std::move(listing.value().rows));
}

}  // namespace packbench::program
