// What goes onto a parcel's label, gathered from the work, the receiver and the configuration.
// Pure functions.
#pragma once

#include <string>

#include "base/units.h"
#include "domain/order.h"
#include "host/config.h"
#include "label/content.h"
#include "station/station.h"

namespace packbench::host {

struct LabelStamp {
  std::string bench;
  Instant now;
};

label::LabelContent label_content(const station::Work& work, const station::OpenParcel& parcel,
                                  int attempt, const PersonalData& person, const Config& config,
                                  const LabelStamp& stamp);

// What a card with the order's gift message may show.
label::LabelContent card_content(const PersonalData& person, const Config& config,
                                 const LabelStamp& stamp);

// The same for an order that is not on the bench: attempt 0, a SPECIMEN.
label::LabelContent specimen_content(const Order& order, const PersonalData& person,
                                     const Config& config, const LabelStamp& stamp);

}  // namespace packbench::host
