// Auditor: an independent model of what a bench may do. It shares no vocabulary with the core: it
// reads input lines, the bench's JSON answers, the bytes that reached the printer and the files
// that reached the outbox, and keeps a list of what should never have happened. Whatever changes
// in an answer must be explained by an input that asked for it, by news from outside or by a
// printer; whatever is gone after a restart must have been taken away by somebody.
// Thread rule: one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor_picture.h"

namespace packbench::simulation {

struct OrderedLine {
  int line = 0;
  std::string sku;
  int quantity = 0;
};

class Auditor {
 public:
  // What everybody outside the bench knows. An order is "platform/shop/number".
  void knows_order(const std::string& order, const std::vector<OrderedLine>& lines);
  void knows_kit(const std::string& sku) { kits_.insert(sku); }
  void knows_code(const std::string& code, const std::string& sku, int pieces);
  void knows_material(const std::string& code) { materials_.insert(code); }

  // News from outside. `touched` when an import is tried, the others when it came through.
  void touched(const std::string& order);
  void stopped(const std::string& order, int line);  // line 0: all of it
  void held(const std::string& order);

  void begins(const std::string& json);  // what a new bench shows

  // One input and what became of it; `dock` is the lane it was given to.
  void input(const std::string& line, bool dock);
  void answer(const std::string& json);
  void unanswered();                    // the bench died on it
  void shown(const std::string& json);  // the screen changed without an input
  void restarted(const std::string& json);

  // Bytes that the printer took; `denied` where it then claimed to have taken none.
  void printed(const std::string& bytes, bool denied);
  void outbox(const std::string& name, const std::string& text);

  // What the shop's server did for a confirmation by HTTP, and what it would not do.
  void posted(const std::string& confirmation, const std::string& body);
  void post_refused(const std::string& confirmation) { refused_.insert(confirmation); }
  // It came again although its sender knew that it was taken.
  void posted_again(const std::string& confirmation);

  // The time at which what comes next is given to the bench, and what an order is worth.
  void time(std::int64_t us) { now_us_ = us; }
  struct Price {
    std::int64_t fen = 0, paid_us = 0;
    bool better_service = false;  // than the standard one
  };
  void priced(const std::string& order, const Price& price) { prices_[order] = price; }
  // A carrier's report of a number, by its own clock.
  void reported(const std::string& number, const std::string& state, std::int64_t at_us);
  struct StagedBox {
    std::string number, carrier;
    std::int64_t staged_us = 0;
  };
  std::vector<StagedBox> staged() const;  // wherever they are by now
  // All is quiet: the rows of all the bench's lists.
  void listed(const std::string& rows);

  // A number that the carrier is told to have back.
  void returned(const std::string& name, const std::string& text);

  // All is quiet: what stands in a file must have been posted.
  void all_posted();
  // All is quiet and the disk is healthy: what was released must have been told.
  void settled();

  const std::vector<std::string>& violations() const { return violations_; }
  std::size_t confirmations() const { return confirmed_.size(); }
  std::size_t numbers_returned() const { return returned_.size(); }
  std::size_t cards() const { return cards_.size(); }  // orders whose card came out
  std::size_t accepted() const { return accepted_; }   // on a carrier's word
  std::size_t parcels_listed() const { return parcels_listed_; }

 private:
  struct Line {
    std::string text;
    std::string verb;  // empty: a scan
    std::vector<std::string> args;
    bool dock = false;
  };
  struct Parcel {
    std::string number, carrier;
    std::map<std::string, int> contents;  // "order#line" -> pieces
    std::string manifest;                 // that it was picked up in
    bool closed = false;
    bool voided = false;
    bool seen_to = false;  // came back, or somebody looked after it
    std::int64_t staged_us = 0;
    std::optional<std::int64_t> picked_us = {}, closed_us = {};
  };
  // The earliest of each kind; hub: or what comes after it.
  struct Reports {
    std::optional<std::int64_t> first, picked_up, hub, returned;
  };
  struct Label {
    std::string parcel;
    std::set<int> sent;    // attempts whose bytes the printer took
    std::set<int> denied;  // of these, the ones it lied about
    bool asked = false;    // for one more since the last one was sent
  };
  enum class Cause { answer, background, restart };

  void violation(const std::string& text);
  Line read_line(const std::string& text, bool dock) const;

  // auditor_changes.cpp: who may change what.
  void explain(const Picture& from, const Picture& to, Cause cause, const Line* line);
  bool by_input(const Change& change, const Line& line, const Picture& from) const;
  bool by_progress(const Change& change, Cause cause, const Picture& from, const Picture& to) const;
  bool by_news(const Change& change, const Picture& from, const Picture& to) const;
  void exact_item(const Picture& from, const Picture& to, const Line& line);

  // auditor_parcels.cpp: parcels, the gate and what was told to the platform.
  void follow(const Picture& from, const Picture& to, const Line& line);
  void follow_orders(const Line& line);
  void doubt(const Line& line);
  bool is_doubtful(const Parcel& parcel) const;
  bool stages(const Line& line, const Picture& from, const Picture& to) const;
  void settle_on_one_staging(const Picture& from, const Picture& to);
  void stage(const Picture& from, const Line* line);
  void pick_up(const Picture& from, const Picture& to, const Line& line);
  void undo_pickup(const std::string& manifest, const std::string& number);
  void close(const std::string& manifest);
  void release(const std::string& order);
  void card_printed(const std::string& card);
  void take_along(const std::string& id, const std::string& manifest);

  // auditor_carrier.cpp: what carriers report, and the lists.
  void accept_trace(const Line& line);
  void doubt_afterwards(const Line& line);
  void follow_afterwards(const Line& line);
  void tell_accepted(const std::string& id);
  const Parcel* looked_after(const Line& line) const;
  std::optional<std::string> list_of(const Parcel& parcel) const;
  std::int64_t at_risk(const Parcel& parcel) const;
  void check_to_pack(const std::set<std::string>& listed);
  bool had_news(const std::string& order) const;
  bool shipped_whole(const std::string& order) const;
  void ask_cards(int more);
  void apply_news();
  void stop_now(const std::string& order, int line);
  bool is_stopped(const std::string& content) const;
  bool may_be_released(const Parcel& parcel, const std::string& order) const;
  bool being_released(const Parcel& parcel, const std::string& order) const;
  void check_refusal(const Answer& answer, const Line& line, const Picture& before);
  void check_confirm(const Line& line);
  void check_stops(const Picture& now);
  void check_manifest(const Picture& now);
  void check_returns();
  void see(const Picture& now);
  const Parcel* scanned_parcel(const std::string& code) const;
  std::string number_in(const std::string& code) const;

  std::map<std::string, std::vector<OrderedLine>> orders_;
  std::set<std::string> kits_;
  std::map<std::string, std::pair<std::string, int>> codes_;
  std::set<std::string> materials_;

  std::map<std::string, int> cards_, cards_asked_;  // that the printer took; by their message

  std::set<std::string> touched_ever_;
  std::set<std::string> pending_;  // news that the bench may not know yet
  std::vector<std::pair<std::string, int>> pending_stops_;
  std::set<std::string> pending_holds_;
  std::map<std::string, std::set<int>> stops_;  // that the bench has taken note of
  std::set<std::string> holds_;
  std::set<std::string> doubtful_;  // orders: a restart hid what became of them

  Picture picture_;
  std::optional<Line> open_;     // given and not answered
  std::vector<Line> uncertain_;  // answered with a fault of the disk, or not at all
  std::map<std::string, Parcel> parcels_;
  std::map<std::string, std::map<std::string, int>> base_;  // parcel -> packed when it began
  std::map<std::string, Label> labels_;                     // by waybill number
  std::map<std::string, std::pair<std::string, int>> small_codes_;
  std::vector<std::string> pickups_;              // in their order
  std::map<std::string, int> shipped_;            // "order#line" -> pieces picked up
  std::set<std::string> released_;                // "parcel/order"
  std::map<std::string, std::string> confirmed_;  // "parcel/order" -> file
  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> rows_;      // "parcel/order" -> its row in the file
  std::map<std::string, std::string> posted_;    // "parcel/order" -> the same by HTTP
  std::set<std::string> refused_;                // by the server
  std::set<std::string> given_up_;               // numbers of labels that somebody voided
  std::map<std::string, std::string> returned_;  // number -> file
  std::int64_t now_us_ = 0;
  std::map<std::string, Price> prices_;
  std::map<std::string, std::vector<std::string>> together_;  // order -> all that lay with it
  std::map<std::string, Reports> reports_;                    // by waybill number
  std::map<std::string, Line> maybe_accepted_;                // by parcel: nobody was answered
  std::size_t accepted_ = 0, parcels_listed_ = 0;
  std::vector<std::string> violations_;
};

}  // namespace packbench::simulation
