// SPDX-License-Identifier: MIT
// TokenSeal: token files that only who knows the TokenKey can read. token_file.h describes the open text; sealed, it is
//
//   {
//     "format": "infusionsoft tokens", "version": 2,
//     "cipher": "AES-256-GCM", "kdf": "scrypt N=32768 r=8 p=1",
//     "salt": "...",        16 random bytes; made when the file is first sealed, and kept
//     "key_check": "...",   16 bytes that only the right key gives: tells a wrong key from an altered file
//     "nonce": "...",       12 random bytes, new for each write
//     "sealed": "..."       the open text, and at its end the tag of 16 bytes
//   }
//
// All in base64. scrypt turns the TokenKey, a text of any length, and the salt into 48 bytes: the key of the cipher and the
// key_check. It is chosen because a TokenKey is often a phrase of a person's: its memory makes guessing one from a stolen
// file expensive, which a plain hash (or HKDF, which presumes a random key) does not. The salt makes equal keys of two files
// differ. Every member but `sealed` is the cipher's associated data, in the order of the file and written as json::Writer
// does, so none can be changed; members that this version does not know are kept and authenticated like the others.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

// Threads: all methods may be called at once.
class TokenSeal {
 public:
  // "": nothing is sealed, and no sealed file can be read.
  explicit TokenSeal(Secret token_key) : token_key_(std::move(token_key)) {}

  // The open text of a token file; a text that is not sealed as it is, whatever it holds. Errors: kUnauthenticated, a
  // sentence with what to do, without the file's name and without any of its text.
  Result<Secret> Open(const Secret& text);

  // What to write for `open_text`: sealed when there is a TokenKey, and otherwise the text itself. `previous` is the text
  // that is there now, "" when there is none; Open has accepted it.
  Result<Secret> Close(const Secret& open_text, const Secret& previous);

 private:
  struct Keys {
    std::string salt;
    Secret cipher_key;
    std::string check;
  };
  Result<std::shared_ptr<const Keys>> KeysFor(std::string_view salt);

  const Secret token_key_;
  std::mutex mutex_;
  std::shared_ptr<const Keys> keys_;  // of the salt that was used last: to derive them takes a tenth of a second
};

}  // namespace infusionsoft
