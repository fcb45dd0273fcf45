#include "host/list_answer.h"

#include <algorithm>

#include "host/affected.h"
#include "host/pickups.h"

namespace packbench::host {
namespace {

template <class List>
std::string told(const List& list, const ListQuestion& question,
                 std::string (*text)(const List&, const ListingStyle&),
                 std::string (*lines)(const List&), std::string (*json)(const List&)) {
  if (question.form == ListForm::text) return text(list, question.style);
  return question.form == ListForm::lines ? lines(list) : json(list);
}

Result<std::string> answer_pickups(const ListingSources& sources, const ListQuestion& question,
                                   const Now& now) {
  const auto book = visit_book(sources);
  if (!book) return book.error();
  const auto pickups = find_pickups(sources, book.value(), now);
  if (!pickups) return pickups.error();
  return told(pickups.value(), question, pickups_text, pickups_lines, pickups_json);
}

Result<std::string> answer_affected(const ListingSources& sources, const ListQuestion& question,
                                    const Now& now) {
  const auto affected = find_affected(sources, now, question.limit);
  if (!affected) return affected.error();
  return told(affected.value(), question, affected_text, affected_lines, affected_json);
}

}  // namespace

std::vector<std::string_view> all_list_names() {
  std::vector<std::string_view> names(list_names().begin(), list_names().end());
  names.insert(names.end(), {"pickups", "affected"});
  return names;
}

Result<std::string> answer_list(const ListingSources& sources, const ListQuestion& question,
                                const Now& now) {
  if (question.name == "pickups") return answer_pickups(sources, question, now);
  if (question.name == "affected") return answer_affected(sources, question, now);
  if (lists_asked_for(question.name).empty()) {
    std::string names;
    for (const std::string_view each : all_list_names())
      names += (names.empty() ? "" : ", ") + std::string(each);
    return Error{"no_such_list", "there is no list " + question.name + "; there are " + names};
  }
  const auto listing = make_listing(sources, question.name, now, question.limit);
  if (!listing) return listing.error();
  return told(listing.value(), question, listing_text, listing_lines, listing_json);
}

}  // namespace packbench::host
