# SPDX-License-Identifier: MIT
# Finds the packages, and stops with the one command that installs what is missing.

set(missing_packages "")

macro(need_header variable header package)
  find_path(${variable} ${header})
  mark_as_advanced(${variable})
  if(NOT ${variable})
    list(APPEND missing_packages ${package})
  endif()
endmacro()

macro(need_package package debian_package)
  find_package(${package} QUIET)
  if(NOT ${package}_FOUND)
    list(APPEND missing_packages ${debian_package})
  endif()
endmacro()

need_header(SQLITE3EXT_INCLUDE_DIR sqlite3ext.h libsqlite3-dev)
need_header(RAPIDJSON_INCLUDE_DIR rapidjson/document.h rapidjson-dev)
need_package(CURL libcurl4-openssl-dev)
need_package(OpenSSL libssl-dev)
find_package(Threads REQUIRED)
if(INFUSIONSOFT_TESTS)
  need_package(SQLite3 libsqlite3-dev)
  need_header(CATCH2_INCLUDE_DIR catch2/catch.hpp catch2)
  need_header(HTTPLIB_INCLUDE_DIR httplib.h libcpp-httplib-dev)
  find_program(SQLITE3_SHELL sqlite3)
  mark_as_advanced(SQLITE3_SHELL)
  if(NOT SQLITE3_SHELL)
    list(APPEND missing_packages sqlite3)
  endif()
endif()

if(missing_packages)
  list(REMOVE_DUPLICATES missing_packages)
  list(JOIN missing_packages " " missing_packages)
  message(FATAL_ERROR "Packages are missing. Install them, then configure again:\n  apt-get install ${missing_packages}\n")
endif()

add_library(rapidjson INTERFACE)
target_include_directories(rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})
