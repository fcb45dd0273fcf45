// One of the lists as the window shows it. Thread rule: that of the stores.
#pragma once

#include <string>

#include "base/result.h"
#include "base/units.h"
#include "host/listing.h"
#include "ui/list_page.h"

namespace packbench::program {

// `name` as host::all_list_names() has it; no more rows than a person would look through.
Result<ui::ListPage> read_list_page(const host::ListingSources& sources, const std::string& name,
                                    const Now& now);

}  // namespace packbench::program
