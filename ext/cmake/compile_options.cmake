# SPDX-License-Identifier: MIT
# Warnings, hardening and sanitizers, for every target of the project.

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast)
# GCC 12 sees overlapping copies in libstdc++'s own string concatenation at -O3 (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
  # There it also takes the value of an empty std::optional for one that is used (GCC bug 80635).
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
  endif()
endif()
# What GCC's sanitizers put in between makes it warn falsely, as its manual says.
if(INFUSIONSOFT_WERROR AND NOT (INFUSIONSOFT_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU"))
  add_compile_options(-Werror)
endif()

if(INFUSIONSOFT_SANITIZE)
  # Optimised a little: the tests take a third of the time, and what only optimised code shows (a reference to an object that
  # is gone, say) is seen here too. -g1 is what stack traces need.
  add_compile_options(-O1 -g1 -fsanitize=${INFUSIONSOFT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${INFUSIONSOFT_SANITIZE})
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-D_FORTIFY_SOURCE=2 -fstack-protector-strong)
  add_link_options(-Wl,-z,relro,-z,now)
endif()
