// Waybill numbers, allocated to orders or of a carrier's range: a CSV row or a JSON line each.
#include "exchange/waybills.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/tracking_number.h"
#include "exchange/fields.h"
#include "exchange/importers.h"

namespace packbench::exchange {
namespace {

// The names under which platforms and carriers export our columns. 物流单号 and 物流公司 are not
// among them: order exports have those, and an order is no waybill.
struct Column {
  std::string_view name;
  std::array<std::string_view, 3> also;
};
constexpr auto kColumns = std::to_array<Column>({
    {"carrier", {"快递公司", "快递公司编码", "carrier_code"}},
    {"service", {"快递产品", "产品类型", "service_code"}},
    {"number", {"运单号", "面单号", "waybill_code"}},
    {"order", {"订单号", "订单编号", "order_number"}},
    {"platform", {"平台", "订单平台", "order_platform"}},
    {"shop", {"店铺", "店铺名称", "shop_name"}},
    {"route_code", {"三段码", "路由码", "routing_code"}},
    {"consolidation", {"集包地", "集包地名称", "consolidation_name"}},
    {"consolidation_code", {"集包地代码", "集包地编码", "consolidation_hub_code"}},
    {"sorting_mark", {"大头笔", "分拣码", "sortation_name"}},
    {"expires_at", {"有效期", "失效时间", "expiry"}},
    {"label_file", {"面单文件", "标签文件", "label_path"}},
});

bool is_known(std::string_view name) {
  return std::any_of(kColumns.begin(), kColumns.end(), [&](const Column& each) {
    return each.name == name ||
           std::find(each.also.begin(), each.also.end(), name) != each.also.end();
  });
}

// Both languages: the file's reader may be a packer or a connector's author.
std::string in_words(const WaybillProblem& problem) {
  return problem.text.en + ": " + lower(problem.next.en.substr(0, 1)) + problem.next.en.substr(1) +
         " (" + problem.text.zh + "，" + problem.next.zh + ")";
}

// A list of numbers must not reach, nor find out about, what is not the bench's.
Problem outside_problem(std::string_view path) {
  bool outside = path.starts_with('/');
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    outside = outside || path.substr(0, end) == "..";
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  if (!outside) return std::nullopt;
  return "The label file lies outside the data directory: put it there and give its path from "
         "there, without .. (面单文件不在数据目录里，放进去，写从数据目录起的路径，不要 ..)";
}

}  // namespace

std::string_view waybill_column(const NamedAs& has, std::string_view name) {
  const auto column = std::find_if(kColumns.begin(), kColumns.end(),
                                   [&](const Column& each) { return each.name == name; });
  if (has(name) || column == kColumns.end()) return name;
  for (const std::string_view also : column->also) {
    if (has(also)) return also;
  }
  return name;
}

// Under other names than ours a file of orders might look the same: then every column must be
// known.
bool is_waybills(const Header& header) {
  if (header.has({"carrier", "number"})) return true;
  const NamedAs has = [&](std::string_view name) { return header.find(name).has_value(); };
  return has(waybill_column(has, "carrier")) && has(waybill_column(has, "number")) &&
         std::all_of(header.names.begin(), header.names.end(), is_known);
}

Problem read_waybill(const FieldGetter& get_raw, const std::string& zone, WaybillOffer& offer) {
  const auto get = [&](std::string_view name) { return clean_text(get_raw(name)); };
  offer.carrier = get("carrier");
  offer.service = get("service");
  offer.number = normalise_waybill(get_raw("number"));
  offer.route_code = get("route_code");
  offer.consolidation = get("consolidation");
  offer.consolidation_code = get("consolidation_code");
  offer.sorting_mark = get("sorting_mark");
  offer.label_file = get("label_file");
  if (auto problem = name_problem("The carrier", offer.carrier)) return problem;
  if (const auto problem = waybill_problem(offer.carrier, offer.number)) return in_words(*problem);
  if (auto problem = name_problem("The waybill number", offer.number)) return problem;
  if (const std::string order = get("order"); !order.empty()) {
    if (auto problem = name_problem("The order number", order)) return problem;
    offer.order = OrderKey{get("platform"), get("shop"), order};
  }
  if (const std::string text = get("expires_at"); !text.empty()) {
    offer.expires_at = parse_time(text, zone);
    if (!offer.expires_at) return "expires_at is not a time";
  }
  if (offer.label_file.empty()) return std::nullopt;
  if (!offer.order) return "A label file needs the order it is for";
  return outside_problem(offer.label_file);
}

Problem WaybillList::take(WaybillOffer offer, std::size_t line, std::string_view source) {
  if (!seen_.insert({offer.carrier, offer.number}).second) {
    return "The number stands in the file already; one number is for one parcel";
  }
  if (!looks_usual(offer.carrier, offer.number)) {
    UnusualNumbers& unusual = outcome_.unusual[offer.carrier];
    if (++unusual.count == 1) unusual.first = {line, offer.number};
  }
  outcome_.batch.waybills.push_back(std::move(offer));
  outcome_.sources["waybills"].push_back({line, std::string(source)});
  return std::nullopt;
}

void import_waybills(Table& table, const ImportContext& context) {
  const NamedAs has = [&](std::string_view name) { return table.header().find(name).has_value(); };
  WaybillList list(context.outcome);
  while (const auto row = table.next()) {
    const auto reject = [&](const std::string& reason) {
      context.outcome.rejects.push_back({row->line, reason, std::string(row->source)});
    };
    if (!row->problem.empty()) {
      reject("The row " + row->problem + ".");
      continue;
    }
    const FieldGetter get = [&](std::string_view name) {
      return std::string(table.get(*row, waybill_column(has, name)));
    };
    WaybillOffer offer;
    Problem problem = read_waybill(get, context.zone, offer);
    if (!problem) problem = list.take(std::move(offer), row->line, row->source);
    if (problem) reject(*problem + ".");
  }
}

}  // namespace packbench::exchange
