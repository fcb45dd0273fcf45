// The file layer of a Disk, in the form that SQLite asks for.
#pragma once

#include <sqlite3.h>

#include <memory>

namespace packbench::simulation {

class Disk;

std::unique_ptr<sqlite3_vfs> make_vfs(Disk& disk);
void drop_vfs(sqlite3_vfs& vfs);

}  // namespace packbench::simulation
