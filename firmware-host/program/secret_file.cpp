#include "program/secret_file.h"

namespace packbench::program {

Result<std::string> read_secret(const Places& places, const std::string& file,
                                const std::string& table) {
  if (file.empty()) return std::string();
  auto text = read_file(in_data(places.data, file));
  if (!text) return text.error();
  const std::string& all = text.value();
  std::string secret = all.substr(0, all.find_first_of("\r\n"));
  if (secret.empty())
    return Error{"no_secret", "the file " + file +
                                  " begins with an empty line; write the server's secret into it, "
                                  "or take [" +
                                  table + "] out of packbench.toml"};
  return secret;
}

}  // namespace packbench::program
