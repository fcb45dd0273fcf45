// Writes a file of the outbox so that a reader sees it whole or not at all, even across a power
// cut: temporary file, fsync, rename, fsync of the folder. The same name again replaces it by the
// same content, which is how a crash between file and record is mended.
#pragma once

#include <string>

#include "base/result.h"

namespace packbench::host {

// Errors: no_folder, no_space, io_error.
Status write_whole_file(const std::string& folder, const std::string& name,
                        const std::string& text);

}  // namespace packbench::host
