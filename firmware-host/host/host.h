// Host: the bench at work. Takes an Input, looks up what the core asks for, lets it decide,
// commits, evolves, publishes the view and only then acts. The same class runs behind the window,
// the console and the simulator. Thread rule: one thread owns a Host; `post` and `view` may be
// called from any.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/bounded.h"
#include "exchange/confirmation.h"
#include "exchange/delivery.h"
#include "host/config.h"
#include "host/facts.h"
#include "label/label.h"
#include "ports/label_printer.h"
#include "station/core.h"
#include "station/view.h"
#include "store/catalog.h"
#include "store/journal.h"

namespace packbench::host {

// A manifest on paper of the label printer.
struct ManifestSlips {
  int count = 1;
  // Draws one of them, from 1; pure, may run on a worker.
  std::function<Result<label::Label>(int slip, label::LabelLanguage)> draw;
};

// Everything around the bench comes in here, so that a test or a simulator can stand in for it.
struct HostParts {
  store::Journal& journal;
  store::Catalog& catalog;
  ports::LabelPrinter& printer;
  const Config& config;
  std::function<Now()> clock;
  // Draws a label and writes it in a printer's language; pure, may run on a worker.
  std::function<Result<label::Label>(const label::LabelContent&, label::LabelLanguage)> draw;
  // Reads a supplied label's file and makes it printable; empty path never comes.
  std::function<Result<label::Label>(const std::string& path, const WaybillOffer& offer,
                                     label::LabelLanguage)>
      supplied;
  // Runs a slow job; its Input must come back through `post`. Inline in tests.
  std::function<void(std::function<void()>)> run;
  // Writes an outbox file whole or not at all and answers its name.
  std::function<Result<std::string>(const std::string& name, const std::string& text)> write_outbox;
  // Grams of a stable load on the scale, where there is one.
  std::function<std::optional<std::int64_t>()> stable_weight;
  // The same as write_outbox, for messages to carriers.
  std::function<Result<std::string>(const std::string& name, const std::string& text)>
      write_carrier = {};
  // Draws a gift card; as pure as `draw`.
  std::function<Result<label::Label>(const label::LabelContent&, label::LabelLanguage)> card = {};
  // Takes confirmations to whoever sends them by HTTP; what comes of it is told by
  // Host::delivered. Empty: they are not sent.
  std::function<void(std::vector<exchange::Delivery>)> deliver = {};
  // What the buyer is told with a confirmation, by language. Pure.
  std::function<std::map<std::string, std::string>(const exchange::ConfirmationOut&)> message = {};
  // Keeps the paper of a manifest that was closed, by itself and in its own time.
  std::function<void(StoredManifest)> keep_manifest = {};
  // Makes a closed manifest ready for the label printer. Empty: it cannot be printed.
  std::function<Result<ManifestSlips>(StoredManifest)> slips = {};
};

class Host {
 public:
  explicit Host(HostParts parts);

  // Loads the journal, records doubt left over from before and takes up the effects still owed.
  Status start();

  // One input of a person: drains the feed, dispatches, publishes. Effects go on in the background.
  void input(const station::Input& input);
  // Messages that wait in the inbox; true where there was one.
  bool pump();
  // The same, waiting for one at most so long.
  bool pump_within(std::chrono::milliseconds patience);
  // Folds new rows of the catalog's feed.
  // False where it could not be read or stored; it is tried again at the next call.
  bool drain_feed();
  // Publishes the state without the last answer's alert.
  void look();
  // Whether effects are under way.
  bool busy() const { return jobs_ > 0; }
  // Waits for effects to settle, at most as long as `patience` says so.
  void settle(const std::function<bool()>& patience);
  // Lets go of a job that waits for its printer: the bench is about to end.
  void stop_printing();
  // Between parcels: snapshot and checkpoint when enough has happened.
  void rest();

  // False where the bench is too far behind to take it.
  bool post(station::Input input) { return inbox_.push(std::move(input), kForEffects); }
  // What became of deliveries; on any thread. Never turned away.
  void delivered(std::vector<exchange::DeliveryResult> results);
  std::shared_ptr<const station::StationView> view() const;
  const station::Station& station() const { return station_; }
  Now now() const;
  // Called after every publication, on the host's thread.
  void on_publish(std::function<void()> callback) { published_ = std::move(callback); }

 private:
  // What is known of one folder of files that go out: one at a time, by the seq of their record.
  struct OutFolder {
    std::int64_t writing = 0;  // 0: none
    std::int64_t failed = 0;   // the last one that could not be written: the others come first
    Duration again;            // since boot; not before
  };

  void take(const station::Input& message);
  // False where it could not be stored; then nothing has changed.
  bool dispatch(const station::Input& input, bool own);
  void write_owed();
  std::optional<std::int64_t> next_out(const std::set<std::int64_t>& owed,
                                       const OutFolder& folder) const;
  void file_ended(OutFolder& folder, std::int64_t seq, bool ok);
  void answer_fault(const Error& error, bool own);
  void keep_manifest(const station::ManifestId& id);
  bool commit(const station::Decision& decision, const station::Input& input, const Now& now,
              bool own);
  void act(const station::Effect& effect);
  void draw_label(const station::RenderLabel& effect);
  void ask_printer(const station::AskPrinter& effect);
  void send_label(const station::SendLabel& effect);
  void take_devices(const station::Input& message);
  void write_outbox(const station::WriteOutbox& effect);
  void write_return(const station::WriteReturn& effect);
  std::vector<exchange::ConfirmationOut> confirmations(
      const std::vector<store::ReleasedConfirmation>& rows) const;
  void send_owed();
  void send_release(std::int64_t release, const std::set<int>& places,
                    std::vector<exchange::Delivery>& out);
  std::vector<exchange::DeliveryResult> next_answers();
  // Folds what came back meanwhile; false where it could not be stored.
  bool take_delivered();
  std::string new_trouble(const std::vector<exchange::DeliveryResult>& results);
  void count_range(const station::CountRange& effect);
  void print_card(const station::PrintCard& effect);
  void send_card(const label::LabelContent& content, const std::string& name,
                 station::CardPrinted& event);
  void print_manifest(const station::PrintManifest& effect);
  void refuse_slips(const station::ManifestId& id, const std::string& reason);
  bool printer_is_wanted() const;
  void go_on_with_slips();
  void slip_ended(const station::SlipPrinted& event);
  // How a card or a slip ended.
  struct PaperEnd {
    bool drawn = true;
    ports::PrintResult result = ports::PrintResult::rejected;
    std::string reason;
  };
  PaperEnd print_paper(const std::function<Result<label::Label>(label::LabelLanguage)>& draw,
                       const std::string& name);
  void job(std::function<station::Input()> work);
  label::LabelLanguage printer_language();
  Result<label::LabelContent> content(const station::OpenParcel& parcel, int attempt);
  void publish();
  void add_notes(station::StationView& view);
  // True where what is to be told of them has changed; at most once a minute and for each handover.
  bool look_for_pickups();

  // Places of the inbox that only what effects answer may take: that is never turned away.
  static constexpr std::size_t kForEffects = 256;

  HostParts parts_;
  BoundedQueue<station::Input> inbox_{1024};
  station::Station station_;
  station::LastAnswer last_;
  bool started_ = false;
  int jobs_ = 0;
  std::deque<station::Input> unstored_;  // device events whose commit failed, to be tried again
  bool feed_behind_ = true;
  EmptyRanges empty_ranges_;
  OutFolder confirmations_out_, returns_out_;
  // Deliveries. The sender has at most so many, and gets more when half of them are gone.
  static constexpr std::size_t kWithSender = 4096;
  std::set<DeliveryId> with_sender_;
  bool owes_more_ = true;              // something may be owed that the sender does not have
  std::set<std::int64_t> unreadable_;  // releases; tried again when `read_again_` has come
  Duration read_again_;
  int late_in_a_row_ = 0;  // tries that came to nothing
  std::mutex answers_mutex_;
  std::vector<exchange::DeliveryResult> answers_;
  std::int64_t rested_at_ = 0;
  // The label that was drawn for the open attempt; dropped when it has been sent.
  struct Drawn {
    station::ParcelId parcel;
    int attempt = 0;
    std::shared_ptr<const label::Label> label;
  };
  std::shared_ptr<Drawn> drawn_;
  std::string sending_;  // the job that went to the printer last, slips apart
  // A manifest that is being printed: one slip at a time, so that labels go between them.
  struct SlipRun {
    station::ManifestId manifest;
    int copy = 1;  // since the start
    ManifestSlips slips;
    int printed = 0;
  };
  std::deque<SlipRun> slip_runs_;
  std::string slip_at_printer_;  // the job's name; empty: none
  Duration slip_began_;          // since boot
  int slip_copies_ = 0;
  std::vector<station::DeviceReport> devices_;
  std::string traces_trouble_;  // a word: carriers' traces do not come
  // Notes of the work on the bench, read once when it was opened.
  std::string noted_work_;
  std::map<OrderKey, PersonalData> notes_;
  // Extra pickups as they were found last, in which minute and in whose handover.
  std::vector<station::NoteView> pickups_;
  std::optional<std::int64_t> pickups_minute_;
  station::ManifestId pickups_manifest_;
  mutable std::mutex view_mutex_;
  std::shared_ptr<const station::StationView> view_;
  std::function<void()> published_;
};

}  // namespace packbench::host
