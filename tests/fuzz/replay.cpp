// Feeds a fuzz target every file of its corpus, every beginning of it and some thousands of seeded
// mutations: the same inputs in every run. A target aborts where it finds something.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::string> corpus() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(PACKBENCH_CORPUS)) {
    paths.push_back(entry.path());
  }
  // The order of a folder is the file system's; the mutations must not depend on it.
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return inputs;
}

void feed(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// One random edit: a byte changed, removed, doubled, or a piece of another input put in.
std::string mutate(std::string text, const std::vector<std::string>& inputs, std::mt19937& random) {
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const std::size_t at = below(text.size());
  switch (random() % 4) {
    case 0:
      if (!text.empty()) text[at] = static_cast<char>(random() % 256);
      break;
    case 1:
      if (!text.empty()) text.erase(at, 1 + below(4));
      break;
    case 2:
      if (!text.empty()) text.insert(at, 1 + below(3), text[at]);
      break;
    default: {
      const std::string& other = inputs[below(inputs.size())];
      const std::size_t from = below(other.size());
      text.insert(at, other.substr(from, 1 + below(24)));
    }
  }
  return text;
}

TEST(FuzzReplay, CorpusPrefixesAndMutations) {
  const std::vector<std::string> inputs = corpus();
  ASSERT_FALSE(inputs.empty()) << "no corpus in " << PACKBENCH_CORPUS;
  std::mt19937 random(20261122);
  for (const std::string& input : inputs) {
    for (std::size_t length = 0; length <= std::min<std::size_t>(input.size(), 2'000); ++length) {
      feed(input.substr(0, length));
    }
    feed(input);
    std::string text = input;
    for (int i = 0; i < 5'000; ++i) {
      text = mutate(i % 8 == 0 ? input : text, inputs, random);
      feed(text);
    }
  }
}

}  // namespace
