// A released confirmation as the world outside is told of it. Pure.
#pragma once

#include "exchange/confirmation.h"
#include "store/journal_reader.h"

namespace packbench::host {

exchange::ConfirmationOut confirmation_out(const store::ReleasedConfirmation& row);

}  // namespace packbench::host
