# SPDX-License-Identifier: MIT
# Compiles entities/*.json into infusionsoft_profile, and checks them as a part of every build: a malformed file stops it
# with a sentence that names file, entity and column. Included by ext/CMakeLists.txt.

file(GLOB profile_entities CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/entities/*.json)

set(profile_embedded ${CMAKE_CURRENT_BINARY_DIR}/profile/built_in_files.cc)
add_custom_command(
  OUTPUT ${profile_embedded}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${profile_embedded} "-DINPUTS=${profile_entities}"
          -P ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake
  DEPENDS ${profile_entities} ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake
  COMMENT "Embedding the built-in profile"
  VERBATIM)
target_sources(infusionsoft_profile PRIVATE ${profile_embedded})

add_executable(infusionsoft_profile_check ${CMAKE_CURRENT_LIST_DIR}/check/main.cc)
target_link_libraries(infusionsoft_profile_check PRIVATE infusionsoft_profile)

# By their names alone, which is what the sentence then begins with.
list(TRANSFORM profile_entities REPLACE "^.*/" "" OUTPUT_VARIABLE profile_entity_names)
set(profile_checked ${CMAKE_CURRENT_BINARY_DIR}/profile/entities.checked)
add_custom_command(
  OUTPUT ${profile_checked}
  COMMAND infusionsoft_profile_check ${profile_entity_names}
  COMMAND ${CMAKE_COMMAND} -E touch ${profile_checked}
  WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/entities
  DEPENDS infusionsoft_profile_check ${profile_entities}
  COMMENT "Checking the built-in profile"
  VERBATIM)
add_custom_target(infusionsoft_profile_checked ALL DEPENDS ${profile_checked})

# What is written from the profile and kept: sql/schema.sql, sql/create_tables.sql. A test tells when they are out of date.
add_executable(infusionsoft_write_sql EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/write_sql/main.cc)
target_link_libraries(infusionsoft_write_sql PRIVATE infusionsoft_profile)
add_custom_target(write_sql COMMAND infusionsoft_write_sql ${PROJECT_SOURCE_DIR}/sql VERBATIM)
