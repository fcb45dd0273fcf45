// What printers answer about themselves, in one piece, in many, and in the wrong order.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/printer/printer_languages.h"
#include "drivers/printer/tspl_status.h"
#include "drivers/printer/zpl_status.h"

namespace packbench::drivers {
namespace {

using std::string_literals::operator""s;

std::string frame(const std::string& text) {
  return "\x02" + text + "\x03\r\n";
}

const std::string kFirst = frame("030,0,0,1245,000,0,0,0,000,0,0,0");
const std::string kSecond = frame("001,0,0,0,1,2,4,0,00000000,1,000");
const std::string kThird = frame("1234,0");
const std::string kIdle = kFirst + kSecond + kThird;

std::string errors(const std::string& errors, const std::string& warnings) {
  return "\x02\r\n\r\n  PRINTER STATUS                            \r\n   ERRORS:         " +
         errors + "      \r\n   WARNINGS:       " + warnings + "      \r\n\x03";
}

const std::string kNone = "0 00000000 00000000";

// What a new reader makes of it; "" where the answer is not complete.
template <class Reader>
std::string words(const std::string& answer) {
  Reader reader;
  return reader.take(answer) ? reader.report()->status.words() : "";
}

TEST(PrinterStatusSet, TellsTheMostImportantFirst) {
  PrinterStatus status;
  EXPECT_EQ(status.word(), "none");
  EXPECT_EQ(status.words(), "none");
  EXPECT_FALSE(status.blocks());
  status.add(PrinterReason::printing);
  status.add(PrinterReason::media_low);
  EXPECT_FALSE(status.blocks());
  EXPECT_EQ(status.word(), "media-low");
  status.add(PrinterReason::paused);
  status.add(PrinterReason::media_empty);
  EXPECT_TRUE(status.blocks());
  EXPECT_EQ(status.words(), "media-empty,paused,media-low,printing");
}

TEST(PrinterStatusSet, WordsAndReasonsAreOneToOne) {
  bool may_block = true;
  for (const PrinterReasonRow& row : kPrinterReasons) {
    EXPECT_EQ(printer_reason(row.word), row.reason);
    PrinterStatus status;
    status.add(row.reason);
    EXPECT_EQ(status.blocks(), row.blocks) << row.word;
    EXPECT_TRUE(may_block || !row.blocks) << row.word << " would hide behind a warning";
    may_block = row.blocks;
  }
  EXPECT_EQ(printer_reason("none"), std::nullopt);
}

TEST(PortStatus, IsReadByItsThreeBits) {
  EXPECT_EQ(read_port_status(0x18)->word(), "none");
  EXPECT_EQ(read_port_status(0x38)->words(), "media-empty");
  EXPECT_EQ(read_port_status(0x30)->words(), "media-empty");
  EXPECT_EQ(read_port_status(0x10)->words(), "other");
  EXPECT_EQ(read_port_status(0x08)->words(), "offline");
  EXPECT_EQ(read_port_status(0x20)->words(), "media-empty,offline");
  EXPECT_EQ(read_port_status(0x00), std::nullopt) << "no such register";
  EXPECT_EQ(read_port_status(0xFF), std::nullopt);
}

TEST(ZplHostStatus, AnIdlePrinterHasNothing) {
  ZplHostStatusReader reader;
  EXPECT_EQ(reader.report(), std::nullopt);
  EXPECT_TRUE(reader.take(kIdle));
  EXPECT_EQ(reader.report(), StatusReport{});
}

TEST(ZplHostStatus, EachFlagHasItsReason) {
  const auto first = [](const std::string& text) {
    return words<ZplHostStatusReader>(frame(text) + kSecond + kThird);
  };
  const auto second = [](const std::string& text) {
    return words<ZplHostStatusReader>(kFirst + frame(text) + kThird);
  };
  EXPECT_EQ(first("030,1,0,1245,000,0,0,0,000,0,0,0"), "media-empty");
  EXPECT_EQ(first("030,0,1,1245,000,0,0,0,000,0,0,0"), "paused");
  EXPECT_EQ(first("030,0,0,1245,000,1,0,0,000,0,0,0"), "buffer-full");
  EXPECT_EQ(first("030,0,0,1245,000,0,1,0,000,0,0,0"), "none") << "diagnostic mode";
  EXPECT_EQ(first("030,0,0,1245,000,0,0,0,000,1,0,0"), "other-warning");
  EXPECT_EQ(first("030,0,0,1245,000,0,0,0,000,0,1,0"), "head-cold");
  EXPECT_EQ(first("030,0,0,1245,000,0,0,0,000,0,0,1"), "head-hot");
  EXPECT_EQ(first("030,0,0,1245,002,0,0,0,000,0,0,0"), "printing");
  EXPECT_EQ(second("001,0,1,0,1,2,4,0,00000000,1,000"), "cover-open");
  EXPECT_EQ(second("001,0,0,1,1,2,4,0,00000000,1,000"), "marker-supply-empty");
  EXPECT_EQ(second("001,0,0,0,1,1,4,1,00000000,1,000"), "output-area-full");
  EXPECT_EQ(second("001,0,0,0,1,2,4,0,00000003,1,000"), "printing");
  EXPECT_EQ(second("001,0,0,0,0,K,4,0,00000000,1,000"), "none") << "a print mode with a letter";
}

TEST(ZplHostStatus, CountsWhatIsNotPrintedYet) {
  ZplHostStatusReader reader;
  EXPECT_TRUE(reader.take(frame("030,0,1,1245,003,0,0,1,000,0,0,0") +
                          frame("001,0,0,0,1,2,4,0,00000002,1,000") + kThird));
  EXPECT_EQ(reader.report()->labels_left, 3);
  EXPECT_TRUE(reader.report()->job_unfinished);
  EXPECT_EQ(reader.report()->status.words(), "paused,printing");
}

TEST(ZplHostStatus, MayComeInAnyPieces) {
  const std::string answer = frame("030,1,0,1245,000,0,0,0,000,0,0,0") + kSecond + kThird;
  for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
    ZplHostStatusReader reader;
    const bool early = reader.take(std::string_view(answer).substr(0, cut));
    EXPECT_EQ(early, cut >= answer.size() - 2) << cut << ": the last <ETX> completes it";
    EXPECT_TRUE(reader.take(std::string_view(answer).substr(cut)));
    EXPECT_EQ(reader.report()->status.words(), "media-empty");
  }
  ZplHostStatusReader reader;
  int completed = 0;
  for (const char byte : answer) completed += reader.take({&byte, 1}) ? 1 : 0;
  EXPECT_EQ(completed, 3) << "at <ETX> and behind it";
}

TEST(ZplHostStatus, SkipsGarbageAndWhatAnOlderAnswerLeft) {
  const std::string paused = frame("030,0,1,1245,000,0,0,0,000,0,0,0") + kSecond + kThird;
  EXPECT_EQ(words<ZplHostStatusReader>(kThird + kIdle), "none");
  EXPECT_EQ(words<ZplHostStatusReader>(kSecond + kThird + paused), "paused");
  EXPECT_EQ(words<ZplHostStatusReader>(paused + kIdle), "none") << "the newer one counts";
  EXPECT_EQ(words<ZplHostStatusReader>(kIdle + paused), "paused");
  EXPECT_EQ(words<ZplHostStatusReader>("\x03\x02garb\x02"s + paused), "paused");
  EXPECT_EQ(words<ZplHostStatusReader>(errors(kNone, kNone) + paused), "paused");
  EXPECT_EQ(words<ZplHostStatusReader>(std::string(100'000, 'x') + kIdle), "none");
  EXPECT_EQ(words<ZplHostStatusReader>("\x02" + std::string(100'000, '0') + "\x03" + kIdle),
            "none");
}

TEST(ZplHostStatus, ANewAnswerThatIsNotWholeIsNotTakenForTheOldOne) {
  ZplHostStatusReader reader;
  EXPECT_TRUE(reader.take(kIdle));
  EXPECT_FALSE(reader.take(kFirst));
  EXPECT_FALSE(reader.take(kThird));
}

TEST(ZplHostStatus, WithoutItsLastStringItIsIncompleteButTelling) {
  ZplHostStatusReader reader;
  EXPECT_FALSE(reader.take(kFirst));
  EXPECT_EQ(reader.report(), std::nullopt);
  EXPECT_FALSE(reader.take(frame("001,0,1,0,1,2,4,0,00000000,1,000")));
  EXPECT_EQ(reader.report()->status.words(), "cover-open");
}

TEST(ZplHostStatus, StringsOfAnotherShapeAreNoAnswer) {
  for (const std::string& first :
       {""s, "030"s, "030,0,0,1245,000,0,0,0,000,0,0"s, "030,0,0,1245,000,0,0,0,000,0,0,0,0"s,
        "030,2,0,1245,000,0,0,0,000,0,0,0"s, "030,,0,1245,000,0,0,0,000,0,0,0"s,
        "030,0,0,1245,00x,0,0,0,000,0,0,0"s, "030,0,0,1245,-01,0,0,0,000,0,0,0"s,
        "030,0,0,1245,999999999999,0,0,0,000,0,0,0"s, "x30,0,0,1245,000,0,0,0,000,0,0,0"s}) {
    ZplHostStatusReader reader;
    EXPECT_FALSE(reader.take(frame(first) + kSecond + kThird)) << first;
    EXPECT_EQ(reader.report(), std::nullopt) << first;
  }
}

TEST(ZplErrorStatus, EachBitHasItsReason) {
  const auto error = [](const std::string& digits) {
    return words<ZplErrorStatusReader>(errors("1 00000000 " + digits, kNone));
  };
  const auto warning = [](const std::string& digits) {
    return words<ZplErrorStatusReader>(errors(kNone, "1 00000000 " + digits));
  };
  EXPECT_EQ(words<ZplErrorStatusReader>(errors(kNone, kNone)), "none");
  EXPECT_EQ(error("00000005"), "cover-open,media-empty") << "the guide's own example";
  EXPECT_EQ(error("00010001"), "media-empty,paused") << "seen on a printer";
  EXPECT_EQ(error("00000002"), "marker-supply-empty");
  EXPECT_EQ(error("00000008"), "separation-cutter-jam");
  EXPECT_EQ(error("00000010"), "head-hot");
  EXPECT_EQ(error("00000020"), "head-hot");
  EXPECT_EQ(error("00000040"), "other");
  EXPECT_EQ(error("00004000"), "media-jam");
  EXPECT_EQ(error("00080000"), "media-needed");
  EXPECT_EQ(error("00100000"), "other") << "a bit without a name";
  EXPECT_EQ(error("00000000"), "other") << "a flag without a bit";
  EXPECT_EQ(error("0000000f"), error("0000000F"));
  EXPECT_EQ(words<ZplErrorStatusReader>(errors("1 00000001 00000000", kNone)), "other");
  EXPECT_EQ(warning("00000008"), "media-low");
  EXPECT_EQ(warning("00000001"), "other-warning");
  EXPECT_EQ(warning("0000000A"), "media-low,other-warning");
}

TEST(ZplErrorStatus, MayComeInAnyPieces) {
  const std::string answer = errors("1 00000000 00000004", "1 00000000 00000008");
  const std::size_t end = answer.rfind('8') + 1;
  for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
    ZplErrorStatusReader reader;
    EXPECT_EQ(reader.take(std::string_view(answer).substr(0, cut)), cut >= end) << cut;
    EXPECT_TRUE(reader.take(std::string_view(answer).substr(cut)));
    EXPECT_EQ(reader.report()->status.words(), "cover-open,media-low");
  }
}

TEST(ZplErrorStatus, TheNewestWholeAnswerCounts) {
  const std::string open = errors("1 00000000 00000004", kNone);
  const std::string none = errors(kNone, kNone);
  EXPECT_EQ(words<ZplErrorStatusReader>(none + open), "cover-open");
  EXPECT_EQ(words<ZplErrorStatusReader>(open + none), "none");
  EXPECT_EQ(words<ZplErrorStatusReader>(open.substr(60) + none), "none");
  EXPECT_EQ(words<ZplErrorStatusReader>(kIdle + open), "cover-open");
  EXPECT_EQ(words<ZplErrorStatusReader>(std::string(100'000, 'x') + open), "cover-open");
  EXPECT_EQ(words<ZplErrorStatusReader>(open.substr(0, 80) + open), "cover-open");
  ZplErrorStatusReader reader;
  EXPECT_TRUE(reader.take(open));
  EXPECT_FALSE(reader.take(none.substr(0, 80))) << "the newer one is not whole";
}

TEST(ZplErrorStatus, FramesAreNotNeeded) {
  EXPECT_EQ(words<ZplErrorStatusReader>("ERRORS: 1 00000000 00000001\n WARNINGS: " + kNone),
            "media-empty");
}

TEST(ZplErrorStatus, OtherTextsAreNoAnswer) {
  for (const std::string& text :
       {"ERRORS:"s, "ERRORS: 1 0000000 00000005\r\nWARNINGS: " + kNone,
        "ERRORS: 1 00000000 0000000g\r\nWARNINGS: " + kNone, "ERRORS: " + kNone + " OTHER",
        "ERRORS: x 00000000 00000000\r\nWARNINGS: " + kNone,
        "ERRORS: 1 00000000 -0000001\r\nWARNINGS: " + kNone, "WARNINGS: " + kNone, "?"s}) {
    EXPECT_EQ(words<ZplErrorStatusReader>(text), "") << text;
  }
}

TEST(TsplByte, EachBitHasItsReason) {
  const auto read = [](std::uint8_t byte) { return read_tspl_byte(byte).status.words(); };
  EXPECT_EQ(read(0x00), "none");
  EXPECT_EQ(read(0x01), "cover-open");
  EXPECT_EQ(read(0x02), "media-jam");
  EXPECT_EQ(read(0x03), "cover-open,media-jam");
  EXPECT_EQ(read(0x04), "media-empty");
  EXPECT_EQ(read(0x08), "marker-supply-empty");
  EXPECT_EQ(read(0x10), "paused");
  EXPECT_EQ(read(0x20), "printing");
  EXPECT_EQ(read(0x40), "cover-open");
  EXPECT_EQ(read(0x80), "other");
  EXPECT_FALSE(read_tspl_byte(0x20).status.blocks());
}

TEST(TsplByte, TheLastByteIsTheAnswer) {
  EXPECT_EQ(words<TsplByteReader>("\x00"s), "none");
  EXPECT_EQ(words<TsplByteReader>("\x04"), "media-empty");
  EXPECT_EQ(words<TsplByteReader>("\x04\x00"s), "none") << "an older answer in front";
  TsplByteReader reader;
  EXPECT_FALSE(reader.take(""));
  EXPECT_EQ(reader.report(), std::nullopt);
  EXPECT_TRUE(reader.take("\x20"));
  EXPECT_TRUE(reader.take("\x10"));
  EXPECT_EQ(reader.report()->status.words(), "paused");
}

TEST(TsplByte, FramesAndTextsAreNotTakenForIt) {
  const std::string stray = frame("@@@A");
  EXPECT_EQ(words<TsplByteReader>(stray), "");
  EXPECT_EQ(words<TsplByteReader>(stray + "\x04"), "media-empty");
  EXPECT_EQ(words<TsplByteReader>("\x04" + stray), "") << "then the byte is the older answer";
  EXPECT_EQ(words<TsplByteReader>("OK\r\n"), "");
  EXPECT_EQ(words<TsplByteReader>("@@\x03\r\n"), "");
  for (const std::string& text : {stray, "OK\r\n"s}) {
    TsplByteReader reader;
    for (const char byte : text) EXPECT_FALSE(reader.take({&byte, 1})) << text;
    EXPECT_EQ(reader.report(), std::nullopt) << text;
  }
}

TEST(TsplByte, WhatMayBeTheBeginningOfAFrameCountsAtTheDeadline) {
  for (const char byte : {'\x02', '\x03', '\x0A', '\x0D', '\x40', '\x41'}) {
    TsplByteReader reader;
    EXPECT_FALSE(reader.take({&byte, 1}));
    ASSERT_TRUE(reader.report());
    EXPECT_EQ(*reader.report(), read_tspl_byte(static_cast<std::uint8_t>(byte)));
  }
}

TEST(TsplReport, EachByteHasItsMeaning) {
  const auto read = [](const std::string& four) { return words<TsplReportReader>(frame(four)); };
  EXPECT_EQ(read("@@@@"), "none");
  EXPECT_EQ(read("`@@@"), "paused");
  EXPECT_EQ(read("K@@@"), "paused");
  EXPECT_EQ(read("L@@@"), "output-area-full");
  for (const char* busy : {"B@@@", "C@@@", "F@@@", "P@@@", "W@@@"}) {
    EXPECT_EQ(read(busy), "printing");
  }
  EXPECT_EQ(read("E@@@"), "other");
  EXPECT_EQ(read("Z@@@"), "other-warning");
  EXPECT_EQ(read("@A@@"), "media-low");
  EXPECT_EQ(read("@B@@"), "marker-supply-low");
  EXPECT_EQ(read("@H@@"), "buffer-full");
  EXPECT_EQ(read("E@A@"), "head-hot") << "a fault that has a name is told once";
  EXPECT_EQ(read("E@B@"), "head-hot");
  EXPECT_EQ(read("E@D@"), "other");
  EXPECT_EQ(read("E@H@"), "separation-cutter-jam");
  EXPECT_EQ(read("E@P@"), "interpreter-resource-unavailable");
  EXPECT_EQ(read("E@@A"), "media-empty");
  EXPECT_EQ(read("E@@B"), "media-jam");
  EXPECT_EQ(read("E@@D"), "marker-supply-empty");
  EXPECT_EQ(read("E@@H"), "marker-supply-empty");
  EXPECT_EQ(read("E@@`"), "cover-open");
  EXPECT_EQ(read("E@@a"), "cover-open,media-empty") << "bits add up";
}

TEST(TsplReport, MayComeInAnyPiecesBehindGarbage) {
  const std::string answer = "\x04OK\r\n\x03"s + frame("@@@A") + frame("P@@@");
  for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
    TsplReportReader reader;
    const bool early = reader.take(std::string_view(answer).substr(0, cut));
    const bool late = reader.take(std::string_view(answer).substr(cut));
    EXPECT_TRUE(early || late) << cut;
    EXPECT_EQ(reader.report()->status.words(), "printing") << cut;
  }
}

TEST(TsplReport, OtherFramesAreNoAnswer) {
  for (const std::string& text : {"@@@"s, "@@@@@"s, "@@@\x01"s, ""s, "@@@\xC0"s, "@@@0"s}) {
    EXPECT_EQ(words<TsplReportReader>(frame(text)), "") << text;
  }
  EXPECT_EQ(words<TsplReportReader>("@@@@"), "");
}

TEST(PrinterLanguages, SayWhatToSendAndWhoListens) {
  const SpokenLanguage* zpl = spoken_language(PrinterLanguage::zpl);
  const SpokenLanguage* tspl = spoken_language(PrinterLanguage::tspl);
  ASSERT_TRUE(zpl && tspl);
  EXPECT_EQ(zpl->questions[0].bytes, "~HS\r\n");
  EXPECT_TRUE(zpl->questions[0].reader()->take(kIdle));
  EXPECT_EQ(zpl->questions[1].bytes, "~HQES\r\n");
  EXPECT_TRUE(zpl->questions[1].reader()->take(errors(kNone, kNone)));
  EXPECT_EQ(zpl->cancel, "~JA\r\n");
  EXPECT_EQ(tspl->questions[0].bytes, "\x1B!?");
  EXPECT_TRUE(tspl->questions[0].reader()->take("\x20"));
  EXPECT_EQ(tspl->questions[1].bytes, "\x1B!S");
  EXPECT_TRUE(tspl->questions[1].reader()->take(frame("@@@@")));
  EXPECT_EQ(tspl->cancel, "\x1B!.");
}

// Whatever comes and however it is cut, a reader ends up where it would have in one piece.
TEST(PrinterLanguages, PiecesMakeNoDifference) {
  std::mt19937 random(7);
  const std::string pool =
      kIdle + errors("1 00000000 00010005", kNone) + frame("E@@a") + "\x20OK\r\n";
  for (int round = 0; round < 3'000; ++round) {
    std::string stream;
    for (unsigned piece = 0; piece <= random() % 4; ++piece) {
      const std::size_t from = random() % pool.size();
      stream += pool.substr(from, random() % 120);
    }
    for (const PrinterLanguage language : {PrinterLanguage::zpl, PrinterLanguage::tspl}) {
      for (const StatusQuestion& question : spoken_language(language)->questions) {
        const auto whole = question.reader();
        whole->take(stream);
        const auto bytewise = question.reader();
        for (const char byte : stream) bytewise->take({&byte, 1});
        EXPECT_EQ(whole->report(), bytewise->report());
      }
    }
  }
}

}  // namespace
}  // namespace packbench::drivers
