// The one door to the lists, for the console and `packbench list`: finds a list by its name and
// tells it to people or programs. No person's data. Thread rule: that of the stores.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/listing.h"

namespace packbench::host {

// Of every list that answer_list knows.
std::vector<std::string_view> all_list_names();

enum class ListForm {
  text,   // a table for people
  lines,  // one JSON object a line, for each row one
  json    // one JSON object
};
struct ListQuestion {
  std::string name;
  std::size_t limit = 0;  // of rows that are told
  ListForm form = ListForm::text;
  ListingStyle style;
};

// Error no_such_list.
Result<std::string> answer_list(const ListingSources& sources, const ListQuestion& question,
                                const Now& now);

}  // namespace packbench::host
