# SPDX-License-Identifier: MIT
# add_layer_tests(<layer> USES <layer>... [LIBRARIES <target>...]): the program tests_<layer> of tests/<layer>/*_test.cc.
# An empty test case fails (NoAssertions); a random order that worked once must work always.

# Catch2's header takes longer to read than most tests: it is compiled once, for the programs that name this.
add_executable(catch_header EXCLUDE_FROM_ALL support/catch_header.cc)
target_include_directories(catch_header SYSTEM PRIVATE ${CATCH2_INCLUDE_DIR})
target_precompile_headers(catch_header PRIVATE <catch2/catch.hpp>)

function(precompile_catch target)
  target_precompile_headers(${target} REUSE_FROM catch_header)
  # GCC forgets that what it has precompiled are the system's headers, and warns falsely of libstdc++'s strings.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
endfunction()

function(add_layer_tests name)
  cmake_parse_arguments(TESTS "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(tests_${name} ${sources})
  target_include_directories(tests_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(tests_${name} PRIVATE catch_main)
  precompile_catch(tests_${name})
  foreach(used ${TESTS_USES})
    target_link_libraries(tests_${name} PRIVATE infusionsoft_${used})
  endforeach()
  target_link_libraries(tests_${name} PRIVATE ${TESTS_LIBRARIES})
  # Wide tests go through thousands of queries on one thread, which ThreadSanitizer has nothing to say about.
  set(selection "")
  if(INFUSIONSOFT_SANITIZE STREQUAL "thread")
    set(selection "~[wide]")
  endif()
  add_test(NAME ${name} COMMAND tests_${name} --warn NoAssertions --order rand --rng-seed time ${selection})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()
