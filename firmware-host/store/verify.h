// Verify: is the journal what this bench wrote, and do its projections follow from it? Reads only;
// may run beside the bench. The rebuilt projections go into a second file, which is deleted again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace packbench::store {

struct VerifyReport {
  std::int64_t records = 0;     // that were read and fit the chain
  std::int64_t bad_record = 0;  // the first that does not; 0: none
  std::string bad_kind;
  std::string problem;  // what is wrong with it
  std::int64_t rows_compared = 0;
  std::vector<std::string> differences;  // "table key: what"; at most 20
  bool sound() const { return bad_record == 0 && problem.empty() && differences.empty(); }
};

// Error where the journal cannot be read at all: no_journal, corrupt, older_journal, newer_journal.
// `scratch` is a folder with room for a second journal, it may be the data directory; empty:
// memory. `vfs` is SQLite's file layer, empty: the system's own.
Result<VerifyReport> verify(const std::string& directory, const std::string& scratch,
                            const std::string& vfs = {});

}  // namespace packbench::store
