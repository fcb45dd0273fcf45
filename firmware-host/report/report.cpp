#include "report/report.h"

#include "report/parcels.h"
#include "report/tallies.h"

namespace packbench::report {

Report make_report(const ReportInput& input) {
  Report report;
  report.bench = input.bench;
  report.shift = input.shift;
  report.from = input.from;
  report.to = input.to;
  report.made_at = input.now.wall;
  report.zone = input.zone;
  report.carriers = input.carriers;
  report.numbers = input.numbers;
  report.policy = policy_of(input.policies, "");
  count_tallies(input, report);
  sort_parcels(input, report);
  return report;
}

}  // namespace packbench::report
