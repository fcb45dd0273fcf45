// Turn: one step from a state. It does what the host does with the core's decisions (host/host.cpp:
// decide, commit, evolve, act; at a start the feed, Started and what is owed), lets the worker and
// the printer do theirs, and holds every rule of a step against it. Thread rule: one thread.
#pragma once

#include "rules.h"
#include "world.h"

namespace packbench::protocol {

class Turn {
 public:
  Turn(Bench& bench, Mutation mutation, const State& from)
      : to(from), bench_(bench), mutation_(mutation) {}

  State to;
  Rules broken = 0;
  Mets met = 0;

  World& world() { return to.world; }
  const Sight& sight() const { return bench_.look(to.station); }

  // The host.
  const Answer& tell(Input input);
  void take_message();
  void act_first();
  void commit_after();
  void crash();
  void restart();

  // The worker and the driver.
  void draw(bool possible);
  void answer_asked(Said said);
  void begin_to_send();
  void take_all();
  void end_job(Said said);

  // Paper and people.
  void come_out(Byte attempt);
  void scan_label(Byte attempt, bool small_code);
  void scan_and_destroy(Byte attempt);
  void reprint();  // by the packer; where that is not permitted, by a supervisor
  void row(OrderIs status);

 private:
  Known known() const { return {to.world.order, to.world.numbers}; }
  void supervisor_reprints();
  Input label_scan(Byte attempt, bool small_code) const;
  void commit(const Answer& answer, const Message* message);
  void note(const station::Payload& record, Said said);
  void act(const std::vector<station::Effect>& effects);
  void send(Byte attempt);
  void push(Job job);
  void post(Message message);
  void pop_job();
  void pop_message();
  void check_restart(const Sight& before);
  void check_scan(Byte attempt, bool small_code, const Answer& answer, const Sight& before);
  void break_if(bool wrong, Rule rule) { broken |= wrong ? of(rule) : 0; }
  void meet_if(bool seen, Met what) { met |= seen ? of(what) : 0; }

  Bench& bench_;
  const Mutation mutation_;
};

// Labels in somebody's hand that the bench would stage the parcel by, whichever code is scanned.
int labels_that_count(Bench& bench, Mutation mutation, const State& state);

}  // namespace packbench::protocol
