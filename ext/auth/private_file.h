// SPDX-License-Identifier: MIT
// Private files: what only its owner may read, write or replace. Where such a file stands, and whether that is so.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>

#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

// What a file is for: the words of its errors, and the place where it stands when nobody names one.
struct PrivateFile {
  const char* name;           // "token file"
  const char* contents;       // "the tokens"
  const char* property;       // that names another place: "OAuthSettingsLocation"
  const char* home_variable;  // "XDG_CONFIG_HOME"
  const char* home_folder;    // what that variable is by default, below $HOME: ".config"
  StatusCode code;            // of all errors
  bool is_alone;              // no file beside it says anything of what is in it
};

inline constexpr PrivateFile kTokenFile{
    "token file", "the tokens", "OAuthSettingsLocation", "XDG_CONFIG_HOME", ".config", StatusCode::kUnauthenticated, true};
inline constexpr PrivateFile kCopyFile{"file of local copies",
                                       "the local copies",
                                       "CacheLocation",
                                       "XDG_CACHE_HOME",
                                       ".cache",
                                       StatusCode::kInvalidArgument,
                                       false};

// The absolute path for `location`: "" is the directory infusionsoft in the default place; a directory, or what ends in '/',
// gets the file `name` in it; anything else is the file. A leading "~/" is the home directory.
Result<std::string> PrivatePath(const PrivateFile& kind, const std::string& location, const std::string& name);

// Refuses the directory of `path` when somebody else could replace the file in it: it belongs to another user than this
// one or root, or others may write to it. A directory in which only owners may rename and remove (sticky, like /tmp) is no
// danger to a file that is alone; a database is read together with its -wal, which others could put beside it there. What is
// looked at is where symbolic links lead. One that does not exist is fine.
Status CheckDirectory(const PrivateFile& kind, const std::string& path);

// Makes the directory of `path` and its missing parents, mode 0700, and checks it.
Status PrepareDirectory(const PrivateFile& kind, const std::string& path);

// Refuses a file that is no ordinary one, that belongs to somebody else, or that others can read or write. `info` is of the
// file itself, not of what a symbolic link leads to.
Status CheckFile(const PrivateFile& kind, const std::string& path, const struct stat& info);

// The text of the file `path`, or nothing when there is none; after CheckDirectory and CheckFile. More than `max_bytes` is an
// error. All errors are of the kind's code.
Result<std::optional<Secret>> ReadPrivateFile(const PrivateFile& kind, const std::string& path, size_t max_bytes);

}  // namespace infusionsoft
