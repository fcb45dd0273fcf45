// Traces: what carriers and the services between report of parcels, as CSV or JSON. The JSON of the
// Chinese tracking services differs in names only: kuaidi100 (com, nu, data[time, context,
// status]), kdniao (ShipperCode, LogisticCode, Traces[AcceptTime, AcceptStation, Action]), Cainiao
// (cpCode, mailNo, traces[time, desc, action]) and our own (carrier, number, events[time, text,
// status]). For this room's source files only.
#pragma once

#include <string_view>

#include "exchange/importers.h"

namespace packbench::exchange {

// A list of shipments with traces, by itself or as `shipments` of an object, or one of them; whole
// or one a line. An object may say in `next` where its source goes on.
bool is_traces_json(std::string_view text);
void import_traces_json(std::string_view text, const ImportContext& context);

// number,time,text or number,time,status; further carrier.
bool is_traces(const Header& header);
void import_traces(Table& table, const ImportContext& context);

}  // namespace packbench::exchange
