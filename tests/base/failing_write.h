// SPDX-License-Identifier: MIT
// FailingWrite: as long as one lives, the files of this program take some bytes and no more.
#pragma once

#include <cstddef>

namespace infusionsoft {

class FailingWrite {
 public:
  // What is written behind `room` bytes fails with `error`. 0: the write answers 0, as some file systems do, and whoever
  // goes on asking gets EDOM.
  FailingWrite(size_t room, int error);
  ~FailingWrite();
  FailingWrite(const FailingWrite&) = delete;
  FailingWrite& operator=(const FailingWrite&) = delete;
};

}  // namespace infusionsoft
