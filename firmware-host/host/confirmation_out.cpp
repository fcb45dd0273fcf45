#include "host/confirmation_out.h"

namespace packbench::host {

exchange::ConfirmationOut confirmation_out(const store::ReleasedConfirmation& row) {
  exchange::ConfirmationOut out{row.confirmation.parcel,
                                row.confirmation.order,
                                row.carrier,
                                row.service,
                                row.number,
                                row.manifest,
                                row.picked_up_at,
                                row.released_at,
                                {}};
  out.by_trace = row.by_trace;
  for (const station::Content& content : row.contents)
    out.lines.push_back({content.line, content.quantity});
  return out;
}

}  // namespace packbench::host
