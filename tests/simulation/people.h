// People: who stands at the bench and at the dock. They look at the screen, mostly do what it asks
// for, and err as often as the weather says. Thread rule: one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shop.h"
#include "station/view.h"
#include "world.h"

namespace packbench::simulation {

struct Deed {
  std::string line;  // as the console takes it
  bool dock = false;
};

class People {
 public:
  People(World& world, Shop& shop) : world_(world), shop_(shop), chance_(world.chance) {}

  Deed next(const station::StationView& view);
  // What the hands do after an answer: a staged box goes to the shelf.
  void see(const station::StationView& view, const Deed& deed);
  // After a crash in the middle of a deed.
  void see_restart(const Deed& deed);

 private:
  struct Box {
    std::string number, carrier;
    std::string code;  // of the label that is stuck on it
    bool gone = false;
  };

  std::string at_bench(const station::StationView& view);
  std::string at_dock(const station::StationView& view);
  std::string sign_in();
  std::string open_order();
  std::string pack(const station::StationView& view);
  std::string pack_item(const station::StationView& view);
  std::string answer_checks(const station::StationView& view);
  std::string stick_label(const station::StationView& view);
  std::string doubt(const station::StationView& view);
  std::string mistake(const station::StationView& view);
  std::string rescue(const station::StationView& view);
  const Paper* paper_of(const station::StationView& view) const;
  std::string code_of(const Paper& paper);
  std::string some_order();
  void to_shelf(const Deed& deed);
  void weigh(const station::StationView& view);

  World& world_;
  Shop& shop_;
  Rng& chance_;
  std::vector<Box> shelf_;
  std::optional<station::WaybillView> before_;  // of the label in hand
};

}  // namespace packbench::simulation
